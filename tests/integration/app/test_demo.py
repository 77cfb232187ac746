"""The demo as the command runs it: the real program, real sockets, a simulated world."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiohttp import web
from typing_extensions import override

from qcc_desktop.app.demo import director, performance
from qcc_desktop.app.demo.director import Director
from qcc_desktop.app.demo.script import AURORA, BIRCH, CAST, CEDAR, Beat
from qcc_desktop.app.demo.session import Gate, Line, SimulatedSession, Turn
from qcc_desktop.app.demo.stage import UNWATCHED, Stage
from qcc_desktop.app.demo.tally import Act
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.app.simulation import RETRY_AFTER_S, Mood
from qcc_desktop.core.events import AttemptFailed, Event
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.runtime.tasks import spawn

ALL_DOWN = (
    Beat("All is well", turns=3),
    Beat("Nobody listens", dict.fromkeys(CAST, Mood.REFUSED), AURORA, turns=3),
)


class Silent:
    """A narrator who keeps what it would tell."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.mended: list[str] = []
        self.ended_acts: list[Act] = []

    def began(self, number: int, beat: Beat) -> None:
        self.begun.append(f"{number} {beat.title}")

    def mending(self, beat: Beat) -> None:
        self.mended.append(beat.title)

    def ended(self, number: int, act: Act) -> None:
        self.ended_acts.append(act)


@asynccontextmanager
async def stage_in(directory: Path) -> AsyncIterator[Stage]:
    """A stage with its program running."""
    stage = Stage(directory, UNWATCHED)
    program = Program(stage.container, port=0, always_on=True)
    await stage.set_up()
    try:
        await program.start()
        yield stage
    finally:
        await program.stop(drain_s=5)
        await stage.strike()


async def test_the_story_really_happens_and_every_request_is_answered(tmp_path: Path) -> None:
    narrator = Silent()
    async with stage_in(tmp_path) as stage:
        director = Director(stage, narrator)
        async with asyncio.timeout(60):
            await director.play(once=True)
        snapshot = stage.container.engine.snapshot()

        assert director.is_well, director.acts
        acts = {act.title: act for act in director.acts}
        assert acts["All is well"].answered == ((AURORA, acts["All is well"].requests),)
        assert {name for name, _, _ in acts["Birch hangs as well"].failed} == {BIRCH}
        assert [name for name, _ in acts["Birch hangs as well"].answered] == [CEDAR]
        assert acts["Birch hangs as well"].added_s >= 1.0
        assert acts["Cedar cuts answers"].cut >= 1
        assert acts["All is well again"].answered == ((AURORA, acts["All is well again"].requests),)
        assert [act.light for act in director.acts] == ["green", *["amber"] * 5, "green"]
        assert snapshot.totals.failovers >= 4
        assert len(snapshot.sessions) == len(stage.sessions)
        assert all(stage.cast[name].asked for name in CAST)
        assert stage.cast[AURORA].checked
        assert narrator.mended == [beat.title for beat in director.story if beat.mends]
        assert len(narrator.ended_acts) == len(narrator.begun) == 7


async def test_what_was_seen_covers_all_rounds_and_agrees_with_the_proxys_own_count(
    tmp_path: Path,
) -> None:
    class Counting(Silent):
        @override
        def ended(self, number: int, act: Act) -> None:
            super().ended(number, act)
            if len(self.ended_acts) == 3:
                playing.cancel()

    narrator = Counting()
    async with stage_in(tmp_path) as stage:
        story = (Beat("All is well", turns=3),)
        director = Director(stage, narrator, story=story)
        playing = spawn(director.play(once=False), name="the demo")
        async with asyncio.timeout(20):
            await asyncio.wait([playing])
        endpoints = stage.container.state.fresh().endpoints

    (seen,) = director.seen
    assert seen.requests == sum(act.requests for act in narrator.ended_acts)
    assert seen.requests == sum(view.requests for view in endpoints)
    assert director.is_well


async def test_a_rate_limited_endpoint_is_left_alone_for_as_long_as_it_asked(
    tmp_path: Path,
) -> None:
    limited = Beat("Limits", {AURORA: Mood.RATE_LIMITED}, AURORA, mends=(AURORA,))
    async with stage_in(tmp_path) as stage:
        director = Director(stage, Silent(), story=(limited,))
        began_s = time.monotonic()
        async with asyncio.timeout(30):
            await director.play(once=True)

        assert time.monotonic() - began_s >= RETRY_AFTER_S
        assert stage.cast[AURORA].asked <= 3
        assert director.is_well


def test_a_story_in_which_every_endpoint_is_down_fails(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    code = performance.run(once=True, headless=True, story=ALL_DOWN)

    assert code == 1
    assert "requests failed." in capsys.readouterr().out


def test_a_part_that_does_not_happen_ends_at_its_deadline_and_fails_the_story(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    monkeypatch.setattr(director, "BEAT_S", 0.5)
    never = Beat("Cedar is blamed, though nobody asks it", {CEDAR: Mood.OVERLOADED}, CEDAR)

    code = performance.run(once=True, headless=True, story=(never,))

    assert code == 1
    assert "It was not over after 0.5 s." in capsys.readouterr().out


def test_the_demo_leaves_no_file_behind_and_touches_no_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path, qcc_home: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    code = performance.run(once=True, headless=True, story=(Beat("All is well", turns=3),))

    assert code == 0
    assert not list(scratch.iterdir())
    assert not list(home.rglob("*"))


@pytest.mark.logs("Task the demo's story failed")
def test_a_mistake_in_the_story_is_raised_rather_than_swallowed(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def fail(self: Director, beat: Beat) -> Act:
        raise ZeroDivisionError(beat.title)

    monkeypatch.setattr(Director, "_play_beat", fail)

    with pytest.raises(ZeroDivisionError):
        performance.run(once=True, headless=True, story=(Beat("Broken"),))


async def test_the_program_stops_at_once_in_the_middle_of_a_part(tmp_path: Path) -> None:
    stage = Stage(tmp_path, UNWATCHED)
    began_to_fail = asyncio.Event()

    def listen(event: Event) -> None:
        if isinstance(event, AttemptFailed):
            began_to_fail.set()

    stage.container.bus.subscribe(listen)
    hangs = Beat("All hang", dict.fromkeys(CAST, Mood.HANGING), "nobody")
    playing = performance.Performance(Director(stage, Silent(), story=(hangs,)), once=True)
    await stage.set_up()
    try:
        await playing.start()
        playing.begin()
        await began_to_fail.wait()

        playing.request_stop()
        playing.request_stop()
        async with asyncio.timeout(3):
            await playing.run_until_stopped()
    finally:
        await stage.strike()

    assert playing.fault is None
    assert not stage.container.engine.is_running


@asynccontextmanager
async def session_at(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> AsyncIterator[SimulatedSession]:
    """A session that asks a server of ours in place of the proxy."""
    app = web.Application()
    app.router.add_post("/v1/messages", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    environment = {
        "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{runner.addresses[0][1]}",
        "ANTHROPIC_AUTH_TOKEN": "the-token",
    }
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        line = Line(client, SystemClock(), lambda: environment)
        yield SimulatedSession("tests", line, on_turn=lambda turn: None, pause_s=0)
    await runner.cleanup()


def sse_of(*events: Mapping[str, Any]) -> bytes:
    return b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events)


WORD = {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "word"}}
STOP = {"type": "message_stop"}


async def test_a_session_marks_its_requests_as_claude_code_does_and_keeps_its_history() -> None:
    seen: list[tuple[str, str, dict[str, Any]]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        headers = request.headers
        seen.append(
            (headers["authorization"], headers["X-Claude-Code-Session-Id"], await request.json())
        )
        return web.Response(body=sse_of(WORD, STOP), headers={"x-qcc-endpoint": "B"})

    async with session_at(answer) as session:
        first = await session.ask("one")
        await session.ask("two")

    assert (first.endpoint, first.sends, first.error) == ("B", 1, "")
    assert {authorization for authorization, _, _ in seen} == {"Bearer the-token"}
    assert seen[0][1] == seen[1][1]
    assert json.loads(seen[0][2]["metadata"]["user_id"])["session_id"] == seen[0][1]
    assert [message["content"] for message in seen[1][2]["messages"]] == ["one", "word", "two"]


async def test_a_session_forgets_the_oldest_of_a_long_conversation() -> None:
    lengths: list[int] = []
    roles: set[str] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        messages = (await request.json())["messages"]
        lengths.append(len(messages))
        roles.add(messages[0]["role"])
        return web.Response(body=sse_of(WORD, STOP))

    async with session_at(answer) as session:
        for number in range(15):
            await session.ask(f"question {number}")

    assert max(lengths) == 21
    assert roles == {"user"}


async def test_a_session_sends_again_when_its_answer_is_cut() -> None:
    asked = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(sse_of(WORD))
        if asked == 1:
            assert request.transport is not None
            request.transport.close()
        else:
            await response.write(sse_of(STOP))
        return response

    async with session_at(answer) as session:
        turn = await session.ask("why?")

    assert (turn.sends, turn.error) == (2, "")
    assert turn.waited_s >= 0.5
    assert session.said == "word"


async def test_a_session_reports_an_error_at_once_and_does_not_ask_again() -> None:
    asked = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        return web.json_response({"error": {"message": "All are down."}}, status=503)

    async with session_at(answer) as session:
        turn = await session.ask("why?")

    assert (turn.error, turn.sends, asked) == ("503: All are down.", 1, 1)


async def test_a_session_says_so_when_the_proxy_is_off_and_asks_again_where_it_is_then(
    tmp_path: Path,
) -> None:
    turns: list[Turn] = []
    async with stage_in(tmp_path) as stage:
        stage.let_in(turns.append)
        session = stage.sessions[0]
        control = stage.container.proxy_control

        await control.turn_off()
        off = await session.ask("why?")
        await control.turn_on()
        on = await session.ask("why?")

    assert off.error == "The proxy is off."
    assert (on.error, on.endpoint) == ("", AURORA)


async def test_the_gate_holds_sessions_until_all_have_come_and_lets_them_go_together() -> None:
    gate = Gate(2)
    log: list[str] = []

    async def visit(name: str) -> None:
        for _ in range(2):
            async with gate.turn():
                log.append(name)
                await asyncio.sleep(0)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(visit("a"))
        tasks.create_task(visit("b"))
        await gate.close()
        held = list(log)
        gate.open()

    assert held == []
    assert log[:2] == ["a", "b"]
