"""The command ``doctor``, with and without a running program, and keys planted everywhere."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.helpers.program import Cli, InProcess, Serve

KEY = "sk-ant-planted-0123456789abcdef"
PLANTED = {
    ".claude/settings.json": f'{{"env": {{"ANTHROPIC_AUTH_TOKEN": "{KEY}", '
    f'"ANTHROPIC_BASE_URL": "https://u:{KEY}@relay.example/v1?key={KEY}"}}}}',
    ".bashrc": f"export ANTHROPIC_API_KEY={KEY}\n",
    ".config/fish/fish_variables": f"SETUVAR --export ANTHROPIC_AUTH_TOKEN:{KEY}\n",
    "qcc-desktop/data/secrets.json": f'{{"version": 1, "secrets": {{"old": "{KEY}"}}}}',
    "qcc-desktop/data/runtime.json": f'{{"token": "{KEY}"}}',
    "qcc-desktop/logs/qcc-desktop.log": f"INFO Authorization: Bearer {KEY}\nkey {KEY} refused\n",
}
ENVIRON = {
    "ANTHROPIC_API_KEY": KEY,
    "HTTP_PROXY": f"http://me:{KEY}@127.0.0.1:9",
    "NODE_EXTRA_CA_CERTS": "/nowhere/ca.pem",
}


@pytest.fixture
def cli(
    home: Path,
    qcc_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> InProcess:
    monkeypatch.setenv("SHELL", "/bin/false")
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    return InProcess(qcc_home, capsys, monkeypatch)


def _plant(home: Path) -> None:
    for name, text in PLANTED.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o644)


def _add_dead_endpoint(cli: InProcess) -> None:
    done = cli(
        *("endpoint", "add", "--name", "Dead", "--base-url", "http://127.0.0.1:9"),
        "--api-key-stdin",
        stdin=KEY,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("style", [(), ("--json",), ("--report",), ("--fix",)])
def test_no_planted_key_is_ever_printed(cli: InProcess, home: Path, style: tuple[str, ...]) -> None:
    _plant(home)
    _add_dead_endpoint(cli)

    done = cli("doctor", *style, environ=ENVIRON)

    assert "0123456789" not in done.stdout + done.stderr
    assert done.returncode == (0 if style == ("--report",) else 1)
    assert "Traceback" not in done.stdout + done.stderr


def test_the_json_names_every_finding_with_verdict_remedy_and_fix(
    cli: InProcess, home: Path
) -> None:
    _plant(home)

    done = cli("doctor", "--json", environ=ENVIRON)

    answer = json.loads(done.stdout)
    findings = {finding["id"]: finding for finding in answer["findings"]}
    assert answer["ok"] is False
    assert set(findings["permissions"]) == {"id", "title", "verdict", "detail", "remedy", "fix"}
    assert {
        name: findings[name]["verdict"]
        for name in ("permissions", "proxies", "proxies.loopback", "certificates", "environment")
    } == {
        "permissions": "ok" if os.name == "nt" else "problem",  # no mode bits
        "proxies": "problem",
        "proxies.loopback": "problem",
        "certificates": "problem",
        "environment": "note",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits to mend")
def test_fix_mends_what_it_offers_and_the_second_look_finds_it_mended(
    cli: InProcess, home: Path, qcc_home: Path
) -> None:
    _plant(home)
    profile = (home / ".bashrc").read_text()

    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]
        cli.ok("config", "set", "server.port", str(taken))
        done = cli("doctor", "--fix", "--json")

    answer = json.loads(done.stdout)
    fixed = {finding["id"] for finding in answer["findings"] if finding["verdict"] != "problem"}
    assert {fix["fix"] for fix in answer["fixes"] if fix["ok"]} >= {
        "port.choose_free",
        "files.make_private",
        "files.remove_dead_runtime",
    }
    assert fixed >= {"port", "permissions", "runtime_file"}
    assert (qcc_home / "data" / "secrets.json").stat().st_mode & 0o077 == 0
    assert (home / ".bashrc").read_text() == profile


def test_a_broken_configuration_is_a_finding_and_stays_where_it_is(
    cli: InProcess, qcc_home: Path
) -> None:
    file = qcc_home / "config" / "config.json"
    file.parent.mkdir(parents=True)
    file.write_text("{")

    done = cli("doctor", "--json")

    findings = {each["id"]: each for each in json.loads(done.stdout)["findings"]}
    assert findings["config_file"]["verdict"] == "problem"
    assert file.read_text() == "{"


@pytest.mark.e2e
def test_beside_a_running_program_its_light_and_port_are_told(qcc_home: Path, home: Path) -> None:
    cli = Cli(qcc_home, {"SHELL": "/bin/false"})
    with Serve(cli):
        done = cli("doctor", "--json")
        report = cli("doctor", "--report")

    findings = {each["id"]: each for each in json.loads(done.stdout)["findings"]}
    assert "Light: grey" in findings["program"]["detail"]
    assert findings["port"]["verdict"] == "ok"
    assert findings["runtime_file"]["verdict"] == "ok"
    assert "Light: grey" in report.stdout
    assert str(home) not in report.stdout
