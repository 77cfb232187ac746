"""Lets sessions and refused endpoints outlive the program: notes changes, restores at the start.

Requests only mark their session; a moment later the marked ones are looked up and handed to the
store, a few hundred at a time.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from qcc_desktop.core.events import (
    AttemptFailed,
    ConfigChanged,
    EndpointProbed,
    EndpointRecovered,
    Event,
    RequestFinished,
)
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.storage.state_store import KeptState

PAUSE_S = 1.0
"""So long changes are collected before they are handed over."""
_AT_ONCE = 300
"""So many sessions are looked up before others get their turn: below a millisecond or two."""


class Remembering(Protocol):
    """The part of the engine that knows what should outlive it."""

    def session_keys(self) -> tuple[str, ...]:
        """Return the sessions that are remembered."""
        ...

    def kept_sessions(self, keys: Iterable[str]) -> tuple[KeptSession, ...]:
        """Return what is known of these sessions."""
        ...

    def held_endpoints(self) -> tuple[HeldEndpoint, ...]:
        """Return the endpoints that need the person."""
        ...

    def restore(self, sessions: Iterable[KeptSession], held: Iterable[HeldEndpoint]) -> None:
        """Take over what an earlier start knew."""
        ...


class Store(Protocol):
    """Where it is kept."""

    def note(
        self,
        sessions: Sequence[KeptSession],
        gone: Iterable[str] = (),
        held: tuple[HeldEndpoint, ...] | None = None,
    ) -> None:
        """Keep these sessions, forget those that are gone, and what is held in place of before."""
        ...

    async def load(self) -> KeptState:
        """Return what an earlier start left."""
        ...


class StateKeeper:
    """Works from `restore` to `close`; ``pause_s`` is how long changes are collected."""

    def __init__(
        self, engine: Remembering, store: Store, bus: Bus, *, pause_s: float = PAUSE_S
    ) -> None:
        self._engine = engine
        self._store = store
        self._bus = bus
        self._pause_s = pause_s
        self._changed: dict[str, None] = {}
        self._held: tuple[HeldEndpoint, ...] = ()
        self._timer: asyncio.TimerHandle | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    async def restore(self) -> None:
        """Give the engine what an earlier start left, and listen from now on.

        Call it once the configuration is in force and before the proxy listens.
        """
        left = await self._store.load()
        self._engine.restore(left.sessions, left.held)
        self._held = left.held
        self._unsubscribe = self._bus.subscribe(self._on_event)

    def changed(self, session: str) -> None:
        """Say that the person chose something for a session."""
        self._changed[session] = None
        self._plan(self._pause_s)

    def close(self) -> None:
        """Hand over what is left, and listen no longer."""
        self._unsubscribe()
        if self._timer is not None:
            self._timer.cancel()
            self._hand_over(len(self._changed))

    def _on_event(self, event: Event) -> None:
        match event:
            case RequestFinished(request=request):
                if request.session:
                    self._changed[request.session] = None
            case ConfigChanged():
                # An endpoint that is gone or switched off has let its sessions go.
                self._changed.update(dict.fromkeys(self._engine.session_keys()))
            case AttemptFailed() | EndpointProbed() | EndpointRecovered():
                pass
            case _:
                return
        self._plan(self._pause_s)

    def _plan(self, pause_s: float) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(pause_s, self._hand_over, _AT_ONCE)

    def _hand_over(self, count: int) -> None:
        self._timer = None
        keys = list(self._changed)[:count]
        for key in keys:
            del self._changed[key]
        kept = self._engine.kept_sessions(keys)
        gone = set(keys).difference(each.key for each in kept)
        held = self._engine.held_endpoints()
        is_same = _bare(held) == _bare(self._held)
        if kept or gone or not is_same:
            self._held = held
            self._store.note(kept, gone, None if is_same else held)
        if self._changed:
            self._plan(0)


def _bare(held: Iterable[HeldEndpoint]) -> set[tuple[str, str]]:
    """Return what decides whether it has to be written again: times shift by microseconds."""
    return {(each.endpoint_id, each.failure.message) for each in held}
