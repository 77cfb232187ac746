"""Knows whether there is a newer version: asks once a day, tells listeners, installs when asked."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Protocol

from packaging.version import Version

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Release, check_age, is_newer, version_of
from qcc_desktop.core.settings import Settings
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.runtime.periodic import Periodic
from qcc_desktop.runtime.tasks import cancel, spawn
from qcc_desktop.services.update_state import (
    NOWHERE,
    UNEXPECTED,
    Manner,
    Update,
    UpdateState,
    UpdateStatus,
    UpdateStep,
)
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.updating.journal import Entry, Outcome

_log = logging.getLogger(__name__)
FIRST_S = 60.0
"""Not sooner after the start; up to twice as late, so that not all programs ask at once."""
DAY_S = 86_400.0
_LOOK_S = 3600.0
_MEMORY_VERSION = 2


class ReleaseFeed(Protocol):
    """Where versions are published."""

    async def release(self) -> Release:
        """Return what is published now.

        Raises:
            UserFacingError: it cannot be had, or others wrote it.
        """
        ...


class UpdateWays(Protocol):
    """How a version is put in place here; see `services.update_install`."""

    async def manner(self) -> Manner:
        """Return how this installation gets a new version."""
        ...

    async def past(self) -> Entry | None:
        """Return how the update before this start went on."""
        ...

    async def tidy(self) -> None:
        """Take away what an update has left."""
        ...

    async def has_left(self) -> bool:
        """Return whether an update has left something; what is in use stays for a while."""
        ...

    async def download(self, release: Release, on_progress: Callable[[float], None]) -> Path:
        """Return the verified file; raises `UserFacingError`."""
        ...

    async def install(self, file: Path, release: Release) -> None:
        """Put it in place; raises `UserFacingError`, and then the former version is there."""
        ...

    async def restart(self) -> None:
        """Have it started after our end; raises `UserFacingError`."""
        ...


Listener = Callable[[UpdateState], None]


class Updates:
    """Looks between `start` and `stop`, at most daily, while the option ``updates.check`` is on.

    ``feed`` is asked for in a thread and may return None; ``memory`` is the file that keeps
    when was asked, so that a restart does not ask again.
    """

    def __init__(  # noqa: PLR0913 - called in one place, by names
        self,
        feed: Callable[[], ReleaseFeed | None],
        *,
        current: str,
        settings: Callable[[], Settings],
        clock: Clock,
        rng: Random,
        memory: Path,
        ways: UpdateWays | None = None,
    ) -> None:
        self.on_restart: Callable[[], None] | None = None
        """Begins to quit, once a new version waits for our end."""
        self._find_feed = feed
        self._ways = ways
        self._feed: ReleaseFeed | None = None
        self._current = Version(current)
        self._settings = settings
        self._clock = clock
        self._memory = memory
        self._first_s = FIRST_S * (1 + rng.random())
        self._began_s = 0.0
        self._asked_at_s: float | None = None
        self._is_prepared = False
        self._has_left = False
        """Whether an update before this start left something to take away."""
        self._one_at_a_time = asyncio.Lock()
        self._listeners: list[Listener] = []
        self._periodic: Periodic | None = None
        self._state = UpdateState()
        self._seen: datetime | None = None
        """When the newest document that was read here was published."""
        self._installing: asyncio.Task[None] | None = None

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
        """End, also in the middle of a question or a download."""
        await cancel(self._installing)
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

    async def install(self) -> UpdateState:
        """Download, verify, put in place and restart; return what came of it, never raises.

        Asked again meanwhile, it waits for the same end.
        """
        if self._installing is None or self._installing.done():
            self._installing = spawn(self._install(), name="install the update")
        await asyncio.wait({self._installing})
        return self._state

    def cancel(self) -> None:
        """End a download; what is there is kept for the next time. Does nothing after that."""
        if self._installing is not None and self._state.step is UpdateStep.DOWNLOADING:
            self._installing.cancel()

    def dismiss(self) -> None:
        """Have said enough about the update before this start, or about what went wrong now."""
        self._show(replace(self._state, past=None, trouble="", hint=""))

    async def _install(self) -> None:
        try:
            async with self._one_at_a_time:
                await self._prepare()
            begun = replace(
                self._state, step=UpdateStep.DOWNLOADING, share=0.0, trouble="", hint=""
            )
            self._show(begun)
            await self._put_in_place()
        except UserFacingError as error:
            _log.warning("The update was not installed: %s", error)
            self._show(
                replace(self._state, step=UpdateStep.NONE, trouble=error.title, hint=error.hint)
            )
        except asyncio.CancelledError:
            self._show(replace(self._state, step=UpdateStep.NONE))
            raise
        except Exception:
            self._show(replace(self._state, step=UpdateStep.NONE, trouble=UNEXPECTED))
            raise

    async def _put_in_place(self) -> None:
        """Trust nothing that was kept: the document is read and verified anew.

        Raises:
            UserFacingError: this version stays.
        """
        manner = self._state.manner
        if self._feed is None or self._ways is None or manner is None or not manner.can_install:
            raise UserFacingError("This build does not install updates.")
        release = await self._feed.release()
        check_age(release.published, self._seen)
        if not is_newer(release.version, self._current):
            raise UserFacingError("There is no newer version any more.")
        file = await self._ways.download(release, self._progress)
        self._show(replace(self._state, step=UpdateStep.INSTALLING))
        await self._ways.install(file, release)
        _log.info("Version %s is in place and is started next", release.version)
        await self._ways.restart()
        self._show(replace(self._state, step=UpdateStep.RESTARTING))
        if self.on_restart is not None:
            self.on_restart()

    def _progress(self, share: float) -> None:
        """Show a download's progress, in steps of a hundredth."""
        if share == 1.0 or share - self._state.share >= 0.01:
            self._show(replace(self._state, share=share))

    async def _look(self) -> None:
        async with self._one_at_a_time:
            await self._prepare()
            await self._tidy()
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
            release = await feed.release()
            check_age(release.published, self._seen)
        except UserFacingError as error:
            _log.info("Looking for updates failed: %s", error.title)
            return replace(
                self._state, status=UpdateStatus.FAILED, checked_at=now, message=error.title
            )
        self._seen = release.published or self._seen
        found = _update(release) if is_newer(release.version, self._current) else None
        return replace(self._state, status=_status(found), update=found, checked_at=now, message="")

    async def _prepare(self) -> None:
        """Find the feed and what was known before, once, off the loop's thread."""
        if self._is_prepared:
            return
        self._feed = await asyncio.to_thread(self._find_feed)
        if self._ways is not None:
            manner, past = await self._ways.manner(), await self._ways.past()
            self._has_left = await self._ways.has_left()
            self._state = replace(self._state, manner=manner, past=self._said(past))
        if self._feed is None:
            self._show(replace(self._state, status=UpdateStatus.NOWHERE, message=NOWHERE))
        else:
            await asyncio.to_thread(self._recall)
            self._show(self._state)
        self._is_prepared = True

    def _said(self, past: Entry | None) -> Entry | None:
        """Return what the person should know of an update; one that was cut off is none.

        The new version counts as installed even if the program was killed before it noted so.
        """
        if past is None:
            return None
        if past.outcome is Outcome.PUT_BACK:
            return past if version_of(past.former) == self._current else None
        return past if version_of(past.version) == self._current else None

    async def _tidy(self) -> None:
        """Take the former version away once this one has run for a while."""
        if self._has_left and self._ways is not None and self._left_s() <= 0:
            self._has_left = False
            try:
                await self._ways.tidy()
                self._has_left = await self._ways.has_left()
            except (OSError, UserFacingError) as error:
                _log.info("What the update left cannot be taken away: %s", error)

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
            at = utc(asked_s)
            seen = datetime.fromisoformat(kept["seen"]) if kept["seen"] else None
            found = Update(**kept["update"]) if kept["update"] else None
            if found is not None and not is_newer(found.version, self._current):
                found = None
        except (OSError, ValueError, LookupError, TypeError, OverflowError):
            return  # nothing was asked yet, or a file that is no loss
        self._asked_at_s, self._seen = asked_s, seen
        self._state = replace(self._state, status=_status(found), update=found, checked_at=at)

    def _remember(self) -> None:
        update = self._state.update
        kept = {
            "format": _MEMORY_VERSION,
            "asked_at_s": self._asked_at_s,
            "seen": self._seen.isoformat() if self._seen else None,
            "update": asdict(update) if update else None,
        }
        try:
            write_private(self._memory, json.dumps(kept).encode())
        except OSError as error:
            _log.info("When updates were looked for cannot be kept: %s", error)


def _update(release: Release) -> Update:
    return Update(release.version, release.notes_url, release.summary, release.notes)


def _status(update: Update | None) -> UpdateStatus:
    return UpdateStatus.CURRENT if update is None else UpdateStatus.AVAILABLE
