"""The real Claude Code as a process, in an empty home of its own."""

import asyncio
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from typing_extensions import override

_RUN_S = 240.0
_PASSED_ON = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")


@dataclass(frozen=True)
class ClaudeRun:
    """What one ``claude -p`` did."""

    exit_code: int
    output: str
    errors: str
    duration_s: float

    @override
    def __str__(self) -> str:
        return f"exit code {self.exit_code}, said {self.output!r}, complained {self.errors!r}"


@dataclass(frozen=True)
class ClaudeCode:
    """One installed version."""

    version: str
    program: Path

    def environment(self, home: Path, base_url: str, token: str) -> dict[str, str]:
        """Return the variables of a person who starts it by hand; nothing else is inherited."""
        passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return passed_on | {
            "HOME": str(home),
            "ANTHROPIC_BASE_URL": base_url,
            "ANTHROPIC_AUTH_TOKEN": token,
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
            "DISABLE_AUTOUPDATER": "1",
        }

    async def ask(self, prompt: str, home: Path, base_url: str, token: str) -> ClaudeRun:
        """Run ``claude -p`` with Bash allowed in ``home/work`` and wait for its end."""
        work = home / "work"
        work.mkdir(parents=True, exist_ok=True)
        began_s = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            *(self.program, "-p", prompt, "--allowedTools", "Bash"),
            cwd=work,
            env=self.environment(home, base_url, token),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(_RUN_S):
                output, errors = await process.communicate()
        except TimeoutError:
            process.kill()
            raise
        assert process.returncode is not None
        duration_s = time.perf_counter() - began_s
        return ClaudeRun(process.returncode, output.decode(), errors.decode(), duration_s)


def skip_first_questions(home: Path, folder: Path) -> None:
    """Answer what the interactive program asks in an empty home: theme, notes, folder trust."""
    answers = {
        "hasCompletedOnboarding": True,
        "projects": {str(folder): {"hasTrustDialogAccepted": True}},
    }
    (home / ".claude.json").write_text(json.dumps(answers), encoding="utf-8")
