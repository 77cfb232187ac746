"""Events reach every listener, in order, whatever one of them does."""

import pytest

from qcc_desktop.core.events import ConfigChanged, Event, ProxyStarted
from qcc_desktop.runtime.bus import Bus


def test_listeners_hear_events_in_order_until_they_leave() -> None:
    bus = Bus()
    heard: list[Event] = []
    leave = bus.subscribe(heard.append)

    bus.publish(ProxyStarted(1))
    bus.publish(ConfigChanged())
    leave()
    leave()
    bus.publish(ProxyStarted(2))

    assert heard == [ProxyStarted(1), ConfigChanged()]


@pytest.mark.logs("A listener of ConfigChanged failed")
def test_a_listener_that_raises_is_logged_and_the_others_still_hear() -> None:
    bus = Bus()
    heard: list[Event] = []

    def broken(event: Event) -> None:
        raise RuntimeError(event)

    bus.subscribe(broken)
    bus.subscribe(heard.append)

    bus.publish(ConfigChanged())

    assert heard == [ConfigChanged()]


def test_a_listener_may_leave_while_it_is_told() -> None:
    bus = Bus()
    heard: list[Event] = []

    def once(event: Event) -> None:
        heard.append(event)
        leave()

    leave = bus.subscribe(once)
    bus.publish(ConfigChanged())
    bus.publish(ConfigChanged())

    assert heard == [ConfigChanged()]
