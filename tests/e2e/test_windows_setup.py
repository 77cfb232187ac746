"""The Windows set-up under Wine: installed, upgraded while the program runs, put back, removed.

It runs where Wine and NSIS are and ``dev.py package --target windows`` has made the set-up; the
older version that is upgraded is a second set-up of the same program. Wine refuses to delete and
to overwrite programs that run and libraries that are loaded, as Windows does. What Wine cannot
show: SmartScreen, virus scanners, and the look of Windows' own dialogs.
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
from tests.helpers.windows_programs import ClaudeWindow, broken_version
from tests.helpers.wine_user import WineUser, free_port, until
from windows import freeze, package, wine

SETUP, PORTABLE = package.output("setup.exe"), package.output("portable.zip")
UNINSTALL = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\QCC Desktop"
RUN = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run\QCC Desktop"
SETTINGS = '{\r\n  "model": "opus",\r\n  "env": {"MY_OWN": "留下"}\r\n}\r\n'
OLD, BROKEN = "0.0.1", "9.9.9"
LISTED = {
    "DisplayName": "QCC Desktop",
    "Publisher": "QCC Desktop contributors",
    "NoModify": "0x1",
    "NoRepair": "0x1",
}

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
    window = ClaudeWindow(user.home / ".local" / "bin")
    seen: dict[str, Any] = {"place": user.place, "empty": _look(user)}
    _do(seen, user, "install", old, "/S", "/AUTOSTART=1")
    assert seen["install"]["code"] == 0
    seen["self-test"] = user.qcc("selftest")
    seen["version"] = user.qcc("--version")
    _configure(user)
    user.start(user.place / "qcc-desktopw.exe", "--hidden")
    _until_it_listens(user)
    seen["answer"] = _ask_proxy(user)
    seen["takeover"] = user.qcc("takeover", "on", "--yes")
    seen["taken over"] = settings.read_bytes()
    seen["icon"] = await tray.painted_pixels()
    words = ("launch", "--here", wine.path(user.home))
    parent = user.start(user.place / "qcc-desktop.exe", *words)
    until(lambda: window.base_url != "", "Claude Code runs")
    _upgrade(seen, user, window)
    seen["parent's code"] = parent.wait()
    until(lambda: b"ANTHROPIC_BASE_URL" in settings.read_bytes(), "taken over again")
    until(lambda: not user.put_aside(), "the new version takes away what was put aside")
    window.forget()
    _downgrade(seen, user, old)
    _fail_to_update(seen, user, settings)
    _do(seen, user, "removal", user.place / "uninstall.exe", "/S")
    until(lambda: not user.place.exists(), "the uninstaller's copy of itself ends")
    seen["removed"] = _look(user)
    _do(seen, user, "second install", SETUP, "/S")
    _in_use(seen, user)
    _do(seen, user, "second removal", user.place / "uninstall.exe", "/S", "/DELETEDATA=1")
    until(lambda: not user.place.exists(), "the uninstaller's copy of itself ends")
    seen["erased"] = _look(user)
    return seen


def _upgrade(seen: dict[str, Any], user: WineUser, window: ClaudeWindow) -> None:
    """Set up the newer version over the running program, beside an open Claude Code window."""
    seen["first run"] = user.runtime()
    _do(seen, user, "upgrade", SETUP, "/S")
    seen["survived"] = not window.has_ended
    seen["put aside"] = user.put_aside()
    _until_it_listens(user)
    seen["second run"] = user.runtime()
    seen["window's address"] = window.base_url
    seen["answer of the upgraded"] = _ask_proxy(user)
    seen["endpoints"] = json.loads(user.qcc("endpoint", "list", "--json").stdout)
    seen["set-up's log"] = user.setup_log()
    window.end()


def _downgrade(seen: dict[str, Any], user: WineUser, old: Path) -> None:
    _do(seen, user, "downgrade", old, "/S")
    seen["run after the downgrade"] = user.runtime()


def _fail_to_update(seen: dict[str, Any], user: WineUser, settings: Path) -> None:
    """Let a copy of the program install a version that fails its self-test.

    What the running program writes for it is written here, for there is no feed with a signed set-up.
    """
    folder = user.prefix.parent
    broken_version(folder / "broken", BROKEN)
    setup = folder / "broken-setup.exe"
    icon = freeze.icon(folder)
    package.setup(folder / "broken", setup, icon, BROKEN, is_signed=False, is_quick=True)
    copy, journal = folder / "copy", user.data / "update.json"
    shutil.copytree(user.place, copy)
    before = {**_look(user), "run": user.runtime()}
    listed = {
        name.rpartition("\\")[2]: value.split("    ", 1)
        for name, value in before["registry"].items()
        if name.startswith(UNINSTALL)
    }
    job = {
        "setup": wine.path(setup),
        "place": listed["InstallLocation"][1],
        "former_copy": wine.path(copy),
        "program": "qcc-desktopw.exe",
        "tester": "qcc-desktop.exe",
        "former": json.loads(user.qcc("status", "--json").stdout)["version"],
        "version": BROKEN,
        "journal": wine.path(journal),
        "log": wine.path(user.data / "update.log"),
        "process": before["run"]["pid"],
        "listed": {
            name: int(value, 16) if kind == "REG_DWORD" else value
            for name, (kind, value) in listed.items()
        },
    }
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    user.qcc("stop")
    user.set_up(copy / "qcc-desktopw.exe", "finish-update", wine.path(folder / "job.json"))
    seen["failed update"] = {
        "before": before,
        "journal": json.loads(journal.read_bytes()),
        "log": (user.data / "update.log").read_text(encoding="utf-8"),
        **_look(user),
    }
    _until_it_listens(user)
    until(lambda: b"ANTHROPIC_BASE_URL" in settings.read_bytes(), "taken over again")


def _until_it_listens(user: WineUser) -> None:
    until(lambda: bool((user.runtime() or {}).get("port")), "the proxy listens")


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


def _in_use(seen: dict[str, Any], user: WineUser) -> None:
    """Set up, and remove, while a program runs that nobody can ask to end: its home is another."""
    elsewhere = wine.path(user.prefix.parent / "another home")
    before = sorted(user.place.rglob("*"))
    other = user.start(
        user.place / "qcc-desktopw.exe", "--hidden", extra={"QCC_DESKTOP_HOME": elsewhere}
    )
    info = user.prefix.parent / "another home" / "runtime.json"
    until(lambda: any(info.parent.rglob("runtime.json")), "the other one runs")
    # The uninstaller starts a copy of itself and does not wait for it, but for this last word,
    # which is not quoted. Wine quotes words with a blank in them, so it is given as two.
    in_place = f"_?={_entry(seen['second install'])['InstallLocation']}".split(" ")
    uninstaller = user.place / "uninstall.exe"
    seen["in use"] = (
        user.set_up(SETUP, "/S"),
        user.set_up(uninstaller, "/S", "/DELETEDATA=1", *in_place),
    )
    seen["unchanged"] = sorted(user.place.rglob("*")) == before
    seen["data kept"] = (user.data / "config.json").exists()
    seen["log of one refused"] = user.setup_log()
    user.run(user.place / "qcc-desktop.exe", "stop", extra={"QCC_DESKTOP_HOME": elsewhere})
    other.wait()


def _entry(looked: dict[str, Any]) -> dict[str, str]:
    """Return what Windows' list of installed programs says."""
    return {
        key.rpartition("\\")[2]: value.partition("    ")[2]
        for key, value in looked["registry"].items()
        if key.startswith(UNINSTALL)
    }


def test_it_is_installed_for_one_user_with_everything_windows_knows_it_by(journey: Any) -> None:
    installed = journey["install"]

    assert installed["code"] == 0
    registry, entry = installed["registry"], _entry(installed)
    assert entry["DisplayVersion"] == OLD
    assert LISTED.items() <= entry.items()
    assert entry["InstallLocation"].endswith(r"AppData\Local\Programs\QCC Desktop")
    assert entry["DisplayIcon"] == rf"{entry['InstallLocation']}\qcc-desktopw.exe,0"
    assert entry["UninstallString"] == rf'"{entry["InstallLocation"]}\uninstall.exe"'
    assert entry["QuietUninstallString"] == f"{entry['UninstallString']} /S"
    assert 50_000 < int(entry["EstimatedSize"], 16) < 400_000
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
    version = journey["version"].stdout.split()[1]
    assert _entry(upgraded) == {**_entry(journey["install"]), "DisplayVersion": version}
    assert upgraded["files"] >= journey["install"]["files"]
    assert upgraded["registry"][RUN] == journey["install"]["registry"][RUN]
    assert first["started_at"] < second["started_at"]
    assert (second["port"], second["token"]) == (first["port"], first["token"])
    assert journey["answer of the upgraded"] == 200
    assert [endpoint["name"] for endpoint in journey["endpoints"]] == ["A"]


def test_a_claude_code_window_stays_open_through_an_upgrade(journey: Any) -> None:
    """What it keeps in use goes when it has ended; that it does was waited for."""
    assert journey["survived"]
    assert journey["parent's code"] == 0
    assert journey["put aside"] == ["former"]
    assert journey["window's address"] == f"http://127.0.0.1:{journey['second run']['port']}"
    assert "in use: former" in journey["set-up's log"]
    assert "is in its place" in journey["set-up's log"]


def test_a_newer_version_is_not_replaced_by_an_older_one_silently(journey: Any) -> None:
    refused, upgraded = journey["downgrade"], journey["upgrade"]

    assert refused["code"] == 7
    assert refused["registry"] == upgraded["registry"]
    assert journey["run after the downgrade"] == journey["second run"]


def test_an_update_that_fails_its_self_test_leaves_no_trace_of_itself(journey: Any) -> None:
    failed = journey["failed update"]

    assert failed["journal"]["outcome"] == "put_back"
    assert "broken on purpose" in failed["log"]
    assert failed["registry"] == failed["before"]["registry"]
    place = {name for name in failed["files"] if "Programs/QCC Desktop" in name}
    assert place == {name for name in failed["before"]["files"] if "Programs/QCC Desktop" in name}


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


def test_nothing_is_changed_while_a_program_runs_that_cannot_be_asked_to_end(journey: Any) -> None:
    assert journey["in use"] == (4, 4)
    assert journey["unchanged"]
    assert journey["data kept"]
    assert "ends with code 4" in journey["log of one refused"]
