"""Endpoints that speak OpenAI's API serve Claude Code as if they spoke Anthropic's."""

import asyncio
import json
from typing import Any

import httpx
import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.core.events import EndpointRecovered, FailedOver, RequestFinished
from qcc_desktop.core.health import Health
from qcc_desktop.core.settings import Settings
from qcc_desktop.wire.anthropic import sse_to_message
from qcc_desktop.wire.sse import split_frames
from qcc_desktop.wire.translate.turn import SIGNATURE
from tests.helpers import openai_steps, sse, steps
from tests.helpers.engine import BODY, Rig, endpoint_of, rig
from tests.helpers.upstream import Request, ScriptedUpstream

MAP = (("claude-*", openai_steps.MODEL),)
IMPATIENT = Settings(
    routing_first_byte_timeout_s=0.3, routing_stream_idle_timeout_s=0.3, routing_connect_timeout_s=1
)
READ = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object"}}
SEARCH = {"type": "web_search_20250305", "name": "web_search"}
TEXT = sse.Text("Hello 你好")


def speaks_openai(upstream: ScriptedUpstream, priority: int = 1, **changes: Any) -> Any:
    given = {"protocol": WireProtocol.OPENAI, "model_map": MAP, **changes}
    base_url = given.pop("base_url", f"{upstream.base_url}/v1")
    return endpoint_of(upstream, priority, base_url=base_url, **given)


def configured(*endpoints: Any, settings: Settings | None = None) -> Config:
    return Config(endpoints=endpoints, settings=settings or Settings())


def message(response: httpx.Response) -> Any:
    if response.headers["content-type"].startswith("application/json"):
        return response.json()
    return sse_to_message(split_frames(response.content))


def said(response: httpx.Response) -> str:
    found: str = message(response)["content"][-1]["text"]
    return found


async def test_a_streamed_answer_comes_as_anthropics() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(sse.Thinking("Hm."), TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        response = await made.ask()
        finished = await made.heard(RequestFinished)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    answer = message(response)
    assert answer["model"] == sse.MODEL
    assert [block["type"] for block in answer["content"]] == ["thinking", "text"]
    assert answer["content"][1]["text"] == TEXT.text
    assert answer["stop_reason"] == "end_turn"
    assert (finished.request.usage.input_tokens, finished.request.usage.cache_read) == (10, 20)
    assert (finished.request.outcome, finished.request.endpoint) == ("ok", "O")


async def test_a_whole_answer_comes_as_anthropics() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        response = await made.ask(stream=False)

    assert response.headers["content-type"] == "application/json"
    assert said(response) == TEXT.text
    assert response.json()["usage"]["output_tokens"] == 7


async def test_the_endpoint_is_asked_in_its_own_way_and_told_nothing_of_anthropic() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        await made.client.post(
            "/v1/messages?beta=true",
            json={**BODY, "metadata": {"user_id": "device-of-the-person"}},
            headers={"anthropic-beta": "x", "x-claude-code-session-id": "s", "x-app": "cli"},
        )

    (request,) = openai_steps.asked(upstream)
    names = {name.decode().lower() for name, _ in request.headers}
    assert request.target == "/v1/chat/completions"
    assert request.header("authorization") == "Bearer key-of-O"
    assert request.json["model"] == openai_steps.MODEL
    assert not {name for name in names if name.startswith(("anthropic", "x-"))}
    assert b"device-of-the-person" not in request.body
    assert (request.header("user-agent") or "").startswith("qcc-desktop/")


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("{}/v1", "/v1/chat/completions"),
        ("{}/chat/completions", "/chat/completions"),
        (
            "{}/openai/deployments/d?api-version=2024-10-21",
            "/openai/deployments/d/chat/completions?api-version=2024-10-21",
        ),
    ],
    ids=["version", "typed whole", "Azure"],
)
async def test_chat_completions_are_asked_for_where_the_address_says(
    address: str, target: str
) -> None:
    upstream = ScriptedUpstream("O")
    upstream.on(target.partition("?")[0], openai_steps.answer(TEXT))
    endpoint = speaks_openai(
        upstream, base_url=address.format(upstream.base_url), auth=AuthStyle.X_API_KEY
    )

    async with rig(upstream, config=configured(endpoint)) as made:
        response = await made.ask()

    assert said(response) == TEXT.text
    assert upstream.requests[0].target == target
    assert upstream.requests[0].header("api-key") == "key-of-O"
    assert upstream.requests[0].header("authorization") is None


async def test_tools_go_there_and_back() -> None:
    upstream = ScriptedUpstream("O")
    two = (sse.ToolUse("Read", {"path": "ä"}), sse.ToolUse("Read", {"path": "b"}))
    openai_steps.chat(upstream, openai_steps.answer(*two), openai_steps.answer(TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        first = message(await made.ask(tools=[READ]))
        results = [
            {"type": "tool_result", "tool_use_id": block["id"], "content": "text"}
            for block in first["content"]
        ]
        history = [
            *BODY["messages"],
            {"role": "assistant", "content": first["content"]},
            {"role": "user", "content": results},
        ]
        second = await made.ask(tools=[READ], messages=history)

    assert first["stop_reason"] == "tool_use"
    assert [block["input"] for block in first["content"]] == [{"path": "ä"}, {"path": "b"}]
    assert said(second) == TEXT.text
    sent = openai_steps.asked(upstream)[1].json["messages"]
    ids = [call["id"] for call in sent[1]["tool_calls"]]
    assert ids == ["call_0_Read", "call_1_Read"]
    assert [each["tool_call_id"] for each in sent[2:]] == ids


async def test_content_reaches_the_client_as_it_comes() -> None:
    upstream = ScriptedUpstream("O")
    gate = asyncio.Event()
    frames = openai_steps.stream(TEXT)
    upstream.on(openai_steps.CHAT, steps.paced(frames, {2: gate}))

    async with (
        rig(upstream, config=configured(speaks_openai(upstream))) as made,
        made.client.stream("POST", "/v1/messages", json=dict(BODY)) as response,
    ):
        chunks = response.aiter_bytes()
        first = await anext(chunks)
        gate.set()
        rest = b"".join([chunk async for chunk in chunks])

    assert b"Hell" in first
    assert b"message_stop" in rest


# Failures


def refuse_twice(body: dict[str, Any]) -> str | None:
    if "stream_options" in body:
        return "Extra inputs are not permitted: stream_options"
    if "max_tokens" in body:
        return "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    return None


async def test_what_a_server_refuses_is_left_out_at_once_and_remembered() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.strict(refuse_twice, openai_steps.answer(TEXT)))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        first = await made.ask()
        learnt_after = len(openai_steps.asked(upstream))
        second = await made.ask()
        finished = await made.heard(RequestFinished)
        health = made.view("O").health

    assert (said(first), said(second)) == (TEXT.text, TEXT.text)
    assert (learnt_after, len(openai_steps.asked(upstream))) == (3, 4)
    assert openai_steps.asked(upstream)[-1].json["max_completion_tokens"] == BODY["max_tokens"]
    assert [attempt.outcome for attempt in finished.request.attempts] == ["ok"]
    assert health is Health.HEALTHY


async def test_a_refusal_that_teaches_nothing_reaches_the_client_in_anthropics_shape() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.error(400, "Invalid value for 'messages'."))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        response = await made.ask()
        health = made.view("O").health

    assert response.status_code == 400
    assert response.headers["content-type"] == "application/json"
    assert response.json() == {
        "type": "error",
        "error": {"type": "invalid_request_error", "message": "Invalid value for 'messages'."},
    }
    assert len(openai_steps.asked(upstream)) == 1
    assert health is Health.HEALTHY


async def test_claude_code_learns_that_it_must_compact_the_conversation() -> None:
    upstream = ScriptedUpstream("O")
    words = (
        "This model's maximum context length is 8192 tokens. However, your messages resulted"
        " in 9000 tokens. Please reduce the length of the messages."
    )
    openai_steps.chat(upstream, openai_steps.error(400, words, "context_length_exceeded"))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        response = await made.ask()

    assert response.status_code == 400
    begins = "prompt is too long: 9000 tokens > 8192 maximum"
    assert response.json()["error"]["message"].startswith(begins)


@pytest.mark.parametrize(
    "failure",
    [
        openai_steps.error(429, "Rate limit reached", "rate_limit_exceeded"),
        openai_steps.error(429, "You exceeded your current quota", "insufficient_quota"),
        openai_steps.error(401, "Incorrect API key provided", "invalid_api_key"),
        openai_steps.error(404, "The model `x` does not exist", "model_not_found"),
        openai_steps.error(500, "The server had an error", error_type="server_error"),
        steps.respond(200, b'{"error":{"message":"Overloaded","type":"server_error"}}', []),
        steps.html(200, "Welcome"),
        openai_steps.dying([], "eof"),
        openai_steps.dying([openai_steps.chunk(role="assistant", content="")], "rst"),
        openai_steps.dying(
            [openai_steps.chunk(role="assistant"), openai_steps.data({"error": {"message": "x"}})],
            "eof",
        ),
        openai_steps.dying([openai_steps.chunk("stop"), openai_steps.DONE], "eof"),
        openai_steps.dying([b"data: {oops\n\n"], "eof"),
        steps.rst_after_request(),
        steps.hang_after_headers(),
    ],
    ids=lambda step: step.name,
)
async def test_a_failure_before_content_is_invisible_in_both_directions(failure: Any) -> None:
    broken, well, anthropic = (ScriptedUpstream(name) for name in "OPA")
    openai_steps.chat(broken, failure)
    openai_steps.chat(well, openai_steps.answer(TEXT))
    anthropic.script(steps.answer(TEXT))
    first = speaks_openai(broken)

    async with rig(
        broken, anthropic, config=configured(first, endpoint_of(anthropic, 2), settings=IMPATIENT)
    ) as made:
        to_anthropic = await made.ask()
    async with rig(well, config=configured(speaks_openai(well), settings=IMPATIENT)) as made:
        alone = await made.ask()

    assert (said(to_anthropic), to_anthropic.headers["x-qcc-endpoint"]) == (TEXT.text, "A")
    assert said(alone) == TEXT.text


@pytest.mark.parametrize("failure", ["529", "refused", "500", "mid-stream rst"])
async def test_a_dying_anthropic_endpoint_is_followed_by_one_of_openai(failure: str) -> None:
    dying, well = ScriptedUpstream("A"), ScriptedUpstream("O")
    dying.script(steps.FAILURES[failure]())
    openai_steps.chat(well, openai_steps.answer(TEXT))

    async with rig(
        dying, well, config=configured(endpoint_of(dying), speaks_openai(well, 2))
    ) as made:
        if failure.startswith("mid-stream"):
            with pytest.raises(httpx.RemoteProtocolError):
                await made.ask()
        response = await made.ask()

    assert (said(response), response.headers["x-qcc-endpoint"]) == (TEXT.text, "O")


MID_STREAM = {
    "cut": openai_steps.dying(openai_steps.stream(TEXT)[:3], "rst"),
    "ended without a reason": openai_steps.dying(openai_steps.stream(TEXT)[:3], "eof"),
    "DONE without a reason": openai_steps.dying(
        [*openai_steps.stream(TEXT)[:3], openai_steps.DONE], "eof"
    ),
    "error": openai_steps.dying(
        [
            *openai_steps.stream(TEXT)[:3],
            openai_steps.data({"error": {"message": "x", "code": 502}}),
        ],
        "eof",
    ),
    "failure as reason": openai_steps.dying(
        [*openai_steps.stream(TEXT)[:3], openai_steps.chunk("error")], "eof"
    ),
    "half a call": openai_steps.dying(
        [
            *openai_steps.stream(sse.ToolUse("Read", {"path": "a" * 40}))[:4],
            openai_steps.chunk("tool_calls"),
            openai_steps.DONE,
        ],
        "eof",
    ),
    "silence": openai_steps.dying(openai_steps.stream(TEXT)[:3], "hang"),
}


@pytest.mark.parametrize("how", MID_STREAM)
async def test_a_stream_that_breaks_off_is_cut_and_the_session_moves(how: str) -> None:
    broken, well = ScriptedUpstream("O"), ScriptedUpstream("A")
    openai_steps.chat(broken, MID_STREAM[how])
    well.script(steps.answer(TEXT))
    config = configured(speaks_openai(broken), endpoint_of(well, 2), settings=IMPATIENT)

    async with rig(broken, well, config=config) as made:
        with pytest.raises(httpx.RemoteProtocolError):
            await made.ask()
        finished = await made.heard(RequestFinished)
        again = await made.ask()

    assert finished.request.outcome == "cut"
    assert (said(again), again.headers["x-qcc-endpoint"]) == (TEXT.text, "A")


COMPLETE = {
    "reset behind the reason": openai_steps.dying(openai_steps.stream(TEXT)[:4], "rst"),
    "end behind the reason": openai_steps.dying(openai_steps.stream(TEXT)[:4], "eof"),
    "silence behind the reason": openai_steps.dying(openai_steps.stream(TEXT)[:4], "hang"),
    "no DONE": openai_steps.dying(openai_steps.stream(TEXT)[:5], "eof"),
}


@pytest.mark.parametrize("how", COMPLETE)
async def test_an_answer_with_its_reason_is_complete_however_the_connection_ends(how: str) -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, COMPLETE[how])
    config = configured(speaks_openai(upstream), settings=IMPATIENT)

    async with rig(upstream, config=config) as made:
        response = await made.ask()
        finished = await made.heard(RequestFinished)

    assert said(response) == TEXT.text
    assert message(response)["stop_reason"] == "end_turn"
    assert finished.request.outcome in {"ok", "recovered"}


async def test_the_connection_is_used_again() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        for _ in range(3):
            await made.ask()

    assert upstream.connections == 1


async def test_a_broken_endpoint_is_verified_in_its_own_dialect_and_returns() -> None:
    upstream = ScriptedUpstream("O")
    is_well = False

    def answer(request: Request) -> Any:
        if not is_well:
            return openai_steps.error(500, "down", error_type="server_error")
        question = str(request.json["messages"][-1]["content"])
        return openai_steps.answer(sse.Text(question.rpartition(": ")[2]))

    openai_steps.chat(upstream, steps.by_request(answer))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        for _ in range(3):
            await made.ask()
        broken = made.view("O").health
        is_well = True
        made.leap(600)
        await made.heard(EndpointRecovered)
        well = made.view("O").health

    assert (broken is Health.HEALTHY, well) == (False, Health.HEALTHY)
    assert openai_steps.asked(upstream)[-1].json["model"] == openai_steps.MODEL


# Between the dialects, within one conversation


async def test_thinking_of_ours_never_reaches_anthropic() -> None:
    """Its signature would be refused, in every request from then on."""
    first, second = ScriptedUpstream("O"), ScriptedUpstream("A")
    openai_steps.chat(
        first,
        openai_steps.answer(sse.Thinking("Hm."), TEXT),
        openai_steps.error(500, "down", error_type="server_error"),
    )
    second.script(steps.answer(TEXT))
    native = sse.Thinking("Native.").block()

    async with rig(
        first, second, config=configured(speaks_openai(first), endpoint_of(second, 2))
    ) as made:
        thought = message(await made.ask())["content"]
        history = [
            *BODY["messages"],
            {"role": "assistant", "content": thought},
            *BODY["messages"],
            {"role": "assistant", "content": [native, {"type": "text", "text": "ok"}]},
            *BODY["messages"],
        ]
        response = await made.ask(messages=history)

    assert thought[0]["signature"] == SIGNATURE
    assert said(response) == TEXT.text
    (asked,) = second.messages
    assert SIGNATURE.encode() not in asked.body
    assert asked.json["messages"][1]["content"] == [{"type": "text", "text": TEXT.text}]
    assert asked.json["messages"][3]["content"][0] == native


async def test_a_body_without_our_thinking_reaches_anthropic_byte_for_byte() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("O")
    first.script(steps.answer(TEXT))
    body = json.dumps({**BODY, "metadata": {"odd  spacing": 1}}, indent=3).encode()

    async with rig(
        first, second, config=configured(endpoint_of(first), speaks_openai(second, 2))
    ) as made:
        await made.client.post("/v1/messages", content=body)

    assert first.messages[0].body == body


async def test_a_request_for_anthropics_own_tool_goes_to_an_endpoint_that_may_have_it() -> None:
    first, second = ScriptedUpstream("O"), ScriptedUpstream("A")
    openai_steps.chat(first, openai_steps.answer(TEXT))
    second.script(steps.answer(TEXT))

    async with rig(
        first, second, config=configured(speaks_openai(first), endpoint_of(second, 2))
    ) as made:
        response = await made.ask(tools=[SEARCH])
        finished = await made.heard(RequestFinished)
        view = made.view("O")

    assert response.headers["x-qcc-endpoint"] == "A"
    assert openai_steps.asked(first) == []
    assert (view.health, view.last_error, view.failures) == (Health.HEALTHY, None, 0)
    assert [each.outcome for each in finished.request.attempts] == ["skipped", "ok"]
    assert not [each for each in made.events if isinstance(each, FailedOver)]


async def test_the_conversation_stays_where_it_is_meanwhile() -> None:
    first, other, second = ScriptedUpstream("O"), ScriptedUpstream("P"), ScriptedUpstream("A")
    for upstream in (first, other):
        openai_steps.chat(upstream, openai_steps.answer(TEXT))
    second.script(steps.answer(TEXT))
    endpoints = (speaks_openai(first), speaks_openai(other, 2), endpoint_of(second, 3))

    async with rig(first, other, second, config=configured(*endpoints)) as made:
        answers = [await made.ask(), await made.ask(tools=[SEARCH]), await made.ask()]

    answered = [response.headers["x-qcc-endpoint"] for response in answers]
    assert answered == ["O", "A", "O"]
    assert other.requests == []


async def test_a_failure_of_such_an_endpoint_is_told_rather_than_what_the_others_lack() -> None:
    first, second = ScriptedUpstream("O"), ScriptedUpstream("A")
    openai_steps.chat(first, openai_steps.answer(TEXT))
    second.script(steps.status(529, "overloaded_error", "Overloaded"))

    async with rig(
        first, second, config=configured(speaks_openai(first), endpoint_of(second, 2))
    ) as made:
        response = await made.ask(tools=[SEARCH])

    assert response.status_code == 529


async def test_without_such_an_endpoint_the_client_is_told_rather_than_lied_to() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(TEXT))

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        response = await made.ask(tools=[SEARCH])

    assert response.status_code == 400
    assert "Anthropic's servers" in response.json()["error"]["message"]
    assert response.headers["x-should-retry"] == "false"


# Other paths


async def count(made: Rig) -> httpx.Response:
    body = {"model": sse.MODEL, "messages": BODY["messages"]}
    return await made.client.post("/v1/messages/count_tokens", json=body)


async def test_tokens_are_counted_by_another_endpoint_or_estimated_as_such() -> None:
    first, second = ScriptedUpstream("O"), ScriptedUpstream("A")
    both = configured(speaks_openai(first), endpoint_of(second, 2))

    async with rig(first, second, config=both) as made:
        counted = await count(made)
        made.apply(configured(speaks_openai(first)))
        estimated = await count(made)

    assert (counted.json(), "x-qcc-estimate" in counted.headers) == ({"input_tokens": 42}, False)
    assert estimated.headers["x-qcc-estimate"] == "true"
    assert estimated.json()["input_tokens"] > 0
    assert first.requests == []


async def test_models_are_listed_as_anthropic_lists_them() -> None:
    upstream = ScriptedUpstream("O")
    openai_steps.chat(upstream, openai_steps.answer(TEXT), models=["gpt-x"])

    async with rig(upstream, config=configured(speaks_openai(upstream))) as made:
        listed = await made.client.get("/v1/models?limit=1000")

    (model,) = listed.json()["data"]
    assert (model["id"], model["display_name"], model["type"]) == ("gpt-x", "gpt-x", "model")
    assert upstream.requests[0].target == "/v1/models"
    assert upstream.requests[0].header("authorization") == "Bearer key-of-O"


async def test_other_paths_are_for_anthropic_endpoints_only() -> None:
    first, second = ScriptedUpstream("O"), ScriptedUpstream("A")
    second.on("/v1/files", steps.respond(200, b"[]", []))

    async with rig(
        first, second, config=configured(speaks_openai(first), endpoint_of(second, 2))
    ) as made:
        found = await made.client.get("/v1/files")
        made.apply(configured(speaks_openai(first)))
        missing = await made.client.get("/v1/files")

    assert (found.status_code, found.content) == (200, b"[]")
    assert missing.status_code == 404
    assert first.requests == []
