"""The thread that reads and writes the history's file."""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qcc_desktop.core.usage import HistoryTrouble
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.storage.database import (
    NewerDatabaseError,
    is_broken,
    open_database,
    put_aside,
    transaction,
    trouble_of,
)
from qcc_desktop.storage.history_calls import Bell, Job, Part, Stop, T, Tidy

_log = logging.getLogger(__name__)
_FAULTS = (sqlite3.Error, NewerDatabaseError, OSError)
_RETRY_S, _RETRY_MAX_S = 2.0, 60.0
_DAY_S = 86_400.0
_LOSSES = {
    HistoryTrouble.FULL: "The disk is full",
    HistoryTrouble.BUSY: "Another program holds it",
    HistoryTrouble.NEWER: "A newer version of QCC Desktop wrote it",
}


class HistoryThread:
    """Collects, writes, answers; `run` lasts until it is told to stop."""

    def __init__(
        self,
        path: Path,
        clock: Clock,
        parts: list[Part],
        bell: Bell,
        on_trouble: Callable[[HistoryTrouble | None], None],
    ) -> None:
        self._path = path
        self._clock = clock
        self._parts = parts
        self._bell = bell
        self._on_trouble = on_trouble
        self._trouble: HistoryTrouble | None = None
        self._connection: sqlite3.Connection | None = None
        self._was_renewed = False
        self._tidied_s: float | None = None
        self._retry_s = _RETRY_S
        self._retry_at_s = float("-inf")

    def run(self, collect_s: float) -> None:
        """Work until the end is called; what is noted is collected for ``collect_s``."""
        try:
            called = None
            while not isinstance(called, Stop):
                called = self._bell.wait(self._rest_s(), collect_s)
                try:
                    self._turn(called)
                except Exception:  # noqa: BLE001 - a boundary: or nobody would answer any more
                    _log.exception("A fault in the thread of the history")
        finally:
            self._close()

    def _turn(self, called: Tidy | Stop | Job[Any] | None) -> None:
        for part in self._parts:
            part.gather()
        if isinstance(called, Tidy):
            self._tidied_s = None
        is_last = isinstance(called, Stop)
        if is_last or self._may_try:
            self._save()
        if isinstance(called, Job):
            called.answer(lambda: self._asked(called.work))
        # The start of the program waits for its first answer, so tidying comes after that.
        if self._is_untidy and self._may_try and not is_last:
            self._try(self._tidy)

    @property
    def _may_try(self) -> bool:
        """False for a while after a failure."""
        return self._clock.now_s() >= self._retry_at_s

    @property
    def _is_untidy(self) -> bool:
        if self._connection is None:
            return False
        return self._tidied_s is None or self._clock.now_s() - self._tidied_s >= _DAY_S

    def _rest_s(self) -> float:
        """Return how long there is nothing to do by itself."""
        has_unsaved = any(part.has_unsaved for part in self._parts)
        if has_unsaved and self._trouble is not HistoryTrouble.NEWER:
            return max(0.0, self._retry_at_s - self._clock.now_s())
        return _DAY_S

    def _save(self) -> None:
        """Write what is unsaved."""
        unsaved = [part for part in self._parts if part.has_unsaved]
        if not unsaved:
            return
        try:
            self._try(lambda connection: self._write(connection, unsaved))
        except Exception:  # noqa: BLE001 - a boundary: or it would never be written again
            _log.exception("A part of the history could not be written, and is lost")
            for part in unsaved:
                part.saved()

    def _write(self, connection: sqlite3.Connection, unsaved: list[Part]) -> None:
        with transaction(connection):
            for part in unsaved:
                part.save(connection)
        for part in unsaved:
            part.saved()
        self._rejoice()

    def _tidy(self, connection: sqlite3.Connection) -> None:
        now_s, now = self._clock.now_s(), utc(self._clock.wall_s())
        with transaction(connection):
            for part in self._parts:
                part.tidy(connection, now)
        connection.execute("PRAGMA incremental_vacuum").fetchall()
        self._tidied_s = now_s
        self._rejoice()

    def _asked(self, work: Callable[[sqlite3.Connection | None], T]) -> T:
        """Ask the file, or what there is without it."""
        if self._connection is not None or self._path.exists():
            found: list[T] = []
            if self._try(lambda connection: found.append(work(connection))):
                return found[-1]
        return work(None)

    def _try(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Do something with the file; tell whether it succeeded.

        A damaged file is put aside, once, and it is tried again with a new one.
        """
        for _ in range(2):
            if self._trouble is HistoryTrouble.NEWER:
                return False
            try:
                if self._connection is None:
                    self._connection = open_database(self._path)
                work(self._connection)
            except _FAULTS as error:
                if not self._has_new_file(error):
                    return False
            else:
                return True
        return False

    def _has_new_file(self, error: Exception) -> bool:
        """Take note of a fault; tell whether a new file took the place of a damaged one."""
        if not is_broken(error) or self._was_renewed:
            self._fail(error)
            return False
        self._was_renewed = True
        self._close()
        try:
            kept = put_aside(self._path)
        except OSError as fault:
            self._fail(fault)
            return False
        _log.warning("The history was damaged; it is kept as %s and begun anew", kept)
        self._tidied_s = None
        self._set_trouble(HistoryTrouble.RENEWED)
        return True

    def _fail(self, error: Exception) -> None:
        trouble = trouble_of(error)
        if trouble is not self._trouble:
            self._set_trouble(trouble)
            _log.warning(
                "The history is kept in memory for now. %s: %s (%s)",
                _LOSSES.get(trouble, "It cannot be used"),
                self._path,
                error,
            )
        if trouble is HistoryTrouble.UNWRITABLE:
            self._close()
        self._retry_at_s = self._clock.now_s() + self._retry_s
        self._retry_s = min(2 * self._retry_s, _RETRY_MAX_S)

    def _rejoice(self) -> None:
        self._retry_s, self._retry_at_s = _RETRY_S, float("-inf")
        if self._trouble not in {None, HistoryTrouble.RENEWED}:
            self._set_trouble(None)
            _log.info("The history is saved again")

    def _set_trouble(self, trouble: HistoryTrouble | None) -> None:
        self._trouble = trouble
        self._on_trouble(trouble)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except _FAULTS as error:
                _log.info("The history's file could not be closed: %s", error)
