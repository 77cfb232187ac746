"""Terminal windows on Windows.

A new console goes to whatever the person made Windows' default terminal (Settings, "Terminal";
since Windows 11 22H2 that is Windows Terminal), so nothing needs to be chosen for that.
"""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath

from qcc_desktop.system.launcher.quoting import (
    encoded_powershell,
    powershell_line,
    typed_cmd_line,
    windows_line,
)
from qcc_desktop.system.launcher.terminals import Opening, Terminal, Which, own_opening

TERMINALS = (
    Terminal("windows-terminal", "Windows Terminal", ("wt.exe",)),
    Terminal("pwsh", "PowerShell 7", ("pwsh.exe",)),
    Terminal("powershell", "Windows PowerShell", ("powershell.exe",)),
    Terminal("cmd", "Command Prompt", ("cmd.exe",)),
    Terminal("git-bash", "Git Bash", ("git-bash.exe",)),
    Terminal("wezterm", "WezTerm", ("wezterm-gui.exe",)),
    Terminal("alacritty", "Alacritty", ("alacritty.exe",)),
)
CONSOLE = "console"
"""The name of a new console of the system's own."""

_PLACES = {
    "wt.exe": ("{LOCALAPPDATA}/Microsoft/WindowsApps",),
    "pwsh.exe": ("{ProgramFiles}/PowerShell/7", "{LOCALAPPDATA}/Microsoft/WindowsApps"),
    "powershell.exe": ("{SystemRoot}/System32/WindowsPowerShell/v1.0",),
    "cmd.exe": ("{SystemRoot}/System32",),
    "git-bash.exe": ("{ProgramFiles}/Git", "{LOCALAPPDATA}/Programs/Git"),
    "wezterm-gui.exe": ("{ProgramFiles}/WezTerm",),
    "alacritty.exe": ("{ProgramFiles}/Alacritty",),
}
"""Where their installers put them; Git's puts only ``git.exe`` on the PATH."""


def installed(environ: Mapping[str, str], which: Which) -> tuple[Terminal, ...]:
    """Return the terminals that are there, each with its program's full path. Blocks."""
    found = ((terminal, find(terminal.program, environ, which)) for terminal in TERMINALS)
    return tuple(
        Terminal(terminal.id, terminal.name, (program,)) for terminal, program in found if program
    )


def find(program: str, environ: Mapping[str, str], which: Which) -> str | None:
    """Return the full path of a terminal's program, None where it is not. Blocks."""
    if on_path := which(program):
        return on_path
    folded = {name.lower(): value for name, value in environ.items()}
    for place in _PLACES[program]:
        variable = place[1 : place.index("}")].lower()
        if folder := folded.get(variable):
            path = str(PureWindowsPath(folder, place.partition("}/")[2], program))
            if which(path):
                return path
    return None


def named(
    text: str, terminals: Sequence[Terminal], command: Sequence[str], folder: str
) -> Opening | None:
    """Return how the terminal of this text runs ``command``; None if it is not there.

    ``text`` is what the option ``claude.terminal`` holds, ``terminals`` those of `installed`.

    Raises:
        UnsafeArgumentError: its shell would change a word of the command.
    """
    wanted = text.strip().lower()
    known = next((each for each in terminals if each.id == wanted), None)
    if known is not None:
        return Opening(known.name, terminal_words(known, folder, command))
    if wanted in [each.id for each in TERMINALS]:
        return None
    return own_opening(text, (), command, folder)


def others(command: Sequence[str]) -> tuple[Opening, ...]:
    """Return how Windows itself runs ``command``: in a new console."""
    return (Opening(CONSOLE, tuple(command)),)


def terminal_words(terminal: Terminal, folder: str, command: Sequence[str]) -> tuple[str, ...]:
    """Return the words that run ``command`` in this terminal, as its own reader needs them.

    Raises:
        UnsafeArgumentError: it would change a word of the command.
    """
    program = terminal.program
    match terminal.id:
        case "windows-terminal":
            # wt takes each ; for the end of a command (its documentation, "Command line syntax").
            rest = ("-w", "new", "new-tab", "-d", folder, *command)
            return (program, *(word.replace(";", "\\;") for word in rest))
        case "pwsh" | "powershell":
            script = encoded_powershell(powershell_line(command))
            return (program, "-NoLogo", "-EncodedCommand", script)
        case "git-bash":
            # A shell of its own takes the line apart; forward slashes need no quoting twice.
            return (program, "-c", shlex.join(word.replace("\\", "/") for word in command))
        case "wezterm":
            return (program, "start", "--cwd", folder, "--", *command)
        case "alacritty":
            return (program, "--working-directory", folder, "-e", *command)
        case _:
            return (program, "/d", "/v:off", "/s", "/c", *command)


def line_of(words: Sequence[str]) -> str:
    """Return the command line that starts ``words``.

    cmd.exe does not read its line as other programs do: what follows ``/c`` or ``/k`` goes as
    one text, within a pair of quotes that ``/s`` takes off.

    Raises:
        UnsafeArgumentError: a word cannot be passed as it is.
    """
    switch = next((at for at, word in enumerate(words) if word.lower() in ("/c", "/k")), None)
    if switch is None or not _is_cmd(words[0]):
        return windows_line(words)
    head = [word for word in words[:switch] if word.lower() != "/s"]
    text = typed_cmd_line(words[switch + 1 :])
    return f'{windows_line([*head, "/s", words[switch]])} "{text}"'


def _is_cmd(program: str) -> bool:
    return PureWindowsPath(program).name.lower() in ("cmd", "cmd.exe")
