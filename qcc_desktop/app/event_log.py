"""Writes the engine's facts to the log, in words."""

import logging
from collections.abc import Callable
from functools import singledispatchmethod

from qcc_desktop.core.events import (
    AttemptFailed,
    EndpointProbed,
    Event,
    FailedOver,
    NetworkChanged,
    RequestFinished,
)
from qcc_desktop.runtime.bus import Bus

_log = logging.getLogger("qcc_desktop.requests")
_FINE = frozenset({"ok", "recovered", "cancelled", "client_error"})


class EventLog:
    """A listener of the bus; ``name_of`` gives the name of an endpoint id."""

    def __init__(self, bus: Bus, name_of: Callable[[str], str]) -> None:
        self._name_of = name_of
        self.close = bus.subscribe(self._write)

    @singledispatchmethod
    def _write(self, event: Event) -> None:
        """Most facts need no line of their own."""

    @_write.register
    def _(self, event: AttemptFailed) -> None:
        failure = event.failure
        _log.info(
            "Request %d: %s failed after %.3f s (%s, %s): %s",
            event.request_id,
            self._name_of(event.endpoint_id),
            event.duration_s,
            failure.kind,
            failure.reason,
            failure.message,
        )

    @_write.register
    def _(self, event: FailedOver) -> None:
        _log.info(
            "Request %d: answered by %s instead of %s",
            event.request_id,
            self._name_of(event.to_id),
            self._name_of(event.from_id),
        )

    @_write.register
    def _(self, event: RequestFinished) -> None:
        if event.outcome not in _FINE:
            _log.info(
                "Request %d: %s after %d attempts", event.request_id, event.outcome, event.attempts
            )

    @_write.register
    def _(self, event: EndpointProbed) -> None:
        verdict = event.message or "it is well"
        _log.info("Background check of %s: %s", self._name_of(event.endpoint_id), verdict)

    @_write.register
    def _(self, event: NetworkChanged) -> None:
        words = "is offline; no endpoint is blamed" if event.offline else "is online again"
        _log.info("This computer %s", words)
