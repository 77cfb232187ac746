"""What is remembered and told of a request, and that no secret is among it."""

import json
import logging

import pytest

from qcc_desktop.core.events import AttemptFailed, FailedOver, RequestFinished, RequestStarted
from qcc_desktop.core.settings import Settings
from tests.helpers import sse, steps
from tests.helpers.engine import Rig, rig
from tests.helpers.upstream import ScriptedUpstream, Step

SECRET = "sk-ant-api03-Very-Secret-0123456789"


class SecretKeys:
    """Gives every endpoint one telling key."""

    def key_of(self, endpoint_id: str) -> str | None:
        del endpoint_id
        return SECRET


async def settled(made: Rig) -> None:
    await made.engine.idle()


async def test_a_failover_is_told_in_order() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(529, "overloaded_error", "Overloaded"))
    second.script(steps.answer(sse.Text("hi")))

    async with rig(first, second) as made:
        response = await made.ask("talk")
        await settled(made)

        kinds = (RequestStarted, AttemptFailed, FailedOver, RequestFinished)
        told = [event for event in made.events if isinstance(event, kinds)]
        assert [type(event) for event in told] == list(kinds)
        assert told[2] == FailedOver(told[2].request_id, "A", "B")
        assert told[3] == RequestFinished(
            told[3].request_id, "ok", "B", 2, made.engine.snapshot().requests[0]
        )
        assert response.headers["x-qcc-attempts"] == "2"


async def test_a_record_tells_the_whole_way() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(529, "overloaded_error", "Overloaded"))
    second.script(steps.answer(sse.Text("hi")))

    async with rig(first, second) as made:
        await made.ask("talk")
        await made.ask("more")
        await settled(made)

        latest, earlier = made.engine.snapshot().requests
        assert [(each.endpoint, each.outcome) for each in earlier.attempts] == [
            ("A", "transient"),
            ("B", "ok"),
        ]
        assert earlier.attempts[0].reason == "The endpoint is overloaded."
        assert latest.endpoint == "B"
        assert (earlier.session, earlier.model, earlier.path) == ("talk", sse.MODEL, "/v1/messages")
        assert (earlier.outcome, earlier.status, earlier.endpoint) == ("ok", 200, "B")
        assert (earlier.input_tokens, earlier.output_tokens) == (25, 15)
        assert earlier.first_token_ms is not None
        assert 0 < earlier.first_token_ms <= earlier.duration_ms
        totals = made.engine.snapshot().totals
        assert (totals.requests, totals.failures, totals.failovers) == (2, 0, 1)
        assert (totals.input_tokens, totals.output_tokens) == (50, 30)
        assert made.engine.snapshot().active_endpoint == "B"


@pytest.mark.parametrize("stream", [True, False])
async def test_tokens_are_counted_streamed_or_not(*, stream: bool) -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer(sse.Text("hi")))

    async with rig(only) as made:
        await made.ask(stream=stream)
        await settled(made)

        request = made.engine.snapshot().requests[0]
        assert (request.input_tokens, request.output_tokens) == (25, 15)


async def test_outcomes_have_their_names() -> None:
    only = ScriptedUpstream("A")

    async with rig(only) as made:
        only.script(steps.status(400, "invalid_request_error", "bad"))
        await made.ask()
        only.script(steps.no_message_stop())
        await made.ask()
        only.script(steps.status(401, "authentication_error", "invalid x-api-key"))
        await made.ask()
        await settled(made)

        views = made.engine.snapshot().requests
        assert [(view.outcome, view.status) for view in views] == [
            ("failed", 403),
            ("recovered", 200),
            ("client_error", 400),
        ]


async def test_a_session_is_shown_where_it_is_bound() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        await made.ask("talk")
        await made.ask("talk")

        (session,) = made.engine.snapshot().sessions
        assert (session.key, session.endpoint_id, session.turns) == ("talk", "A", 2)


async def test_a_long_run_remembers_a_bounded_number_of_requests() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer())

    async with rig(only) as made:
        for number in range(210):
            await made.ask(f"s{number}", stream=False)

        assert len(made.engine.snapshot().requests) == 200
        assert made.engine.snapshot().totals.requests == 210


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500])
@pytest.mark.parametrize("log_bodies", [False, True])
async def test_a_key_an_endpoint_echoes_is_in_none_of_our_own_words(
    code: int, caplog: pytest.LogCaptureFixture, *, log_bodies: bool
) -> None:
    caplog.set_level(logging.DEBUG)
    only = ScriptedUpstream("A")
    only.script(steps.status(code, "api_error", f"the key {SECRET} is no good"))
    settings = Settings(privacy_log_bodies=log_bodies)

    async with rig(only, settings=settings, keys=SecretKeys()) as made:
        await made.ask()
        response = await made.ask()
        await made.client.get("/v1/models")

        # A body passed on verbatim is the endpoint's own; ours never quote it.
        if response.headers.get("request-id") is None:
            assert SECRET not in response.text
        assert SECRET not in repr(made.engine.snapshot())
        assert SECRET not in repr(made.events)
        assert SECRET not in caplog.text
        assert only.messages[0].header("authorization") == f"Bearer {SECRET}"


async def test_bodies_of_errors_are_logged_only_if_wanted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    long_words = "quite unusual words " + "x" * 10_000
    first.script(steps.status(500, "api_error", long_words))
    second.script(steps.answer(sse.Text("an answer of a model")))

    async with rig(first, second) as made:
        await made.ask("s1")
        assert "quite unusual words" not in caplog.text

    third, fourth = ScriptedUpstream("A"), ScriptedUpstream("B")
    third.script(steps.status(500, "api_error", long_words))
    fourth.script(steps.answer(sse.Text("an answer of a model")))
    async with rig(third, fourth, settings=Settings(privacy_log_bodies=True)) as made:
        await made.ask("s1", system="a secret prompt")

        (line,) = [each for each in caplog.messages if "quite unusual words" in each]
        assert len(line) < 2200
        assert "a secret prompt" not in caplog.text
        assert "an answer of a model" not in caplog.text


async def test_thinking_is_stripped_once_and_only_where_it_can_help() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    refusal = steps.status(
        400,
        "invalid_request_error",
        "messages.1.content.0: Invalid `signature` in `thinking` block",
    )
    history = [
        {"role": "user", "content": "hi"},
        {
            "role": "assistant",
            "content": [
                {"type": "thinking", "thinking": "hm", "signature": "abc"},
                {"type": "text", "text": "hello"},
            ],
        },
        {"role": "user", "content": "go on"},
    ]
    first.script(refusal, steps.answer(), refusal)

    async with rig(first, second) as made:
        helped = await made.ask("s1", messages=history)
        refused = await made.ask("s2")

        assert helped.status_code == 200
        assert b'"thinking"' not in first.messages[1].body
        assert refused.status_code == 400
        assert len(first.messages) == 3
        assert not second.messages


async def test_413_of_the_api_is_the_clients() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(413, "request_too_large", "Request exceeds the maximum size"))

    async with rig(first, second) as made:
        response = await made.ask()

        assert response.status_code == 413
        assert response.json()["error"]["message"] == "Request exceeds the maximum size"
        assert not second.messages
        assert made.view("A").failures == 0


@pytest.mark.parametrize(
    ("step", "status", "kind"),
    [
        (steps.status(500, "api_error", "Internal"), 502, "api_error"),
        (steps.html(502), 502, None),
        (steps.status(529, "overloaded_error", "Overloaded"), 529, "overloaded_error"),
        (steps.status(402, "billing_error", "credit balance is too low"), 402, "billing_error"),
        (steps.status(404, "not_found_error", f"model: {sse.MODEL}"), 404, "not_found_error"),
        (steps.status(401, "authentication_error", "invalid x-api-key"), 403, "permission_error"),
        (steps.status(403, "permission_error", "no"), 403, "permission_error"),
        (steps.redirect(), 502, "api_error"),
        (steps.html(200), 502, "api_error"),
        (steps.events(), 502, "api_error"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
async def test_when_the_only_endpoint_fails_the_client_can_read_why(
    step: Step, status: int, kind: str | None
) -> None:
    only = ScriptedUpstream("A")
    only.script(step)

    async with rig(only) as made:
        response = await made.ask()

        assert response.status_code == status
        if kind is not None:
            body = json.loads(response.content)
            assert (body["type"], body["error"]["type"]) == ("error", kind)
        assert response.status_code != 401
