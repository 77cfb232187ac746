"""Folders in which Claude Code is launched: those of late, and what was chosen for each."""

from dataclasses import replace
from pathlib import Path

from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.errors import InvalidInput

_RECENT = 10


def existing(folder: Path) -> Path:
    """Return the folder's full path. Blocks.

    Raises:
        InvalidInput: there is no such folder.
    """
    resolved = folder.expanduser().resolve()
    if not resolved.is_dir():
        raise InvalidInput({"folder": f"There is no folder {folder}. Choose another one."})
    return resolved


def with_recent(now: Config, folder: Path) -> Config:
    """Return the configuration with ``folder`` as the newest one."""
    others = [name for name in now.recent_folders if name != str(folder)]
    return replace(now, recent_folders=(str(folder), *others)[:_RECENT])


def without_folder(now: Config, folder: Path) -> Config:
    """Return the configuration without ``folder`` among the recent ones, and without its choice."""
    recent = tuple(name for name in now.recent_folders if name != str(folder))
    return with_choice(replace(now, recent_folders=recent), FolderChoice(str(folder)))


def with_choice(now: Config, choice: FolderChoice) -> Config:
    """Return the configuration with this choice for its folder; an empty one is not kept."""
    others = tuple(each for each in now.folders if each.folder != choice.folder)
    return replace(now, folders=others if choice.is_empty else (*others, choice))
