"""What the light says of endpoints that failed, and what it takes for them to be well again."""

import asyncio
from dataclasses import replace

from qcc_desktop.core.events import EndpointProbed
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import ProbeKind, Settings
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, rig
from tests.helpers.upstream import ScriptedUpstream

OVERLOADED = steps.status(529, "overloaded_error", "Overloaded")
REFUSED = steps.status(401, "authentication_error", "invalid x-api-key")
WELL = steps.answer(sse.Text("hello"))
CHEAP = Settings(upstream_probe=ProbeKind.MODELS)


def light_of(made: Rig) -> tuple[Light, CauseKind]:
    snapshot = made.engine.snapshot()
    return snapshot.light, snapshot.cause.kind


async def test_it_is_red_when_a_request_failed_everywhere_until_one_endpoint_answers() -> None:
    beta, alpha = ScriptedUpstream("beta"), ScriptedUpstream("alpha")
    beta.script(REFUSED)
    alpha.script(OVERLOADED)

    async with rig(beta, alpha, settings=CHEAP) as made:
        refused = await made.ask()
        snapshot = made.engine.snapshot()
        alpha.script(WELL)
        await made.ask()
        after = light_of(made)

    assert refused.status_code == 529
    assert snapshot.light is Light.RED
    assert snapshot.cause == Cause(
        CauseKind.ALL_DOWN, "", "beta", "The endpoint refused the key (401)."
    )
    assert snapshot.active_endpoint == ""
    assert after == (Light.AMBER, CauseKind.FAILOVER)


async def test_it_is_no_longer_red_while_the_first_answer_still_runs() -> None:
    only = ScriptedUpstream("only")
    only.script(OVERLOADED)
    gate = asyncio.Event()
    frames = sse.stream(sse.Text("hello"))

    async with rig(only, settings=CHEAP) as made:
        await made.ask()
        failed = light_of(made)
        only.script(steps.paced(frames, {len(frames) - 1: gate}))
        async with made.client.stream("POST", "/v1/messages", json=BODY) as answer:
            pieces = answer.aiter_raw()
            await anext(pieces)
            meanwhile = light_of(made)
            gate.set()
            async for _ in pieces:
                pass

    assert failed == (Light.RED, CauseKind.ALL_DOWN)
    assert meanwhile == (Light.GREEN, CauseKind.READY)


async def test_a_model_that_nobody_offers_is_no_outage() -> None:
    only = ScriptedUpstream("only")
    only.script(steps.status(404, "not_found_error", "model: claude-9 not found"))

    async with rig(only, settings=CHEAP) as made:
        refused = await made.ask()
        light = light_of(made)[0]

    assert refused.status_code == 404
    assert light is not Light.RED


async def test_an_overloaded_endpoint_is_well_only_after_it_answered_a_check() -> None:
    alpha, beta = ScriptedUpstream("alpha"), ScriptedUpstream("beta")
    alpha.script(OVERLOADED)
    beta.script(WELL)
    gate = asyncio.Event()
    alpha.on("/v1/models", steps.after(gate, steps.respond(200, b'{"data":[]}', [])))

    async with rig(alpha, beta, settings=CHEAP) as made:
        await made.ask()
        failed = light_of(made)
        made.leap(15.0)
        await alpha.requested(2)
        meanwhile = light_of(made)
        gate.set()
        await made.heard(EndpointProbed)
        health = made.view("alpha").health

    assert failed == meanwhile == (Light.AMBER, CauseKind.RECOVERING)
    assert health is Health.HEALTHY


async def test_the_record_does_not_say_of_one_that_was_asked_that_it_was_not() -> None:
    beta, alpha = ScriptedUpstream("beta"), ScriptedUpstream("alpha")
    beta.script(REFUSED)
    alpha.script(WELL, OVERLOADED)

    async with rig(beta, alpha, settings=CHEAP) as made:
        await made.ask()
        await made.ask("s2")
        attempts = made.engine.snapshot().requests[0].attempts

    assert len(beta.messages) == 2, "it was the last resort"
    assert [(each.endpoint, each.outcome) for each in attempts] == [
        ("alpha", "transient"),
        ("alpha", "transient"),
        ("beta", "auth"),
    ]


async def test_an_overload_counts_half_and_the_count_says_so() -> None:
    only = ScriptedUpstream("only")
    only.script(OVERLOADED)

    async with rig(only, settings=replace(CHEAP, breaker_failure_threshold=1)) as made:
        seen = []
        for _ in range(2):
            await made.ask()
            seen.append((made.view("only").breaker, made.view("only").consecutive_failures))

    assert seen == [("closed", 0.5), ("open", 1.0)]
