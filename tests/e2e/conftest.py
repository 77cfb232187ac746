"""Starts the tray program on a screen of its own once a run, and prints the table at its end."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import dev_tools
from tests.e2e.claude import Stage
from tests.helpers import claude_matrix
from tests.helpers.claude_code import ClaudeCode
from tests.helpers.screen import Screen, missing_programs
from tests.helpers.tray_program import ROOT, TrayProgram
from tests.helpers.upstream import ScriptedUpstream

VERSIONS = ("newest", dev_tools.OLD_CLAUDE)
_IMPATIENCE = {"routing.first_byte_timeout": "1", "routing.stream_idle_timeout": "1"}
"""Hangs are scripted here, so that waiting for them the usual minutes would prove nothing."""


@pytest.fixture(params=VERSIONS)
def claude(request: pytest.FixtureRequest) -> ClaudeCode:
    """The real Claude Code, installed if need be."""
    version = dev_tools.newest_claude() if request.param == "newest" else request.param
    return ClaudeCode(version, dev_tools.claude(version))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def screen() -> AsyncIterator[Screen]:
    """A real window system with a tray."""
    if sys.platform != "linux":
        pytest.skip("the tray program is driven under Xvfb, which only Linux has")
    assert not missing_programs(), f"install {missing_programs()}: see installers/dev_system.py"
    async with Screen() as made:
        yield made


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tray(
    screen: Screen, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[TrayProgram]:
    """The tray program; its log must tell of no fault of its own at the end."""
    home = tmp_path_factory.mktemp("tray-home")
    program = TrayProgram(home, screen.variables)
    for key, value in _IMPATIENCE.items():
        await program.command("config", "set", key, value)
    async with program:
        yield program
        assert program.is_running, program.log()
    assert program.complaints() == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage(tray: TrayProgram) -> AsyncIterator[Stage]:
    """The tray program with endpoint B, which is well."""
    async with ScriptedUpstream("B") as second:
        await tray.add_endpoint("B", second.base_url, priority=2)
        yield Stage(tray, second)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the table of all cases and keeps it below `build/`."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    cases = [
        case
        for report in reports
        if getattr(report, "when", "") == "call"
        for case in claude_matrix.cases_of(report.user_properties)
    ]
    if cases:
        terminalreporter.section("Claude Code through the tray program")
        terminalreporter.line(claude_matrix.write(cases, Path(ROOT) / "build"))
