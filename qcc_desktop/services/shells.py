"""Assignments of variables in the words of each shell."""

import re
import shlex
from collections.abc import Mapping
from enum import StrEnum


class Shell(StrEnum):
    """A shell whose syntax we write."""

    SH = "sh"
    FISH = "fish"
    POWERSHELL = "powershell"
    CMD = "cmd"


def shell_lines(shell: Shell, variables: Mapping[str, str]) -> str:
    """Return one line for each variable that exports it when the shell evaluates the text."""
    return "".join(f"{_WRITERS[shell](name, value)}\n" for name, value in variables.items())


def _sh(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _fish(name: str, value: str) -> str:
    escaped = re.sub(r"([\\'])", r"\\\1", value)
    return f"set -gx {name} '{escaped}'"


def _powershell(name: str, value: str) -> str:
    doubled = value.replace("'", "''")
    return f"$env:{name} = '{doubled}'"


def _cmd(name: str, value: str) -> str:
    """Quoted as a whole, so that ``&`` and ``|`` stay text; ``%`` is doubled as in batch files."""
    return f'set "{name}={value.replace("%", "%%")}"'


_WRITERS = {Shell.SH: _sh, Shell.FISH: _fish, Shell.POWERSHELL: _powershell, Shell.CMD: _cmd}
