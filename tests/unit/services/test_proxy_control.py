"""The on/off switch and the search for a port."""

from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import Event, ProxyStopped
from qcc_desktop.services.proxy_control import ProxyControl
from tests.helpers.configured import Configured


class Engine:
    """Listens on every port but the taken ones."""

    def __init__(self, *taken: int) -> None:
        self.taken = taken
        self.tried: list[int] = []
        self.port: int | None = None
        self.drains_s: list[float] = []

    @property
    def is_running(self) -> bool:
        return self.port is not None

    async def start(self, *, host: str = "127.0.0.1", port: int) -> int:
        self.tried.append(port)
        if port in self.taken:
            raise UserFacingError(f"Port {port} is taken.") from OSError(98, "in use")
        self.port = port or 50_000
        return self.port

    async def stop(self, *, drain_s: float = 30.0) -> None:
        self.port = None
        self.drains_s.append(drain_s)


class Sink(list[Event]):
    """A list of events."""

    def publish(self, event: Event) -> None:
        self.append(event)


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    return Configured(tmp_path)


def _control(engine: Engine, configured: Configured) -> ProxyControl:
    return ProxyControl(engine, configured.configuration, Sink())


async def test_the_switch_is_remembered(configured: Configured) -> None:
    engine = Engine()
    control = _control(engine, configured)

    await control.turn_off()
    assert (await configured.another_process().load()).enabled is False

    await control.toggle()
    assert control.is_on
    assert (await configured.another_process().load()).enabled is True

    await control.toggle()
    assert not control.is_on


async def test_switching_on_twice_starts_once(configured: Configured) -> None:
    engine = Engine()
    control = _control(engine, configured)

    await control.turn_on()
    await control.turn_on()

    assert engine.tried == [7860]


@pytest.mark.logs("Port 7860 is taken by another program; port 7862 is used")
async def test_a_taken_port_gives_way_to_the_next_free_one(configured: Configured) -> None:
    engine = Engine(7860, 7861)
    control = _control(engine, configured)

    await control.turn_on()

    assert engine.port == 7862
    assert "7862" in control.notice
    assert control.fault == ""

    await control.stop()
    assert control.notice == ""


@pytest.mark.logs("another program")
async def test_when_all_neighbours_are_taken_any_free_port_will_do(configured: Configured) -> None:
    engine = Engine(*range(7860, 7870))

    await _control(engine, configured).turn_on()

    assert engine.tried[-1] == 0
    assert engine.port == 50_000


@pytest.mark.logs("ERROR .*The proxy cannot start. Port 7999 is taken")
async def test_a_port_asked_for_is_binding_and_the_fault_is_kept(configured: Configured) -> None:
    engine, sink = Engine(7999), Sink()
    control = ProxyControl(engine, configured.configuration, sink)
    control.ask_for(host="127.0.0.1", port=7999)

    with pytest.raises(UserFacingError):
        await control.turn_on()

    assert engine.tried == [7999]
    sentence = "Port 7999 is taken. Choose another one with --port; 0 takes a free one."
    assert control.fault == sentence
    assert sink == [ProxyStopped(fault=sentence)]

    engine.taken = ()
    await control.turn_on()
    assert control.fault == ""


async def test_stopping_hands_on_the_time_to_drain(configured: Configured) -> None:
    engine = Engine()
    control = _control(engine, configured)
    await control.turn_on()

    await control.turn_off(drain_s=3)

    assert engine.drains_s == [3]
