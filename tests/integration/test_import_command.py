"""The command ``import``, in this process and beside a running proxy."""

import json
from pathlib import Path

import pytest

from qcc_desktop.app.commands.parser import IMPORT_SOURCES
from qcc_desktop.services.legacy_items import Source
from tests.helpers.legacy import claude_config, untouched, write_cc_switch, write_json
from tests.helpers.program import Cli, InProcess, Serve

KEY = "sk-of-the-relay-0001"


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


def _qcc(home: Path, **profiles: tuple[str, str]) -> None:
    stored = {
        name: {"name": name, "base_url": url, "api_key": key}
        for name, (url, key) in profiles.items()
    }
    write_json(home / ".fastcc" / "cache.json", {"settings": {}, "profiles": stored})


def _names(cli: InProcess | Cli) -> list[str]:
    return [endpoint["name"] for endpoint in cli.json("endpoint", "list", "--json")]


def test_the_words_of_the_command_line_are_the_sources() -> None:
    assert list(IMPORT_SOURCES) == list(Source)


def test_all_sources_are_taken_and_a_second_time_nothing(cli: InProcess, home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY))
    write_cc_switch(home, [{"name": "B", "settings_config": claude_config("b.example", "sk-b")}])
    write_json(home / ".claude" / "settings.json", claude_config("c.example", "sk-c"))
    folders = [home / name for name in (".fastcc", ".cc-switch", ".claude")]

    with untouched(*folders):
        first = cli("import", environ={"ANTHROPIC_API_KEY": "sk-ant-environment"})
        second = cli("import", environ={"ANTHROPIC_API_KEY": "sk-ant-environment"})

    assert (first.returncode, first.stderr, second.returncode) == (0, "", 0)
    assert first.stdout.endswith("4 endpoints added.\n")
    assert second.stdout.endswith("0 endpoints added.\n")
    assert "here already, as relay" in second.stdout
    assert _names(cli) == ["relay", "B", "Anthropic", "c.example"]
    assert KEY not in first.stdout
    assert "…0001" in first.stdout


@pytest.mark.parametrize(
    ("source", "names"),
    [("qcc", ["relay"]), ("cc-switch", []), ("env", ["Anthropic"]), ("claude", [])],
)
def test_one_source_is_taken_alone(
    cli: InProcess, home: Path, source: str, names: list[str]
) -> None:
    _qcc(home, relay=("https://relay.example", KEY))

    done = cli("import", source, environ={"ANTHROPIC_API_KEY": "sk-ant-environment"})

    assert done.returncode == 0
    assert _names(cli) == names


def test_a_dry_run_shows_it_and_changes_nothing(cli: InProcess, home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY))
    write_cc_switch(
        home,
        [{"name": "V", "settings_config": claude_config("v.example", "k", ANTHROPIC_MODEL="own")}],
    )

    said = cli.ok("import", "--dry-run")

    assert "would be added" in said
    assert "models.mode would become map" in said
    assert said.endswith("2 endpoints would be added; nothing was changed.\n")
    assert _names(cli) == []
    assert cli.ok("config", "get", "models.mode") == "passthrough\n"


def test_json_tells_everything_but_the_key(cli: InProcess, home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY), bare=("https://bare.example", ""))

    text = cli.ok("import", "qcc", "--json")
    told = json.loads(text)

    assert KEY not in text
    assert set(told) == {"dry_run", "found", "added", "options", "skipped", "failed"}
    assert [endpoint["name"] for endpoint in told["added"]] == ["relay"]
    (place,) = told["found"]
    assert (place["source"], place["fault"]) == ("qcc", "")
    assert place["items"][0] == {
        "name": "relay",
        "base_url": "https://relay.example",
        "key": "…0001",
        "auth": "both",
        "enabled": True,
        "groups": [],
        "models": {},
        "is_new": True,
        "known_as": "",
        "problem": "",
    }
    assert "has no key" in place["items"][1]["problem"]


def test_a_vendors_models_are_taken_with_the_option_that_uses_them(
    cli: InProcess, home: Path
) -> None:
    write_cc_switch(
        home,
        [{"name": "V", "settings_config": claude_config("v.example", "k", ANTHROPIC_MODEL="own")}],
    )

    assert "models.mode = map" in cli.ok("import")
    assert cli.ok("config", "get", "models.mode") == "map\n"


def test_a_broken_file_is_told_exits_1_and_the_rest_is_imported(cli: InProcess, home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY))
    (home / ".claude").mkdir()
    (home / ".claude" / "settings.json").write_text("{broken")

    done = cli("import")

    assert done.returncode == 1
    assert "This file is broken: it is not JSON." in done.stderr
    assert "1 endpoint added." in done.stdout
    assert _names(cli) == ["relay"]


def test_what_is_left_out_is_told_with_the_reason(cli: InProcess, home: Path) -> None:
    _qcc(home, plain=("http://plain.example", "sk-p"), bad=("nonsense", "sk-b"))
    write_json(
        home / ".claude" / "settings.json",
        {"env": {"ANTHROPIC_BASE_URL": "http://127.0.0.1:15721", "ANTHROPIC_API_KEY": "x"}},
    )

    done = cli("import")

    assert done.returncode == 0
    assert "left out: The base URL must begin with http" in " ".join(done.stdout.split())
    assert "It leads to a proxy on this computer" in done.stdout
    assert "The key of plain will travel unencrypted" in done.stderr


def test_where_nothing_is_that_is_said(cli: InProcess) -> None:
    assert cli.ok("import") == "Nothing to import was found.\n"


def test_an_unknown_source_exits_2(cli: InProcess) -> None:
    done = cli("import", "ccflare")

    assert (done.returncode, done.stdout) == (2, "")
    assert "qcc" in done.stderr


def test_a_key_that_cannot_be_kept_fails_with_the_reason(cli: InProcess, home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY))
    (cli.home / "data").mkdir(parents=True)
    (cli.home / "data" / "secrets.json").mkdir()

    done = cli("import")

    assert done.returncode == 1
    assert "relay: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_running_proxy_takes_them_at_once(home: Path, qcc_home: Path) -> None:
    _qcc(home, relay=("https://relay.example", KEY))
    cli = Cli(qcc_home)

    with Serve(cli):
        cli.ok("import")
        status = cli.json("status", "--json")

    assert [endpoint["name"] for endpoint in status["endpoints"]] == ["relay"]
