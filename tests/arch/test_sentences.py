"""Every sentence that the inner rooms may say to people has a template, and so its Chinese."""

import ast
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from typing_extensions import override

from qcc_desktop.core.known_sentences import BOOK, book_of_commands
from qcc_desktop.core.sentences import Phrasebook

ROOMS = ("core", "wire", "runtime", "storage", "proxy", "system", "services")

_TO_PROGRAMS = (
    "core/failover.py",
    "proxy/answers.py",
    "proxy/body.py",
    "proxy/guard.py",
    "proxy/handlers.py",
    "proxy/passthrough.py",
    "proxy/small_talk.py",
    "proxy/transport/",
    "wire/translate/",
)
"""What the proxy answers to programs, asks an endpoint or writes into the log stays English."""
_ENGLISH_ONLY = (
    "app/demo/",
    "app/simulation.py",
    "app/event_loop/",
    "app/selftest",
    "app/commands/parser.py",
)
"""The demo in a terminal, the self-test, the help, and what only a maker is told."""
_IN_PARTS = {
    "QCC Desktop is running already (process x1, x2).",
    "The takeover is x1.",
    "x1 added.",
    "x1 would be added; nothing was changed.",
    "x1 x2 (x3).",
}
"""Whose values are words: each whole sentence has a template of its own."""
_NOT_SAID = _IN_PARTS | {
    "The answer has begun; the connection is closed.",
    "The file is of version x1.",
    "The request is no valid HTTP (x1).",
}
_SQL = re.compile(r"(SELECT|INSERT|DELETE|UPDATE|CREATE|PRAGMA) |(x\d )+\?")
_LOGGED = frozenset({"debug", "info", "warning", "error", "exception", "critical"})
_NOT_FOR_PEOPLE = frozenset({"BugError", "QT_TRANSLATE_NOOP", "compile"})
_ERRORS = frozenset({"UserFacingError", "InvalidInput", "NotRunning", "NewerFormat"})
_SENTENCE = re.compile(r"""['"(]?([A-Z]|x\d).*\s.*[.!?]['")]?""", re.DOTALL)


class _Reader(ast.NodeVisitor):
    """Collects the texts that look like sentences; values in them become ``x1``, ``x2``."""

    def __init__(self) -> None:
        self.found: list[str] = []

    @override
    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.Call) and _is_for_us(node.func):
            return
        if isinstance(node, ast.Call) and _name(node.func) in _ERRORS:
            self._read_error(node)
            return
        text = _text(node)
        if text is None:
            super().visit(node)
        elif _SENTENCE.fullmatch(text) and not _SQL.match(text):
            self.found.append(text)

    def _read_error(self, call: ast.Call) -> None:
        for argument in call.args:
            values = argument.values if isinstance(argument, ast.Dict) else [argument]
            for value in values:
                text = _text(value)
                if text is None:
                    self.visit(value)
                elif re.search(r"[A-Za-z]{3}", re.sub(r"x\d", "", text)):
                    self.found.append(text)


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else ""


def _is_for_us(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        is_log = isinstance(called.value, ast.Name) and called.value.id.endswith("log")
        return (is_log and called.attr in _LOGGED) or called.attr in _NOT_FOR_PEOPLE
    return isinstance(called, ast.Name) and called.id in _NOT_FOR_PEOPLE


def _text(node: ast.AST) -> str | None:
    match node:
        case ast.Constant(value=str() as text):
            return _numbered(text)
        case ast.JoinedStr(values=values):
            names: dict[str, str] = {}
            number = count(1)
            return "".join(
                str(part.value)
                if isinstance(part, ast.Constant)
                else names.setdefault(ast.unparse(part), f"x{next(number)}")
                for part in values
            )
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = _text(left), _text(right)
            return None if first is None or second is None else first + second
        case _:
            return None


def _numbered(template: str) -> str:
    names: dict[str, str] = {}
    number = count(1)
    return re.sub(
        r"\{(\w+)\}", lambda brace: names.setdefault(brace[1], f"x{next(number)}"), template
    )


def _sentences(source: str) -> list[str]:
    reader = _Reader()
    reader.visit(ast.parse(source))
    return reader.found


def _sources(root: Path) -> Iterator[tuple[str, Path]]:
    package = root / "qcc_desktop"
    for room in ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            name = file.relative_to(package).as_posix()
            if not name.startswith(_TO_PROGRAMS):
                yield name, file


def test_every_sentence_of_the_inner_rooms_is_listed_for_translation(root: Path) -> None:
    said = [
        (name, sentence)
        for name, file in _sources(root)
        for sentence in _sentences(file.read_text(encoding="utf-8"))
    ]

    unknown = [f"{name}: {text}" for name, text in said if not _is_known(text)]

    assert len(said) > 150
    assert not unknown, "Add to core/*_texts.py (and their Chinese):\n" + "\n".join(unknown)


def test_every_sentence_of_the_command_line_is_listed_for_translation(root: Path) -> None:
    package = root / "qcc_desktop"
    book = book_of_commands()
    unknown = [
        f"{name}: {text}"
        for file in sorted((package / "app").rglob("*.py"))
        if not (name := file.relative_to(package).as_posix()).startswith(_ENGLISH_ONLY)
        for text in _sentences(file.read_text(encoding="utf-8"))
        if not _is_known(text, book)
    ]

    assert not unknown, "Add to core/command_texts.py or core/app_texts.py:\n" + "\n".join(unknown)


def _is_known(text: str, book: Phrasebook = BOOK) -> bool:
    """Tell whether it has a template; a value beside it is a sentence of another place."""
    alone = re.sub(r"^x\d (?=[A-Z])|(?<=[.!?]) x\d$", "", text)
    return text in _NOT_SAID or book.knows(text) or book.knows(alone)


@pytest.mark.parametrize(
    "source",
    [
        'raise UserFacingError("A sentence of nobody.")',
        'raise UserFacingError(f"{path} is odd.")',
        'raise InvalidInput({"name": "nobody has this"})',
        'raise UserFacingError("This is odd: " + f"{path} is.")',
        '_ODD = "Nobody has a {word} for it."',
    ],
)
def test_a_sentence_without_a_template_is_noticed(source: str) -> None:
    assert not all(map(_is_known, _sentences(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring says much."""',
        '_log.warning("A line of the log: %s.", path)',
        'raise BugError("This cannot be.")',
        'KEY = "routing.max_attempts"',
    ],
)
def test_what_nobody_is_told_needs_no_template(source: str) -> None:
    assert _sentences(source) == []
