"""What is shown of sessions, and what a person can do with them, through a real engine."""

from dataclasses import replace

from qcc_desktop.core.events import RequestFinished
from qcc_desktop.core.settings import ModelMode, Settings
from qcc_desktop.core.snapshot import SessionView
from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, endpoint_of, rig
from tests.helpers.upstream import ScriptedUpstream

ENVIRONMENT = "# Environment\n - Primary working directory: /home/me/shop\n - Platform: linux"


def two() -> tuple[ScriptedUpstream, ScriptedUpstream]:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    for upstream in (first, second):
        upstream.script(*[steps.answer(sse.Text("hi"))] * 8)
    return first, second


async def shown(made: Rig) -> SessionView:
    await made.engine.idle()
    (session,) = made.engine.snapshot().sessions
    return session


async def answered_by(made: Rig) -> str:
    return (await made.ask("talk")).headers["x-qcc-endpoint"]


async def test_a_pinned_session_goes_to_its_endpoint_and_others_do_not() -> None:
    async with rig(*two()) as made:
        before = await answered_by(made)
        made.engine.pin_session("talk", "B")

        after = await answered_by(made)

        assert (before, after) == ("A", "B")
        assert (await shown(made)).pin_id == "B"
        assert (await made.ask("other")).headers["x-qcc-endpoint"] == "A"


async def test_a_pinned_session_is_answered_by_others_while_its_endpoint_fails() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(*[steps.answer(sse.Text("hi"))] * 3)
    second.script(
        steps.status(529, "overloaded_error", "Overloaded"), steps.answer(sse.Text("again"))
    )

    async with rig(first, second) as made:
        await answered_by(made)
        made.engine.pin_session("talk", "B")
        during = await answered_by(made)
        session = await shown(made)
        after = await answered_by(made)

        assert (during, session.endpoint_id, session.pin_id) == ("A", "A", "B")
        assert after in {"A", "B"}  # whether B is out by now is not what is tested


async def test_a_pin_that_is_taken_back_leaves_the_session_where_it_is() -> None:
    async with rig(*two()) as made:
        await answered_by(made)
        made.engine.pin_session("talk", "B")
        await answered_by(made)

        made.engine.pin_session("talk", None)

        assert await answered_by(made) == "B"
        assert (await shown(made)).pin_id == ""


async def test_a_moved_session_goes_there_even_after_a_long_rest() -> None:
    async with rig(*two()) as made:
        await answered_by(made)
        made.engine.move_session("talk", "B")
        moved = await shown(made)
        made.leap(3600)

        assert await answered_by(made) == "B"
        assert (moved.endpoint_id, moved.home_id, moved.pin_id) == ("B", "B", "")


async def test_a_released_session_is_routed_anew() -> None:
    async with rig(*two()) as made:
        await answered_by(made)
        made.engine.move_session("talk", "B")
        made.engine.release_session("talk")
        free = await shown(made)

        assert await answered_by(made) == "A"
        assert (free.endpoint_id, free.home_id, free.turns) == ("", "", 1)


async def test_subagents_are_told_apart_and_counted_with_their_session() -> None:
    async with rig(*two()) as made:
        await made.ask("talk")
        for agent in ("explorer", "writer", "explorer"):
            await made.client.post(
                "/v1/messages",
                json={**BODY, "model": "claude-haiku-4-5"},
                headers={
                    "X-Claude-Code-Session-Id": "talk",
                    "X-Claude-Code-Agent-Id": agent,
                    "X-Claude-Code-Parent-Agent-Id": "main",
                },
            )

        session = await shown(made)
        assert (session.turns, session.agents, session.in_flight) == (4, 2, 0)
        assert (session.model, session.usage.output_tokens) == (sse.MODEL, 60)
        assert [
            (agent.id, agent.turns, agent.usage.output_tokens) for agent in session.subagents
        ] == [
            ("explorer", 2, 30),
            ("writer", 1, 15),
        ]
        assert {agent.model for agent in session.subagents} == {"claude-haiku-4-5"}
        requests = made.engine.snapshot().requests
        assert [request.agent for request in requests] == ["explorer", "writer", "explorer", ""]


async def test_the_folder_of_a_session_is_known_from_its_first_request_that_tells_it() -> None:
    async with rig(*two()) as made:
        await made.ask("talk")
        silent = (await shown(made)).folder
        await made.ask("talk", system=ENVIRONMENT)
        await made.ask("talk")

        assert (silent, (await shown(made)).folder) == ("", "/home/me/shop")
        folders = [request.folder for request in made.engine.snapshot().requests]
        assert folders == ["/home/me/shop", "/home/me/shop", ""]


async def test_a_finished_request_is_told_whole() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.status(529, "overloaded_error", "Overloaded"))
    second.script(steps.answer(sse.Text("hi")))

    async with rig(first, second) as made:
        await made.ask("talk")
        told = (await made.heard(RequestFinished)).request

        assert told == made.engine.snapshot().requests[0]
        assert (told.endpoint_id, told.outcome, told.sent_model) == ("B", "ok", sse.MODEL)
        assert [(each.endpoint_id, each.outcome, each.status) for each in told.attempts] == [
            ("A", "transient", 529),
            ("B", "ok", 200),
        ]


async def test_an_attempt_that_no_status_came_from_has_none_and_one_that_broke_off_has_its() -> (
    None
):
    first, second, third = (ScriptedUpstream(name) for name in "ABC")
    first.script(steps.refuse())
    second.script(steps.ping_then())
    third.script(steps.answer(sse.Text("hi")))

    async with rig(first, second, third) as made:
        await made.ask("talk")

        (request,) = made.engine.snapshot().requests
        assert [(each.endpoint, each.status) for each in request.attempts][-2:] == [
            ("B", 200),
            ("C", 200),
        ]
        assert request.attempts[0].status is None


async def test_what_an_endpoint_was_asked_for_is_what_its_map_says() -> None:
    only = ScriptedUpstream("A")
    only.script(steps.answer(sse.Text("hi")))

    async with rig(only, settings=Settings(models_mode=ModelMode.MAP)) as made:
        mapped = replace(endpoint_of(only), model_map=(("*", "deepseek-flash"),))
        made.apply(replace(made.config, endpoints=(mapped,)))
        await made.ask("talk")

        told = (await made.heard(RequestFinished)).request
        assert (told.model, told.sent_model) == (sse.MODEL, "deepseek-flash")


async def test_an_endpoint_draws_its_last_latencies() -> None:
    async with rig(*two()) as made:
        for _ in range(3):
            await made.ask("talk")
        await made.engine.idle()

        trace_ms = made.view("A").trace_ms
        assert len(trace_ms) == 3
        assert all(0 < latency_ms < 10_000 for latency_ms in trace_ms)
        assert made.view("B").trace_ms == ()
