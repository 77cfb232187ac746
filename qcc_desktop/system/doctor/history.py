"""The history's file: whether it is well, and since when it is kept."""

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.storage.history_look import HistoryLook, look_at
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.doctor.files import size


def check_history(paths: Paths) -> tuple[Finding, ...]:
    """Look at the file without changing it. Blocks."""
    seen = look_at(paths.history_file)
    if seen is None or (seen.since is None and not seen.error and seen.trouble is None):
        return _finding(Verdict.OK, say(texts.HISTORY_NONE))
    if seen.is_broken:
        broken = say(texts.HISTORY_BROKEN, file=paths.history_file)
        return _finding(Verdict.PROBLEM, broken, say(texts.HISTORY_BROKEN_DO))
    if seen.trouble is HistoryTrouble.NEWER:
        newer = say(texts.HISTORY_NEWER, file=paths.history_file)
        return _finding(Verdict.NOTE, newer, say(texts.HISTORY_NEWER_DO))
    return _readable(paths, seen)


def _readable(paths: Paths, seen: HistoryLook) -> tuple[Finding, ...]:
    if seen.error:
        locked = say(texts.HISTORY_LOCKED, file=paths.history_file, error=seen.error)
        return _finding(Verdict.NOTE, locked, say(texts.HISTORY_LOCKED_DO))
    day = "" if seen.since is None else seen.since.astimezone().date().isoformat()
    well = say(texts.HISTORY_WELL, size=size(seen.size_bytes), day=day, file=paths.history_file)
    return _finding(Verdict.OK, well)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> tuple[Finding, ...]:
    return (Finding("history", say(texts.HISTORY), verdict, detail, remedy),)
