"""Assignments of variables in the words of each shell."""

import re
import shlex
from collections.abc import Mapping, Sequence
from enum import StrEnum

from qcc_desktop.system.launcher.quoting import (
    fish_line,
    powershell_line,
    powershell_literal,
    sh_line,
    typed_cmd_line,
)


class Shell(StrEnum):
    """A shell whose syntax we write."""

    SH = "sh"
    FISH = "fish"
    POWERSHELL = "powershell"
    CMD = "cmd"


def shell_lines(shell: Shell, variables: Mapping[str, str]) -> str:
    """Return one line for each variable that exports it when the shell evaluates the text."""
    return "".join(f"{_WRITERS[shell](name, value)}\n" for name, value in variables.items())


def command_line(shell: Shell, words: Sequence[str], variables: Mapping[str, str]) -> str:
    """Return the line to type that runs ``words`` with ``variables`` set for them.

    Raises:
        UnsafeArgumentError: this shell would change a word.
    """
    match shell:
        case Shell.SH | Shell.FISH:
            assignments = tuple(f"{name}={value}" for name, value in variables.items())
            run = (("env", *assignments) if assignments else ()) + tuple(words)
            return sh_line(run) if shell is Shell.SH else fish_line(run)
        case Shell.POWERSHELL:
            setting = (f"{_powershell(name, value)}; " for name, value in variables.items())
            return "".join(setting) + powershell_line(words)
        case Shell.CMD:
            setting = (f"{_cmd(name, value)} & " for name, value in variables.items())
            return "".join(setting) + typed_cmd_line(words)


def _sh(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _fish(name: str, value: str) -> str:
    escaped = re.sub(r"([\\'])", r"\\\1", value)
    return f"set -gx {name} '{escaped}'"


def _powershell(name: str, value: str) -> str:
    return f"$env:{name} = {powershell_literal(value)}"


def _cmd(name: str, value: str) -> str:
    """Quoted as a whole, so that ``&`` and ``|`` stay text; ``%`` is doubled as in batch files."""
    return f'set "{name}={value.replace("%", "%%")}"'


_WRITERS = {Shell.SH: _sh, Shell.FISH: _fish, Shell.POWERSHELL: _powershell, Shell.CMD: _cmd}
