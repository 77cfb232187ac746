"""Messages through a real session bus, to a service that keeps to the specification."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from dbus_next.aio.message_bus import MessageBus
from dbus_next.message import Message

from qcc_desktop.system.notifications.linux import FreedesktopMessages
from qcc_desktop.system.notifications.message import DesktopMessage
from tests.helpers.notification_daemon import NotificationDaemon
from tests.helpers.sni_watcher import SniWatcher

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a notification service of Linux")


class Clicks:
    """Collects what is told of clicks."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    def __call__(self, key: str, token: str) -> None:
        self._told.put_nowait((key, token))

    async def next(self) -> tuple[str, str]:
        async with asyncio.timeout(10):
            return await self._told.get()

    @property
    def waiting(self) -> int:
        return self._told.qsize()


def note(title: str, key: str = "a") -> DesktopMessage:
    return DesktopMessage(title, "body <1>", key, action_label="Show")


@pytest_asyncio.fixture
async def bus() -> AsyncIterator[dict[str, str]]:
    async with SniWatcher() as panel:
        yield dict(panel.variables)


@pytest_asyncio.fixture
async def messages(bus: dict[str, str]) -> AsyncIterator[FreedesktopMessages]:
    made = FreedesktopMessages(bus["DBUS_SESSION_BUS_ADDRESS"])
    yield made
    await made.close()


@pytest.mark.parametrize("key", ["default", "open"])
async def test_a_click_on_a_message_or_its_button_is_told_with_its_token(
    bus: dict[str, str], messages: FreedesktopMessages, key: str
) -> None:
    clicks = Clicks()
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        assert await messages.show(note("first", "a"))
        assert await messages.show(note("second", "b"))
        first, second = await desktop.message(), await desktop.message()
        assert (first.title, first.body) == ("first", "body &lt;1&gt;")

        desktop.click(first, key)
        desktop.click(second, key, token="of the click")

        assert await clicks.next() == ("a", "")
        assert await clicks.next() == ("b", "of the click")


async def test_nothing_is_told_of_other_programs_messages_nor_of_what_is_no_click(
    bus: dict[str, str], messages: FreedesktopMessages
) -> None:
    clicks = Clicks()
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        await messages.show(note("ours"))
        ours = await desktop.message()
        desktop.signal("ActionInvoked", "us", ours.id + 7, "default")
        desktop.signal("ActionInvoked", "us", ours.id, "another key")
        desktop.signal("NotificationClosed", "uu", ours.id + 7, 1)
        desktop.signal("ActionInvoked", "s", "odd")
        desktop.click(ours, token="last")

        assert await clicks.next() == ("a", "last")
        assert not clicks.waiting


async def test_a_message_takes_the_place_of_the_former_with_its_key_only(
    bus: dict[str, str], messages: FreedesktopMessages
) -> None:
    clicks = Clicks()
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        for title, key in (("1", "a"), ("2", "b"), ("3", "a")):
            await messages.show(note(title, key))
        first, second, third = [await desktop.message() for _ in range(3)]
        assert (first.replaces, second.replaces, third.replaces) == (0, 0, first.id)

        desktop.click(third)
        await clicks.next()
        desktop.signal("ActivationToken", "us", second.id, "passes after the closing")
        desktop.click(second)
        await clicks.next()
        await messages.show(note("4", "a"))

        assert (await desktop.message()).replaces == 0, "a message that is gone is not replaced"


async def test_of_many_at_once_the_last_of_each_key_is_shown_and_they_are_one_message(
    bus: dict[str, str], messages: FreedesktopMessages
) -> None:
    async with NotificationDaemon(bus) as desktop:
        shows = [messages.show(note(str(each), f"key {each % 2}")) for each in range(40)]
        assert all(await asyncio.gather(*shows))

        arrived = [await desktop.message() for _ in range(desktop.waiting)]
        assert [message.title for message in arrived[-2:]] == ["38", "39"]
        assert len({message.id for message in arrived}) == 2


async def test_a_service_that_starts_anew_is_given_no_old_numbers_and_its_clicks_count(
    bus: dict[str, str], messages: FreedesktopMessages
) -> None:
    clicks = Clicks()
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        await messages.show(note("before"))
        await desktop.message()
    assert not await messages.show(note("nobody there"))

    async with NotificationDaemon(bus, capabilities=("body",)) as desktop:
        assert await messages.show(note("after"))
        message = await desktop.message()

        assert message.replaces == 0
        assert message.body == "body <1>", "what the new service can do is asked anew"
        assert message.actions == ("default", "Show")
        desktop.click(message)
        assert await clicks.next() == ("a", "")


async def test_without_a_service_or_a_bus_it_says_so(bus: dict[str, str], tmp_path: Path) -> None:
    nobody = FreedesktopMessages(bus["DBUS_SESSION_BUS_ADDRESS"])
    no_bus = FreedesktopMessages(f"unix:path={tmp_path}/none")
    odd = FreedesktopMessages("tcp:host=localhost,port=1")
    nonsense = FreedesktopMessages("nonsense")

    assert [await each.show(note("x")) for each in (nobody, no_bus, odd, nonsense)] == [False] * 4
    for each in (nobody, no_bus, odd, nonsense):
        await each.close()


async def test_a_service_that_hangs_is_not_waited_for_and_a_late_answer_counts(
    bus: dict[str, str],
) -> None:
    clicks = Clicks()
    messages = FreedesktopMessages(bus["DBUS_SESSION_BUS_ADDRESS"], patience_s=0.2)
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        await messages.show(note("before", "other"))
        await desktop.message()
        desktop.is_silent = True
        assert await messages.show(note("late"))

        desktop.wake()
        desktop.click(await desktop.message())

        assert await clicks.next() == ("a", "")
        await messages.close()


async def test_a_bus_that_hangs_is_not_waited_for_and_leaves_nothing_open(tmp_path: Path) -> None:
    callers: list[asyncio.StreamWriter] = []

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        callers.append(writer)
        await reader.read()
        writer.close()

    server = await asyncio.start_unix_server(hang, tmp_path / "bus")
    async with server:
        messages = FreedesktopMessages(f"unix:path={tmp_path}/bus", patience_s=0.1)
        assert await messages.show(note("x"))
        assert await messages.show(note("y"))
        await messages.close()
        async with asyncio.timeout(10):
            for caller in callers:
                await caller.wait_closed()
    assert len(callers) == 2


async def test_after_the_bus_ended_the_next_message_tries_anew() -> None:
    async with SniWatcher() as panel, NotificationDaemon(panel.variables) as desktop:
        messages = FreedesktopMessages(panel.variables["DBUS_SESSION_BUS_ADDRESS"])
        assert await messages.show(note("x"))
        assert (await desktop.message()).replaces == 0

    assert not await messages.show(note("y"))
    assert not await messages.show(note("z"))
    await messages.close()


async def test_closing_takes_back_what_is_still_shown(bus: dict[str, str]) -> None:
    messages = FreedesktopMessages(bus["DBUS_SESSION_BUS_ADDRESS"])
    async with NotificationDaemon(bus) as desktop:
        await messages.show(note("x"))
        message = await desktop.message()

        await messages.close()

        assert await desktop.withdrawn() == message.id


async def test_a_click_told_by_anyone_but_the_service_does_not_count(
    bus: dict[str, str], messages: FreedesktopMessages
) -> None:
    clicks = Clicks()
    messages.subscribe(clicks)
    async with NotificationDaemon(bus) as desktop:
        await messages.show(note("x"))
        message = await desktop.message()
        stranger = await MessageBus(bus_address=bus["DBUS_SESSION_BUS_ADDRESS"]).connect()
        forged = Message.new_signal(
            *("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked"),
            *("us", [message.id, "default"]),
        )
        forged.destination = message.sender
        stranger.send(forged)
        bus_itself = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
        await stranger.call(Message(*bus_itself, "GetId"))  # the signal is on its way then
        stranger.disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
        with contextlib.suppress(EOFError):
            await stranger.wait_for_disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
        stranger._stream.close()  # dbus-next 0.2.3 leaves its socket open
        stranger._sock.close()

        desktop.click(message, token="of the service")

        assert await clicks.next() == ("a", "of the service")
        assert not clicks.waiting
