"""Holds what front ends show and tells them when it changes, calmly."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from qcc_desktop.core.events import Event
from qcc_desktop.core.health import Cause, CauseKind, Light
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.bus import Bus

_log = logging.getLogger(__name__)
_PERIOD_S = 0.1
_AMBER_HELD_S = 2.0
Listener = Callable[[Snapshot], None]


class State:
    """The observable snapshot.

    Listeners are called at most ten times a second, always with the newest state at the end of
    a burst, and never when nothing changed; no timer runs while nothing happens. Amber that
    lasts for less than two seconds is never shown (grey, that is switching on, may turn amber
    at once). ``fault`` says why the proxy could not start, empty when it could.
    """

    def __init__(
        self,
        source: Callable[[], Snapshot],
        bus: Bus,
        *,
        fault: Callable[[], str] = lambda: "",
        period_s: float = _PERIOD_S,
        amber_held_s: float = _AMBER_HELD_S,
    ) -> None:
        self._source = source
        self._fault = fault
        self._period_s = period_s
        self._amber_held_s = amber_held_s
        self._listeners: list[Listener] = []
        self._shown = Snapshot()
        self._amber_since_s: float | None = None
        self._due: asyncio.TimerHandle | None = None
        self._next_s = 0.0
        self._unsubscribe = bus.subscribe(self._on_event)

    @property
    def snapshot(self) -> Snapshot:
        """What is shown: the last state that listeners were told."""
        return self._shown

    def fresh(self) -> Snapshot:
        """Return the state of this moment, undamped: for commands and the HTTP view."""
        snapshot = self._source()
        fault = self._fault()
        if fault and not snapshot.running:
            cause = Cause(CauseKind.PROXY_FAILED, detail=fault)
            return replace(snapshot, light=Light.RED, cause=cause)
        return snapshot

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every new state until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def refresh(self) -> None:
        """Look at the state soon, as after an event."""
        self._schedule(0.0)

    def close(self) -> None:
        """Tell nobody anything any more."""
        self._unsubscribe()
        self._listeners.clear()
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _on_event(self, event: Event) -> None:
        del event
        self._schedule(0.0)

    def _schedule(self, delay_s: float) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # a command that changes the configuration without a loop to show it in
        at_s = max(loop.time() + delay_s, self._next_s)
        if self._due is not None and not self._due.cancelled():
            if self._due.when() <= at_s:
                return
            self._due.cancel()
        self._due = loop.call_at(at_s, self._look)

    def _look(self) -> None:
        now_s = asyncio.get_running_loop().time()
        self._due = None
        self._next_s = now_s + self._period_s
        shown = self._damped(self.fresh(), now_s)
        if shown == self._shown:
            return
        self._shown = shown
        for listener in tuple(self._listeners):
            try:
                listener(shown)
            except Exception:  # noqa: BLE001 - a boundary: the others still hear of it
                _log.exception("A listener of the state failed")

    def _damped(self, snapshot: Snapshot, now_s: float) -> Snapshot:
        """Keep the light that is shown until amber has lasted long enough."""
        if snapshot.light is not Light.AMBER:
            self._amber_since_s = None
            return snapshot
        if self._shown.light in {Light.AMBER, Light.GREY}:
            return snapshot
        if self._amber_since_s is None:
            self._amber_since_s = now_s
        left_s = self._amber_since_s + self._amber_held_s - now_s
        if left_s <= 0:
            return snapshot
        self._schedule(left_s)
        return replace(snapshot, light=self._shown.light, cause=self._shown.cause)
