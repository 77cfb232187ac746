"""Claude Code in this terminal, with a program that stands for it."""

import json
import os
import signal
import stat
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qcc_desktop.core.config import FolderChoice
from qcc_desktop.core.errors import InvalidInput, NotRunning, UserFacingError
from qcc_desktop.core.settings import Strategy
from qcc_desktop.services.claude_code import ClaudeCode, Target
from qcc_desktop.system.launcher.command import ClaudeCommand
from qcc_desktop.system.launcher.private_settings import settings_file
from qcc_desktop.system.launcher.ticket import Ticket, take_ticket
from tests.helpers.configured import Configured
from tests.unit.core.fleet_driver import endpoint

TOKEN = "qcc-token-of-this-test"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")

STAND_IN = f"""#!{sys.executable}
import json, os, pathlib, stat, sys
seen = {{"args": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ)}}
if "--settings" in sys.argv:
    file = pathlib.Path(sys.argv[sys.argv.index("--settings") + 1])
    seen["settings"] = json.loads(file.read_text())
    seen["mode"] = stat.S_IMODE(file.stat().st_mode)
pathlib.Path(os.environ["SEEN"]).write_text(json.dumps(seen))
sys.exit(int(os.environ.get("CODE", "0")))
"""


class Desk:
    """A home with a stand-in for Claude Code on its PATH."""

    def __init__(self, directory: Path) -> None:
        self.home = directory / "home"
        self.folder = directory / "my project"
        self.folder.mkdir(parents=True)
        self.home.mkdir()
        program = directory / "bin" / "claude"
        program.parent.mkdir()
        program.write_text(STAND_IN)
        program.chmod(0o755)
        self._seen = directory / "seen.json"
        self.environ = {"PATH": str(program.parent), "SEEN": str(self._seen)}
        self.configured = Configured(directory / "qcc")
        self.target: Target | None = Target("127.0.0.1", 7860, TOKEN)

    @property
    def claude_code(self) -> ClaudeCode:
        return ClaudeCode(
            self.configured.configuration,
            self.configured.paths,
            lambda: self.target,
            environ=self.environ,
            home=self.home,
        )

    def run(self, *args: str) -> tuple[int, list[ClaudeCommand], list[int]]:
        started: list[ClaudeCommand] = []
        failures: list[int] = []
        claude_code = self.claude_code
        code = claude_code.run_here(
            claude_code.plan(self.folder, args),
            on_start=started.append,
            on_early_failure=failures.append,
        )
        return code, started, failures

    @property
    def seen(self) -> dict[str, object]:
        seen: dict[str, object] = json.loads(self._seen.read_text())
        return seen


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_claude_code_starts_in_the_folder_with_its_arguments_and_the_proxys_variables(
    desk: Desk,
) -> None:
    desk.environ["ANTHROPIC_API_KEY"] = "sk-real-000000"

    code, started, failures = desk.run("-p", "say \"hi\" & 'bye'")

    env = desk.seen["env"]
    assert isinstance(env, dict)
    assert code == 0
    assert desk.seen["args"] == ["-p", "say \"hi\" & 'bye'"]
    assert desk.seen["cwd"] == str(desk.folder)
    assert env["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:7860"
    assert env["ANTHROPIC_AUTH_TOKEN"] == TOKEN
    assert "ANTHROPIC_API_KEY" not in env
    assert started[0].removed == ("ANTHROPIC_API_KEY",)
    assert failures == []


def test_settings_in_the_way_are_overridden_through_a_private_file_that_goes_away(
    desk: Desk,
) -> None:
    own = desk.home / ".claude" / "settings.json"
    own.parent.mkdir()
    own.write_text('{"env": {"ANTHROPIC_BASE_URL": "https://elsewhere.example"}}')
    before = own.read_bytes()

    desk.run("--resume")

    assert desk.seen["settings"] == {
        "env": {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": TOKEN}
    }
    assert desk.seen["mode"] == stat.S_IRUSR | stat.S_IWUSR
    args = desk.seen["args"]
    assert isinstance(args, list)
    assert (args[0], args[2]) == ("--settings", "--resume")
    assert TOKEN not in " ".join(args)
    assert list(desk.configured.paths.launch_dir.iterdir()) == []
    assert own.read_bytes() == before


def test_settings_given_for_this_start_cannot_lead_past_the_proxy(desk: Desk) -> None:
    (desk.folder / "mine.json").write_text('{"model": "m", "env": {"ANTHROPIC_API_KEY": "k"}}')

    _, started, _ = desk.run("--settings", "mine.json", "-p")

    settings = desk.seen["settings"]
    assert isinstance(settings, dict)
    assert settings["model"] == "m"
    assert settings["env"]["ANTHROPIC_API_KEY"] == ""
    args = desk.seen["args"]
    assert isinstance(args, list)
    assert (args.count("--settings"), args[2:]) == (1, ["-p"])
    assert started[0].overruled == ("ANTHROPIC_API_KEY",)


def test_its_exit_code_is_ours_and_an_early_failure_is_told(desk: Desk) -> None:
    desk.environ["CODE"] = "7"

    code, _, failures = desk.run()

    assert (code, failures) == (7, [7])


def test_death_by_a_signal_is_told_as_shells_do(desk: Desk) -> None:
    program = Path(desk.environ["PATH"]) / "claude"
    program.write_text("#!/bin/sh\nkill -9 $$\n")

    code, _, failures = desk.run()

    assert code == 128 + 9
    assert failures == [-9]


def test_an_interrupt_is_left_to_claude_code(desk: Desk) -> None:
    program = Path(desk.environ["PATH"]) / "claude"
    program.write_text(f"#!/bin/sh\nkill -INT {os.getpid()}\nexit 3\n")

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job may ignore it
    try:
        code, _, _ = desk.run()

        assert code == 3
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_nothing_starts_while_the_proxy_is_off(desk: Desk) -> None:
    desk.target = None

    with pytest.raises(NotRunning):
        desk.run()


def test_a_folder_that_is_not_there_is_invalid_input(desk: Desk) -> None:
    desk.folder = desk.folder / "gone"

    with pytest.raises(InvalidInput):
        desk.run()


def test_a_program_that_cannot_run_is_told(desk: Desk) -> None:
    (Path(desk.environ["PATH"]) / "claude").write_text("#!/nowhere/interpreter\n")

    with pytest.raises(UserFacingError, match="cannot be started"):
        desk.run()


def test_settings_left_behind_by_a_kill_are_removed_a_week_later(tmp_path: Path) -> None:
    old, new = tmp_path / "settings-old.json", tmp_path / "settings-new.json"
    for file in (old, new):
        file.write_text("{}")
    week_ago_s = time.time() - 8 * 86_400  # noqa: TID251 - an age on the disk
    os.utime(old, (week_ago_s, week_ago_s))

    with settings_file(tmp_path, "{}"):
        assert not old.exists()

    assert new.exists()


def _taken(file: Path) -> tuple[int, str, Ticket]:
    mode, text = stat.S_IMODE(file.stat().st_mode), file.read_text()
    return mode, text, take_ticket(file)


async def test_a_terminal_gets_nothing_but_a_ticket_and_the_folder_is_remembered(
    desk: Desk, tmp_path: Path
) -> None:
    terminal = tmp_path / "bin" / "my-term"
    words = tmp_path / "words"
    terminal.write_text(f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$@" > "{words}"\n')
    terminal.chmod(0o755)
    desk.environ |= {"DISPLAY": ":0", "TERMINAL": str(terminal)}

    report = await desk.claude_code.launch(desk.folder, ("--resume",))

    cwd, *command, ticket = words.read_text().splitlines()
    assert report.terminal == "my-term"
    assert cwd == str(desk.folder)
    assert command == ["-e", sys.executable, "-m", "qcc_desktop", "launch", "--ticket"]
    mode, text, taken = _taken(Path(ticket))
    assert mode == stat.S_IRUSR | stat.S_IWUSR
    assert TOKEN not in text
    assert taken == Ticket(
        str(desk.folder),
        ("--resume",),
        variables={
            "PATH": desk.environ["PATH"],
            "QCC_DESKTOP_HOME": str(desk.configured.paths.home),
        },
    )
    assert TOKEN not in words.read_text()
    recent = desk.configured.configuration.current.recent_folders
    assert recent == (str(desk.folder),)


async def test_a_terminal_that_fails_gives_way_to_the_next(desk: Desk, tmp_path: Path) -> None:
    broken, xterm = tmp_path / "bin" / "broken", tmp_path / "bin" / "xterm"
    for file, code in ((broken, 1), (xterm, 0)):
        file.write_text(f"#!/bin/sh\nexit {code}\n")
        file.chmod(0o755)
    desk.environ |= {"DISPLAY": ":0", "TERMINAL": str(broken)}

    report = await desk.claude_code.launch(desk.folder)

    assert report.terminal == "xterm"


async def test_a_terminal_that_was_asked_for_has_no_substitute(desk: Desk, tmp_path: Path) -> None:
    xterm = tmp_path / "bin" / "xterm"
    xterm.write_text("#!/bin/sh\n")
    xterm.chmod(0o755)
    desk.environ |= {"DISPLAY": ":0"}

    with pytest.raises(UserFacingError, match=r"no terminal 'kitty' .* found: xterm"):
        await desk.claude_code.launch(desk.folder, terminal="kitty")


async def test_the_proxy_is_started_when_it_does_not_listen(desk: Desk, tmp_path: Path) -> None:
    target, desk.target = desk.target, None
    claude_code = desk.claude_code

    async def start() -> None:
        desk.target = target

    claude_code.starter = start
    await claude_code.ensure_running()

    assert claude_code.environment()["ANTHROPIC_AUTH_TOKEN"] == TOKEN


async def test_the_choices_of_options_and_folder_come_before_the_arguments_of_a_launch(
    desk: Desk,
) -> None:
    ours = endpoint("ep-1")
    choice = FolderChoice(str(desk.folder), "ep-1", Strategy.RANDOM, ("--model", "a b"))
    await desk.configured.configuration.update(
        lambda now: replace(
            now,
            endpoints=(ours,),
            settings=replace(now.settings, claude_arguments="--verbose 'x y'"),
        )
    )
    await desk.claude_code.set_folder_choice(choice)

    _, started, _ = desk.run("-p", "hi")

    assert desk.claude_code.folder_choice(desk.folder) == choice
    assert desk.seen["args"] == ["--verbose", "x y", "--model", "a b", "-p", "hi"]
    env = desk.seen["env"]
    assert isinstance(env, dict)
    assert env["ANTHROPIC_CUSTOM_HEADERS"] == "X-QCC-Prefer: ep-1\nX-QCC-Strategy: random"
    assert started[0].settings is None


async def test_own_headers_of_a_settings_file_are_kept_beside_the_wish(desk: Desk) -> None:
    own = desk.home / ".claude" / "settings.json"
    own.parent.mkdir()
    own.write_text('{"env": {"ANTHROPIC_CUSTOM_HEADERS": "X-Team: blue"}}')
    await desk.claude_code.set_folder_choice(
        FolderChoice(str(desk.folder), strategy=Strategy.FASTEST)
    )

    _, started, _ = desk.run()

    settings = desk.seen["settings"]
    assert isinstance(settings, dict)
    headers = settings["env"]["ANTHROPIC_CUSTOM_HEADERS"]
    assert headers == "X-Team: blue\nX-QCC-Strategy: fastest"
    assert started[0].overruled == ("ANTHROPIC_CUSTOM_HEADERS",)


async def test_an_editor_opens_the_folder_with_the_variables(desk: Desk, tmp_path: Path) -> None:
    code, told = tmp_path / "bin" / "code", tmp_path / "told"
    if sys.platform != "win32":
        os.mkfifo(told)
    code.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" "$ANTHROPIC_AUTH_TOKEN" > "{told}"\n')
    code.chmod(0o755)
    desk.environ["ANTHROPIC_API_KEY"] = "sk-real-000000"

    report = await desk.claude_code.open_in_editor(desk.folder, "code")

    assert told.read_text().splitlines() == [str(desk.folder), TOKEN]
    assert (report.terminal, report.may_keep_environment) == ("VS Code", False)
    assert report.removed == ("ANTHROPIC_API_KEY",)


async def test_an_editor_that_is_not_there_is_told_with_those_that_are(desk: Desk) -> None:
    idea = Path(desk.environ["PATH"]) / "idea"
    idea.write_text("#!/bin/sh\n")
    idea.chmod(0o755)

    with pytest.raises(UserFacingError, match=r"no editor 'code' .* found: idea"):
        await desk.claude_code.open_in_editor(desk.folder, "code")

    report = await desk.claude_code.open_in_editor(desk.folder, "idea")
    assert report.may_keep_environment
