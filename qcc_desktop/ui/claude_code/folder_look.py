"""Recent folders as a person reads them; knows no widget."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.system.launcher.quoting import windows_line
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class FolderLook:
    """One folder in which Claude Code was launched."""

    folder: str
    name: str
    place: str
    """The whole path, the home folder as ``~``."""
    choice: str = ""
    """What differs there from everywhere else; empty where nothing does."""


def folder_looks(config: Config, home: Path) -> tuple[FolderLook, ...]:
    """Return the recent folders, newest first."""
    names = {endpoint.id: endpoint.name for endpoint in config.endpoints}
    return tuple(
        FolderLook(
            folder,
            Path(folder).name or folder,
            place_of(folder, home),
            choice_words(config.choice_for(folder), names),
        )
        for folder in config.recent_folders
    )


def place_of(folder: str, home: Path) -> str:
    """Return a path as people write it."""
    path = Path(folder)
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else folder


def choice_words(choice: FolderChoice, names: Mapping[str, str]) -> str:
    """Return what was chosen for a folder, in one line."""
    said: list[str] = []
    if choice.endpoint_id:
        name = names.get(choice.endpoint_id, choice.endpoint_id)
        said.append(translate("FolderLook", "prefers {endpoint}").format(endpoint=name))
    if choice.strategy:
        said.append(words.strategy_word(choice.strategy))
    if choice.arguments:
        said.append(line_of(choice.arguments))
    return " · ".join(said)


def line_of(arguments: tuple[str, ...]) -> str:
    """Return arguments as one line that `own_words` takes apart again."""
    return windows_line(arguments) if sys.platform == "win32" else shlex.join(arguments)
