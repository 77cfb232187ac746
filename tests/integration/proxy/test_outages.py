"""Endpoints go out and come back; this computer loses its network; nobody is blamed wrongly."""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from qcc_desktop.core import failover
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import DIRECT
from qcc_desktop.core.events import (
    EndpointProbed,
    EndpointRecovered,
    NetworkChanged,
    RequestFinished,
)
from qcc_desktop.core.health import Health, Light
from qcc_desktop.core.settings import ModelMode, ProbeKind, Settings
from tests.helpers import sse, steps
from tests.helpers.engine import Rig, endpoint_of, rig
from tests.helpers.upstream import Request, ScriptedUpstream, Step

NO_CHECKS = Settings(upstream_probe_s=100_000.0, breaker_open_s=100_000.0)


def code_of(request: Request) -> str:
    """Return the code word of a background check, empty for other requests."""
    content = request.json["messages"][-1]["content"]
    _, found, code = str(content).partition("nothing else: ")
    return code if found else ""


def is_check(request: Request) -> bool:
    return request.path == "/v1/messages" and bool(code_of(request))


def repeating() -> Step:
    """Answer a check with its code word, and anything else as usual."""
    return steps.by_request(lambda request: steps.answer(sse.Text(code_of(request) or "hello")))


async def break_circuit(made: Rig, name: str, upstream: ScriptedUpstream) -> None:
    """Have an endpoint fail three requests that are under way at once."""
    gate = asyncio.Event()
    upstream.script(steps.after(gate, steps.status(500)))
    asked = len(upstream.messages)
    asking = [asyncio.ensure_future(made.ask(f"breaking-{n}")) for n in range(3)]  # noqa: TID251
    await upstream.requested(asked + 3)
    gate.set()
    await asyncio.gather(*asking)
    assert made.view(name).breaker == "open"


async def test_three_failures_open_the_circuit_and_nobody_asks_any_more() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())

    async with rig(first, second, settings=NO_CHECKS) as made:
        await break_circuit(made, "A", first)
        assert len(first.messages) == 3

        for number in range(10):
            response = await made.ask(f"s{number}")
            assert response.headers["x-qcc-endpoint"] == "B"
        assert len(first.messages) == 3
        assert made.view("A").health is Health.CIRCUIT_OPEN
        assert made.view("A").retry_at is not None


@pytest.mark.parametrize("kind", list(ProbeKind))
async def test_a_background_check_brings_an_endpoint_back(kind: ProbeKind) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())
    settings = Settings(upstream_probe_s=5000.0, breaker_open_s=100_000.0, upstream_probe=kind)

    async with rig(first, second, settings=settings) as made:
        await break_circuit(made, "A", first)
        asked = len(first.messages)
        first.script(repeating())
        made.leap(6500)

        recovered = await made.heard(EndpointRecovered)
        assert recovered.endpoint_id == "A"
        assert made.view("A").health is Health.HEALTHY
        assert made.view("A").breaker == "closed"
        checks = first.messages[asked:]
        assert len(checks) == (1 if kind is ProbeKind.CONVERSATION else 0)
        response = await made.ask("fresh")
        assert response.headers["x-qcc-endpoint"] == "A"


async def test_a_dead_endpoint_is_not_green_again_before_it_answers() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(500))
    second.script(steps.answer())

    async with rig(first, second) as made:
        await made.ask()
        lights: list[Light] = []
        for leap_s in (10, 200):
            made.leap(leap_s)
            probed = await made.heard(EndpointProbed, len(lights) + 1)
            assert probed.message
            lights.append(made.engine.snapshot().light)
            assert made.view("A").health is not Health.HEALTHY
        view = made.view("A")

        assert lights == [Light.AMBER, Light.AMBER]
        assert (view.breaker, view.requests, view.failures) == ("open", 1, 1)
        assert len(first.messages) == 3

        first.script(repeating())
        made.leap(2000)
        await made.heard(EndpointRecovered)
        assert made.engine.snapshot().light is Light.GREEN


async def test_one_failure_is_verified_once_when_its_cool_down_ends() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(500), repeating())
    second.script(steps.answer())

    async with rig(first, second) as made:
        await made.ask()
        made.leap(10)
        await made.heard(EndpointProbed)
        assert made.view("A").health is Health.HEALTHY
        made.leap(3000)
        await made.ask("s2")

        assert [is_check(request) for request in first.messages] == [False, True, False]


async def test_who_is_passed_over_while_it_cools_is_in_the_record() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(500))
    second.script(steps.answer())

    async with rig(first, second) as made:
        await made.ask("s1")
        await made.ask("s2")

        await made.heard(RequestFinished, 2)
        latest = made.engine.snapshot().requests[0]
        assert [(each.endpoint, each.outcome) for each in latest.attempts] == [
            ("A", "skipped"),
            ("B", "ok"),
        ]
        assert "internal fault" in latest.attempts[0].reason


async def test_an_endpoint_that_fails_its_check_stays_out() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())
    settings = Settings(upstream_probe_s=5000.0, breaker_open_s=100_000.0)

    async with rig(first, second, settings=settings) as made:
        await break_circuit(made, "A", first)
        first.script(steps.answer(sse.Text("I am another page.")))
        made.leap(6500)

        probed = await made.heard(EndpointProbed)
        assert "did not repeat the code word" in probed.message
        assert made.view("A").health is Health.CIRCUIT_OPEN
        assert (await made.ask()).headers["x-qcc-endpoint"] == "B"


async def test_a_check_asks_for_the_model_that_the_endpoint_is_mapped_to() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())
    settings = Settings(
        upstream_probe_s=5000.0, breaker_open_s=100_000.0, models_mode=ModelMode.MAP
    )

    async with rig(first, second) as made:
        mapped = endpoint_of(first, model_map=(("*", "glm-4.6"),))
        made.apply(Config(endpoints=(mapped, endpoint_of(second, 2)), settings=settings))
        await break_circuit(made, "A", first)
        first.script(repeating())
        made.leap(6500)
        await made.heard(EndpointRecovered)

        assert {request.json["model"] for request in first.messages} == {"glm-4.6"}


async def test_a_half_open_circuit_lets_one_of_fifty_through() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())
    settings = Settings(upstream_probe_s=100_000.0, breaker_open_s=1000.0)

    async with rig(first, second, settings=settings) as made:
        await break_circuit(made, "A", first)
        asked = len(first.messages)
        gate = asyncio.Event()
        first.script(steps.after(gate, steps.answer()))
        made.leap(1300)
        made.apply(Config(endpoints=(endpoint_of(first),), settings=settings))
        asking = [asyncio.ensure_future(made.ask(f"s{n}")) for n in range(50)]  # noqa: TID251
        done, _ = await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        while len(done) < 49:
            done, _ = await asyncio.wait(asking, timeout=0.05)

        assert len(first.messages) - asked == 1
        gate.set()
        statuses = [(await each).status_code for each in asking]
        assert statuses.count(200) == 1
        assert set(statuses) <= {200, 502, 503}
        assert made.view("A").breaker == "closed"


async def test_the_last_endpoint_standing_is_asked_one_at_a_time() -> None:
    only = ScriptedUpstream("A")

    async with rig(only, settings=NO_CHECKS) as made:
        await break_circuit(made, "A", only)
        asked = len(only.messages)
        gate = asyncio.Event()
        only.script(steps.after(gate, steps.answer()))
        one = asyncio.ensure_future(made.ask("one"))  # noqa: TID251 - the client's side
        await only.requested(asked + 1)
        other = await made.ask("other")

        assert other.status_code in {502, 503}
        assert int(other.headers["retry-after"]) >= 1
        assert len(only.messages) == asked + 1
        gate.set()
        assert (await one).status_code == 200
        assert made.view("A").health is Health.HEALTHY
        assert any(isinstance(event, EndpointRecovered) for event in made.events)


async def test_an_answer_that_reaches_the_client_ends_an_outage_before_it_is_complete() -> None:
    only = ScriptedUpstream("A")
    frames = sse.stream(sse.Text("one two three"))
    gate = asyncio.Event()

    async with rig(only, settings=NO_CHECKS) as made:
        await break_circuit(made, "A", only)
        only.script(steps.paced(frames, {5: gate}))
        asking = asyncio.ensure_future(made.ask())  # noqa: TID251 - the client's side
        await made.heard(EndpointRecovered)

        assert made.view("A").breaker == "closed"
        gate.set()
        assert (await asking).status_code == 200


async def test_a_refused_key_is_asked_again_once_it_was_edited() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(401, "authentication_error", "invalid x-api-key"))
    second.script(steps.answer())

    async with rig(first, second) as made:
        assert (await made.ask("s1")).headers["x-qcc-endpoint"] == "B"
        assert made.view("A").health is Health.QUARANTINED
        first.script(steps.answer())
        made.engine.key_changed("A")

        assert made.view("A").health is Health.HEALTHY
        assert (await made.ask("s2")).headers["x-qcc-endpoint"] == "A"


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Name resolution of ``*.test``: to loopback while the network is up, else a failure."""
    state = {"up": False}
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        if isinstance(host, str) and host.endswith(".test"):
            if not state["up"]:
                raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
            host = "127.0.0.1"
        return resolve(host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(failover, "NETWORK_WAITS_S", (0.02, 0.02, 0.02))
    return lambda up: state.update(up=up)


def distant(*upstreams: ScriptedUpstream) -> Config:
    """The same upstreams under names that need the network."""
    return Config(
        endpoints=tuple(
            endpoint_of(
                upstream, number,
                base_url=f"http://{upstream.name.lower()}.test:{upstream.port}", proxy=DIRECT,
            )
            for number, upstream in enumerate(upstreams, 1)
        )
    )  # fmt: skip


async def test_without_a_network_nobody_is_blamed_and_the_client_is_told(
    network: Callable[[bool], None],
) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.answer())
    second.script(steps.answer())

    async with rig(first, second) as made:
        made.apply(distant(first, second))
        for number in range(5):
            response = await made.ask(f"s{number}")
            assert response.status_code == 503
            assert "offline" in response.json()["error"]["message"]

        for view in made.engine.snapshot().endpoints:
            assert (view.breaker, view.consecutive_failures) == ("closed", 0)
        assert made.engine.snapshot().light is Light.GREY
        assert (await made.heard(NetworkChanged)).offline

        network(True)
        response = await made.ask("s9")

        assert response.headers["x-qcc-endpoint"] == "A"
        assert not (await made.heard(NetworkChanged, 2)).offline
        assert made.engine.snapshot().light is Light.GREEN
        assert first.messages
        assert not second.messages


async def test_a_request_waits_for_the_network_to_come_back(
    network: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    only, other = ScriptedUpstream("A"), ScriptedUpstream("B")
    only.script(steps.answer())
    other.script(steps.answer())
    monkeypatch.setattr(failover, "NETWORK_WAITS_S", (0.3, 0.3, 0.3))

    async with rig(only, other) as made:
        made.apply(distant(only, other))
        asking = asyncio.ensure_future(made.ask())  # noqa: TID251 - the client's side
        await made.heard(NetworkChanged)
        network(True)

        assert (await asking).status_code == 200


async def test_a_refused_local_server_is_its_own_fault() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.refuse())

    async with rig(only) as made:
        response = await made.ask()

        assert response.status_code == 503
        assert "offline" not in response.text
        assert made.view("A").failures >= 1


async def test_a_size_that_was_refused_is_not_sent_there_again() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.html(413, "Request Entity Too Large"))
    second.script(steps.answer())
    large, small = "x" * 100_000, "y"

    async with rig(first, second) as made:
        for number in range(3):
            response = await made.ask(f"s{number}", system=large)
            assert response.headers["x-qcc-endpoint"] == "B"
        assert len(first.messages) == 1

        first.script(steps.answer())
        assert (await made.ask("small", system=small)).headers["x-qcc-endpoint"] == "A"
        assert made.view("A").health is Health.HEALTHY
        second.script(steps.status(500))
        assert (await made.ask("s9", system=large)).status_code == 502


async def test_a_size_that_everybody_refuses_is_a_413() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.html(413, "Request Entity Too Large"))

    async with rig(only) as made:
        for _ in range(2):
            response = await made.ask()
            assert response.status_code == 413
            assert response.json()["error"]["type"] == "request_too_large"
        assert len(only.messages) == 2


async def test_settings_that_do_not_work_leave_the_other_endpoints() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())

    async with rig(first, second) as made:
        broken = endpoint_of(first, proxy="nonsense")
        made.apply(Config(endpoints=(broken, endpoint_of(second, 2))))
        response = await made.ask()

        assert response.headers["x-qcc-endpoint"] == "B"


async def test_a_check_that_breaks_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from qcc_desktop.proxy.probe import Prober

    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer())
    settings = Settings(upstream_probe_s=5000.0, breaker_open_s=100_000.0)
    verify = Prober.verify
    broken = [True]

    async def break_once(self: Prober, *args: Any) -> Any:
        if broken:
            broken.clear()
            raise json.JSONDecodeError("boom", "", 0)
        return await verify(self, *args)

    monkeypatch.setattr(Prober, "verify", break_once)
    async with rig(first, second, settings=settings) as made:
        await break_circuit(made, "A", first)
        first.script(repeating())
        made.leap(6500)
        await made.heard(EndpointProbed)
        made.leap(20_000)

        await made.heard(EndpointRecovered)
