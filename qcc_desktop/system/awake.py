"""Keeps macOS from slowing the program down while nobody looks at it ("App Nap").

Apple, "Energy Efficiency Guide", App Nap: a program without a visible window may be put to sleep,
and a proxy would then answer late. The key in the Info.plist is not heeded by every macOS; an
activity that the program itself announces is. The computer may go to sleep all the same.
"""

import logging
import sys

_log = logging.getLogger(__name__)


def stay_awake(platform: str = sys.platform) -> bool:
    """Announce the activity until the program ends; whether that was done."""
    if platform != "darwin":
        return False
    try:
        import appnope  # noqa: PLC0415 - for macOS only

        appnope.nope()
    except (ImportError, OSError, AttributeError, AssertionError) as error:
        _log.info("App Nap stays as the system has it: %s", error)
        return False
    return True
