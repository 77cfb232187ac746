"""How far Claude Code's own settings lead to the proxy, and what to do; knows no widget."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.system.claude_settings.status import FileState, FileStatus, TakeoverStatus
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate


class Grade(StrEnum):
    """How a file is, as a picture."""

    WELL = "well"
    QUIET = "quiet"
    PROBLEM = "problem"


class Offer(StrEnum):
    """What one button would do about it."""

    NONE = ""
    LEAD = "lead"
    """Lead the files to the proxy, after showing the change."""
    PUT_BACK = "put_back"


@dataclass(frozen=True, slots=True)
class FileLook:
    """One settings file."""

    path: str
    sentence: str
    remedy: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class TakeoverLook:
    """The switch, one sentence, and the files."""

    is_on: bool
    sentence: str
    files: tuple[FileLook, ...] = ()
    notes: tuple[str, ...] = ()
    offer: Offer = Offer.NONE


_REMEDIES: Mapping[FileState, str] = {
    FileState.OUTDATED: QT_TRANSLATE_NOOP("TakeoverLook", "Lead it to the proxy again."),
    FileState.CHANGED: QT_TRANSLATE_NOOP(
        "TakeoverLook", "Leave it so, or lead it to the proxy again."
    ),
    FileState.LEFTOVER: QT_TRANSLATE_NOOP("TakeoverLook", "Put back what was there before."),
    FileState.PLACEHOLDER: QT_TRANSLATE_NOOP(
        "TakeoverLook", "Switch that program's own proxy off, so that both do not fight over it."
    ),
    FileState.BROKEN: QT_TRANSLATE_NOOP(
        "TakeoverLook", "Repair the file or make it writable, then lead it to the proxy again."
    ),
}
_COMMENTS_DO = QT_TRANSLATE_NOOP("TakeoverLook", "Take them out of the file.")
_RETAKEN = frozenset(
    {FileState.OUTDATED, FileState.CHANGED, FileState.BROKEN, FileState.FOREIGN, FileState.ABSENT}
)
"""What a takeover that is wanted can be tried anew for."""


def takeover_look(status: TakeoverStatus, *, is_proxy_on: bool) -> TakeoverLook:
    """Return the look; ``is_proxy_on``: without the proxy the files are as they were before."""
    files = tuple(_file_look(file, status, is_proxy_on=is_proxy_on) for file in status.files)
    notes = (*_managed(status), *map(failure_sentence, status.notes))
    offer = _offer(status, is_proxy_on=is_proxy_on)
    sentence = _sentence(status, is_proxy_on=is_proxy_on)
    return TakeoverLook(status.wanted, sentence, files, notes, offer)


def _sentence(status: TakeoverStatus, *, is_proxy_on: bool) -> str:
    if not status.wanted:
        return translate("TakeoverLook", "Off: only what is launched from here uses the proxy.")
    if not is_proxy_on:
        return translate(
            "TakeoverLook", "On, but the proxy is off: the settings follow when it runs again."
        )
    if status.active and not status.managed:
        return translate("TakeoverLook", "On: every Claude Code here goes through the proxy.")
    return translate("TakeoverLook", "On, but not everywhere.")


def _file_look(file: FileStatus, status: TakeoverStatus, *, is_proxy_on: bool) -> FileLook:
    is_calm = file.state in {FileState.FOREIGN, FileState.ABSENT}
    if file.state is FileState.OURS and not file.has_comments:
        grade = Grade.WELL
    elif (is_calm and not (status.wanted and is_proxy_on)) and not file.has_comments:
        grade = Grade.QUIET
    else:
        grade = Grade.PROBLEM
    remedy = _REMEDIES.get(file.state, "") if grade is Grade.PROBLEM else ""
    if not remedy and file.has_comments:
        remedy = _COMMENTS_DO
    return FileLook(
        str(file.path),
        failure_sentence(file.sentence),
        translate("TakeoverLook", remedy) if remedy else "",
        grade,
    )


def _managed(status: TakeoverStatus) -> tuple[str, ...]:
    if not status.managed:
        return ()
    sentence = translate(
        "TakeoverLook",
        "Your organisation's settings set {names} and come first. Ask who manages this computer.",
    )
    return (sentence.format(names=", ".join(status.managed)),)


def _offer(status: TakeoverStatus, *, is_proxy_on: bool) -> Offer:
    states = {file.state for file in status.files}
    if status.wanted and is_proxy_on and states & _RETAKEN:
        return Offer.LEAD
    stale = {FileState.LEFTOVER, FileState.OUTDATED, FileState.CHANGED}
    if not status.wanted and states & stale:
        return Offer.PUT_BACK
    return Offer.NONE
