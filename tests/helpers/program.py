"""The program as a process."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from typing_extensions import override

from qcc_desktop.app.cli import main

_DEADLINE_S = 60.0
COMMAND = (sys.executable, "-W", "error", "-m", "qcc_desktop")


class Commands:
    """Runs commands of the program in one home; `__call__` is how."""

    home: Path

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment that a process of this home gets."""
        return os.environ

    def __call__(
        self, *args: str, stdin: str = "", environ: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        raise NotImplementedError  # `Cli` starts a process, `InProcess` calls the program

    def ok(self, *args: str, stdin: str = "") -> str:
        """Run one command that must succeed and be silent on stderr; return its stdout."""
        done = self(*args, stdin=stdin)
        assert (done.returncode, done.stderr) == (0, ""), done
        return done.stdout

    def json(self, *args: str, stdin: str = "") -> Any:
        """Run one command that must succeed; return the JSON it printed."""
        return json.loads(self.ok(*args, stdin=stdin))


class InProcess(Commands):
    """Runs commands in this process: forty times as fast, the same `main`."""

    def __init__(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.home = home
        self._capsys = capsys
        self._monkeypatch = monkeypatch

    @override
    def __call__(
        self, *args: str, stdin: str = "", environ: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO(stdin))
            for name, value in (environ or {}).items():
                patch.setenv(name, value)
            code = main(args)
        captured = self._capsys.readouterr()
        return subprocess.CompletedProcess(args, code, captured.out, captured.err)


class Cli(Commands):
    """Runs commands as processes, in one home."""

    def __init__(self, home: Path, environ: Mapping[str, str] | None = None) -> None:
        self.home = home
        self._environ = {**os.environ, "QCC_DESKTOP_HOME": str(home), **(environ or {})}

    @property
    @override
    def environ(self) -> Mapping[str, str]:
        return self._environ

    @override
    def __call__(
        self, *args: str, stdin: str = "", environ: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *args],
            input=stdin,
            env={**self.environ, **(environ or {})},
            capture_output=True,
            encoding="utf-8",
            timeout=_DEADLINE_S,
            check=False,
        )


class Serve:
    """A running ``serve``; the block begins when it listens and ends with SIGTERM."""

    def __init__(self, cli: Commands, *args: str) -> None:
        self._cli = cli
        self._args = args or ("--port", "0")
        self.said = ""
        self.stderr = ""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [*COMMAND, "serve", *self._args],
            env=self._cli.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        if "serves at" not in self.said:
            self.process.kill()
            raise AssertionError(f"serve did not start: {self.said}{self.process.communicate()}")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.wait()

    def wait(self) -> int:
        """Wait until it has ended; return its exit code and keep what it wrote to stderr."""
        try:
            _, stderr = self.process.communicate(timeout=_DEADLINE_S)
            self.stderr += stderr
        except ValueError:  # it was waited for before
            pass
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        return self.process.returncode
