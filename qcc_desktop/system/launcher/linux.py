"""Terminal windows on Linux."""

from collections.abc import Mapping, Sequence

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.terminals import Opening, Terminal, Which, opening_of, own_opening

TERMINALS = (
    Terminal("xdg-terminal-exec", "xdg-terminal-exec", ("xdg-terminal-exec", "{command}")),
    Terminal("x-terminal-emulator", "x-terminal-emulator", ("x-terminal-emulator", "-e", "{command}")),
    Terminal("gnome-terminal", "GNOME Terminal", ("gnome-terminal", "--working-directory={folder}", "--", "{command}")),
    Terminal("ptyxis", "Ptyxis", ("ptyxis", "--new-window", "--working-directory={folder}", "--", "{command}")),
    Terminal("kgx", "GNOME Console", ("kgx", "--working-directory={folder}", "--", "{command}")),
    Terminal("konsole", "Konsole", ("konsole", "--workdir", "{folder}", "-e", "{command}")),
    Terminal("xfce4-terminal", "Xfce Terminal", ("xfce4-terminal", "--working-directory={folder}", "-x", "{command}")),
    Terminal("mate-terminal", "MATE Terminal", ("mate-terminal", "--working-directory={folder}", "-x", "{command}")),
    Terminal("tilix", "Tilix", ("tilix", "--working-directory={folder}", "-e", "{command}")),
    Terminal("lxterminal", "LXTerminal", ("lxterminal", "--working-directory={folder}", "-e", "{command}")),
    Terminal("ghostty", "Ghostty", ("ghostty", "--working-directory={folder}", "-e", "{command}")),
    Terminal("kitty", "kitty", ("kitty", "--directory", "{folder}", "{command}")),
    Terminal("alacritty", "Alacritty", ("alacritty", "--working-directory", "{folder}", "-e", "{command}")),
    Terminal("wezterm", "WezTerm", ("wezterm", "start", "--cwd", "{folder}", "--", "{command}")),
    Terminal("foot", "foot", ("foot", "--working-directory={folder}", "{command}")),
    Terminal("xterm", "xterm", ("xterm", "-e", "{command}"), ("-u8", "-fa", "Monospace", "-fs", "11")),
)  # fmt: skip
"""In the order in which they are tried; the options are those of each program's manual.

xterm's own font has no Chinese; with ``-fa`` fontconfig finds one that has.
"""


def installed(which: Which) -> tuple[Terminal, ...]:
    """Return the terminals that are there."""
    return tuple(terminal for terminal in TERMINALS if which(terminal.program))


def named(text: str, command: Sequence[str], folder: str, which: Which) -> Opening | None:
    """Return how the terminal of this text runs ``command``; None if it is not there.

    ``text`` is what the option ``claude.terminal`` holds.
    """
    opening = own_opening(text, TERMINALS, command, folder)
    return opening if opening is not None and which(opening.words[0]) else None


def others(command: Sequence[str], folder: str, which: Which) -> tuple[Opening, ...]:
    """Return how the installed terminals run ``command``, best first."""
    return tuple(opening_of(terminal, command, folder) for terminal in installed(which))


def check_screen(environ: Mapping[str, str]) -> None:
    """Make sure that there is a screen for windows.

    Raises:
        UserFacingError: there is none.
    """
    if not has_screen(environ):
        raise UserFacingError(
            "There is no screen to open a terminal on.",
            "Use 'qcc-desktop launch --here' in a terminal.",
        )


def has_screen(environ: Mapping[str, str]) -> bool:
    """Tell whether there is a screen for windows."""
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def speaking_utf8(environ: Mapping[str, str]) -> dict[str, str]:
    """Return ``environ`` with a locale of UTF-8, if it has one without.

    A program started by autostart or a service may have none: xterm and others then show
    Chinese as question marks. ``C.UTF-8`` is there everywhere (glibc 2.35, Debian before).
    """
    decisive = next(
        (environ[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(name)), ""
    )
    if decisive.lower().replace("-", "").partition("@")[0].endswith("utf8"):
        return dict(environ)
    kept = {name: value for name, value in environ.items() if name != "LC_ALL"}
    return {**kept, "LC_CTYPE": "C.UTF-8"}
