"""The running program without its front end, in this process."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from qcc_desktop.app import selftest
from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.control import Answer, ask
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.app.single_instance import AlreadyRunningError
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import EndpointRecovered, Event
from qcc_desktop.core.health import Health, Light
from qcc_desktop.services.endpoints import EndpointDraft, draft_of
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.runtime_file import find_running
from tests.helpers import sse, steps
from tests.helpers.engine import BODY
from tests.helpers.upstream import Request, ScriptedUpstream, Step

Start = Callable[..., Awaitable[Program]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Starts programs of one home and stops them at the end."""
    started: list[Program] = []

    async def begin(*, port: int | None = 0, always_on: bool = False) -> Program:
        container = build_container(paths_below(tmp_path), simulated=True)
        program = Program(container, port=port, always_on=always_on)
        started.append(program)
        await program.start()
        return program

    yield begin
    for program in reversed(started):
        await program.stop(drain_s=0)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


async def _ask(container: Container, verb: str) -> Answer:
    info = await asyncio.to_thread(find_running, container.paths.runtime_file)
    assert info is not None
    return await ask(info, verb)


async def test_garbage_is_collected_once_it_has_started(start: Start) -> None:
    gc.disable()  # as the command line does
    try:
        await start()

        assert gc.isenabled()
    finally:
        gc.enable()


async def test_it_is_found_and_answers_while_it_runs_and_not_after(start: Start) -> None:
    program = await start()
    container = program.container

    status = (await _ask(container, "status"))["status"]
    assert status["port"] == container.engine.port

    await program.stop()
    await program.stop()
    assert find_running(container.paths.runtime_file) is None
    assert not container.engine.is_running


async def test_a_second_one_of_the_same_home_does_not_start(start: Start) -> None:
    first = await start()

    with pytest.raises(AlreadyRunningError, match=f"port {first.container.engine.port}"):
        await start()

    port = first.container.engine.port
    assert (await _ask(first.container, "status"))["status"]["port"] == port


@pytest.mark.logs("The proxy cannot start")
async def test_serving_on_a_taken_port_fails_and_leaves_nothing_behind(
    start: Start, taken: int
) -> None:
    with pytest.raises(UserFacingError):
        await start(port=taken, always_on=True)

    program = await start()
    assert program.container.engine.is_running


@pytest.mark.logs("The proxy cannot start")
async def test_the_tray_runs_on_with_a_red_light_and_can_be_switched_on_later(
    start: Start, taken: int
) -> None:
    program = await start(port=taken)
    container = program.container

    broken = (await _ask(container, "status"))["status"]
    container.proxy_control.ask_for(host="127.0.0.1", port=0)
    answer = await _ask(container, "toggle")
    well = await asyncio.to_thread(find_running, container.paths.runtime_file)

    assert (broken["light"], broken["port"]) == ("red", None)
    assert str(taken) in broken["cause"]
    assert answer == {"on": True}
    assert well is not None
    assert well.port == container.engine.port


async def test_switched_off_it_still_answers_but_names_no_port(start: Start) -> None:
    container = (await start()).container

    assert await _ask(container, "toggle") == {"on": False}

    info = await asyncio.to_thread(find_running, container.paths.runtime_file)
    assert info is not None
    assert info.port is None
    assert container.state.fresh().light is Light.GREY


async def test_the_switch_is_as_it_was_left_unless_serving(start: Start) -> None:
    first = await start()
    await first.container.proxy_control.turn_off()
    await first.stop()

    tray = await start()
    assert not tray.container.engine.is_running
    await tray.stop()

    serving = await start(always_on=True)
    assert serving.container.engine.is_running


async def test_a_reload_takes_what_another_process_wrote(start: Start, tmp_path: Path) -> None:
    container = (await start()).container
    other = build_container(paths_below(tmp_path), simulated=True)
    endpoint = Endpoint(id="ep-1", name="A", base_url="http://127.0.0.1:9")
    await other.configuration.update(lambda _: Config(endpoints=(endpoint,)))

    await _ask(container, "reload")

    assert [view.endpoint for view in container.engine.snapshot().endpoints] == [endpoint]


async def _quarantined(container: Container, upstream: ScriptedUpstream) -> str:
    """Add an endpoint and let it refuse a request for want of money; return its id."""
    draft = EndpointDraft(name="A", base_url=upstream.base_url, key="sk-key-of-this-test")
    endpoint = await container.endpoints.add(draft)
    upstream.script(steps.status(402, "billing_error", "credit balance is too low"))
    headers = {"Authorization": f"Bearer {container.token.value}"}
    async with httpx.AsyncClient(headers=headers, trust_env=False) as client:
        await client.post(f"http://127.0.0.1:{container.engine.port}/v1/messages", json=BODY)
    assert _health(container) is Health.QUARANTINED
    return endpoint.id


def _health(container: Container) -> Health:
    return container.engine.snapshot().endpoints[0].health


def _repeating() -> Step:
    def answer(request: Request) -> Step:
        code = str(request.json["messages"][-1]["content"]).rpartition(": ")[2]
        if "tools" in request.json:
            return steps.answer(sse.ToolUse("report_code", {"code": code}))
        return steps.answer(sse.Text(code))

    return steps.by_request(answer)


@pytest.mark.parametrize("way", ["window", "editor", "command line"])
async def test_a_good_test_brings_an_endpoint_back_that_needed_the_person(
    start: Start, way: str
) -> None:
    container = (await start()).container
    recovered = asyncio.Event()

    def hear(event: Event) -> None:
        if isinstance(event, EndpointRecovered):
            recovered.set()

    container.bus.subscribe(hear)
    async with ScriptedUpstream("A") as upstream:
        endpoint_id = await _quarantined(container, upstream)
        upstream.script(_repeating())

        if way == "window":
            assert (await container.endpoints.test(endpoint_id)).ok
        elif way == "editor":
            unchanged = draft_of(container.endpoints.find("A"))
            assert (await container.endpoints.test_draft(unchanged, endpoint_id)).ok
        else:
            info = await asyncio.to_thread(find_running, container.paths.runtime_file)
            assert info is not None
            await ask(info, "try_now", endpoint_id=endpoint_id)
        async with asyncio.timeout(10):
            await recovered.wait()

        assert _health(container) is Health.HEALTHY


async def test_saving_another_key_ends_the_quarantine_at_once(start: Start) -> None:
    container = (await start()).container
    async with ScriptedUpstream("A") as upstream:
        endpoint_id = await _quarantined(container, upstream)

        edited = replace(draft_of(container.endpoints.find("A")), key="sk-another-key")
        await container.endpoints.edit(endpoint_id, edited)

        assert _health(container) is Health.HEALTHY


async def test_without_a_window_the_wish_to_see_it_is_refused_and_with_one_granted(
    start: Start,
) -> None:
    program = await start()
    with pytest.raises(UserFacingError, match="no window"):
        await _ask(program.container, "show_window")

    shown: list[bool] = []
    program.on_show_window(lambda: shown.append(True))
    await _ask(program.container, "show_window")

    assert shown == [True]


async def test_the_verb_stop_ends_the_run(start: Start) -> None:
    program = await start()

    await _ask(program.container, "stop")
    async with asyncio.timeout(10):
        await program.run_until_stopped()

    assert program.stop_requested
    assert not program.container.engine.is_running


@pytest.mark.logs("Stopping the stuck part took longer", "Stopping the broken part failed")
async def test_a_part_that_hangs_or_fails_does_not_keep_the_others_from_stopping(
    start: Start,
) -> None:
    program = await start()

    async def hang() -> None:
        await asyncio.Event().wait()

    async def fail() -> None:
        raise RuntimeError("broken")

    program._undo += [("stuck part", 0.01, hang), ("broken part", 1.0, fail)]

    await program.stop()

    assert not program.container.engine.is_running
    assert not program.container.paths.runtime_file.exists()


@pytest.mark.logs("The configuration was broken")
async def test_what_could_not_be_read_is_in_the_log(start: Start, tmp_path: Path) -> None:
    config = paths_below(tmp_path).config_file
    config.parent.mkdir()
    config.write_text("{")

    await start()


def test_the_self_test_runs_checks_of_front_ends_and_fails_with_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def well(program: Program) -> str:
        return f"{len(program.container.configuration.current.endpoints)} endpoint"

    async def ill(program: Program) -> str:
        raise UserFacingError("The icon cannot be painted.")

    assert selftest.run((well,), with_window=False) == 0
    assert "1 endpoint" in capsys.readouterr().out
    assert selftest.run((ill,), with_window=False) == 1
    captured = capsys.readouterr()
    assert "The icon cannot be painted." in captured.err
    assert "failed" in captured.out
