"""The Windows set-up under Wine: installed, upgraded while the program runs, removed.

It runs where Wine and NSIS are and ``dev.py package --target windows`` has made the set-up; the
older version that is upgraded is a second set-up of the same program. What Wine cannot show:
SmartScreen, virus scanners, the look of Windows' own dialogs, and locks on open files that NTFS
keeps and Linux does not.
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
from tests.helpers.tray_host import TrayHost, state_pixels
from tests.helpers.wine_user import WineUser, free_port, until
from windows import freeze, package, wine

SETUP, PORTABLE = package.output("setup.exe"), package.output("portable.zip")
UNINSTALL = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\QCC Desktop"
RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run\QCC Desktop"
SETTINGS = '{\r\n  "model": "opus",\r\n  "env": {"MY_OWN": "留下"}\r\n}\r\n'
OLD = "0.0.1"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(900),
    pytest.mark.skipif(bool(wine.missing()), reason=f"not installed: {wine.missing()}"),
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {missing_programs()}"),
    pytest.mark.skipif(
        not (SETUP.exists() and PORTABLE.exists()),
        reason="not made: python3 installers/dev.py package --target windows",
    ),
]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What was seen at each stop of one user's way, from an empty Windows to an empty one."""
    return asyncio.run(_travel(tmp_path_factory.mktemp("windows")))


async def _travel(folder: Path) -> dict[str, Any]:
    old = _older_setup(folder)
    async with Screen() as screen:
        user = WineUser(folder, screen.variables)
        try:
            return await _live(user, old, TrayHost(screen, folder))
        finally:
            user.close()
            shutil.rmtree(user.prefix)


def _older_setup(folder: Path) -> Path:
    with zipfile.ZipFile(PORTABLE) as archive:
        archive.extractall(folder)
    frozen = folder / freeze.NAME
    (frozen / package.MARK).unlink()
    target = folder / "older-setup.exe"
    package.setup(frozen, target, freeze.icon(folder), OLD, is_signed=False, is_quick=True)
    return target


async def _live(user: WineUser, old: Path, tray: TrayHost) -> dict[str, Any]:
    settings = user.home / ".claude" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(SETTINGS.encode())
    seen: dict[str, Any] = {"place": user.place, "empty": _look(user)}
    _do(seen, user, "install", old, "/S", "/AUTOSTART=1")
    assert seen["install"]["code"] == 0
    seen["self-test"] = user.qcc("selftest")
    seen["version"] = user.qcc("--version")
    _configure(user)
    user.start(user.place / "qcc-desktopw.exe", "--hidden")
    until(lambda: bool((user.runtime() or {}).get("port")), "the proxy listens")
    seen["answer"] = _ask_proxy(user)
    seen["takeover"] = user.qcc("takeover", "on", "--yes")
    seen["taken over"] = settings.read_bytes()
    seen["icon"] = await _icon(tray)
    seen["first run"] = user.runtime()
    _do(seen, user, "upgrade", SETUP, "/S")
    until(lambda: bool((user.runtime() or {}).get("port")), "the upgraded proxy listens")
    seen["second run"] = user.runtime()
    seen["answer of the upgraded"] = _ask_proxy(user)
    seen["endpoints"] = json.loads(user.qcc("endpoint", "list", "--json").stdout)
    until(lambda: b"ANTHROPIC_BASE_URL" in settings.read_bytes(), "taken over again")
    _do(seen, user, "removal", user.place / "uninstall.exe", "/S")
    until(lambda: not user.place.exists(), "the uninstaller's copy of itself ends")
    seen["removed"] = _look(user)
    _do(seen, user, "second install", SETUP, "/S")
    _in_use(seen, user)
    _do(seen, user, "second removal", user.place / "uninstall.exe", "/S", "/DELETEDATA=1")
    until(lambda: not user.place.exists(), "the uninstaller's copy of itself ends")
    seen["erased"] = _look(user)
    return seen


def _configure(user: WineUser) -> None:
    key = "sk-ant-key-of-this-test"
    add = ("--name", "A", "--base-url", "http://127.0.0.1:9", "--api-key", key)
    for words in (("endpoint", "add", *add), ("config", "set", "server.port", str(free_port()))):
        done = user.qcc(*words)
        assert done.returncode == 0, done.stdout


def _do(seen: dict[str, Any], user: WineUser, name: str, *words: str | Path) -> None:
    code = user.set_up(*words)
    seen[name] = {"code": code, **_look(user)}


def _look(user: WineUser) -> dict[str, Any]:
    return {
        "files": user.files(),
        "registry": user.registry(),
        "settings": (user.home / ".claude" / "settings.json").read_bytes(),
    }


def _ask_proxy(user: WineUser) -> int:
    info = user.runtime()
    assert info is not None
    answer = httpx.get(
        f"http://127.0.0.1:{info['port']}/__qcc__/status",
        headers={"authorization": f"Bearer {info['token']}"},
        trust_env=False,
        timeout=20,
    )
    return answer.status_code


async def _icon(tray: TrayHost) -> int:
    """Return how many pixels of the icon in the tray have the colour of a light."""
    for _ in range(100):
        count = state_pixels(await tray.icon()).total()
        if count:
            return count
        await asyncio.sleep(0.2)  # the screen tells nobody that it was painted on
    return 0


def _in_use(seen: dict[str, Any], user: WineUser) -> None:
    """Set up while a command of the program runs that nobody can ask to end."""
    program = user.place / "qcc-desktop.exe"
    before = sorted(user.place.rglob("*"))
    follower = user.start(program, "logs", "--follow")
    try:
        seen["in use"] = user.set_up(SETUP, "/S")
        seen["unchanged"] = sorted(user.place.rglob("*")) == before
    finally:
        follower.terminate()
        follower.wait()


def test_it_is_installed_for_one_user_with_everything_windows_knows_it_by(journey: Any) -> None:
    installed = journey["install"]

    assert installed["code"] == 0
    registry = installed["registry"]
    assert registry[rf"{UNINSTALL}\DisplayVersion"].endswith(OLD)
    assert registry[rf"{UNINSTALL}\QuietUninstallString"].endswith('uninstall.exe" /S')
    assert registry[RUN].endswith("--hidden")
    assert "qcc-desktopw.exe" in registry[RUN]
    assert any(name.endswith("Programs/QCC Desktop.lnk") for name in installed["files"])


def test_what_was_installed_tests_itself_and_answers(journey: Any) -> None:
    assert journey["self-test"].returncode == 0, journey["self-test"].stdout
    assert journey["version"].stdout.startswith("qcc-desktop ")
    assert journey["answer"] == 200


def test_its_icon_is_in_the_tray(journey: Any) -> None:
    assert journey["icon"] > 20


def test_an_upgrade_restarts_the_running_program_and_keeps_everything(journey: Any) -> None:
    upgraded, first, second = journey["upgrade"], journey["first run"], journey["second run"]

    assert upgraded["code"] == 0
    assert not upgraded["registry"][rf"{UNINSTALL}\DisplayVersion"].endswith(OLD)
    assert upgraded["registry"][RUN] == journey["install"]["registry"][RUN]
    assert first["started_at"] < second["started_at"]
    assert (second["port"], second["token"]) == (first["port"], first["token"])
    assert journey["answer of the upgraded"] == 200
    assert [endpoint["name"] for endpoint in journey["endpoints"]] == ["A"]


def test_a_removal_gives_claude_codes_settings_back_and_keeps_the_data(journey: Any) -> None:
    assert b"ANTHROPIC_BASE_URL" in journey["taken over"], journey["takeover"].stdout
    assert journey["removal"]["code"] == 0
    removed, empty = journey["removed"], journey["empty"]
    assert removed["settings"] == empty["settings"] == SETTINGS.encode()
    assert removed["registry"] == empty["registry"]
    left = {name for name in removed["files"] - empty["files"] if "qcc-desktop" not in name}
    assert left <= {"AppData/Local/Programs"}
    assert any(name.endswith("config.json") for name in removed["files"])


def test_a_removal_that_is_told_to_leaves_no_data_either(journey: Any) -> None:
    erased, empty = journey["erased"], journey["empty"]

    assert journey["second removal"]["code"] == 0
    assert erased["registry"] == empty["registry"]
    assert erased["files"] - empty["files"] <= {"AppData/Local/Programs"}


def test_nothing_is_changed_while_a_program_of_it_is_in_use(journey: Any) -> None:
    assert journey["in use"] == 4
    assert journey["unchanged"]
