"""The tray program as a person has it: its own process, a window manager, a tray, a session bus."""

import asyncio
import contextlib
import io
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self
from unittest import mock

from qcc_desktop.app.cli import main as command_line
from tests.bench.candidates import ROOT, TOKEN
from tests.bench.client import BenchError
from tests.helpers.screen import Screen
from tests.helpers.sni_watcher import SniItem, SniWatcher

_TITLE = "QCC Desktop"
_STOP_S = 20.0
_WINDOW_S = 30.0


def furnish(home: Path, endpoints: int, upstream_port: int) -> Mapping[str, str]:
    """Prepare a home with this many endpoints; return the variables that lead a program there.

    Modules are kept compiled, as an installed program has them, whatever the surroundings say.
    """
    home.mkdir()
    variables = {
        "HOME": str(home),
        "QCC_DESKTOP_HOME": str(home / "qcc-desktop"),
        "QCC_DESKTOP_TOKEN": TOKEN,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(home.parent / "bytecode"),
    }
    url = f"http://127.0.0.1:{upstream_port}"
    with mock.patch.dict(os.environ, variables):
        _command("config", "set", "server.port", "0")
        for number in range(1, endpoints + 1):
            named = ("--name", f"Endpoint {number}", "--base-url", f"{url}/{number}")
            _command("endpoint", "add", *named, "--priority", str(number), "--api-key", "k")
    return variables


def _command(*words: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = command_line(words)
    if code != 0:
        raise BenchError(f"qcc-desktop {' '.join(words)}: {said.getvalue()}")


class WindowWatch:
    """Tells when the window manager has a window of a program on the screen."""

    def __init__(self, screen: Screen) -> None:
        self._environment = {**os.environ, **screen.variables}

    async def __aenter__(self) -> Self:
        self._spy = await asyncio.create_subprocess_exec(
            *("xprop", "-root", "-spy", "_NET_CLIENT_LIST"),
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await self._next()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._spy.terminate()
        await self._spy.wait()

    async def appeared(self) -> float:
        """Wait for a window and return when it came, by `time.perf_counter`."""
        while "0x" not in await self._next():
            pass
        return time.perf_counter()

    async def _next(self) -> str:
        assert self._spy.stdout is not None
        async with asyncio.timeout(_WINDOW_S):
            return (await self._spy.stdout.readline()).decode()


class DeskProgram:
    """``qcc-desktop`` from its start to its end; `started_s` is the moment before the first."""

    def __init__(self, environment: Mapping[str, str], *arguments: str) -> None:
        self._environment = {**os.environ, **environment}
        self._arguments = arguments

    @property
    def pid(self) -> int:
        """The process of the program."""
        return self._process.pid

    async def __aenter__(self) -> Self:
        self.started_s = time.perf_counter()
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "qcc_desktop", *self._arguments),
            cwd=ROOT,
            env=self._environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_STOP_S):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


class Hands:
    """Somebody at the screen: clicks the tray icon, presses keys in the window."""

    def __init__(self, screen: Screen, panel: SniWatcher) -> None:
        self._screen = screen
        self._panel = panel

    async def icon(self) -> SniItem:
        """Wait for the next icon in the panel."""
        return await self._panel.item()

    async def open_window(self, item: SniItem) -> None:
        """Click the icon and wait for the window to have the keyboard."""
        await item.activate()
        await self._screen.xdotool("search", "--sync", "--onlyvisible", "--name", f"^{_TITLE}")
        window = await self._screen.xdotool("search", "--onlyvisible", "--name", f"^{_TITLE}")
        await self._screen.xdotool("windowactivate", "--sync", window.split()[-1])

    async def press(self, key: str) -> None:
        """Press a key."""
        await self._screen.xdotool("key", key)
