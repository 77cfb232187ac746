"""Command lines as each reader takes them apart: Windows programs, cmd.exe, PowerShell, shells.

What cannot be passed without being changed is refused by name (`UnsafeArgumentError`): a program
that reads its arguments through ``cmd.exe`` may otherwise run a part of them as a command
(CVE-2024-24576, "BatBadBut").
"""

import base64
import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.redact import redact

_SHOWN = 40
_CMD_PLAIN = re.compile(r"[\w#$*+\-./:?@\\]+", re.ASCII)
"""What needs no quotes for cmd.exe; all else is quoted (Rust's std, sys/args/windows.rs)."""
_BATCH_REFUSES = {
    "\n": "a batch file starts it, which takes one line only",
    "\r": "a batch file starts it, which takes one line only",
    '"': "a batch file starts it, which may end a quotation there",
    "%": "a batch file starts it, which takes % for a variable",
}
_DELAYED_REFUSES = dict.fromkeys("!^", "the batch file that starts it takes ! for a variable")
_TYPED_REFUSES = dict.fromkeys('\n\r"%', "cmd.exe would change it")
_POWERSHELL_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")
"""PowerShell ends a string at each of these (about_Quoting_Rules, "smart quotes")."""
_WINDOWS_TOKEN = re.compile(
    r"""(?P<escaped>(?:\\\\)*\\")|(?P<even>(?:\\\\)+)(?=")|(?P<quote>")|(?P<space>[ \t]+)"""
    r"""|\\+|[^ \t\\"]+"""
)
_FISH_PLAIN = re.compile(r"[\w@%+:,./\-]+", re.ASCII)


class UnsafeArgumentError(UserFacingError):
    """A word that its reader would change; the sentence names it."""

    def __init__(self, word: str, why: str) -> None:
        shown = redact(word)  # before it is cut, for a half of a key looks like none
        shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
        super().__init__(
            f"{shown!r} cannot be given to Claude Code here: {why}.",
            "Leave it out, or type it when Claude Code has started.",
        )


def windows_line(words: Sequence[str]) -> str:
    """Return the line that a Windows program takes apart into ``words`` (CommandLineToArgvW).

    Raises:
        UnsafeArgumentError: a word holds a NUL, which ends the line.
    """
    for word in words:
        refuse_nul(word)
    return subprocess.list2cmdline(words)


def batch_line(interpreter: str, batch: str, arguments: Sequence[str], text: str = "") -> str:
    """Return the line that runs a batch file with ``arguments`` through cmd.exe, byte for byte.

    ``/v:off`` leaves ``!`` alone unless the batch file, whose content is ``text``, switches that
    on; ``/d`` keeps AutoRun commands out; ``/s`` takes the outermost quotes off and nothing else
    (cmd /?).

    Raises:
        UnsafeArgumentError: cmd.exe, or the batch file after it, would change a word.
    """
    refused = dict(_BATCH_REFUSES)
    if "enabledelayedexpansion" in text.lower():
        refused |= _DELAYED_REFUSES
    words = " ".join(_cmd_word(word, refused) for word in (batch, *arguments))
    return f'{windows_line([interpreter])} /d /v:off /s /c "{words}"'


def _cmd_word(word: str, refused: Mapping[str, str]) -> str:
    """Quote one word for cmd.exe and for the program that takes its line apart after it."""
    refuse_nul(word)
    for sign, why in refused.items():
        if sign in word:
            raise UnsafeArgumentError(word, why)
    if _CMD_PLAIN.fullmatch(word) and not word.endswith("\\"):
        return word
    tail = len(word) - len(word.rstrip("\\"))
    return f'"{word}{chr(92) * tail}"'


def powershell_line(words: Sequence[str]) -> str:
    """Return the text that PowerShell evaluates to a call of ``words``.

    Raises:
        UnsafeArgumentError: PowerShell 5 would change a word on its way to the program.
    """
    for word in words:
        refuse_nul(word)
        if '"' in word:
            raise UnsafeArgumentError(word, "Windows PowerShell loses quotation marks")
        if " " in word and word.endswith("\\"):
            raise UnsafeArgumentError(word, "Windows PowerShell mixes up the backslash at its end")
        if not word:
            raise UnsafeArgumentError(word, "Windows PowerShell drops empty words")
    return f"& {' '.join(map(powershell_literal, words))}"


def powershell_literal(text: str) -> str:
    """Return a string of PowerShell in which nothing is replaced."""
    doubled = _POWERSHELL_QUOTES.sub(r"\1\1", text)
    return f"'{doubled}'"


def encoded_powershell(script: str) -> str:
    """Return what ``-EncodedCommand`` takes, so that no quoting of the line is needed."""
    return base64.b64encode(script.encode("utf-16-le")).decode("ascii")


def sh_line(words: Sequence[str]) -> str:
    """Return the line that a POSIX shell takes apart into ``words``.

    Raises:
        UnsafeArgumentError: a word holds a NUL.
    """
    for word in words:
        refuse_nul(word)
    return shlex.join(words)


def fish_line(words: Sequence[str]) -> str:
    """Return the line that fish takes apart into ``words``.

    Raises:
        UnsafeArgumentError: a word holds a NUL.
    """
    return " ".join(map(_fish_word, words))


def _fish_word(word: str) -> str:
    refuse_nul(word)
    if _FISH_PLAIN.fullmatch(word):
        return word
    escaped = re.sub(r"([\\'])", r"\\\1", word)
    return f"'{escaped}'"


def typed_cmd_line(words: Sequence[str]) -> str:
    """Return the line to type at cmd.exe's prompt that starts a program with ``words``.

    Raises:
        UnsafeArgumentError: cmd.exe would change a word.
    """
    return " ".join(_cmd_word(word, _TYPED_REFUSES) for word in words)


def refuse_nul(word: str) -> None:
    """Refuse what no system passes to a program.

    Raises:
        UnsafeArgumentError: ``word`` holds a NUL.
    """
    if "\0" in word:
        raise UnsafeArgumentError(word, "it holds a NUL")


def split_windows_line(line: str) -> tuple[str, ...]:
    """Return the words of a line as Windows programs take it apart (CommandLineToArgvW)."""
    words: list[str] = []
    word: str | None = None
    is_quoted = False
    for found in _WINDOWS_TOKEN.finditer(line):
        if found["quote"]:
            is_quoted = not is_quoted
            word = word or ""
        elif found["space"] and not is_quoted:
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + _meant(found)
    return tuple(words if word is None else [*words, word])


def _meant(found: re.Match[str]) -> str:
    r"""Return what a piece stands for: 2n backslashes before a quote are n, one more makes it text."""
    if found["escaped"]:
        return "\\" * ((len(found["escaped"]) - 2) // 2) + '"'
    if found["even"]:
        return "\\" * (len(found["even"]) // 2)
    return found[0]


def own_words(text: str) -> tuple[str, ...]:
    """Return the words of a line that the person wrote, taken apart as on their system.

    Raises:
        UserFacingError: a quotation mark has no partner.
    """
    if os.name == "nt":
        return split_windows_line(text)
    try:
        return tuple(shlex.split(text))
    except ValueError as error:
        raise UserFacingError(
            f"A quotation mark has no partner: {redact(text)}.",
            "Write it as in a shell, or without quotation marks.",
        ) from error
