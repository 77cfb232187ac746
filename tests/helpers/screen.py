"""A screen of its own with a window manager and a tray: Xvfb, openbox and trayer.

Programs started with its `variables` show their windows and tray icons there.
"""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

PROGRAMS = ("Xvfb", "openbox", "trayer", "xdotool")
_START_S = 30.0
_TRAYER = ("trayer", "--edge", "bottom", "--align", "right", "--SetDockType", "true")


def missing_programs() -> tuple[str, ...]:
    """Return what a screen needs and this machine lacks."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


class Screen:
    """Xvfb on a free display number, ready for windows and tray icons."""

    def __init__(self, size: str = "1280x800x24") -> None:
        self._size = size
        self._display = ""
        self._processes: list[asyncio.subprocess.Process] = []

    @property
    def variables(self) -> Mapping[str, str]:
        """The variables that lead a program to this screen, Qt's and X11's own."""
        return {"DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb"}

    async def xdotool(self, *arguments: str) -> str:
        """Run xdotool and return what it printed; it fails the test when it fails."""
        process = await self._start("xdotool", *arguments, stdout=asyncio.subprocess.PIPE)
        async with asyncio.timeout(_START_S):
            output, _ = await process.communicate()
        assert process.returncode == 0, f"xdotool {' '.join(arguments)} failed: {output.decode()}"
        return output.decode().strip()

    async def picture(self, file: Path) -> None:
        """Save what is on the screen, for a person to look at."""
        process = await self._start("import", "-window", "root", str(file))
        async with asyncio.timeout(_START_S):
            await process.wait()

    async def __aenter__(self) -> Self:
        try:
            self._display = await self._start_server()
            for command in (("openbox",), _TRAYER):
                self._processes.append(await self._start(*command))
            await self.xdotool("search", "--sync", "--class", "trayer")
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stop()

    async def _start_server(self) -> str:
        """Start Xvfb, which tells its number once it accepts clients."""
        reading, writing = os.pipe()
        command = ("Xvfb", "-displayfd", str(writing), "-screen", "0", self._size)
        try:
            server = await self._start(*command, "-nolisten", "tcp", keep=(writing,))
        finally:
            os.close(writing)
        self._processes.append(server)
        with os.fdopen(reading, "rb") as pipe:
            async with asyncio.timeout(_START_S):
                number = await asyncio.to_thread(pipe.readline)
        assert number, "Xvfb did not start"
        return f":{number.decode().strip()}"

    async def _start(
        self, *command: str, keep: tuple[int, ...] = (), stdout: int = asyncio.subprocess.DEVNULL
    ) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *command,
            env=os.environ | ({"DISPLAY": self._display} if self._display else {}),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stdout,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=keep,
        )

    async def _stop(self) -> None:
        while self._processes:
            process = self._processes.pop()
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
            await process.wait()
