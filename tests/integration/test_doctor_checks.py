"""The doctor's checks against real listeners, a real session bus and a real keychain backend."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.proxy.transport.system_proxy import bypasses_proxy
from qcc_desktop.system.doctor import keychain, tray
from qcc_desktop.system.doctor.claude_settings import check_claude_settings
from qcc_desktop.system.doctor.keychain import check_keychain
from qcc_desktop.system.doctor.listeners import bind_error, free_port_after, listener_on
from qcc_desktop.system.doctor.port import FIX, check_port
from qcc_desktop.system.doctor.proxies import check_proxies
from qcc_desktop.system.doctor.tray import Host, check_tray, judge_tray
from qcc_desktop.system.doctor.variables import check_environment, check_profiles
from tests.helpers.sni_watcher import SniWatcher

linux_bus = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="needs dbus-daemon"
)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def taken(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


@pytest.fixture
def dead() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_free_port_is_well(dead: int) -> None:
    (finding,) = check_port(dead, None)

    assert finding.verdict is Verdict.OK


def test_a_taken_port_names_the_process_that_has_it(taken: int) -> None:
    (finding,) = check_port(taken, None)

    assert finding.verdict is Verdict.PROBLEM
    assert f"(process {os.getpid()})" in finding.detail.plain()
    assert finding.fix_id == FIX


def test_a_process_of_its_own_is_named(dead: int) -> None:
    code = (
        "import socket, sys\n"
        f"server = socket.create_server(('127.0.0.1', {dead}))\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        found = listener_on(dead)
        other.communicate()

    assert found is not None
    assert found.pid == other.pid
    assert "python" in found.name.lower()


def test_the_proxy_on_its_port_is_well(taken: int) -> None:
    (finding,) = check_port(taken, taken)

    assert finding.verdict is Verdict.OK


def test_a_proxy_that_nobody_hears_is_a_problem(dead: int) -> None:
    (finding,) = check_port(dead, dead)

    assert finding.verdict is Verdict.PROBLEM


def test_the_port_offered_instead_can_be_listened_on(taken: int) -> None:
    free = free_port_after(taken)

    assert free != taken
    assert bind_error(free) is None


def _settings(home: Path, port: int) -> None:
    file = home / ".claude" / "settings.json"
    file.parent.mkdir()
    file.write_text(f'{{"env": {{"ANTHROPIC_BASE_URL": "http://127.0.0.1:{port}"}}}}')


def test_settings_that_lead_to_a_dead_port_are_a_problem(tmp_path: Path, dead: int) -> None:
    _settings(tmp_path, dead)

    (finding,) = check_claude_settings({}, tmp_path, ())

    assert finding.verdict is Verdict.PROBLEM


def test_settings_that_lead_to_another_program_that_answers_are_a_note(
    tmp_path: Path, taken: int
) -> None:
    _settings(tmp_path, taken)

    (finding,) = check_claude_settings({}, tmp_path, ())

    assert finding.verdict is Verdict.NOTE


def test_variables_and_profiles_that_lead_to_a_dead_port_are_problems(
    tmp_path: Path, dead: int
) -> None:
    line = f"export ANTHROPIC_BASE_URL=http://localhost:{dead}\n"
    (tmp_path / ".bashrc").write_text(line)

    (profile,) = check_profiles({}, tmp_path, ())
    (environment,) = check_environment({"ANTHROPIC_BASE_URL": f"http://localhost:{dead}"}, ())

    assert (profile.verdict, environment.verdict) == (Verdict.PROBLEM, Verdict.PROBLEM)
    assert "~/.bashrc line 1" in profile.remedy.plain()


def test_a_proxy_is_known_by_whether_it_answers(taken: int, dead: int) -> None:
    alive, _ = check_proxies({"HTTPS_PROXY": f"http://127.0.0.1:{taken}"}, 7860, bypasses_proxy)
    gone, _ = check_proxies({"HTTPS_PROXY": f"http://127.0.0.1:{dead}"}, 7860, bypasses_proxy)

    assert (alive.verdict, gone.verdict) == (Verdict.NOTE, Verdict.PROBLEM)


@linux_bus
async def test_a_panel_on_the_session_bus_is_seen() -> None:
    async with SniWatcher() as panel:
        (finding,) = await asyncio.to_thread(check_tray, panel.variables, platform="linux")

    assert (finding.verdict, "StatusNotifier" in finding.detail.plain()) == (Verdict.OK, True)


@linux_bus
async def test_a_bus_without_a_watcher_has_no_tray() -> None:
    daemon = await asyncio.create_subprocess_exec(
        *("dbus-daemon", "--session", "--nofork", "--print-address"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert daemon.stdout is not None
    address = (await daemon.stdout.readline()).decode().strip()

    host = await asyncio.to_thread(tray.notifier_host, address)

    daemon.terminate()
    await daemon.wait()
    assert host is Host.NONE


def test_a_bus_that_is_not_there_is_no_crash(tmp_path: Path) -> None:
    assert tray.notifier_host(f"unix:path={tmp_path / 'gone'}") is Host.NONE


def test_a_screen_that_is_not_there_is_no_crash() -> None:
    assert not tray.has_xembed_tray(":4711")


@pytest.mark.parametrize(
    ("host", "environ", "verdict", "words"),
    [
        (Host.XEMBED, {}, Verdict.OK, "XEmbed"),
        (Host.NOTIFIER_WITHOUT_PANEL, {}, Verdict.PROBLEM, "no panel"),
        (Host.NONE, {}, Verdict.NOT_CHECKED, "No desktop session"),
        (
            Host.NONE,
            {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"},
            Verdict.PROBLEM,
            "GNOME shows no tray icons without an extension",
        ),
        (
            Host.NONE,
            {"WAYLAND_DISPLAY": "wayland-0", "XDG_CURRENT_DESKTOP": "sway"},
            Verdict.PROBLEM,
            "(sway)",
        ),
    ],
    ids=["xembed", "watcher without a panel", "no desktop", "gnome", "bare"],
)
def test_each_kind_of_desktop_is_named(
    host: Host, environ: dict[str, str], verdict: Verdict, words: str
) -> None:
    finding = judge_tray(host, environ)

    assert finding.verdict is verdict
    assert words in finding.detail.plain()


def test_without_a_usable_keychain_the_file_is_named(tmp_path: Path) -> None:
    """`PYTHON_KEYRING_BACKEND` is keyring's null backend in every test."""
    (finding,) = check_keychain("qcc-desktop-test", tmp_path / "secrets.json")

    assert finding.verdict is Verdict.NOTE
    assert str(tmp_path / "secrets.json") in finding.detail.plain()


def test_keys_in_a_keychain_out_of_reach_are_counted_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text('{"version": 1, "secrets": {"endpoint-a": null, "endpoint-b": "sk-planted"}}')

    (finding,) = check_keychain("qcc-desktop-test", file)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.detail.plain().endswith("cannot be reached from here: 1.")
    assert "planted" not in repr(finding)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"secrets": 3}'])
def test_a_broken_secrets_file_counts_nothing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "secrets.json"
    file.write_text(content)

    assert keychain.names_in_keychain(file) == 0
