"""Loads the program before PySide6, and PySide6 without a look at what is loaded after it.

Imported first by whoever shows a window: a third of the time to the tray icon, and 15 MB.

WORKAROUND PySide6 6.11, `shibokensupport.feature`: once PySide6 is loaded, the source of every
module that is imported is read, kept in `linecache`, and searched for the word "PySide6", in case
somebody imports ``__feature__``, which nobody does here. Remove when it is asked for only then.
"""

import sys

import qcc_desktop.app.lean_aiohttp  # isort: skip - before the container, see there
import qcc_desktop.app.container
import qcc_desktop.app.lifecycle

import PySide6.QtCore  # isort: skip - after the program, see above

_FEATURE, _ASKED = "shibokensupport.feature", "_mod_uses_pyside"


def _uses_no_feature(module: object) -> bool:
    """Say of every module that PySide6's switchable names are nothing to it."""
    del module
    return False


def skip_sources() -> bool:
    """Have PySide6 read no more sources; False where it does not know that habit."""
    feature = sys.modules.get(_FEATURE)
    if not hasattr(feature, _ASKED):
        return False
    setattr(feature, _ASKED, _uses_no_feature)
    return True


LOADED = (
    qcc_desktop.app.lean_aiohttp,
    qcc_desktop.app.container,
    qcc_desktop.app.lifecycle,
    PySide6.QtCore,
)
skip_sources()
