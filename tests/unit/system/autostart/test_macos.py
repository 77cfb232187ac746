"""The launch agent, with launchd's part played by the test."""

import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from macos import bundle
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.autostart.macos import LABEL, LaunchAgent, run_launchctl
from qcc_desktop.system.autostart.state import AutostartStatus, LoginCommand

COMMAND = LoginCommand(("/Applications/QCC 陳.app/Contents/MacOS/qcc-desktop", "--hidden"))


class Launchd:
    """Notes what it is asked and says whether the agent is switched off."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.said = ""

    def __call__(self, words: Sequence[str]) -> str:
        self.asked.append(tuple(words))
        if words[0] == "enable":
            self.said = f'\t"{LABEL}" => enabled\n'
        return self.said


def made(
    tmp_path: Path, command: LoginCommand = COMMAND, launchd: Launchd | None = None
) -> LaunchAgent:
    return LaunchAgent(command, tmp_path / "LaunchAgents", launchd or Launchd(), 501)


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "LaunchAgents" / f"{LABEL}.plist"


def test_the_agent_starts_the_program_hidden_at_login_once(tmp_path: Path) -> None:
    entry = made(tmp_path, LoginCommand(COMMAND.words, {"QCC_DESKTOP_HOME": "/a b"}))
    before = entry.read().status

    entry.write()

    assert before is AutostartStatus.OFF
    assert entry.read().status is AutostartStatus.ON
    assert plistlib.loads(file_of(tmp_path).read_bytes()) == {
        "Label": LABEL,
        "ProgramArguments": list(COMMAND.words),
        "RunAtLoad": True,
        "ProcessType": "Interactive",
        "LimitLoadToSessionType": "Aqua",
        "AssociatedBundleIdentifiers": [bundle.IDENTIFIER],
        "EnvironmentVariables": {"QCC_DESKTOP_HOME": "/a b"},
    }


@pytest.mark.parametrize(
    "place",
    [
        "/private/var/folders/zz/x/T/AppTranslocation/0A1B/d",
        "/Volumes/QCC Desktop",
        "/Volumes/QCC Desktop 1",
    ],
)
def test_from_a_place_that_goes_away_no_agent_is_made(tmp_path: Path, place: str) -> None:
    program = f"{place}/QCC Desktop.app/Contents/MacOS/qcc-desktop"

    with pytest.raises(UserFacingError, match="Move it to the Applications folder"):
        made(tmp_path, LoginCommand((program, "--hidden"))).write()

    assert not file_of(tmp_path).exists()


def test_switching_off_leaves_nothing_behind(tmp_path: Path) -> None:
    entry = made(tmp_path)
    entry.write()

    entry.remove()
    entry.remove()

    assert not file_of(tmp_path).exists()
    assert entry.read().status is AutostartStatus.OFF


@pytest.mark.parametrize("word", ["disabled", "true"])
def test_an_agent_that_launchd_keeps_off_is_blocked_until_it_is_switched_on(
    tmp_path: Path, word: str
) -> None:
    launchd = Launchd()
    entry = made(tmp_path, launchd=launchd)
    entry.write()
    launchd.said = f'disabled services = {{\n\t"com.apple.x" => enabled\n\t"{LABEL}" => {word}\n}}'

    found = entry.read().status
    entry.write()

    assert found is AutostartStatus.BLOCKED
    assert ("enable", f"gui/501/{LABEL}") in launchd.asked
    assert entry.read().status is AutostartStatus.ON


def test_another_agent_that_is_off_does_not_count(tmp_path: Path) -> None:
    launchd = Launchd()
    entry = made(tmp_path, launchd=launchd)
    entry.write()

    launchd.said = f'\t"{LABEL}-other" => disabled\n\t"{LABEL}" => enabled\n'

    assert entry.read().status is AutostartStatus.ON


def test_an_agent_with_the_disabled_key_is_blocked(tmp_path: Path) -> None:
    entry = made(tmp_path)
    entry.write()

    values = plistlib.loads(file_of(tmp_path).read_bytes()) | {"Disabled": True}
    file_of(tmp_path).write_bytes(plistlib.dumps(values))

    assert entry.read().status is AutostartStatus.BLOCKED


@pytest.mark.parametrize(
    ("program", "is_orphaned"), [("/gone/qcc-desktop", True), (sys.executable, False)]
)
def test_an_agent_that_starts_another_program_is_stale(
    tmp_path: Path, program: str, is_orphaned: bool
) -> None:
    made(tmp_path, LoginCommand((program, "--hidden"))).write()

    found = made(tmp_path).read()

    assert found.status is AutostartStatus.STALE
    assert found.is_orphaned is is_orphaned


@pytest.mark.parametrize(
    "data",
    [b"", b"garbage", b"<plist", plistlib.dumps(["a list"]), b"bplist00\xff\xff"],
    ids=["empty", "garbage", "cut", "no dictionary", "broken binary"],
)
def test_a_file_that_cannot_be_read_starts_nothing(tmp_path: Path, data: bytes) -> None:
    file_of(tmp_path).parent.mkdir()
    file_of(tmp_path).write_bytes(data)

    found = made(tmp_path).read()

    assert found.status is AutostartStatus.STALE
    assert found.is_orphaned


@pytest.mark.skipif(sys.platform == "darwin", reason="there is a launchctl")
def test_without_launchd_the_file_alone_decides() -> None:
    assert run_launchctl(("print-disabled", "gui/501")) == ""
