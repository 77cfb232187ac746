"""The portable Windows program under Wine: in a folder of any name, keeping everything beside it.

It runs where Wine is and ``dev.py package --target windows`` has made the archive.
"""

import asyncio
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.helpers.screen import Screen, missing_programs
from tests.helpers.tray_host import TrayHost
from tests.helpers.wine_user import WineUser, free_port, until
from windows import freeze, package, wine

PORTABLE = package.output("portable.zip")
FOLDER = "我的 U 盘 (stick) & more"
KEY = "sk-ant-key-of-this-test"
SETTINGS = b'{"model": "opus"}\n'

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(900),
    pytest.mark.skipif(bool(wine.missing()), reason=f"not installed: {wine.missing()}"),
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {missing_programs()}"),
    pytest.mark.skipif(
        not PORTABLE.exists(), reason="not made: python3 installers/dev.py package --target windows"
    ),
]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What was seen while it was used for a while."""
    return asyncio.run(_travel(tmp_path_factory.mktemp("portable")))


async def _travel(folder: Path) -> dict[str, Any]:
    async with Screen() as screen:
        user = WineUser(folder, screen.variables)
        try:
            return await _use(user, TrayHost(screen, folder))
        finally:
            user.close()
            shutil.rmtree(user.prefix)


async def _use(user: WineUser, tray: TrayHost) -> dict[str, Any]:
    settings = user.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(SETTINGS)
    seen: dict[str, Any] = {"files before": user.files(), "registry before": user.registry()}
    with zipfile.ZipFile(PORTABLE) as archive:
        archive.extractall(user.home / FOLDER)
    place = user.home / FOLDER / freeze.NAME
    program = place / "qcc-desktop.exe"
    seen["place"] = place
    seen["said"] = {
        words[0]: user.run(program, *words)
        for words in (
            ("--version",),
            ("selftest",),
            (
                "endpoint",
                "add",
                "--name",
                "A",
                "--base-url",
                "http://127.0.0.1:9",
                "--api-key",
                KEY,
            ),
            ("config", "set", "server.port", str(free_port())),
            ("autostart", "on"),
            ("env",),
        )
    }
    _serve(seen, user, program, settings)
    user.start(place / "qcc-desktopw.exe", "--hidden")
    until(lambda: _runtime(place).get("port") is not None, "the tray program's proxy listens")
    seen["icon"] = await tray.painted_pixels()
    seen["stop"] = user.run(program, "stop")
    seen |= {"files": user.files(), "registry": user.registry()}
    seen["texts"] = [file.read_bytes() for file in (place / "home").rglob("*") if file.is_file()]
    return seen


def _serve(seen: dict[str, Any], user: WineUser, program: Path, settings: Path) -> None:
    """Run the proxy alone, ask it, lead Claude Code to it, and kill it."""
    serve = user.start(program, "serve")
    until(lambda: _runtime(program.parent).get("port") is not None, "the proxy listens")
    seen["env"] = json.loads(user.run(program, "env", "--json").stdout)
    seen["status"] = json.loads(user.run(program, "status", "--json").stdout)
    seen["answer"] = httpx.head(
        seen["env"]["ANTHROPIC_BASE_URL"],
        headers={"authorization": f"Bearer {seen['env']['ANTHROPIC_AUTH_TOKEN']}"},
        trust_env=False,
    ).status_code
    user.run(program, "takeover", "on", "--yes")
    seen["taken over"] = settings.read_bytes()
    serve.kill()
    until(lambda: settings.read_bytes() == SETTINGS, "the guard gives Claude Code's settings back")


def _runtime(place: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((place / "home/data/runtime.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def test_it_tests_itself_and_answers(journey: Any) -> None:
    said = journey["said"]

    assert said["--version"].stdout.startswith("qcc-desktop ")
    assert said["selftest"].returncode == 0, said["selftest"].stdout
    assert said["env"].returncode == 3
    assert journey["answer"] == 200
    assert [endpoint["name"] for endpoint in journey["status"]["endpoints"]] == ["A"]
    assert journey["status"]["port"] == int(journey["env"]["ANTHROPIC_BASE_URL"].rsplit(":")[-1])


def test_its_icon_is_in_the_tray_and_it_ends_when_asked(journey: Any) -> None:
    assert journey["icon"] > 20
    assert journey["stop"].returncode == 0, journey["stop"].stdout


def test_it_keeps_everything_in_its_own_folder(journey: Any) -> None:
    new = journey["files"] - journey["files before"]

    assert {name for name in new if not name.startswith(FOLDER)} == set()
    assert {f"{FOLDER}/qcc-desktop/home/{name}" for name in ("config", "data", "logs")} <= new


def test_it_leaves_nothing_in_the_registry_and_no_key_on_the_stick(journey: Any) -> None:
    """Keys lie in the Credential Manager, which Wine keeps among its own keys of the registry."""
    assert journey["registry"] == journey["registry before"]
    assert not [text for text in journey["texts"] if KEY.encode() in text]


def test_it_does_not_start_at_login(journey: Any) -> None:
    refused = journey["said"]["autostart"]

    assert refused.returncode == 1
    assert "portable" in refused.stdout


def test_claude_codes_settings_are_given_back_when_it_is_killed(journey: Any) -> None:
    """By the guard beside it, which was waited for."""
    assert journey["env"]["ANTHROPIC_BASE_URL"].encode() in journey["taken over"]
