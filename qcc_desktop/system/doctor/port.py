"""Is the proxy's port free, and if not, who has it."""

import re
import subprocess
import sys

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.system.doctor.listeners import (
    Listener,
    answers,
    bind_error,
    free_port_after,
    is_taken,
    listener_on,
)

FIX = "port.choose_free"
_NETSH_S = 5.0


def check_port(
    wanted: int, used: int | None, *, platform: str = sys.platform
) -> tuple[Finding, ...]:
    """Look at the configured port; ``used`` is where our running proxy listens, if it does. Blocks."""
    if wanted == 0 and used is None:
        return (_finding(Verdict.OK, say(texts.PORT_ANY)),)
    if used is not None and not answers("127.0.0.1", used):
        return (_finding(Verdict.PROBLEM, say(texts.PORT_SILENT, port=used), _log_remedy()),)
    if used is not None and wanted in {0, used}:
        return (_finding(Verdict.OK, say(texts.PORT_OURS, port=used)),)
    return (_free_or_taken(wanted, used, reserved_ranges() if platform == "win32" else ()),)


def _free_or_taken(wanted: int, used: int | None, reserved: tuple[tuple[int, int], ...]) -> Finding:
    error = bind_error(wanted)
    if error is None:
        return _finding(Verdict.OK, say(texts.PORT_FREE, port=wanted))
    return blocked(wanted, used, error, reserved, listener_on(wanted))


def blocked(
    wanted: int,
    used: int | None,
    error: OSError,
    reserved: tuple[tuple[int, int], ...],
    listener: Listener | None,
) -> Finding:
    """Return the finding about a port that cannot be listened on.

    It is a problem only while the proxy does not run on another port.
    """
    free = free_port_after(wanted)
    do = texts.PORT_OTHER_DO
    kept = next((pair for pair in reserved if pair[0] <= wanted <= pair[1]), None)
    if kept is not None:
        detail = say(texts.PORT_RESERVED, port=wanted, first=kept[0], last=kept[1])
    elif listener is None and not is_taken(error):
        detail = say(texts.PORT_FORBIDDEN, port=wanted, error=error.strerror or error)
    else:
        detail, do = _taken_by(listener, wanted), texts.PORT_TAKEN_DO
    if used is None:
        return _finding(Verdict.PROBLEM, detail, say(do, free=free), FIX)
    elsewhere = say(texts.PORT_ELSEWHERE, used=used, detail=detail)
    return _finding(Verdict.NOTE, elsewhere, say(do, free=free), FIX)


def _taken_by(listener: Listener | None, port: int) -> Text:
    if listener is None or listener.pid is None:
        return say(texts.PORT_TAKEN_UNKNOWN, port=port)
    return say(texts.PORT_TAKEN, port=port, name=listener.name or "?", pid=listener.pid)


def reserved_ranges() -> tuple[tuple[int, int], ...]:
    """Return the port ranges that Windows keeps for itself (Hyper-V, WSL). Blocks."""
    words = ("netsh", "int", "ipv4", "show", "excludedportrange", "protocol=tcp")
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            words,
            capture_output=True,
            timeout=_NETSH_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return read_reserved(done.stdout.decode("utf-8", "replace"))


def read_reserved(output: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges in what ``netsh`` printed; its words differ by language, its rows do not."""
    rows = re.findall(r"^\s*(\d{1,5})\s+(\d{1,5})\s*\*?\s*$", output, re.MULTILINE)
    return tuple((int(first), int(last)) for first, last in rows)


def _log_remedy() -> Text:
    return say(texts.PROGRAM_RED_DO)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT, fix_id: str = "") -> Finding:
    return Finding("port", say(texts.PORT), verdict, detail, remedy, fix_id)
