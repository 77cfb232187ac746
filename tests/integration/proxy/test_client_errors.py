"""What is the client's own fault goes back verbatim, at once, and blames nobody."""

import json

import pytest

from qcc_desktop.core.health import Health
from tests.helpers import steps
from tests.helpers.engine import Rig, rig
from tests.helpers.upstream import ScriptedUpstream

TOO_LONG = "prompt is too long: 210000 tokens > 200000 maximum"


def assert_nobody_blamed(made: Rig) -> None:
    for view in made.engine.snapshot().endpoints:
        assert (view.health, view.breaker, view.consecutive_failures) == (
            Health.HEALTHY,
            "closed",
            0,
        )


@pytest.mark.parametrize(
    "message", [TOO_LONG, "messages.0.content: Field required"], ids=["too long", "invalid"]
)
async def test_a_clients_400_is_verbatim_and_asks_nobody_else(message: str) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(400, "invalid_request_error", message, {"x-vendor": "kept"}))

    async with rig(first, second) as made:
        responses = [await made.ask() for _ in range(5)]

        error = {"type": "invalid_request_error", "message": message}
        for response in responses:
            assert response.status_code == 400
            assert response.json() == {"type": "error", "error": error}
            assert response.headers["request-id"] == "req_scripted"
            assert response.headers["x-vendor"] == "kept"
        assert second.requests == []
        assert_nobody_blamed(made)


@pytest.mark.parametrize("code", [200, 500])
async def test_context_overflow_arrives_as_400_whatever_the_relay_said(code: int) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    body = {"error": {"type": "new_api_error", "message": TOO_LONG}}
    first.script(
        steps.respond(code, json.dumps(body).encode(), [(b"content-type", b"application/json")])
    )

    async with rig(first, second) as made:
        response = await made.ask()

        assert response.status_code == 400
        assert TOO_LONG in response.text
        assert second.requests == []
        assert_nobody_blamed(made)


async def test_a_refused_key_never_looks_like_a_login_problem() -> None:
    only = ScriptedUpstream("Relay")
    only.script(steps.status(401, "authentication_error", "invalid x-api-key"))

    async with rig(only) as made:
        response = await made.ask()

        assert response.status_code == 403
        assert response.json()["error"]["type"] == "permission_error"
        assert "Relay" in response.json()["error"]["message"]
        assert response.headers["x-should-retry"] == "false"


async def test_when_all_are_down_the_error_names_them_and_the_soonest_retry() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(429, "rate_limit_error", "slow down", {"retry-after": "17"}))
    second.script(steps.status(503, "api_error", "No available accounts"))

    async with rig(first, second) as made:
        response = await made.ask()

        assert response.status_code == 429
        assert response.json()["type"] == "error"
        assert 1 <= int(response.headers["retry-after"]) <= 17


async def test_no_endpoint_at_all_says_what_to_do() -> None:
    async with rig() as made:
        response = await made.ask()

        assert response.status_code == 503
        assert "Add or enable one" in response.json()["error"]["message"]
