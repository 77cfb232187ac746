"""The channel between processes of one user."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from qcc_desktop.app.control import Answer, ControlChannel, ask
from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.storage.runtime_file import RuntimeInfo

TOKEN = "control-token-of-this-test"


async def _echo() -> Answer:
    return {"said": "hello"}


async def _about(endpoint_id: str) -> Answer:
    return {"about": endpoint_id}


async def _refuse() -> Answer:
    raise UserFacingError("It cannot.", "Do that.")


async def _break() -> Answer:
    raise RuntimeError("secret inside")


@pytest.fixture
async def info() -> AsyncIterator[RuntimeInfo]:
    verbs = {"echo": _echo, "refuse": _refuse, "break": _break}
    channel = ControlChannel(TOKEN, verbs, {"about": _about})
    port = await channel.start()
    yield RuntimeInfo(
        pid=1,
        port=None,
        host="127.0.0.1",
        version="0",
        started_at="",
        control_port=port,
        control_token=TOKEN,
        token="t",
    )
    await channel.stop()


async def _say(info: RuntimeInfo, *lines: bytes) -> list[Answer]:
    """Send raw lines on one connection and return every answer until it is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", info.control_port)
    writer.write(b"".join(lines))
    writer.write_eof()
    async with asyncio.timeout(5):
        answers = (await reader.read()).splitlines()
    await _close(writer)
    return [json.loads(answer) for answer in answers]


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _line(verb: object, token: object = TOKEN) -> bytes:
    return json.dumps({"token": token, "verb": verb}).encode() + b"\n"


async def test_a_verb_is_answered(info: RuntimeInfo) -> None:
    assert await ask(info, "echo") == {"said": "hello"}


async def test_a_refusal_arrives_as_the_same_sentence(info: RuntimeInfo) -> None:
    with pytest.raises(UserFacingError, match=r"It cannot\. Do that\."):
        await ask(info, "refuse")


async def test_an_unknown_verb_names_the_known_ones(info: RuntimeInfo) -> None:
    with pytest.raises(UserFacingError, match="'dance', only about, break, echo, refuse"):
        await ask(info, "dance")


async def test_a_verb_about_an_endpoint_gets_its_id_and_is_unknown_without(
    info: RuntimeInfo,
) -> None:
    assert await ask(info, "about", endpoint_id="ep-1") == {"about": "ep-1"}
    with pytest.raises(UserFacingError, match="does not know 'about'"):
        await ask(info, "about")


@pytest.mark.logs("The control verb break failed")
async def test_a_verb_that_breaks_is_logged_and_tells_nothing_of_its_inside(
    info: RuntimeInfo,
) -> None:
    with pytest.raises(UserFacingError) as caught:
        await ask(info, "break")

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "wrong", TOKEN + "x", "ü"])
async def test_without_the_token_nothing_is_done_and_the_connection_ends(
    info: RuntimeInfo, token: str
) -> None:
    answers = await _say(info, _line("echo", token), _line("echo"))

    assert answers == [{"ok": False, "error": "The control token is wrong."}]


@pytest.mark.parametrize(
    "line",
    [b"GET / HTTP/1.1\r\n", b"[]\n", b"{}\n", b"\xff\n", b"\n", b"[" * 60_000 + b"\n"],
    ids=lambda line: repr(line[:20]),
)
async def test_what_is_no_request_ends_the_connection(info: RuntimeInfo, line: bytes) -> None:
    answers = await _say(info, line, _line("echo"))

    assert [answer["ok"] for answer in answers] == [False]


async def test_a_line_without_end_is_cut_off(info: RuntimeInfo) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", info.control_port)
    writer.write(b"x" * 300_000)

    async with asyncio.timeout(5):
        try:
            rest = await reader.read()
        except ConnectionResetError:
            rest = b""
    await _close(writer)

    assert rest == b""
    assert await ask(info, "echo") == {"said": "hello"}


async def test_several_verbs_go_over_one_connection(info: RuntimeInfo) -> None:
    assert len(await _say(info, _line("echo"), _line("dance"), _line("echo"))) == 3


async def test_a_program_that_is_gone_is_not_running(info: RuntimeInfo) -> None:
    with pytest.raises(NotRunning):
        await ask(replace(info, control_port=1), "echo")


async def test_a_program_that_does_not_answer_in_time_is_not_running() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        info = RuntimeInfo(1, None, "127.0.0.1", "0", "", silent.getsockname()[1], TOKEN, "t")

        with pytest.raises(NotRunning):
            await ask(info, "echo", timeout_s=0.05)


async def test_stopping_ends_connections_that_are_open() -> None:
    channel = ControlChannel(TOKEN, {})
    reader, writer = await asyncio.open_connection("127.0.0.1", await channel.start())
    writer.write(_line("x"))
    await reader.readline()

    async with asyncio.timeout(5):
        await channel.stop()
        await channel.stop()
        assert await reader.read() == b""
    await _close(writer)


def test_neither_token_shows_in_the_repr_of_the_runtime_information() -> None:
    info = RuntimeInfo(1, None, "127.0.0.1", "0", "", 1, TOKEN, "proxy-token")

    assert TOKEN not in repr(info)
    assert "proxy-token" not in repr(info)
