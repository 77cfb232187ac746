"""The tray program as a process on a `Screen`, in a home of its own, driven by its own commands."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

TOKEN = "qcc-end-to-end-token"
ROOT = Path(__file__).parents[2]
_START_S = 60.0
_COMMAND_S = 60.0
_STOP_S = 60.0


class TrayProgram:
    """``python -m qcc_desktop --hidden`` on a free port; the block begins when it listens.

    ``variables`` are added to its environment: those of the screen.
    """

    def __init__(self, home: Path, variables: Mapping[str, str]) -> None:
        self.home = home
        self.base_url = ""
        self._output = home / "program-output.txt"
        self._process: asyncio.subprocess.Process | None = None
        self._client: httpx.AsyncClient | None = None
        self.environment = {
            **os.environ,
            "HOME": str(home),
            "QCC_DESKTOP_HOME": str(home / "qcc-desktop"),
            "QCC_DESKTOP_TOKEN": TOKEN,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            **variables,
        }

    async def command(self, *arguments: str, variables: Mapping[str, str] | None = None) -> str:
        """Run a command of the program beside it and return its output; failing fails the test.

        ``variables`` come on top of the program's own environment.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "qcc_desktop", *arguments),
            cwd=ROOT,
            env={**self.environment, **(variables or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        async with asyncio.timeout(_COMMAND_S):
            output, errors = await process.communicate()
        said = output.decode() + errors.decode()
        assert process.returncode == 0, f"qcc-desktop {' '.join(arguments)}: {said}"
        return output.decode()

    async def add_endpoint(self, name: str, base_url: str, priority: int) -> None:
        """Add an endpoint by the command line; the running program takes it at once."""
        options = ("--name", name, "--base-url", base_url, "--priority", str(priority))
        await self.command("endpoint", "add", *options, "--api-key", key_of(name))

    async def remove_endpoint(self, name: str) -> None:
        """Remove an endpoint by the command line."""
        await self.command("endpoint", "remove", name)

    async def page(self, name: str) -> Any:
        """Return one of the program's status pages."""
        assert self._client is not None
        response = await self._client.get(f"{self.base_url}/__qcc__/{name}")
        return response.raise_for_status().json()

    async def endpoint(self, name: str) -> Any:
        """Return what the status page says of one endpoint."""
        endpoints = (await self.page("status"))["endpoints"]
        return next(each for each in endpoints if each["name"] == name)

    def log(self) -> str:
        """Return the log and whatever the program printed."""
        files = sorted((self.home / "qcc-desktop" / "logs").glob("*.log*"))
        return "".join(file.read_text(encoding="utf-8") for file in [*files, self._output])

    def complaints(self) -> list[str]:
        """Return the lines of the log that tell of a fault of the program's own, or hold a key."""
        signs = (" ERROR ", " CRITICAL ", "Traceback", "never awaited", "key-of-", TOKEN)
        return [line for line in self.log().splitlines() if any(sign in line for sign in signs)]

    @property
    def pid(self) -> int:
        """The process of the program."""
        assert self._process is not None
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.returncode is None

    async def __aenter__(self) -> Self:
        await self.command("config", "set", "server.port", "0")
        with self._output.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "qcc_desktop", "--hidden"),
                cwd=ROOT,
                env=self.environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {TOKEN}"}, trust_env=False, timeout=30
        )
        try:
            async with asyncio.timeout(_START_S):
                self.base_url = f"http://127.0.0.1:{await self._port()}"
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        code = await self.stop()
        if error is None:
            assert code == 0, f"the program ended with {code}: {self.log()}"

    async def stop(self) -> int:
        """Ask it to stop, as the end of a session does; return its exit code."""
        if self._client is not None:
            await self._client.aclose()
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(_STOP_S):
                return await self._process.wait()
        except TimeoutError:
            self._process.kill()
            raise

    async def _port(self) -> int:
        """Wait for the runtime file, which is written when the proxy listens."""
        file = self.home / "qcc-desktop" / "data" / "runtime.json"
        while True:
            assert self.is_running, f"the program ended: {self.log()}"
            with contextlib.suppress(FileNotFoundError, ValueError):
                if port := json.loads(file.read_bytes())["port"]:
                    return int(port)
            await asyncio.sleep(0.05)


def key_of(name: str) -> str:
    """Return the key an endpoint of that name gets."""
    return f"key-of-{name}"
