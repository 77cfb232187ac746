"""Knows whether there is a newer version: asks once a day, tells listeners, installs nothing."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Protocol

from packaging.version import InvalidVersion, Version

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Settings
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.runtime.periodic import Periodic
from qcc_desktop.services.release_feed import Release
from qcc_desktop.storage.atomic import write_private

_log = logging.getLogger(__name__)
FIRST_S = 60.0
"""Not sooner after the start; up to twice as late, so that not all programs ask at once."""
DAY_S = 86_400.0
_LOOK_S = 3600.0
_MEMORY_VERSION = 1

NOWHERE = "This build names no place to look for updates."


class UpdateStatus(StrEnum):
    """What is known."""

    NEVER = "never"
    """Nothing was asked yet."""
    NOWHERE = "nowhere"
    """There is no place to ask."""
    CURRENT = "current"
    AVAILABLE = "available"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version; ``notes_url`` may be empty, ``summary`` is one line of its maker's."""

    version: str
    notes_url: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class UpdateState:
    """What the last look found; ``message`` is why it failed."""

    status: UpdateStatus = UpdateStatus.NEVER
    update: Update | None = None
    """Kept when a later look fails."""
    checked_at: datetime | None = None
    message: str = ""


class ReleaseFeed(Protocol):
    """Where versions are published."""

    async def releases(self) -> Sequence[Release]:
        """Return them.

        Raises:
            UserFacingError: they cannot be had.
        """
        ...


Listener = Callable[[UpdateState], None]


class Updates:
    """Looks between `start` and `stop`, at most daily, while the option ``updates.check`` is on.

    ``feed`` is asked for in a thread and may return None; ``memory`` is the file that keeps
    when was asked, so that a restart does not ask again.
    """

    def __init__(
        self,
        feed: Callable[[], ReleaseFeed | None],
        *,
        current: str,
        settings: Callable[[], Settings],
        clock: Clock,
        rng: Random,
        memory: Path,
    ) -> None:
        self._find_feed = feed
        self._feed: ReleaseFeed | None = None
        self._current = Version(current)
        self._settings = settings
        self._clock = clock
        self._memory = memory
        self._first_s = FIRST_S * (1 + rng.random())
        self._began_s = 0.0
        self._asked_at_s: float | None = None
        self._is_prepared = False
        self._one_at_a_time = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._periodic: Periodic | None = None
        self._state = UpdateState()

    @property
    def state(self) -> UpdateState:
        """What is known now."""
        return self._state

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every new state until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def start(self) -> None:
        """Begin; needs a running loop. A second start does nothing."""
        if self._periodic is None:
            self._began_s = self._clock.now_s()
            self._periodic = Periodic("look for updates", self._look, self._delay_s)
            self._periodic.start()

    async def stop(self) -> None:
        """End, also in the middle of a question."""
        periodic, self._periodic = self._periodic, None
        if periodic is not None:
            await periodic.stop()

    async def check_now(self) -> UpdateState:
        """Ask now, whatever the option says, and return what came of it; never raises."""
        async with self._one_at_a_time:
            await self._prepare()
            if self._feed is None:
                return self._state
            self._asked_at_s = self._clock.wall_s()
            self._show(await self._ask(self._feed, utc(self._asked_at_s)))
            await asyncio.to_thread(self._remember)
            return self._state

    async def _look(self) -> None:
        async with self._one_at_a_time:
            await self._prepare()
        if self._feed is not None and self._is_due():
            await self.check_now()

    def _is_due(self) -> bool:
        if not self._settings().updates_check or self._left_s() > 0:
            return False
        asked_s, now_s = self._asked_at_s, self._clock.wall_s()
        # A clock that was set back must not put the question off for ever.
        return asked_s is None or not 0 <= now_s - asked_s < DAY_S

    def _left_s(self) -> float:
        """Return how long the program must still run before it may ask."""
        return self._began_s + self._first_s - self._clock.now_s()

    def _delay_s(self) -> float:
        left_s = self._left_s()
        return left_s if left_s > 0 else _LOOK_S

    async def _ask(self, feed: ReleaseFeed, now: datetime) -> UpdateState:
        try:
            found = newest(await feed.releases(), self._current)
        except UserFacingError as error:
            _log.info("Looking for updates failed: %s", error.title)
            return UpdateState(UpdateStatus.FAILED, self._state.update, now, error.title)
        status = UpdateStatus.CURRENT if found is None else UpdateStatus.AVAILABLE
        return UpdateState(status, found, now)

    async def _prepare(self) -> None:
        """Find the feed and what was known before, once, off the loop's thread."""
        if self._is_prepared:
            return
        self._feed = await asyncio.to_thread(self._find_feed)
        if self._feed is None:
            self._show(UpdateState(UpdateStatus.NOWHERE, message=NOWHERE))
        else:
            await asyncio.to_thread(self._recall)
            self._show(self._state)
        self._is_prepared = True

    def _show(self, state: UpdateState) -> None:
        self._state = state
        for listener in tuple(self._listeners):
            try:
                listener(state)
            except Exception:  # noqa: BLE001 - a boundary: the others still hear of it
                _log.exception("A listener of the updates failed")

    def _recall(self) -> None:
        try:
            kept = json.loads(self._memory.read_bytes())
            if kept["format"] != _MEMORY_VERSION:
                return
            asked_s = float(kept["asked_at_s"])
            found = newest([Release(**kept["update"])] if kept["update"] else [], self._current)
            at = utc(asked_s)
        except (OSError, ValueError, LookupError, TypeError, OverflowError):
            return  # nothing was asked yet, or a file that is no loss
        self._asked_at_s = asked_s
        status = UpdateStatus.CURRENT if found is None else UpdateStatus.AVAILABLE
        self._state = UpdateState(status, found, at)

    def _remember(self) -> None:
        update = self._state.update
        kept = {
            "format": _MEMORY_VERSION,
            "asked_at_s": self._asked_at_s,
            "update": asdict(update) if update else None,
        }
        try:
            write_private(self._memory, json.dumps(kept).encode())
        except OSError as error:
            _log.info("When updates were looked for cannot be kept: %s", error)


def newest(releases: Sequence[Release], current: Version) -> Update | None:
    """Return the newest version above ``current``, if any.

    Previews are for those who run one already; versions that are none are passed over.
    """
    found: list[tuple[Version, Release]] = []
    for release in releases:
        try:
            version = Version(release.version)
        except (InvalidVersion, TypeError):
            continue
        if version > current and (current.is_prerelease or not version.is_prerelease):
            found.append((version, release))
    if not found:
        return None
    version, release = max(found, key=lambda pair: pair[0])
    return Update(str(version), release.notes_url, release.summary)
