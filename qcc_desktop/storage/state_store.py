"""Where sessions are bound and which endpoints need the person, kept in the history's file."""

import contextlib
import queue
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qcc_desktop.core.affinity import BINDINGS_MAX
from qcc_desktop.core.failure import Failure, FailureClass, Scope
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.usage import Usage
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.storage.history_file import HistoryFile
from qcc_desktop.storage.usage_tables import storable

if TYPE_CHECKING:
    from sqlite3 import Connection

_COUNT_MAX = 2**53
_LONGEST = timedelta(days=3650)
_SESSION = (
    "key, last_seen_s, endpoint, home, pin, moves, model, folder, turns, "
    "input, output, cache_read, cache_creation"
)
_OLD = "last_seen_s < ? AND (pin = '' OR last_seen_s < ?)"
_HELD = "endpoint, since_s, kind, number, reason, message"


@dataclass(frozen=True, slots=True)
class KeptState:
    """What an earlier start left."""

    sessions: tuple[KeptSession, ...] = ()
    held: tuple[HeldEndpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    sessions: Sequence[KeptSession]
    gone: Iterable[str]
    held: tuple[HeldEndpoint, ...] | None


class StateStore:
    """Writes changes when the file's thread comes to it; the newest of each session counts."""

    def __init__(self, file: HistoryFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock
        self._noted: queue.SimpleQueue[_Change] = queue.SimpleQueue()
        self._unsaved: dict[str, KeptSession | None] = {}
        self._held: tuple[HeldEndpoint, ...] | None = None
        # As long as a file may have them, until it is known how long they are kept.
        self._ttl = self._pins_last = _LONGEST
        file.parts.append(self)

    # The loop's side

    def note(
        self,
        sessions: Sequence[KeptSession],
        gone: Iterable[str] = (),
        held: tuple[HeldEndpoint, ...] | None = None,
    ) -> None:
        """Keep these sessions, forget those that are gone; ``held`` replaces what was held."""
        self._noted.put(_Change(sessions, gone, held))
        self._file.wake()

    async def load(self) -> KeptState:
        """Return what an earlier start left."""
        return await self._file.ask(self._load)

    def keep_for(self, ttl_s: float, days: int) -> None:
        """Forget sessions that rested for ``ttl_s``, and pinned ones after so many days."""
        wanted = timedelta(seconds=ttl_s), timedelta(days=days)
        if wanted != (self._ttl, self._pins_last):
            self._ttl, self._pins_last = wanted
            self._file.request_tidying()

    # The thread's side

    def gather(self) -> None:
        """Take over what was noted."""
        with contextlib.suppress(queue.Empty):
            while True:
                change = self._noted.get_nowait()
                self._unsaved.update(dict.fromkeys(change.gone))
                self._unsaved.update({kept.key: kept for kept in change.sessions})
                self._held = self._held if change.held is None else change.held

    @property
    def has_unsaved(self) -> bool:
        """Whether the file knows less."""
        return bool(self._unsaved) or self._held is not None

    def save(self, connection: "Connection") -> None:
        """Write what changed."""
        kept = [each for each in self._unsaved.values() if each is not None]
        gone = [(storable(key),) for key, each in self._unsaved.items() if each is None]
        marks = ", ".join("?" * len(_SESSION.split(",")))
        connection.executemany("DELETE FROM bound_session WHERE key = ?", gone)
        connection.executemany(
            f"INSERT OR REPLACE INTO bound_session ({_SESSION}) VALUES ({marks})",  # noqa: S608
            map(_session_row, kept),
        )
        if self._held is not None:
            connection.execute("DELETE FROM held_endpoint")
            connection.executemany(
                f"INSERT INTO held_endpoint ({_HELD}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
                map(_held_row, self._held),
            )

    def saved(self) -> None:
        """Forget what is in the file now."""
        self._unsaved.clear()
        self._held = None

    def tidy(self, connection: "Connection", now: datetime) -> None:
        """Delete what rested too long, and more than can be remembered."""
        connection.execute(f"DELETE FROM bound_session WHERE {_OLD}", self._ages(now))  # noqa: S608
        connection.execute(
            "DELETE FROM bound_session WHERE key NOT IN "
            "(SELECT key FROM bound_session ORDER BY last_seen_s DESC LIMIT ?)",
            (BINDINGS_MAX,),
        )

    def _load(self, connection: "Connection | None") -> KeptState:
        if connection is None:
            return KeptState()
        sessions = connection.execute(
            f"SELECT {_SESSION} FROM bound_session WHERE NOT ({_OLD}) "  # noqa: S608
            "ORDER BY last_seen_s DESC LIMIT ?",
            (*self._ages(utc(self._clock.wall_s())), BINDINGS_MAX),
        )
        held = connection.execute(f"SELECT {_HELD} FROM held_endpoint")  # noqa: S608 - as above
        return KeptState(
            tuple(_session_of(row) for row in sessions),
            tuple(_held_of(row) for row in held if row[2] in _KINDS),
        )

    def _ages(self, now: datetime) -> tuple[float, float]:
        """Return since when sessions are kept, and pinned ones."""
        oldest = max(self._ttl, self._pins_last)
        return (now - self._ttl).timestamp(), (now - oldest).timestamp()


class ForgetfulState:
    """A `StateStore` for programs that must leave nothing behind, as the demo."""

    def note(
        self,
        sessions: Sequence[KeptSession],
        gone: Iterable[str] = (),
        held: tuple[HeldEndpoint, ...] | None = None,
    ) -> None:
        """Keep nothing."""

    async def load(self) -> KeptState:
        """Return nothing."""
        return KeptState()


_KINDS = frozenset(FailureClass)


def _session_row(kept: KeptSession) -> tuple[Any, ...]:
    usage = kept.usage
    tokens = (usage.input_tokens, usage.output_tokens, usage.cache_read, usage.cache_creation)
    return (
        storable(kept.key),
        kept.last_seen.timestamp(),
        kept.endpoint_id,
        kept.home_id,
        kept.pin_id,
        kept.moves,
        storable(kept.model),
        storable(kept.folder),
        kept.turns,
        *(min(count, _COUNT_MAX) for count in tokens),
    )


def _session_of(row: tuple[Any, ...]) -> KeptSession:
    key, seen_s, endpoint, home, pin, moves, model, folder, turns, *tokens = row
    return KeptSession(
        key, utc(seen_s), endpoint, home, pin, moves, model, folder, turns, Usage(*tokens)
    )


def _held_row(held: HeldEndpoint) -> tuple[Any, ...]:
    failure = held.failure
    return (
        held.endpoint_id,
        held.since.timestamp(),
        failure.kind.value,
        failure.row,
        storable(failure.reason),
        storable(failure.message),
    )


def _held_of(row: tuple[Any, ...]) -> HeldEndpoint:
    endpoint_id, since_s, kind, number, reason, message = row
    failure = Failure(FailureClass(kind), number, reason, message, Scope.ENDPOINT, quarantine=True)
    return HeldEndpoint(endpoint_id, utc(since_s), failure)
