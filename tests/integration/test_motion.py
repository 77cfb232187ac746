"""Asking a real session bus, a silent one, and none, whether things shall move."""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest
import pytest_asyncio
from dbus_next.aio.message_bus import MessageBus
from dbus_next.message import Message
from dbus_next.signature import Variant

from qcc_desktop.system import motion

_DAEMON = shutil.which("dbus-daemon") or ""

pytestmark = pytest.mark.skipif(sys.platform != "linux" or not _DAEMON, reason="needs dbus-daemon")

_KEY = ("org.gnome.desktop.interface", "enable-animations")


@pytest.fixture(autouse=True)
def no_gsettings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """This computer's own settings must not answer."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest_asyncio.fixture
async def bus(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    daemon = await asyncio.create_subprocess_exec(
        _DAEMON,
        "--session",
        "--nofork",
        "--print-address",
        stdout=asyncio.subprocess.PIPE,
    )
    assert daemon.stdout is not None
    address = (await daemon.stdout.readline()).decode().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    await daemon.wait()


async def hang_up(bus: MessageBus) -> None:
    bus.disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
    with contextlib.suppress(EOFError):
        await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
    bus._stream.close()  # dbus-next 0.2.3 leaves its socket open
    bus._sock.close()


class Portal:
    """Answers for one switch on the session bus."""

    def __init__(self, value: bool | None) -> None:
        self._value = value

    async def serve(self, address: str) -> MessageBus:
        bus = await MessageBus(address).connect()
        bus.add_message_handler(self._answer)
        await bus.request_name("org.freedesktop.portal.Desktop")
        return bus

    def _answer(self, message: Message) -> Message | bool:
        if message.member != "Read":
            return False
        if tuple(message.body) == _KEY and self._value is not None:
            return Message.new_method_return(
                message, "v", [Variant("v", Variant("b", self._value))]
            )
        return Message.new_error(message, "org.freedesktop.portal.Error.NotFound", "unknown")


@pytest.mark.parametrize(("value", "wanted"), [(False, True), (True, False), (None, False)])
async def test_the_settings_portal_is_asked(bus: str, value: bool | None, wanted: bool) -> None:
    portal = await Portal(value).serve(bus)
    assert await motion.prefers_less_motion() is wanted
    await hang_up(portal)


async def test_a_portal_that_does_not_answer_is_not_waited_for(
    bus: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motion, "_ANSWER_S", 0.1)
    silent = await MessageBus(bus).connect()
    await silent.request_name("org.freedesktop.portal.Desktop")
    silent.add_message_handler(lambda message: message.member == "Read")
    began = monotonic()

    assert await motion.prefers_less_motion() is False

    assert monotonic() - began < 5
    await hang_up(silent)


async def test_without_a_bus_things_move(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    assert await motion.prefers_less_motion() is False


async def test_gsettings_answers_where_no_portal_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/at/all")
    program = tmp_path / "gsettings"
    program.write_text('#!/bin/sh\n[ "$3" = enable-animations ] && echo false\n')
    program.chmod(0o755)
    assert await motion.prefers_less_motion() is True
