"""Looks at Claude Code's settings files and says how they stand; changes nothing. Blocks."""

from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.claude_settings.journal import FileRecord
from qcc_desktop.system.claude_settings.keeper import SettingsKeeper
from qcc_desktop.system.claude_settings.placeholders import owner_of
from qcc_desktop.system.claude_settings.plan import (
    HELPER,
    TOKEN,
    URL,
    changed_since,
    is_leftover,
    leads_to_us,
    raw_of,
    take,
)
from qcc_desktop.system.claude_settings.status import FileState, FileStatus
from qcc_desktop.wire.jsonc import NotSettingsError, is_strict, parse


def look(keeper: SettingsKeeper, variables: Mapping[str, str] | None) -> tuple[FileStatus, ...]:
    """Return how each file stands; ``variables`` lead to the proxy, None: it does not listen.

    Raises:
        UserFacingError: what is remembered cannot be read.
    """
    journal = keeper.journal
    return tuple(
        _status(keeper, path, journal.find(path), variables) for path in keeper.files_of(journal)
    )


def _status(
    keeper: SettingsKeeper,
    path: Path,
    record: FileRecord | None,
    variables: Mapping[str, str] | None,
) -> FileStatus:
    try:
        text = keeper.text_of(path)
        if text is None:
            return FileStatus(path, FileState.ABSENT)
        if not text.lstrip("\ufeff").strip():
            return FileStatus(path, FileState.FOREIGN)
        comments = not is_strict(parse(text))
        if record is None:
            return _unknown(path, text, has_comments=comments)
        return _known(path, text, record, variables, has_comments=comments)
    except NotSettingsError as error:
        return FileStatus(path, FileState.BROKEN, (("fault", str(error)),))
    except UserFacingError as error:
        return FileStatus(path, FileState.BROKEN, (("fault", error.title.rstrip(".")),))


def _known(
    path: Path,
    text: str,
    record: FileRecord,
    variables: Mapping[str, str] | None,
    *,
    has_comments: bool,
) -> FileStatus:
    if leads_to_us(text, record):
        is_right = variables is not None and take(text, variables, record, retake=True).text == text
        state = FileState.OURS if is_right else FileState.OUTDATED
        names = tuple(key.place[-1] for key in record.keys)
        return FileStatus(path, state, has_comments=has_comments, names=names)
    changed = changed_since(text, record)
    state = FileState.CHANGED if changed else FileState.FOREIGN
    return FileStatus(path, state, has_comments=has_comments, names=changed)


def _unknown(path: Path, text: str, *, has_comments: bool) -> FileStatus:
    if is_leftover(text):
        return FileStatus(path, FileState.LEFTOVER, has_comments=has_comments)
    for place in (TOKEN, URL, HELPER, (TOKEN[0], "ANTHROPIC_API_KEY")):
        if owner := owner_of(raw_of(text, place)):
            words = (("owner", owner),)
            return FileStatus(path, FileState.PLACEHOLDER, words, has_comments)
    return FileStatus(path, FileState.FOREIGN, has_comments=has_comments)
