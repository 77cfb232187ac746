"""Writes to the terminal: answers to stdout, complaints to stderr."""

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator

from qcc_desktop.core.errors import UserFacingError

PROGRAM = "qcc-desktop"


def speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page or locale, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str, *, end: str = "\n") -> None:
    """Write to stdout, at once."""
    if sys.stdout is not None:
        with _refusals_told():
            sys.stdout.write(text + end)
            sys.stdout.flush()


def tell(text: str, *, end: str = "\n") -> None:
    """Write sentences of ours to stdout, in the person's language."""
    say(_spoken(text), end=end)


def _spoken(text: str) -> str:
    from qcc_desktop.app.commands.speech import spoken  # noqa: PLC0415 - not for --version

    return spoken(text)


def leave_stdout() -> None:
    """Send to nowhere what stdout still holds, for Python writes it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def _refusals_told() -> Iterator[None]:
    """Say that stdout takes no more, as on a full disk.

    Raises:
        BrokenPipeError: the reader has gone, as in "| head".
        UserFacingError: any other reason.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        leave_stdout()
        raise UserFacingError(
            f"The output cannot be written: {error.strerror or error}.",
            "Free some space, or write it somewhere else.",
        ) from error


def say_json(data: object) -> None:
    """Write ``data`` as JSON to stdout."""
    say(json.dumps(data, ensure_ascii=False, indent=2))


def complain(sentence: str) -> None:
    """Write a sentence to stderr, after the program's name, in the person's language."""
    if sys.stderr is not None:
        sys.stderr.write(f"{PROGRAM}: {_spoken(sentence)}\n")
        sys.stderr.flush()


def say_table(
    title: str,
    headings: tuple[str, ...],
    rows: list[tuple[str, ...]],
    *,
    piped_columns: int = 200,
) -> None:
    """Write a table as wide as the terminal, or ``piped_columns`` at most when piped.

    The headings are said in the person's language; the rows are as they are given.
    """
    from rich import box  # noqa: PLC0415 - 0.1 s that other commands need not wait for
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        table.add_column(_spoken(heading), overflow="fold", no_wrap=index == 0)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console.width = piped_columns
    with _refusals_told():
        console.print(table)
