"""Which of Claude Code's own settings files would overrule the environment of a launch."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.system.launcher.command import overruled_variables

_MANAGED = {
    "linux": Path("/etc/claude-code/managed-settings.json"),
    "darwin": Path("/Library/Application Support/ClaudeCode/managed-settings.json"),
    "win32": Path("C:/Program Files/ClaudeCode/managed-settings.json"),
}


@dataclass(frozen=True, slots=True)
class Overruling:
    """What the settings files set; ``managed`` beats even ``--settings``."""

    variables: tuple[str, ...] = ()
    managed: tuple[str, ...] = ()


def read_overruling(environ: Mapping[str, str], home: Path, folder: Path) -> Overruling:
    """Look at the user's, the project's and the managed settings. Blocks; changes nothing."""
    own = Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude")
    files = (
        own / "settings.json",
        folder / ".claude" / "settings.json",
        folder / ".claude" / "settings.local.json",
    )
    found = {name: None for file in files for name in _variables_of(file)}
    managed = _MANAGED.get(sys.platform)
    return Overruling(
        variables=tuple(found), managed=_variables_of(managed) if managed is not None else ()
    )


def _variables_of(file: Path) -> tuple[str, ...]:
    try:
        return overruled_variables(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return ()


def read_given_settings(value: str | None, folder: Path) -> str | None:
    """Return the settings that ``--settings VALUE`` gives: a file, or the JSON itself. Blocks."""
    if value is None or value.lstrip().startswith("{"):
        return value
    try:
        return (folder / value).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
