"""Carries events from the engine to whoever subscribed, synchronously and in order."""

import logging
from collections.abc import Callable

from qcc_desktop.core.events import Event

_log = logging.getLogger(__name__)
Listener = Callable[[Event], None]


class Bus:
    """A list of listeners; implements `core.ports.EventSink`."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every event until the returned function is called."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell every listener; one that raises is logged and the others still hear it."""
        for listener in tuple(self._listeners):
            try:
                listener(event)
            except Exception:  # noqa: BLE001 - a boundary: the others still hear of it
                _log.exception("A listener of %s failed", type(event).__name__)
