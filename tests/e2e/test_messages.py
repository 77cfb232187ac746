"""A message on the desktop, taken by a notification service over D-Bus, and a click on it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from types import TracebackType
from typing import Self

import pytest
import pytest_asyncio

from tests.helpers.notification_daemon import NotificationDaemon
from tests.helpers.screen import Screen
from tests.helpers.sni_watcher import SniWatcher

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(sys.platform != "linux", reason="a notification service of Linux"),
]
REFUSED = {
    "kind": "key_refused",
    "endpoint_id": "ep-a",
    "endpoint": "Relay 中",
    "other": "DeepSeek",
}


class MessageProgram:
    """`tests.helpers.message_program` as a process."""

    def __init__(self, variables: Mapping[str, str], *arguments: str) -> None:
        self._arguments = arguments
        self._environment = {**os.environ, **variables}
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.helpers.message_program", *self._arguments),
            env=self._environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.close()
        async with asyncio.timeout(20):
            assert await self._process.wait() == 0

    def tell(self, alert: Mapping[str, str]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(alert).encode() + b"\n")

    async def line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            return (await self._process.stdout.readline()).decode().strip()


@pytest_asyncio.fixture(loop_scope="session")
async def panel(screen: Screen) -> AsyncIterator[SniWatcher]:
    async with SniWatcher() as made:
        yield made


async def test_a_message_arrives_with_its_words_and_a_click_leads_to_the_endpoint(
    screen: Screen, panel: SniWatcher
) -> None:
    variables = {**screen.variables, **panel.variables}
    async with NotificationDaemon(panel.variables) as desktop, MessageProgram(variables) as program:
        item = await panel.item()
        assert await program.line() == "ready"
        tooltip = await item.tooltip()

        program.tell(REFUSED)
        message = await desktop.message()
        desktop.click(message)

        assert await program.line() == "go endpoints ep-a"
        assert message.program == "QCC Desktop"
        assert message.title == "Relay 中 refused the key"
        assert message.body == "DeepSeek answers instead. Enter a new key to use it again."
        assert message.actions == ("open", "Show", "default", "")
        assert message.hints["desktop-entry"] == "qcc-desktop"
        assert message.lasting_ms == 15000
        width, height, *_, pixels = message.hints["image-data"]
        assert len(pixels) == width * height * 4
        assert any(pixels), "our own icon comes along"
        assert desktop.waiting == 0
        assert await item.tooltip() == tooltip, "the tray icon goes on telling the state"


async def test_each_click_leads_to_its_own_place(screen: Screen, panel: SniWatcher) -> None:
    variables = {**screen.variables, **panel.variables}
    async with NotificationDaemon(panel.variables) as desktop, MessageProgram(variables) as program:
        assert await program.line() == "ready"
        program.tell(REFUSED)
        refused = await desktop.message()
        program.tell({"note": "Launched."})
        note = await desktop.message()
        program.tell({**REFUSED, "kind": "recovery"})
        back = await desktop.message()

        desktop.click(note)
        assert await program.line() == "forward"
        desktop.click(back, "open")
        assert await program.line() == "go endpoints ep-a"
        assert back.id == refused.id, "the good news takes the place of the bad"
        assert note.id != refused.id


async def test_with_qts_own_messages_a_click_leads_to_the_place_of_the_last_one(
    screen: Screen, panel: SniWatcher
) -> None:
    variables = {**screen.variables, **panel.variables}
    async with (
        NotificationDaemon(panel.variables) as desktop,
        MessageProgram(variables, "qt") as program,
    ):
        assert await program.line() == "ready"
        for words, place in (({"note": "Launched."}, "forward"), (REFUSED, "go endpoints ep-a")):
            program.tell(REFUSED)
            await desktop.message()
            program.tell(words)
            message = await desktop.message()
            assert message.actions == ()

            # Some services tell of every click, against the specification.
            desktop.signal("ActionInvoked", "us", message.id, "default")

            assert await program.line() == place
