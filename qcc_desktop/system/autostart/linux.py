"""An autostart file of the desktop (freedesktop.org, "Desktop Application Autostart" 0.5).

The user's ``$XDG_CONFIG_HOME/autostart/qcc-desktop.desktop``. Desktops switch an entry off by
``Hidden=true`` (the specification) or ``X-GNOME-Autostart-enabled=false`` (GNOME).
"""

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus, LoginCommand

_GROUP = "[Desktop Entry]"
_NEEDS_QUOTES = re.compile(r"""[\s"'\\><~|&;$*?#()`=%]|^$""")
_IN_QUOTES = re.compile(r'(["`$\\])')
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')


class DesktopFile:
    """Implements `system.autostart.state.AutostartEntry`."""

    def __init__(self, command: LoginCommand, file: Path) -> None:
        self._command = command
        self._file = file

    def read(self) -> AutostartState:
        """Look whether there is an entry."""
        place = str(self._file)
        try:
            values = _values(self._file.read_text(encoding="utf-8", errors="replace"))
        except FileNotFoundError:
            return AutostartState(AutostartStatus.OFF, place)
        words = exec_words(values.get("Exec", ""))
        shown = " ".join(words)
        if values.get("Hidden") == "true" or values.get("X-GNOME-Autostart-enabled") == "false":
            return AutostartState(AutostartStatus.BLOCKED, place, shown)
        if words == _whole(self._command):
            return AutostartState(AutostartStatus.ON, place, shown)
        return AutostartState(AutostartStatus.STALE, place, shown, is_orphaned=_is_gone(words))

    def write(self) -> None:
        """Make the entry."""
        write_private(self._file, entry_text(self._command).encode())

    def remove(self) -> None:
        """Leave nothing behind."""
        self._file.unlink(missing_ok=True)


def autostart_file(environ: Mapping[str, str]) -> Path:
    """Return the place of the user's entry."""
    config = environ.get("XDG_CONFIG_HOME", "")
    folder = Path(config) if config.startswith("/") else Path.home() / ".config"
    return folder / "autostart" / "qcc-desktop.desktop"


def entry_text(command: LoginCommand) -> str:
    """Return the whole file."""
    lines = [
        _GROUP,
        "Type=Application",
        "Version=1.5",
        "Name=QCC Desktop",
        "Comment=Keeps Claude Code working when an endpoint fails",
        "Comment[zh_CN]=端点出故障时让 Claude Code 继续工作",
        f"Exec={exec_line(_whole(command))}",
        f"TryExec={_escaped(command.words[0])}",  # once the program is gone, so is the entry
        "Icon=qcc-desktop",
        "Terminal=false",
        "StartupNotify=false",
        "X-GNOME-Autostart-enabled=true",
    ]
    return "\n".join(lines) + "\n"


def exec_line(words: tuple[str, ...]) -> str:
    """Return the value of ``Exec`` (Desktop Entry Specification, "The Exec key").

    Two layers: an argument with reserved characters is quoted, and the value as a whole is
    escaped like every string; a per cent sign is doubled, as it begins a field code.
    """
    quoted = " ".join(_quoted(word.replace("%", "%%")) for word in words)
    return _escaped(quoted)


def exec_words(line: str) -> tuple[str, ...]:
    """Return the arguments of an ``Exec`` value."""
    plain = re.sub(r"\\([\\ntrs])", lambda found: _PLAIN[found[1]], line)
    words = []
    for quoted, bare in _WORD.findall(plain):
        word = bare or re.sub(r"\\(.)", r"\1", quoted)
        words.append(word.replace("%%", "%"))
    return tuple(words)


_PLAIN = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}


def _quoted(word: str) -> str:
    if not _NEEDS_QUOTES.search(word):
        return word
    return '"' + _IN_QUOTES.sub(r"\\\1", word) + '"'


def _escaped(value: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in value)


def _whole(command: LoginCommand) -> tuple[str, ...]:
    """Return the words with their variables set by ``env``, as the key itself has no way."""
    settings = [f"{name}={value}" for name, value in command.variables.items()]
    return (*(["env", *settings] if settings else []), *command.words)


def _is_gone(words: tuple[str, ...]) -> bool:
    """Tell whether the program is not there any more; what ``env`` sets is passed over."""
    rest = list(words)
    if rest and os.path.basename(rest[0]) == "env":  # noqa: PTH119 - a word, not yet a path
        rest = [word for word in rest[1:] if "=" not in word]
    return not rest or shutil.which(rest[0]) is None


def _values(text: str) -> dict[str, str]:
    """Return the keys of the one group that counts."""
    values: dict[str, str] = {}
    group = ""
    for line in text.splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            group = stripped
        elif group == _GROUP and "=" in stripped and not stripped.startswith("#"):
            key, _, value = stripped.partition("=")
            values.setdefault(key.strip(), value.strip())
    return values
