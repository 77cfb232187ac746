"""Claude Code, the program and its endpoints, put together for one end-to-end case."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.helpers import steps
from tests.helpers.claude_code import ClaudeCode, ClaudeRun
from tests.helpers.claude_matrix import Case
from tests.helpers.tap import TappedAnswer, WireTap
from tests.helpers.tray_program import TOKEN, TrayProgram
from tests.helpers.upstream import ScriptedUpstream

COMMAND = "echo finished > marker.txt"
FINAL = "The task is done."
_HEALTHY_RUNS = 6
"""The first one only warms the caches of the system up."""


@dataclass(frozen=True)
class Attempt:
    """One endpoint asked once, as the program itself tells it."""

    endpoint: str
    outcome: str


@dataclass(frozen=True)
class TaskRun:
    """One task given to Claude Code, and what went over the wire meanwhile."""

    claude: ClaudeRun
    marker: str | None
    answers: list[TappedAnswer]
    attempts: list[Attempt]

    @property
    def finished(self) -> bool:
        """Whether the task was done and nothing else than the final answer was to be seen."""
        seen = (self.claude.exit_code, self.claude.output.strip(), self.claude.errors.strip())
        return self.marker == "finished" and seen == (0, FINAL, "")

    @property
    def wire_s(self) -> float:
        """From Claude Code's first request to the last byte it got: without its start-up."""
        first = min(answer.asked_s for answer in self.answers)
        return max(answer.last_s for answer in self.answers) - first

    def asked(self, endpoint: str) -> int:
        """Return how often the program asked an endpoint."""
        asked = (attempt for attempt in self.attempts if attempt.outcome != "skipped")
        return sum(attempt.endpoint == endpoint for attempt in asked)

    @property
    def verdict(self) -> str:
        """What the program made of the first attempt that failed, else of the first one."""
        failed = (each.outcome for each in self.attempts if each.outcome != "ok")
        return next(failed, self.attempts[0].outcome)

    def case(self, table: str, failure: str, version: str, healthy_s: float) -> Case:
        """Return what the table says of this run."""
        return Case(
            table=table,
            failure=failure,
            version=version,
            finished=self.finished,
            a_asked=self.asked("A"),
            own_requests=len(self.answers),
            seconds_over_healthy=round(self.wire_s - healthy_s, 3),
            judged=self.verdict,
            remark="" if self.finished else str(self.claude),
        )

    @property
    def cut_silently(self) -> list[TappedAnswer]:
        """Answers that looked whole to the client and were not."""
        return [answer for answer in self.answers if answer.pretends_to_be_whole]


@dataclass
class Stage:
    """The running program with endpoint B, which is well; A comes and goes with each case."""

    program: TrayProgram
    second: ScriptedUpstream
    healthy_s: dict[str, float] = field(default_factory=dict)

    @asynccontextmanager
    async def first(self, base_url: str) -> AsyncIterator[None]:
        """Put endpoint A before B while the program runs, and take it away at the end."""
        await self.program.add_endpoint("A", base_url, priority=1)
        try:
            yield
        finally:
            await self.program.remove_endpoint("A")

    async def work(self, claude: ClaudeCode, home: Path, prompt: str = "Do the task.") -> TaskRun:
        """Let Claude Code do the task in an empty home."""
        before = {request["id"] for request in await self._requests()}
        async with WireTap(self.program.base_url) as tap:
            run = await claude.ask(prompt, home, tap.base_url, TOKEN)
        marker = home / "work" / "marker.txt"
        found = marker.read_text(encoding="utf-8").strip() if marker.exists() else None
        attempts = [
            Attempt(attempt["endpoint"], attempt["outcome"])
            for request in reversed(await self._requests())
            if request["id"] not in before
            for attempt in request["attempts"]
        ]
        return TaskRun(run, found, tap.inferences, attempts)

    async def healthy_run_s(self, claude: ClaudeCode, home: Path) -> float:
        """Return how long the task takes on the wire when nothing fails; measured once a version."""
        if claude.version not in self.healthy_s:
            runs = []
            for number in range(_HEALTHY_RUNS):
                self.second.script(steps.tool_loop(COMMAND, FINAL))
                run = await self.work(claude, home / f"healthy-{number}")
                assert run.finished, f"nothing failed, and yet: {run.claude}"
                runs.append(run.wire_s)
            self.healthy_s[claude.version] = median(runs[1:])
        return self.healthy_s[claude.version]

    async def _requests(self) -> list[Any]:
        return list((await self.program.page("requests"))["requests"])
