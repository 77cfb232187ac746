"""The status pages of a running proxy, over HTTP."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from qcc_desktop import __version__
from qcc_desktop.admin.stream import EventFeed, encode_event
from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.simulation import Mood, SimulatedEndpoint
from qcc_desktop.core.events import AttemptFailed, ConfigChanged, Event, ProxyStopped
from qcc_desktop.core.failure import Failure, FailureClass, Scope
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.storage.paths import paths_below

KEY = "sk-ant-key-of-this-test"
BODY = {"model": "claude-x", "max_tokens": 5, "messages": [{"role": "user", "content": "hi"}]}


class Served:
    """A running proxy before two simulated endpoints, and a client that has the token."""

    def __init__(self, container: Container, upstreams: list[SimulatedEndpoint]) -> None:
        self.container = container
        self.upstreams = upstreams
        self.client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{container.engine.port}",
            headers={"authorization": f"Bearer {container.token.value}"},
            trust_env=False,
        )

    async def page(self, name: str) -> Any:
        response = await self.client.get(f"/__qcc__/{name}")
        assert response.status_code == 200
        assert KEY not in response.text
        assert self.container.token.value not in response.text
        return response.json()

    async def ask(self) -> httpx.Response:
        headers = {"x-claude-code-session-id": "11111111-1111-1111-1111-111111111111"}
        return await self.client.post("/v1/messages", json=BODY, headers=headers)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    container = build_container(paths_below(tmp_path), simulated=True)
    container.token.load()
    upstreams = [SimulatedEndpoint("A", pace_s=0), SimulatedEndpoint("B", pace_s=0)]
    for upstream in upstreams:
        await upstream.start()
        await container.endpoints.add(
            EndpointDraft(name=upstream.name, base_url=upstream.base_url, key=KEY)
        )
    await container.engine.start(port=0)
    served = Served(container, upstreams)
    yield served
    await served.client.aclose()
    await container.engine.stop(drain_s=0)
    for upstream in upstreams:
        await upstream.stop()


async def test_the_status_has_the_shape_of_the_contract(served: Served) -> None:
    await served.ask()

    status = await served.page("status")

    assert set(status) == {
        *("version", "pid", "port", "light", "cause", "endpoints", "sessions", "totals")
    }
    assert (status["version"], status["pid"]) == (__version__, os.getpid())
    assert status["port"] == served.container.engine.port
    assert status["light"] == "green"
    assert status["cause"] == "A answers."
    first = status["endpoints"][0]
    assert set(first) == {
        *("id", "name", "base_url", "protocol", "enabled", "health", "breaker", "last_error"),
        *("requests", "failures", "latency_ms", "sessions"),
    }
    assert set(first["breaker"]) == {"state", "failures", "retry_at"}
    assert set(first["latency_ms"]) == {"p50", "p95"}
    assert (first["name"], first["health"], first["requests"]) == ("A", "healthy", 1)
    assert len(status["sessions"]) == 1
    assert status["totals"]["requests"] == 1


@pytest.mark.may_log(".*")
async def test_a_failure_shows_in_status_breakers_and_requests(served: Served) -> None:
    await served.upstreams[0].set_mood(Mood.KEY_REFUSED)

    assert (await served.ask()).status_code == 200

    first = (await served.page("status"))["endpoints"][0]
    assert set(first["last_error"]) == {"class", "message", "at"}
    assert first["last_error"]["class"] == "auth"
    assert first["health"] == "quarantined"
    breaker = (await served.page("breakers"))["breakers"][0]
    assert breaker["name"] == "A"
    assert breaker["reason"]
    request = (await served.page("requests"))["requests"][0]
    assert [attempt["endpoint"] for attempt in request["attempts"]] == ["A", "B"]
    assert (await served.page("endpoints"))["endpoints"][0] == first
    assert len((await served.page("sessions"))["sessions"]) == 1


async def test_the_log_page_gives_the_last_lines_and_never_more_than_its_limit(
    served: Served,
) -> None:
    file = served.container.paths.log_file
    file.parent.mkdir(parents=True)
    file.write_text("".join(f"line {number}\n" for number in range(3000)))

    assert len((await served.page("logs"))["lines"]) == 200
    assert (await served.page("logs?lines=2"))["lines"] == ["line 2998", "line 2999"]
    assert len((await served.page("logs?lines=999999"))["lines"]) == 2000
    assert len((await served.page("logs?lines=-1"))["lines"]) == 200
    assert len((await served.page(f"logs?lines={'9' * 5000}"))["lines"]) == 200


async def test_the_metrics_are_valid_prometheus_text(served: Served) -> None:
    await served.ask()

    response = await served.client.get("/__qcc__/metrics")

    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = response.text.splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert all(float(line.rsplit(" ", 1)[1]) >= 0 for line in samples)
    assert "qcc_desktop_up 1" in samples
    assert "qcc_desktop_requests_total 1" in samples
    assert any(line.startswith('qcc_desktop_endpoint_requests_total{id="') for line in samples)
    named = {line.split("{")[0].split(" ")[0] for line in samples}
    assert {line.split()[2] for line in lines if line.startswith("# TYPE")} >= named


@pytest.mark.parametrize("page", ["status", "endpoints", "logs", "events", "metrics"])
async def test_nothing_is_told_without_the_token(served: Served, page: str) -> None:
    headers = {"authorization": "Bearer wrong"}

    response = await served.client.get(f"/__qcc__/{page}", headers=headers)

    assert response.status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_the_pages_are_read_only(served: Served, method: str) -> None:
    response = await served.client.request(method, "/__qcc__/status")

    assert response.status_code in {404, 405}


async def test_events_are_streamed_as_they_happen(served: Served) -> None:
    async with asyncio.timeout(10), served.client.stream("GET", "/__qcc__/events") as response:
        lines = response.aiter_lines()
        assert (await anext(lines)).startswith(":")
        await served.container.preferences.set("routing.max_attempts", 3)

        heard = [line async for line in _until(lines, "event: ConfigChanged")]

    assert response.headers["content-type"] == "text/event-stream"
    assert heard[-1] == "event: ConfigChanged"


async def test_a_finished_request_is_among_the_events_as_the_request_page_shows_it(
    served: Served,
) -> None:
    async with asyncio.timeout(10), served.client.stream("GET", "/__qcc__/events") as response:
        lines = response.aiter_lines()
        await anext(lines)
        await served.ask()

        heard = [line async for line in _until(lines, "event: RequestFinished")]
        data = json.loads((await anext(lines)).removeprefix("data: "))

    assert "event: RequestStarted" in heard
    assert data["outcome"] == "ok"
    assert data["request"] == (await served.page("requests"))["requests"][0]


async def test_half_a_character_pair_in_a_model_does_not_break_the_pages(served: Served) -> None:
    body = b'{"model": "claude-\\ud800", "max_tokens": 5, "messages": []}'
    await served.client.post("/v1/messages", content=body)

    (request,) = (await served.page("requests"))["requests"]

    assert request["model"] == "claude-?"
    await served.page("status")


async def _until(lines: AsyncIterator[str], wanted: str) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line == wanted:
            return


async def test_an_open_event_stream_does_not_hold_up_the_stop(served: Served) -> None:
    async with served.client.stream("GET", "/__qcc__/events") as response:
        lines = response.aiter_lines()
        await anext(lines)

        async with asyncio.timeout(5):
            await served.container.engine.stop(drain_s=30)
            rest = [line async for line in lines]

    assert not any(line.startswith("event: AttemptFailed") for line in rest)


async def test_a_reader_that_falls_behind_loses_the_oldest_and_is_told_how_many() -> None:
    bus = Bus()
    feed = EventFeed(bus, limit=3)
    for number in range(5):
        bus.publish(ProxyStopped(fault=str(number)))

    frames = feed.frames()
    heard = [(await anext(frames)).decode() for _ in range(5)]
    await frames.aclose()  # type: ignore[attr-defined] # it is a generator
    feed.close()

    assert "events" in heard[0]
    assert heard[1] == 'event: Dropped\ndata: {"count": 2}\n\n'
    assert [json.loads(frame.split("data: ")[1])["fault"] for frame in heard[2:]] == list("234")


async def test_a_quiet_stream_is_kept_alive_and_ends_when_closed() -> None:
    feed = EventFeed(Bus())
    frames = feed.frames(keep_alive_s=0.01)
    await anext(frames)

    assert (await anext(frames)).startswith(b":")
    feed.close()
    assert [frame async for frame in frames] == []


@pytest.mark.parametrize(
    ("event", "data"),
    [
        (ConfigChanged(), {}),
        (
            AttemptFailed(
                3,
                "ep-1",
                Failure(FailureClass.AUTH, 1, "key_refused", "Refused.", Scope.ENDPOINT),
                0.5,
            ),
            {
                "request_id": 3,
                "endpoint_id": "ep-1",
                "class": "auth",
                "reason": "key_refused",
                "message": "Refused.",
                "duration_s": 0.5,
            },
        ),
    ],
)
def test_a_frame_names_the_fact_and_its_values(event: Event, data: dict[str, Any]) -> None:
    name, payload = encode_event(event).decode().split("\n")[:2]

    assert name == f"event: {type(event).__name__}"
    assert json.loads(payload.removeprefix("data: ")) == data
