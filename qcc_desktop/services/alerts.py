"""Tells listeners what is worth a message; `core.alerts` decides it.

No timer runs while nothing is wrong: one is set for the moment the decision falls due.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import time

from qcc_desktop.core.alert import Alert
from qcc_desktop.core.alerts import AlertDesk
from qcc_desktop.core.events import Event
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, utc

_log = logging.getLogger(__name__)
Listener = Callable[[Alert], None]


class Alerts:
    """Hears the bus between `start` and `close`.

    ``snapshot`` is the state of the moment, undamped; ``local_time`` the time of day on the
    person's wall.
    """

    def __init__(
        self,
        bus: Bus,
        clock: Clock,
        snapshot: Callable[[], Snapshot],
        settings: Callable[[], Settings],
        *,
        local_time: Callable[[], time] | None = None,
    ) -> None:
        self._bus = bus
        self._clock = clock
        self._snapshot = snapshot
        self._settings = settings
        self._local_time = local_time or self._wall_time
        self._desk = AlertDesk()
        self._listeners: list[Listener] = []
        self._timer: asyncio.TimerHandle | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to listen; needs a running loop. A second start does nothing."""
        if self._unsubscribe is None:
            self._unsubscribe = self._bus.subscribe(self._on_event)

    def close(self) -> None:
        """Tell nobody anything any more."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._listeners.clear()
        self._cancel()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every message until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _on_event(self, event: Event) -> None:
        self._desk.note(event, self._clock.now_s())
        self._schedule()

    def _schedule(self) -> None:
        due_s = self._desk.due_s
        if due_s is None:
            self._cancel()
            return
        loop = asyncio.get_running_loop()
        at_s = loop.time() + max(0.0, due_s - self._clock.now_s())
        if self._timer is not None and self._timer.when() <= at_s:
            return  # it is set again once that moment has come
        self._cancel()
        self._timer = loop.call_at(at_s, self._look)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        now_s, due_s = self._clock.now_s(), self._desk.due_s
        if due_s is not None and due_s <= now_s:
            alert = self._desk.look(self._snapshot(), now_s, self._settings(), self._local_time())
            if alert is not None:
                self._tell(alert)
        self._schedule()

    def _tell(self, alert: Alert) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(alert)
            except Exception:  # noqa: BLE001 - a boundary: the others still hear of it
                _log.exception("A listener of the messages failed")

    def _wall_time(self) -> time:
        return utc(self._clock.wall_s()).astimezone().time()
