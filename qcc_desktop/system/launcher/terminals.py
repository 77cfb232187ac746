"""A terminal program as data: what it is called, how it is found, what it is started with."""

import os
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qcc_desktop.system.launcher.quoting import own_words, windows_line

COMMAND = "{command}"
FOLDER = "{folder}"
_MARK = re.compile(r"\{command\}|\{folder\}")
Which = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal and its words: ``{command}`` stands for the command's words, ``{folder}`` too."""

    id: str
    """What the option ``claude.terminal`` holds."""
    name: str
    """What people call it."""
    words: tuple[str, ...]
    look: tuple[str, ...] = ()
    """Options for its window, unless the person gives some."""

    @property
    def program(self) -> str:
        """The first of its words."""
        return self.words[0]


@dataclass(frozen=True, slots=True)
class Opening:
    """One way to open a window: a terminal's name and the words that do it."""

    name: str
    words: tuple[str, ...]


def fill(words: Sequence[str], command: Sequence[str], folder: str) -> tuple[str, ...]:
    """Return ``words`` with the command in the place of ``{command}``.

    Within a longer word it is written as one line for a shell.
    """
    filled: list[str] = []
    for word in words:
        if word == COMMAND:
            filled += command
        else:
            filled.append(_MARK.sub(lambda mark: _value(mark[0], command, folder), word))
    return tuple(filled)


def _value(mark: str, command: Sequence[str], folder: str) -> str:
    return folder if mark == FOLDER else _as_line(command)


def _as_line(command: Sequence[str]) -> str:
    return windows_line(command) if os.name == "nt" else shlex.join(command)


def opening_of(terminal: Terminal, command: Sequence[str], folder: str) -> Opening:
    """Return how a known terminal opens a window."""
    rest = fill(terminal.words[1:], command, folder)
    return Opening(terminal.name, (terminal.program, *terminal.look, *rest))


def own_opening(
    text: str, known: Sequence[Terminal], command: Sequence[str], folder: str
) -> Opening | None:
    """Return how the person's own text opens a window; None for no text at all.

    It is the id of a known terminal, or its program with options, or any program: with
    ``{command}`` where the command goes, else ``-e`` and the command follow.

    Raises:
        UserFacingError: a quotation mark has no partner.
    """
    words = own_words(text)
    if not words:
        return None
    if COMMAND in text:
        return Opening(_name(words[0]), fill(words, command, folder))
    terminal = next((each for each in known if _name(words[0]) in (each.id, each.program)), None)
    if terminal is None:
        return Opening(_name(words[0]), (*words, "-e", *command))
    program = terminal.program if words[0] == terminal.id else words[0]
    rest = fill(terminal.words[1:], command, folder)
    return Opening(terminal.name, (program, *(words[1:] or terminal.look), *rest))


def _name(program: str) -> str:
    return program.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe")
