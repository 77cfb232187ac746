"""The commands ``stop`` and ``erase``, which set-ups and package managers call."""

import asyncio
import os
from pathlib import Path

import pytest

from qcc_desktop.services.claude_code import Target
from qcc_desktop.services.takeover import build_takeover
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.secrets import UserSecrets
from tests.helpers.program import Cli, Serve

KEY = "sk-ant-key-of-this-test"
ADD = ("endpoint", "add", "--name", "A", "--base-url", "http://127.0.0.1:9", "--api-key-stdin")


@pytest.fixture
def cli(qcc_home: Path) -> Cli:
    return Cli(qcc_home)


def test_stop_returns_when_the_process_has_ended(cli: Cli) -> None:
    with Serve(cli) as serve:
        stopped = cli.json("stop", "--json")
        code = serve.process.wait(1)

    assert code == 0
    assert stopped["pid"] == serve.process.pid
    assert not (cli.home / "data" / "runtime.json").exists()


def test_stop_says_by_its_exit_code_that_nothing_ran(cli: Cli) -> None:
    done = cli("stop")

    assert done.returncode == 3
    assert "is not running" in done.stderr


def test_erase_needs_a_word_of_agreement(cli: Cli) -> None:
    cli.ok(*ADD, stdin=KEY)

    done = cli("erase")

    assert done.returncode == 2
    assert "Add --yes" in done.stderr
    assert (cli.home / "config" / "config.json").exists()


def test_erase_leaves_nothing_of_this_home(cli: Cli) -> None:
    cli.ok(*ADD, stdin=KEY)

    cli.ok("erase", "--yes")

    assert not cli.home.exists()


def test_erase_refuses_while_the_program_runs(cli: Cli) -> None:
    with Serve(cli):
        done = cli("erase", "--yes")

    assert done.returncode == 1
    assert "is running already" in done.stderr
    assert cli.home.exists()


def test_erase_of_what_never_was_is_fine(cli: Cli) -> None:
    cli.ok("erase", "--yes")


def _take_over(home: Path) -> None:
    """Leave Claude Code's settings as a program does that was ended with its guard."""
    paths = paths_below(home)
    secrets = UserSecrets(
        service=paths.keyring_service, file=paths.secrets_file, lock=paths.secrets_lock
    )
    target = Target("127.0.0.1", 9, "qcc-token")
    asyncio.run(build_takeover(paths, secrets, lambda: target, os.environ).turn_on())


def test_erase_gives_claude_codes_settings_back_before_it_forgets_what_stood_there(
    cli: Cli, home: Path
) -> None:
    original = '{"env": {"ANTHROPIC_API_KEY": "sk-of-the-person"}}'
    settings = home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(original, encoding="utf-8")
    _take_over(cli.home)
    assert settings.read_text(encoding="utf-8") != original

    cli.ok("erase", "--yes")

    assert settings.read_text(encoding="utf-8") == original
    assert not cli.home.exists()


def test_erase_deletes_nothing_while_the_settings_cannot_be_given_back(
    cli: Cli, home: Path
) -> None:
    _take_over(cli.home)
    (home / ".claude" / "settings.json").write_text("{broken", encoding="utf-8")

    done = cli("erase", "--yes")

    assert done.returncode == 1
    assert "Repair it in an editor" in done.stderr
    assert (cli.home / "data" / "takeover.json").exists()
