"""Every command, run in this process: what it prints, stores and exits with."""

import io
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from typing_extensions import override

from qcc_desktop.app.commands import endpoint as endpoint_command
from qcc_desktop.app.commands import running
from qcc_desktop.app.commands.running import SHELLS
from qcc_desktop.core.settings import options
from qcc_desktop.proxy.report import Check
from qcc_desktop.runtime.clock import SystemClock, utc
from qcc_desktop.services.shells import Shell
from tests.helpers.program import InProcess

KEY = "sk-ant-key-of-this-test"
ADD = ("endpoint", "add", "--name", "A", "--base-url", "http://127.0.0.1:9", "--api-key-stdin")


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


@pytest.mark.parametrize(
    ("args", "sentence", "help_of"),
    [
        ("--nonsense", "'qcc-desktop' does not know --nonsense.", ""),
        ("nonsense", "'qcc-desktop' knows no COMMAND 'nonsense', only serve, demo", ""),
        ("endpoint", "'qcc-desktop endpoint' needs ACTION.", " endpoint"),
        ("endpoint rename", "knows no ACTION 'rename', only list, add", " endpoint"),
        ("endpoint add --api-key", "--api-key needs a value.", " endpoint add"),
        ("endpoint list --json=x", "--json takes no value.", " endpoint list"),
        (
            "endpoint add --api-key k --weight x",
            "--weight must be a whole number.",
            " endpoint add",
        ),
        ("endpoint edit A --auth x", "--auth must be one of bearer, x-api-key", " endpoint edit"),
        (
            "endpoint edit A --connect-timeout x",
            "--connect-timeout must be a number.",
            " endpoint edit",
        ),
        ("endpoint edit A --key sk-secret", "does not know --key.", " endpoint edit"),
        ("serve --port many", "--port must be a whole number.", " serve"),
        ("env --json --shell sh", "exclude each other.", " env"),
        ("status -- x", "Only launch takes arguments after --.", " status"),
    ],
)
def test_wrong_usage_exits_2_with_one_sentence_and_where_help_is(
    cli: InProcess, args: str, sentence: str, help_of: str
) -> None:
    done = cli(*args.split())

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("qcc-desktop: ")
    assert sentence in done.stderr
    assert done.stderr.endswith(f" See 'qcc-desktop{help_of} --help'.\n")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few make links")
def test_a_log_that_cannot_be_looked_at_is_told(cli: InProcess) -> None:
    cli.home.mkdir(parents=True)
    (cli.home / "logs").symlink_to(cli.home / "logs")  # a loop

    done = cli("logs")

    assert (done.returncode, done.stdout) == (1, "")
    assert "qcc-desktop.log cannot be read: " in done.stderr


@pytest.mark.parametrize(
    ("args", "remedy"),
    [
        ("config set server.port=7861", "as in 'qcc-desktop config set server.port 7861'."),
        ("config set server.port=", "as in 'qcc-desktop config set server.port VALUE'."),
        ("launch . --verbose", "as in 'qcc-desktop launch . -- --verbose'."),
    ],
)
def test_the_commonest_slips_are_told_how_it_is_written(
    cli: InProcess, args: str, remedy: str
) -> None:
    done = cli(*args.split())

    assert done.returncode == 2
    assert remedy in done.stderr


@pytest.mark.parametrize("action", ["add", "edit"])
def test_help_lists_the_presets_and_what_is_taken_when_nothing_is_said(
    cli: InProcess, action: str
) -> None:
    words = " ".join(cli.ok("endpoint", action, "--help").split())

    assert "Presets: anthropic, deepseek, " in words
    assert "(bearer, unless the preset knows better)" in words
    assert "with openai, name its models with --map" in words


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
        (("endpoint", "add", "--preset", "deepseek"), "--api-key-stdin"),
        (("endpoint", "add", "--preset", "groq"), "--api-key-stdin"),
        ((*ADD, "--map", "x"), "--map must look like PATTERN=MODEL."),
        ((*ADD, "--header", "x"), "--header must look like NAME:VALUE."),
        (("config", "set", "upstream.ca_file", "/none.pem"), "There is no file"),
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


class _Terminal(io.StringIO):
    """A stdin that is a terminal."""

    @override
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("args", [ADD, ("endpoint", "edit", "A", "--api-key-stdin")])
def test_in_a_terminal_the_key_is_asked_for_and_read_hidden(
    cli: InProcess, monkeypatch: pytest.MonkeyPatch, args: tuple[str, ...]
) -> None:
    asked: list[tuple[str, object]] = []

    def hidden(prompt: str, stream: object) -> str:
        asked.append((prompt, stream))
        return KEY

    monkeypatch.setattr(endpoint_command, "getpass", hidden)
    if args is not ADD:
        cli.ok(*ADD, stdin="sk-other-key-000")
    monkeypatch.setattr(io, "StringIO", _Terminal)
    cli.ok(*args)

    assert asked == [("Key of A: ", sys.stderr)]
    assert KEY in (cli.home / "data" / "secrets.json").read_text()


def test_an_end_of_file_instead_of_a_key_is_an_empty_key(
    cli: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(prompt: str, stream: object) -> str:
        raise EOFError

    monkeypatch.setattr(endpoint_command, "getpass", end)
    monkeypatch.setattr(io, "StringIO", _Terminal)

    assert "key is empty" in cli(*ADD).stderr


def test_a_key_that_travels_unencrypted_is_warned_of(cli: InProcess) -> None:
    added = cli(
        "endpoint", "add", "--name", "A", "--base-url", "http://h.example", "--api-key", KEY
    )
    renamed = cli("endpoint", "edit", "A", "--name", "B")
    moved = cli("endpoint", "edit", "B", "--base-url", "http://i.example")

    assert [done.returncode for done in (added, renamed, moved)] == [0, 0, 0]
    assert "travel unencrypted; use https://" in added.stderr
    assert renamed.stderr == ""
    assert "travel unencrypted" in moved.stderr


def test_a_time_that_is_not_allowed_names_its_option(cli: InProcess) -> None:
    done = cli(*ADD, "--first-byte-timeout", "9999", stdin=KEY)

    assert done.returncode == 2
    assert "--first-byte-timeout: The time-out must lie above 0" in done.stderr


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
    assert set(report["checks"][0]) == {"name", "ok", "message", "duration_ms", "count"}
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


def test_the_list_of_options_is_at_most_100_columns_wide_when_piped(cli: InProcess) -> None:
    text = cli.ok("config", "list")

    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    assert all(key in text for key in options())


@pytest.mark.parametrize(
    ("health", "breaker", "failed", "words"),
    [
        ("healthy", "closed", 0, "healthy closed, checked again in 33 min"),
        ("unhealthy", "closed", 1.5, "cooling down closed, 1.5 failed in a row, checked again in"),
        ("circuit_open", "open", 3, "circuit open open, 3 failed in a row, tried again in 33 min"),
        ("quarantined", "closed", 0, "needs you closed, checked again in 33 min"),
        ("disabled", "closed", 0, "off closed, checked again in 33 min"),
    ],
)
def test_the_status_speaks_the_windows_words_and_tells_checks_from_tries(
    cli: InProcess,
    monkeypatch: pytest.MonkeyPatch,
    health: str,
    breaker: str,
    failed: float,
    words: str,
) -> None:
    retry_at = utc(SystemClock().wall_s() + 33 * 60 + 5)
    endpoint = {
        "id": "a",
        "name": "A",
        "health": health,
        "last_error": None,
        "requests": 0,
        "failures": 0,
        "sessions": 0,
        "latency_ms": {"p50": None, "p95": None},
        "breaker": {"state": breaker, "failures": failed, "retry_at": retry_at.isoformat()},
    }
    status = {
        "light": "amber",
        "cause": "",
        "port": 1,
        "version": "1",
        "pid": 1,
        "sessions": [],
        "endpoints": [endpoint],
        "totals": {"requests": 0, "failovers": 0, "failures": 0},
    }
    monkeypatch.setattr(running, "ask_running", lambda _: {"status": status})

    assert words in " ".join(cli.ok("status").split())


def test_a_point_of_a_test_without_words_has_no_colon(capsys: pytest.CaptureFixture[str]) -> None:
    endpoint_command._tell_check(Check("reach", True, "", 11.2))
    endpoint_command._tell_check(Check("auth", True, "", 0.0))
    endpoint_command._tell_check(Check("models", True, "", 8.0, 12))
    endpoint_command._tell_check(Check("tools", None, "not tried", 0.0))

    assert capsys.readouterr().out == (
        "✔ reach (11 ms)\n✔ auth\n✔ models: 12 (8 ms)\n- tools: not tried\n"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_shells_that_understand_sh_get_its_words(shell: str) -> None:
    assert SHELLS[shell] is Shell.SH


@pytest.mark.parametrize(
    "args",
    [
        "config get server.port",
        "config list",
        "endpoint list",
        "config set server.port 1",
        "endpoint add --preset deepseek --api-key kkkkkkkkk",
        "endpoint test A",
    ],
)
def test_no_command_moves_a_broken_configuration_away(cli: InProcess, args: str) -> None:
    config = cli.home / "config" / "config.json"
    config.parent.mkdir(parents=True)
    config.write_text("{broken")

    done = cli(*args.split())

    assert (done.returncode, done.stdout) == (1, "")
    assert "config.json is broken" in done.stderr
    assert "Repair it" in done.stderr
    assert [path.name for path in config.parent.glob("*.json")] == ["config.json"]
    assert config.read_text() == "{broken"


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


def test_an_endpoint_of_openais_api_is_added_and_asked_for_its_models(cli: InProcess) -> None:
    done = cli("endpoint", "add", "--preset", "groq", "--api-key-stdin", stdin=KEY)
    mapped = cli("endpoint", "edit", "groq", "--map", "claude-*=gpt-x")

    (found,) = json.loads(cli.ok("endpoint", "list", "--json"))
    assert (done.returncode, mapped.returncode) == (0, 0)
    assert "--map 'claude-*=MODEL'" in done.stderr
    assert mapped.stderr == ""
    assert (found["protocol"], found["base_url"]) == ("openai", "https://api.groq.com/openai/v1")


def test_what_runs_on_this_computer_needs_no_key(cli: InProcess) -> None:
    cli.ok("endpoint", "add", "--preset", "ollama", "--map", "claude-*=qwen3-coder")

    (found,) = json.loads(cli.ok("endpoint", "list", "--json"))
    assert (found["base_url"], found["has_key"]) == ("http://localhost:11434/v1", False)
