"""Looks at everything that may keep Claude Code from being answered, and mends what it can."""

import asyncio
import importlib
import logging
from collections.abc import Callable
from types import ModuleType

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import Finding, Report, Verdict, say
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.runtime.tasks import cancel, spawn
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.doctor_ports import Check, DoctorPorts, Findings, Known

_log = logging.getLogger(__name__)
_QUICK_S = 10.0
OnFinding = Callable[[Finding], None]


class Doctor:
    """Runs the checks side by side; one that breaks or hangs becomes a finding of its own."""

    def __init__(self, ports: DoctorPorts) -> None:
        self._ports = ports

    async def run(self, on_finding: OnFinding | None = None) -> Report:
        """Check everything; ``on_finding`` hears of each as it is known, in no fixed order.

        Changes nothing. Takes as long as its slowest check: seconds, or 45 with a silent endpoint.
        """
        made = await asyncio.to_thread(_checks)
        known = await self._know()
        tell = on_finding or (lambda _: None)
        running = [
            spawn(_guarded(check, tell), name=f"doctor: {check.id}")
            for check in made.checks(self._ports, known)
        ]
        try:
            found = await asyncio.gather(*running)
        finally:
            for task in running:
                await cancel(task)
        return Report(tuple(finding for findings in found for finding in findings))

    async def fix(self, fix_id: str) -> str:
        """Mend one thing and return a sentence that says what was done and how to undo it.

        Raises:
            InvalidInput: there is no such fix.
            UserFacingError: it could not be mended.
        """
        fixes = await asyncio.to_thread(_fixes)
        said: str = await fixes.Fixes(self._ports).apply(fix_id)
        return said

    async def _know(self) -> Known:
        try:
            async with asyncio.timeout(_QUICK_S):
                config, _ = await in_thread(self._ports.load_config)
        except Exception:  # noqa: BLE001 - the check of the file says why
            config = Config()
        try:
            async with asyncio.timeout(_QUICK_S):
                return Known(config, await self._ports.status())
        except UserFacingError as error:
            return Known(config, None, error.title)
        except Exception as error:  # noqa: BLE001 - the other checks go on
            _log.info("The doctor got no status (%s)", type(error).__name__)
            return Known(config, None, type(error).__name__)


def _checks() -> ModuleType:
    """Return the module of the checks, which no start of the program waits for (50 ms)."""
    return importlib.import_module("qcc_desktop.services.doctor_checks")


def _fixes() -> ModuleType:
    return importlib.import_module("qcc_desktop.services.doctor_fixes")


async def _guarded(check: Check, tell: OnFinding) -> Findings:
    """Return what the check found; a finding that it could not be made where it broke."""
    try:
        async with asyncio.timeout(check.timeout_s):
            found = await check.run()
    except TimeoutError:
        words = say(texts.CHECK_SLOW, seconds=f"{check.timeout_s:g}")
        found = (Finding(check.id, check.title, Verdict.NOT_CHECKED, words),)
    except Exception as error:  # noqa: BLE001 - a broken check is a finding, not a crash
        _log.warning("The doctor's check %s broke (%s)", check.id, type(error).__name__)
        _log.debug("How it broke", exc_info=True)
        words = say(texts.CHECK_BROKE, error=type(error).__name__)
        found = (Finding(check.id, check.title, Verdict.NOT_CHECKED, words),)
    for finding in found:
        tell(finding)
    return found
