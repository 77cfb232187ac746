"""Every command, run in this process: what it prints, stores and exits with."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from tests.helpers.program import InProcess

KEY = "sk-ant-key-of-this-test"
ADD = ("endpoint", "add", "--name", "A", "--base-url", "http://127.0.0.1:9", "--api-key-stdin")


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


@pytest.mark.parametrize(
    "args",
    [
        ("--nonsense",),
        ("nonsense",),
        ("endpoint",),
        ("endpoint", "add", "--name", "A", "--base-url", "http://h"),
        ("serve", "--port", "many"),
        ("env", "--json", "--shell", "sh"),
        ("status", "--", "x"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_with_a_hint_on_stderr(cli: InProcess, args: tuple[str, ...]) -> None:
    done = cli(*args)

    assert done.returncode == 2
    assert "usage:" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("serve", "--host", "0.0.0.0"), "no loopback address"),
        (("serve", "--host", "example.com"), "no loopback address"),
        (("serve", "--port", "70000"), "between 0 and 65535"),
        (("config", "get", "nothing"), "There is no option 'nothing'"),
        (("config", "set", "server.port", "-1"), "server.port must be a whole number from 0"),
        (("endpoint", "remove", "x"), "There is no endpoint 'x'"),
        (("endpoint", "add", "--api-key", "k", "--preset", "x"), "There is no preset 'x'"),
        (("endpoint", "add", "--api-key", "kkkk"), "--name"),
        (("logs", "--lines", "-1"), "must not be negative"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_input_exits_2_with_one_sentence(
    cli: InProcess, args: tuple[str, ...], sentence: str
) -> None:
    done = cli(*args)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("qcc-desktop: ")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("args", [("env",), ("env", "--json"), ("status",), ("status", "--json")])
def test_commands_that_need_a_running_proxy_exit_3_with_the_remedy(
    cli: InProcess, args: tuple[str, ...]
) -> None:
    done = cli(*args)

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "qcc-desktop: QCC Desktop is not running. "
        "Start it with 'qcc-desktop' or 'qcc-desktop serve'.\n"
    )


def test_launching_without_a_running_proxy_exits_3(cli: InProcess, tmp_path: Path) -> None:
    assert cli("launch", str(tmp_path)).returncode == 3
    assert cli("launch", "--here", str(tmp_path)).returncode == 3


def test_an_endpoint_lives_through_all_its_verbs(cli: InProcess) -> None:
    added = cli.json(*ADD, "--json", "--priority", "5", "--weight", "7", stdin=f"{KEY}\n")
    listed = cli.json("endpoint", "list", "--json")
    cli.ok("endpoint", "edit", "a", "--name", "B", "--auth", "x-api-key", "--note", "mine")
    cli.ok("endpoint", "disable", "B")
    edited = cli.json("endpoint", "list", "--json")[0]
    cli.ok("endpoint", "enable", "B")
    enabled = cli.json("endpoint", "list", "--json")[0]
    cli.ok("endpoint", "remove", added["id"])

    assert listed == [
        {
            "id": added["id"],
            "name": "A",
            "base_url": "http://127.0.0.1:9",
            "protocol": "anthropic",
            "auth": "bearer",
            "enabled": True,
            "priority": 5,
            "weight": 7,
            "preset": None,
            "pinned": False,
            "has_key": True,
        }
    ]
    assert edited == listed[0] | {"name": "B", "auth": "x-api-key", "enabled": False}
    assert enabled["enabled"] is True
    assert cli.json("endpoint", "list", "--json") == []


def test_the_key_is_in_no_file_but_the_private_one(cli: InProcess) -> None:
    cli.ok(*ADD, stdin=f"{KEY}\n")

    holding = [path for path in cli.home.rglob("*") if path.is_file() and KEY in path.read_text()]

    assert [path.name for path in holding] == ["secrets.json"]
    if os.name != "nt":
        assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600
        assert stat.S_IMODE((cli.home / "config" / "config.json").stat().st_mode) == 0o600


def test_a_preset_needs_nothing_but_a_key(cli: InProcess) -> None:
    cli.ok("endpoint", "add", "--preset", "aihubmix", "--api-key-stdin", stdin=KEY)

    found = cli.json("endpoint", "list", "--json")[0]

    assert (found["name"], found["base_url"]) == ("AiHubMix", "https://aihubmix.com")
    assert (found["auth"], found["preset"]) == ("x-api-key", "aihubmix")


@pytest.mark.parametrize("stdin", ["", "\n", "  \n"])
def test_an_empty_key_is_refused(cli: InProcess, stdin: str) -> None:
    done = cli(*ADD, stdin=stdin)

    assert done.returncode == 2
    assert "key is empty" in done.stderr


def test_testing_an_endpoint_that_refuses_exits_1_and_says_why(cli: InProcess) -> None:
    cli.ok(*ADD, stdin=KEY)

    done = cli("endpoint", "test", "A")
    as_json = cli("endpoint", "test", "A", "--json")

    assert done.returncode == as_json.returncode == 1
    assert "refused the connection" in done.stdout
    report = json.loads(as_json.stdout)
    assert report["ok"] is False
    assert set(report["checks"][0]) == {"name", "ok", "message", "duration_ms"}
    assert KEY not in done.stdout + done.stderr + as_json.stdout


def test_options_are_listed_got_and_set(cli: InProcess) -> None:
    rows = {row["key"]: row for row in cli.json("config", "list", "--json")}

    assert cli.ok("config", "get", "routing.connect_timeout") == "5\n"
    assert cli.ok("config", "set", "routing.connect_timeout", "7.5") == (
        "routing.connect_timeout = 7.5 s\n"
    )
    assert cli.ok("config", "get", "routing.connect_timeout") == "7.5\n"
    assert cli.ok("config", "set", "privacy.log_bodies", "on") == "privacy.log_bodies = on\n"
    assert "next start" in cli.ok("config", "set", "server.port", "0")
    assert rows["routing.max_attempts"]["default"] == 4
    assert set(rows["routing.strategy"]) == {
        *("key", "value", "default", "unit", "minimum", "maximum", "choices", "help")
    }
    assert "routing.connect_timeout" in cli.ok("config", "list")


def test_a_broken_configuration_is_reported_once_and_kept(cli: InProcess) -> None:
    config = cli.home / "config" / "config.json"
    config.parent.mkdir(parents=True)
    config.write_text("{broken")

    first, second = cli("config", "get", "server.port"), cli("config", "get", "server.port")

    assert (first.returncode, first.stdout) == (0, "7860\n")
    assert "kept as" in first.stderr
    assert second.stderr == ""
    assert [path.read_text() for path in config.parent.glob("config.broken-*.json")] == ["{broken"]


def test_a_newer_configuration_is_refused_and_untouched(cli: InProcess) -> None:
    config = cli.home / "config" / "config.json"
    config.parent.mkdir(parents=True)
    config.write_text('{"version": 99}')

    done = cli("config", "set", "server.port", "1")

    assert done.returncode == 1
    assert "newer QCC Desktop" in done.stderr
    assert config.read_text() == '{"version": 99}'


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows programs without a screen")
def test_no_screen_is_told_in_a_sentence(cli: InProcess) -> None:
    environ = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": ""}

    done = cli(environ=environ)

    assert done.returncode == 1
    assert done.stderr.startswith("qcc-desktop: There is no screen")
