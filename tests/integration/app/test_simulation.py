"""Simulated endpoints behave as their mood says, seen from a client on a real socket."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from qcc_desktop.app.simulation import RETRY_AFTER_S, Mood, SimulatedEndpoint

ANSWER = "one two three four five six"


@pytest.fixture
async def simulated() -> AsyncIterator[SimulatedEndpoint]:
    endpoint = SimulatedEndpoint("S", pace_s=0.001, speak=lambda question: ANSWER)
    await endpoint.start()
    yield endpoint
    await endpoint.stop()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        yield client


def asked(question: str = "Why?", *, stream: bool = True) -> dict[str, Any]:
    return {"model": "m", "stream": stream, "messages": [{"role": "user", "content": question}]}


async def ask(
    client: httpx.AsyncClient, endpoint: SimulatedEndpoint, **body: Any
) -> httpx.Response:
    return await client.post(f"{endpoint.base_url}/v1/messages", json=asked(**body))


def events_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line[5:]) for line in text.splitlines() if line.startswith("data:")]


def words_of(text: str) -> str:
    return "".join(event.get("delta", {}).get("text", "") for event in events_of(text))


async def test_a_well_endpoint_streams_a_whole_answer(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    response = await ask(client, simulated)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert words_of(response.text) == ANSWER
    assert events_of(response.text)[-1] == {"type": "message_stop"}


async def test_a_well_endpoint_answers_whole_where_no_stream_is_asked(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    response = await ask(client, simulated, stream=False)

    assert response.json()["content"] == [{"type": "text", "text": ANSWER}]


async def test_a_background_check_gets_its_code_back_and_is_not_counted_as_asked(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    question = "Reply with this code and nothing else: XK42"

    response = await ask(client, simulated, question=question, stream=False)

    assert response.json()["content"][0]["text"] == "XK42"
    assert (simulated.asked, simulated.checked) == (0, 1)


@pytest.mark.parametrize(
    ("mood", "status", "error_type", "retry_after"),
    [
        (Mood.OVERLOADED, 529, "overloaded_error", None),
        (Mood.RATE_LIMITED, 429, "rate_limit_error", str(RETRY_AFTER_S)),
        (Mood.KEY_REFUSED, 401, "authentication_error", None),
    ],
    ids=str,
)
async def test_an_error_mood_answers_in_the_shape_of_the_api(
    simulated: SimulatedEndpoint,
    client: httpx.AsyncClient,
    mood: Mood,
    status: int,
    error_type: str,
    retry_after: str | None,
) -> None:
    await simulated.set_mood(mood)

    response = await ask(client, simulated)

    assert response.status_code == status
    assert response.json()["error"]["type"] == error_type
    assert response.headers.get("retry-after") == retry_after
    assert simulated.asked == 1


async def test_a_refusing_endpoint_refuses_kept_connections_too_and_comes_back_on_its_port(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    await ask(client, simulated)
    where = simulated.base_url

    await simulated.set_mood(Mood.REFUSED)
    with pytest.raises(httpx.TransportError):
        await ask(client, simulated)
    with pytest.raises(httpx.ConnectError):
        await ask(client, simulated)
    with socket.socket() as other, pytest.raises(OSError, match=r"in use|Only one usage|10048"):
        other.bind(("127.0.0.1", int(where.rsplit(":", 1)[1])))
    await simulated.set_mood(Mood.WELL)

    assert (await ask(client, simulated)).status_code == 200
    assert simulated.base_url == where


async def test_a_hanging_endpoint_says_nothing_until_its_mood_changes(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    await simulated.set_mood(Mood.HANGING)

    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(ask(client, simulated))
        with pytest.raises(httpx.ReadTimeout):
            await client.post(f"{simulated.base_url}/v1/messages", json=asked(), timeout=0.3)
        assert (simulated.asked, waiting.done()) == (2, False)
        await simulated.set_mood(Mood.WELL)

    assert words_of(waiting.result().text) == ANSWER


async def test_a_cutting_endpoint_breaks_off_after_the_first_words(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    await simulated.set_mood(Mood.CUT)
    heard = ""

    async def listen() -> None:
        nonlocal heard
        url = f"{simulated.base_url}/v1/messages"
        async with client.stream("POST", url, json=asked()) as response:
            async for chunk in response.aiter_text():
                heard += chunk

    with pytest.raises(httpx.TransportError):
        await listen()

    assert words_of(heard) == "one two three"
    assert "message_stop" not in heard


async def test_a_cutting_endpoint_cuts_whole_answers_too(
    simulated: SimulatedEndpoint, client: httpx.AsyncClient
) -> None:
    await simulated.set_mood(Mood.CUT)

    with pytest.raises(httpx.TransportError):
        await ask(client, simulated, stream=False)


async def test_changing_the_mood_lets_no_running_answer_go_wrong(
    client: httpx.AsyncClient,
) -> None:
    began = asyncio.Event()

    def speak(question: str) -> str:
        began.set()
        return ANSWER

    simulated = SimulatedEndpoint("S", pace_s=0.01, speak=speak)
    await simulated.start()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(ask(client, simulated))
        await began.wait()
        await simulated.set_mood(Mood.OVERLOADED)
    await simulated.stop()

    assert words_of(running.result().text) == ANSWER
