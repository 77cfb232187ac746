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

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._environment = {**os.environ, **variables}
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.helpers.message_program"),
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
        await panel.item()
        assert await program.line() == "ready"

        program.tell(REFUSED)
        message = await desktop.message()
        desktop.click(message)

        assert message.program == "QCC Desktop"
        assert message.title == "Relay 中 refused the key"
        assert message.body == "DeepSeek answers instead. Enter a new key to use it again."
        assert message.lasting_ms == 5000
        width, height, *_, pixels = message.hints["image_data"]
        assert (width, height) == (64, 64)
        assert any(pixels), "our own icon comes along"
        assert await program.line() == "go endpoints ep-a"
        assert desktop.waiting == 0
