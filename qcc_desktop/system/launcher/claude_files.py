"""Which of Claude Code's own settings files would overrule the environment of a launch."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from qcc_desktop.system.finder.files import head
from qcc_desktop.system.launcher.command import custom_headers_of, overruled_variables

_MOST_BYTES = 4 * 1024 * 1024
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
    custom_headers: str | None = field(default=None, repr=False)
    """What they send with every request; the person's own."""


def read_overruling(environ: Mapping[str, str], home: Path, folder: Path) -> Overruling:
    """Look at the user's, the project's and the managed settings. Blocks; changes nothing."""
    own = Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude")
    files = (
        own / "settings.json",
        folder / ".claude" / "settings.json",
        folder / ".claude" / "settings.local.json",
    )
    texts = [_text(file) for file in files]
    managed = _MANAGED.get(sys.platform)
    headers = [found for text in texts if (found := custom_headers_of(text)) is not None]
    return Overruling(
        variables=tuple(
            dict.fromkeys(name for text in texts for name in overruled_variables(text))
        ),
        managed=overruled_variables(_text(managed)) if managed is not None else (),
        custom_headers=headers[-1] if headers else None,
    )


def _text(file: Path) -> str:
    """Return what a file says; a folder of a stranger may hold a link to what never ends."""
    return (head(file, _MOST_BYTES) or b"").decode("utf-8", "replace")


def read_given_settings(value: str | None, folder: Path) -> str | None:
    """Return the settings that ``--settings VALUE`` gives: a file, or the JSON itself. Blocks."""
    if value is None or value.lstrip().startswith("{"):
        return value
    try:
        return (folder / value).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
