"""The test a person starts: every point against an endpoint that behaves in its own way."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.dialect import OpenAIDialect
from qcc_desktop.proxy.probe import Prober
from qcc_desktop.proxy.report import Check, TestReport
from qcc_desktop.proxy.upstreams import one_off
from qcc_desktop.runtime.clock import SystemClock
from tests.helpers import openai_steps, sse, steps
from tests.helpers.upstream import Request, ScriptedUpstream, Step

KEY = "sk-key-of-this-test"


def _code(request: Request) -> str:
    return str(request.json["messages"][-1]["content"]).rpartition(": ")[2]


def _well(request: Request) -> Step:
    if "tools" in request.json:
        return steps.answer(sse.ToolUse("report_code", {"code": _code(request)}))
    return steps.answer(sse.Thinking("Let me see."), sse.Text(_code(request)))


def _when(is_meant: Callable[[Request], bool], step: Step) -> Step:
    return steps.by_request(lambda request: step if is_meant(request) else _well(request))


async def _tested(
    upstream: ScriptedUpstream, told: list[Check] | None = None, model: str = "", **changes: Any
) -> TestReport:
    endpoint = Endpoint("ep", "A", upstream.base_url, first_byte_timeout_s=5.0)
    endpoint = replace(endpoint, **changes)
    rng = random.Random(7)
    prober = Prober(SystemClock(), rng, lambda _: model, OpenAIDialect(rng))
    once = await one_off(endpoint, Settings())
    async with once.client:
        return await prober.test(once, endpoint, KEY, told.append if told is not None else None)


def _verdicts(report: TestReport) -> dict[str, bool | None]:
    return {check.name: check.ok for check in report.checks}


async def test_a_well_endpoint_passes_every_point_and_each_verdict_is_told_in_turn() -> None:
    told: list[Check] = []
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.by_request(_well))

        report = await _tested(upstream, told)

    assert report.ok
    assert tuple(told) == report.checks
    assert [check.name for check in report.checks] == [
        *("reach", "auth", "answer", "stream", "first_byte", "tools", "count_tokens", "models")
    ]
    counts = {check.name: check.count for check in report.checks if check.count is not None}
    assert counts == {"count_tokens": 42, "models": 1}


async def test_the_model_listed_is_asked_for_and_reach_is_tried_without_the_key() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.by_request(_well))

        await _tested(upstream)

        asked = {request.json["model"] for request in upstream.requests if request.body}
        first = upstream.requests[0]
    assert asked == {"claude-scripted"}
    assert (first.path, first.header("authorization")) == ("/", None)


async def test_the_model_that_requests_ask_for_is_asked_for() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.by_request(_well))

        await _tested(upstream, model="vendor-large")

        asked = {request.json["model"] for request in upstream.requests if request.body}
    assert asked == {"vendor-large"}


async def test_a_refused_key_is_the_verdict_on_the_key_and_the_rest_is_not_tried() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.status(401, "authentication_error", "invalid x-api-key"))

        report = await _tested(upstream)

    verdicts = _verdicts(report)
    assert verdicts.pop("reach") is True
    assert verdicts.pop("auth") is False
    assert set(verdicts.values()) == {None}
    assert "refused the key" in report.checks[1].message
    assert not report.can_answer
    assert KEY not in repr(report)


async def test_an_endpoint_without_reach_is_asked_nothing_more() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.refuse())

        report = await _tested(upstream)

    assert [check.ok for check in report.checks] == [False, *[None] * 7]


@pytest.mark.parametrize(
    ("path", "name"),
    [("/v1/messages/count_tokens", "count_tokens"), ("/v1/models", "models")],
)
async def test_what_claude_code_can_do_without_is_not_offered_rather_than_failed(
    path: str, name: str
) -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.by_request(_well))
        upstream.on(path, steps.status(404, "not_found_error", "no such path"))

        report = await _tested(upstream)

    check = next(check for check in report.checks if check.name == name)
    assert (check.ok, check.message) == (None, "not offered")
    assert report.ok


async def test_an_answer_without_the_tool_is_said_and_does_not_keep_it_from_answering() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(
            _when(lambda request: "tools" in request.json, steps.answer(sse.Text("No tools.")))
        )

        report = await _tested(upstream)

    check = next(check for check in report.checks if check.name == "tools")
    assert check.ok is False
    assert "did not use the tool" in check.message
    assert report.can_answer
    assert not report.ok


async def test_a_stream_that_breaks_off_fails_that_point_alone() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(
            _when(
                lambda request: request.wants_stream and "tools" not in request.json,
                steps.mid_stream("rst"),
            )
        )

        report = await _tested(upstream)

    verdicts = _verdicts(report)
    assert verdicts["answer"] is True
    assert verdicts["stream"] is False
    assert verdicts["first_byte"] is None
    assert verdicts["tools"] is True


async def test_another_text_than_the_code_word_is_no_answer() -> None:
    async with ScriptedUpstream() as upstream:
        upstream.script(steps.answer(sse.Text("Hello! How can I help?")))

        report = await _tested(upstream)

    assert _verdicts(report)["auth"] is True
    assert "did not repeat the code word" in report.checks[2].message


# Endpoints that speak OpenAI's API


def _openai_well(request: Request) -> Step:
    if "tools" in request.json:
        return openai_steps.answer(sse.ToolUse("report_code", {"code": _code(request)}))
    return openai_steps.answer(sse.Thinking("Let me see."), sse.Text(_code(request)))


async def _openai_tested(
    upstream: ScriptedUpstream, model: str = "", models: Sequence[str] = ("gpt-x-mini", "gpt-x")
) -> TestReport:
    openai_steps.chat(upstream, steps.by_request(_openai_well), models=models)
    return await _tested(
        upstream, model=model, base_url=f"{upstream.base_url}/v1", protocol=WireProtocol.OPENAI
    )


async def test_an_endpoint_of_openais_api_passes_every_point_it_can_have() -> None:
    async with ScriptedUpstream() as upstream:
        report = await _openai_tested(upstream, model="gpt-x")

        asked = {request.json["model"] for request in openai_steps.asked(upstream)}

    assert report.ok
    verdicts = _verdicts(report)
    assert verdicts.pop("count_tokens") is None
    assert all(verdicts.values())
    assert asked == {"gpt-x"}
    assert not [each for each in upstream.requests if "messages" in each.path]


async def test_without_a_model_of_its_own_the_test_says_what_is_to_be_done() -> None:
    async with ScriptedUpstream() as upstream:
        report = await _openai_tested(upstream)

        asked = {request.json["model"] for request in openai_steps.asked(upstream)}

    assert report.can_answer
    assert not report.ok
    (models,) = [check for check in report.checks if check.name == "models"]
    assert "under Models" in models.message
    assert asked == {"gpt-x-mini"}


async def test_a_gateway_that_lists_claudes_models_needs_no_mapping() -> None:
    async with ScriptedUpstream() as upstream:
        report = await _openai_tested(upstream, models=["claude-haiku-4-5"])

    assert report.ok


async def test_a_model_that_converses_is_chosen_of_all_that_are_listed() -> None:
    listed = ["text-embedding-3", "gpt-x-mini-tts", "whisper-1", "gpt-x", "gpt-x-mini"]
    async with ScriptedUpstream() as upstream:
        await _openai_tested(upstream, models=listed)

        asked = {request.json["model"] for request in openai_steps.asked(upstream)}

    assert asked == {"gpt-x-mini"}
