"""The engine's facts in words."""

import logging
from datetime import UTC, datetime

import pytest

from qcc_desktop.app.event_log import EventLog
from qcc_desktop.core.events import (
    AttemptFailed,
    ConfigChanged,
    EndpointProbed,
    Event,
    FailedOver,
    NetworkChanged,
    RequestFinished,
)
from qcc_desktop.core.failure import Failure, FailureClass, Scope
from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.runtime.bus import Bus

FAILURE = Failure(FailureClass.TRANSIENT, 20, "overloaded", "It is overloaded.", Scope.ENDPOINT)
REQUEST = RequestView(7, datetime(2026, 11, 23, tzinfo=UTC), "s", "m", "/v1/messages", "failed")


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            AttemptFailed(7, "ep-1", FAILURE, 0.25),
            "Request 7: Relay failed after 0.250 s (transient, overloaded): It is overloaded.",
        ),
        (FailedOver(7, "ep-1", "ep-2"), "Request 7: answered by ep-2 instead of Relay"),
        (RequestFinished(7, "failed", "ep-1", 3, REQUEST), "Request 7: failed after 3 attempts"),
        (EndpointProbed("ep-1", ""), "Background check of Relay: it is well"),
        (EndpointProbed("ep-1", "No."), "Background check of Relay: No."),
        (NetworkChanged(offline=True), "This computer is offline; no endpoint is blamed"),
        (NetworkChanged(offline=False), "This computer is online again"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_a_fact_worth_a_line_gets_one(
    event: Event, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    bus = Bus()
    EventLog(bus, lambda name: {"ep-1": "Relay"}.get(name, name))
    with caplog.at_level(logging.INFO, "qcc_desktop"):
        bus.publish(event)

    assert [record.getMessage() for record in caplog.records] == [words]


def test_ordinary_facts_get_none_and_after_close_nothing_does(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bus = Bus()
    log = EventLog(bus, str)
    with caplog.at_level(logging.INFO, "qcc_desktop"):
        bus.publish(RequestFinished(1, "ok", "ep-1", 1, REQUEST))
        bus.publish(ConfigChanged())
        log.close()
        bus.publish(NetworkChanged(offline=True))

    assert caplog.records == []
