"""Says in one sentence, with a remedy, what is wrong with a command line.

Argparse's own words differ between Python versions, so they are recognised by what they have in
common; what is not recognised is passed on as it is.
"""

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from typing_extensions import override

from qcc_desktop.core.errors import InvalidInput

_KINDS = {"int": "a whole number", "float": "a number"}


class UsageFault(Exception):  # noqa: N818 - says what is the case, like StopIteration
    """What argparse found; ``prog`` is the command whose help says more."""

    def __init__(self, prog: str, message: str) -> None:
        super().__init__(message)
        self.prog = prog
        self.message = message


class Parser(argparse.ArgumentParser):
    """Raises `UsageFault` where argparse would print its usage and exit."""

    @override
    def error(self, message: str) -> NoReturn:
        raise UsageFault(self.prog, message)


def parse(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Parse ``words``, which may hold no ``--``.

    Raises:
        InvalidInput: they are no command line of this program.
        SystemExit: help was asked for and printed.
    """
    try:
        return _parsed(parser, words)
    except UsageFault as fault:
        raise refusal(_sentence(fault), fault.prog, _hint(fault, words)) from fault


def _parsed(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    namespace, unknown = parser.parse_known_args(words)
    if unknown:
        raise UsageFault(namespace.prog, f"unrecognized arguments: {_without_values(unknown)}")
    return namespace


def _without_values(unknown: Sequence[str]) -> str:
    """Name the options only: what follows one may be a key."""
    options = [word.partition("=")[0] for word in unknown if word.startswith("-")]
    return " ".join(options or unknown)


def refusal(sentence: str, prog: str, hint: str = "") -> InvalidInput:
    """Return the error of a wrong command line."""
    remedy = hint or f"See '{prog} --help'."
    return InvalidInput({"usage": f"{sentence} {remedy}"})


def _hint(fault: UsageFault, words: Sequence[str]) -> str:
    """Return the remedy for the slips that are made most, empty for others."""
    program = fault.prog.partition(" ")[0]
    if fault.prog.endswith(" set") and len(words) == 3 and "=" in words[2]:
        key, _, value = words[2].partition("=")
        return f"Write a blank instead of =, as in '{fault.prog} {key} {value or 'VALUE'}'."
    if words[:1] == ["launch"] and "unrecognized" in fault.message:
        unknown = fault.message.partition(": ")[2]
        return f"What Claude Code should get follows --, as in '{program} launch . -- {unknown}'."
    return ""


def _sentence(fault: UsageFault) -> str:
    for pattern, words in _SENTENCES:
        if found := re.fullmatch(pattern, fault.message, re.DOTALL):
            parts = {name: value or "" for name, value in found.groupdict().items()}
            parts["kind"] = _KINDS.get(parts.get("kind", ""), "a value of another kind")
            parts["choices"] = parts.get("choices", "").replace("'", "")
            parts["name"] = parts.get("name", "").rpartition("/")[2]
            return words.format(prog=fault.prog, **parts)
    return f"{fault.message[:1].upper()}{fault.message[1:].rstrip('.')}."


_SENTENCES = (
    (r"argument (?P<name>-\S+): invalid (?P<kind>\w+) value: .*", "{name} must be {kind}."),
    (r"argument (?P<name>-\S+): invalid choice: .*\(choose from (?P<choices>.*)\)",
     "{name} must be one of {choices}."),
    (r"argument (?P<name>\w+): invalid choice: (?P<value>'.*') \(choose from (?P<choices>.*)\)",
     "'{prog}' knows no {name} {value}, only {choices}."),
    (r"argument (?P<name>-\S+): expected one argument", "{name} needs a value."),
    (r"argument (?P<name>-\S+): not allowed with argument (?P<other>.*)",
     "{name} and {other} exclude each other."),
    (r"argument (?P<name>-\S+): ignored explicit argument .*", "{name} takes no value."),
    (r"one of the arguments (?P<first>\S+) (?P<other>\S+) is required",
     "{first} or {other} is needed."),
    (r"the following arguments are required: (?P<value>.*)", "'{prog}' needs {value}."),
    (r"unrecognized arguments: (?P<value>.*)", "'{prog}' does not know {value}."),
)  # fmt: skip
