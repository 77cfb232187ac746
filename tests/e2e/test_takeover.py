"""The takeover as people and scripts meet it: commands, a running program, quits and crashes."""

import json
from pathlib import Path

import pytest

from tests.helpers.guards import guard_of
from tests.helpers.program import Cli, Serve

pytestmark = pytest.mark.e2e
ORIGINAL = '{\n\t"model": "opus",\n\t"env": {"ANTHROPIC_API_KEY": "sk-mine"} // me\n}'


@pytest.fixture
def cli(qcc_home: Path) -> Cli:
    return Cli(qcc_home)


@pytest.fixture
def settings(home: Path) -> Path:
    file = home / ".claude" / "settings.json"
    file.parent.mkdir()
    file.write_text(ORIGINAL, encoding="utf-8")
    return file


def test_on_needs_a_running_program_and_an_agreement(cli: Cli, settings: Path) -> None:
    alone = cli("takeover", "on", "--yes")
    with Serve(cli):
        unasked = cli("takeover", "on")

    assert (alone.returncode, unasked.returncode) == (3, 2)
    assert "+" in unasked.stderr
    assert '"ANTHROPIC_AUTH_TOKEN": "*** (the token of the proxy)"' in unasked.stderr
    assert "sk-mine" not in unasked.stderr
    assert settings.read_text(encoding="utf-8") == ORIGINAL


def test_while_the_program_runs_the_settings_lead_to_it_and_a_quit_gives_them_back(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli):
        on = cli.json("takeover", "on", "--yes", "--json")
        proxy = cli.json("env", "--json")
        during = settings.read_text(encoding="utf-8")
    after_quit = settings.read_text(encoding="utf-8")
    status = cli.json("takeover", "status", "--json")

    assert (on["wanted"], on["active"]) == (True, True)
    env = json.loads(during.replace("// me", ""))["env"]
    assert env == {"ANTHROPIC_API_KEY": "", **proxy}
    assert after_quit == ORIGINAL
    assert status["wanted"]


def test_after_a_crash_of_the_guard_too_restore_puts_every_byte_back(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli) as program:
        cli.json("takeover", "on", "--yes", "--json")
        guard = guard_of(program.process.pid)
        guard.suspend()
        program.process.kill()
        guard.kill()
        program.process.wait()
    crashed = cli.json("takeover", "status", "--json")

    restored = cli.json("restore", "--json")

    assert [file["state"] for file in crashed["files"]] == ["outdated"]
    assert (restored["wanted"], restored["active"]) == (False, False)
    assert settings.read_text(encoding="utf-8") == ORIGINAL


def test_a_wish_that_waits_for_the_program_is_told_in_one_sentence(
    cli: Cli, settings: Path
) -> None:
    with Serve(cli):
        cli.json("takeover", "on", "--yes", "--json")

    said = cli.ok("takeover", "status").splitlines()

    assert said[0] == (
        "Wanted, but the program is not running: Claude Code goes its own way until it starts."
    )
    assert said[1].startswith(f"{settings}: It does not use the proxy.")


def test_off_goes_through_the_running_program(cli: Cli, settings: Path) -> None:
    with Serve(cli):
        cli.json("takeover", "on", "--yes", "--json")
        off = cli.json("takeover", "off", "--json")
        assert settings.read_text(encoding="utf-8") == ORIGINAL
        status = cli.json("takeover", "status", "--json")

    assert not off["wanted"]
    assert status["files"][0]["state"] == "foreign"


def test_a_backup_is_written_and_brought_back(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    add = ("endpoint", "add", "--name", "A", "--base-url", "http://127.0.0.1:9")
    cli.ok(*add, "--api-key-stdin", stdin="sk-key-of-a\n")
    endpoint = cli.json("endpoint", "list", "--json")

    written = cli("backup", str(file), "--with-keys")
    cli.ok("export", str(tmp_path / "e.json"))
    cli.ok("endpoint", "remove", "A")
    cli.ok("restore", str(file))

    assert "The keys stand in this file as they are." in written.stderr
    assert "sk-key-of-a" in file.read_text(encoding="utf-8")
    assert "sk-key-of-a" not in (tmp_path / "e.json").read_text(encoding="utf-8")
    assert cli.json("endpoint", "list", "--json") == endpoint
