"""What the history's thread is told: that something was noted, questions, and the end."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future
    from sqlite3 import Connection

T = TypeVar("T")


def broken_file(path: Path) -> Path:
    """Return what a damaged file is kept as: one at most."""
    return path.with_name(f"{path.name}.broken")


class Part(Protocol):
    """Something kept in the file. Every method is called by the file's thread alone."""

    def gather(self) -> None:
        """Take over what was noted since the last time."""
        ...

    @property
    def has_unsaved(self) -> bool:
        """Whether something gathered is not in the file."""
        ...

    def save(self, connection: "Connection") -> None:
        """Write what was gathered; inside a transaction, and it may have to be done again."""
        ...

    def saved(self) -> None:
        """Forget what was written: it is safe now."""
        ...

    def tidy(self, connection: "Connection", now: datetime) -> None:
        """Delete what is too old; inside a transaction, once a day and at the start."""
        ...


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """A question; its work gets None where there is no usable file."""

    work: Callable[["Connection | None"], T]
    outcome: "Future[T]"

    def answer(self, found: Callable[[], T]) -> None:
        """Hand over what ``found`` returns or raises, if somebody still waits for it."""
        if not self.outcome.set_running_or_notify_cancel():
            return
        try:
            self.outcome.set_result(found())
        except Exception as error:  # noqa: BLE001 - carried to whoever asked
            self.outcome.set_exception(error)


class Wake:
    """Asks for a look at what was noted."""


class Tidy:
    """Asks for what is too old to be deleted: what "too old" means has changed."""


class Stop:
    """Ends the thread."""


class Bell:
    """Wakes the thread: once for everything that is noted before it looks."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[Wake | Tidy | Stop | Job[Any]] = queue.SimpleQueue()
        self._is_rung = False

    def wake(self) -> None:
        """Say that something was noted; noted first, so that the thread finds it."""
        if not self._is_rung:
            self._is_rung = True
            self._calls.put(Wake())

    def call(self, what: Tidy | Stop | Job[Any]) -> None:
        """Have something done at once."""
        self._calls.put(what)

    def wait(self, rest_s: float, collect_s: float) -> Tidy | Stop | Job[Any] | None:
        """Wait for a call, ``rest_s`` at most; for others to follow, after something was noted."""
        try:
            called = self._calls.get(timeout=rest_s)
            if isinstance(called, Wake):
                called = self._calls.get(timeout=collect_s)
        except queue.Empty:
            called = Wake()
        self._is_rung = False
        return None if isinstance(called, Wake) else called
