"""The real program's tray icon, read from real tray hosts: D-Bus and XEmbed."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from PySide6.QtGui import QImage

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.ui.theme.palette import Role, Tone
from qcc_desktop.ui.tray.icon import draw
from qcc_desktop.ui.tray.look import IconLook, look_of
from tests.helpers import sse, steps
from tests.helpers.notification_daemon import NotificationDaemon
from tests.helpers.screen import Screen
from tests.helpers.sni_watcher import SniItem, SniWatcher
from tests.helpers.tray_host import STATE_ROLES, TrayHost, difference, image_of, state_pixels
from tests.helpers.tray_program import TrayProgram
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(sys.platform != "linux", reason="tray hosts of Linux"),
]
_WAIT_S = 20.0
_EMPTY = look_of(Light.GREY, CauseKind.NO_ENDPOINTS)
_LOOKS = {
    Role.GREEN: look_of(Light.GREEN, CauseKind.READY),
    Role.AMBER: look_of(Light.AMBER, CauseKind.FAILOVER),
    Role.RED: look_of(Light.RED, CauseKind.ALL_DOWN),
    Role.GREY: look_of(Light.GREY, CauseKind.OFF),
}


async def until(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    """Ask again and again until it holds; the panel has no event for most of it."""
    try:
        async with asyncio.timeout(_WAIT_S):
            while not await holds():  # noqa: ASYNC110 - another process, no event to wait for
                await asyncio.sleep(0.05)
    except TimeoutError:
        pytest.fail(f"waited {_WAIT_S:g} s in vain: {what}")


def shown_state(image: QImage) -> Role | None:
    """Return whose colour most of the icon's coloured pixels have."""
    counted = state_pixels(image)
    return max(STATE_ROLES, key=lambda role: counted[role]) if counted else None


class Stand:
    """The program, its icon and its messages on the bus, and what it is asked."""

    def __init__(self, program: TrayProgram, item: SniItem, desktop: NotificationDaemon) -> None:
        self.program = program
        self.item = item
        self.desktop = desktop

    async def icon(self, size_px: int = 22) -> QImage:
        icons = {pixmap.width: image_of(pixmap) for pixmap in await self.item.icons()}
        return icons[size_px]

    async def shows(self, role: Role, look: IconLook | None = None) -> None:
        """Wait until every size is, pixel by pixel, the drawing of that state."""

        async def all_drawn() -> bool:
            pixmaps = await self.item.icons()
            drawn = [draw(look or _LOOKS[role], Tone.LIGHT, pixmap.width) for pixmap in pixmaps]
            return bool(pixmaps) and all(
                difference(image_of(pixmap), picture) <= 2
                for pixmap, picture in zip(pixmaps, drawn, strict=True)
            )

        await until(all_drawn, f"the icon shows {role}; tooltip: {await self.item.tooltip()}")
        assert shown_state(await self.icon()) is role

    async def ask(self) -> int:
        body = {
            "model": "claude-haiku-4-5",
            "max_tokens": 8,
            "messages": [{"role": "user", "content": "hi"}],
        }
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            answer = await client.post(
                f"{self.program.base_url}/v1/messages",
                json=body,
                headers={
                    "Authorization": f"Bearer {self.program.environment['QCC_DESKTOP_TOKEN']}"
                },
            )
        return answer.status_code


@pytest_asyncio.fixture(loop_scope="session")
async def stand(screen: Screen, tmp_path: Path) -> AsyncIterator[Stand]:
    """The program with its icon on a D-Bus panel, and no endpoint yet."""
    async with SniWatcher() as panel, NotificationDaemon(panel.variables) as desktop:
        variables = {**screen.variables, **panel.variables}
        async with TrayProgram(tmp_path, variables) as program:
            yield Stand(program, await panel.item(), desktop)
        assert program.complaints() == []


async def test_the_icon_tells_each_of_the_four_lights_by_its_pixels(stand: Stand) -> None:
    program, item = stand.program, stand.item
    async with ScriptedUpstream("A") as first, ScriptedUpstream("B") as second:
        await stand.shows(Role.GREY, _EMPTY)
        assert "No endpoint yet" in await item.tooltip()

        await program.add_endpoint("A", first.base_url, priority=1)
        await program.add_endpoint("B", second.base_url, priority=2)
        await stand.shows(Role.GREEN)
        assert "Ready" in await item.tooltip()

        first.script(steps.refuse())
        second.script(steps.json_message(sse.Text("hello")))
        assert await stand.ask() == 200
        await stand.shows(Role.AMBER)
        assert "B answers because A is out" in await item.tooltip()

        second.script(steps.refuse())
        assert await stand.ask() >= 500
        await stand.shows(Role.RED)
        assert "No endpoint can answer" in await item.tooltip()

        await item.choose((await item.menu()).find("Proxy on"))
        await stand.shows(Role.GREY)
        assert "QCC Desktop: Off" in await item.tooltip()


async def test_the_menu_switches_an_endpoint_and_the_proxy_while_it_is_open(stand: Stand) -> None:
    async with ScriptedUpstream("A") as upstream:
        await stand.program.add_endpoint("A&Co", upstream.base_url, priority=1)
        await stand.shows(Role.GREEN)
        entry = (await stand.item.menu()).find("  A&Co")
        assert entry.is_checked

        await stand.item.choose(entry)

        async def is_off() -> bool:
            return (await stand.item.menu()).find("  A&Co").is_checked is False

        await until(is_off, "the endpoint is unticked")
        assert not (await stand.program.endpoint("A&Co"))["enabled"]
        await stand.item.activate_secondary()
        await stand.shows(Role.GREY)
        await stand.item.activate_secondary()
        await stand.shows(Role.RED)


async def test_a_left_click_opens_the_window_and_another_one_closes_it(
    stand: Stand, screen: Screen, tmp_path: Path
) -> None:
    host = TrayHost(screen, tmp_path)

    async def is_open() -> bool:
        return "QCC Desktop" in await host.window_names()

    async def is_closed() -> bool:
        return not await is_open()

    assert await is_closed()
    await stand.item.activate()
    await until(is_open, "the window opens")
    await stand.item.activate()
    await until(is_closed, "the window closes")


async def test_a_second_start_shows_the_window_of_the_first(
    stand: Stand, screen: Screen, tmp_path: Path
) -> None:
    host = TrayHost(screen, tmp_path)
    assert "QCC Desktop" not in await host.window_names()

    await stand.program.command()

    async def is_open() -> bool:
        return "QCC Desktop" in await host.window_names()

    await until(is_open, "the window opens")


async def test_a_click_on_the_message_of_a_failing_endpoint_opens_the_window_at_it(
    stand: Stand, screen: Screen, tmp_path: Path
) -> None:
    program, host = stand.program, TrayHost(screen, tmp_path)
    async with ScriptedUpstream("A") as first, ScriptedUpstream("B") as second:
        await program.add_endpoint("A", first.base_url, priority=1)
        await program.add_endpoint("B", second.base_url, priority=2)
        await stand.shows(Role.GREEN)
        prefer = (await stand.item.menu()).find("Prefer one endpoint")
        await stand.item.choose(prefer.find("B"))
        first.script(steps.json_message(sse.Text("hello")))
        second.script(steps.refuse())
        assert await stand.ask() == 200

        message = await stand.desktop.message()
        assert message.title == "A answers instead of B"
        assert "QCC Desktop" not in await host.window_names()
        stand.desktop.click(message)

        async def is_in_front() -> bool:
            return await host.active_window_name() == "QCC Desktop"

        async def is_off() -> bool:
            return not (await program.endpoint("B"))["enabled"]

        await until(is_in_front, "the window opens in front")
        await screen.xdotool("key", "space")
        await until(is_off, "the space bar switches the endpoint that the message is about")
        assert (await program.endpoint("A"))["enabled"]


async def test_quit_in_the_menu_ends_the_program(stand: Stand) -> None:
    await stand.item.choose((await stand.item.menu()).find("Quit"))

    async def has_ended() -> bool:
        return not stand.program.is_running

    await until(has_ended, "the program ends")


@pytest.mark.usefixtures("screen")
async def test_an_xembed_tray_shows_the_light_and_takes_clicks(tmp_path: Path) -> None:
    async with (
        # One of its own: on the shared screen another test's program may have its icon too.
        Screen() as lonely,
        ScriptedUpstream("A") as upstream,
        TrayProgram(tmp_path, lonely.variables) as program,
    ):
        host = TrayHost(lonely, tmp_path)

        async def is_green() -> bool:
            return shown_state(await host.icon()) is Role.GREEN

        async def is_grey() -> bool:
            return shown_state(await host.icon()) is Role.GREY

        await until(is_grey, "trayer shows grey before there is an endpoint")
        await program.add_endpoint("A", upstream.base_url, priority=1)
        await until(is_green, "trayer shows green")
        await host.click(2)
        await until(is_grey, "trayer shows grey after a middle click")
        assert program.is_running
