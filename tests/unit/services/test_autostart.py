"""What comes of switching the start at login, over entries on the disk."""

import sys
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.autostart import Autostart
from qcc_desktop.system.autostart.entry import autostart_entry
from qcc_desktop.system.autostart.linux import DesktopFile
from qcc_desktop.system.autostart.state import AutostartStatus, LoginCommand


def entry(tmp_path: Path, program: str = sys.executable) -> DesktopFile:
    return DesktopFile(LoginCommand((program, "--hidden")), tmp_path / "qcc.desktop")


async def test_switching_on_and_off_tells_what_is_then_the_case(tmp_path: Path) -> None:
    autostart = Autostart(lambda: entry(tmp_path))

    states = [
        await autostart.state(),
        await autostart.turn_on(),
        await autostart.state(),
        await autostart.turn_off(),
    ]

    assert [state.status for state in states] == ["off", "on", "on", "off"]


async def test_an_entry_whose_program_is_gone_starts_this_one_from_now_on(tmp_path: Path) -> None:
    entry(tmp_path, str(tmp_path / "gone")).write()

    found = await Autostart(lambda: entry(tmp_path)).refresh()

    assert found.status is AutostartStatus.ON
    assert entry(tmp_path).read().status is AutostartStatus.ON


@pytest.mark.parametrize("state", ["none", "another copy", "switched off"])
async def test_any_other_entry_stays_as_it_is(tmp_path: Path, state: str) -> None:
    file = tmp_path / "qcc.desktop"
    if state != "none":
        entry(tmp_path, "/bin/sh" if state == "another copy" else str(tmp_path / "gone")).write()
    if state == "switched off":
        file.write_text(file.read_text("utf-8") + "Hidden=true\n", "utf-8")
    before = file.read_bytes() if file.exists() else b""

    await Autostart(lambda: entry(tmp_path)).refresh()

    assert (file.read_bytes() if file.exists() else b"") == before


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    blocked = DesktopFile(LoginCommand(("qcc",)), tmp_path / "file" / "qcc.desktop")

    with pytest.raises(UserFacingError, match="cannot be written"):
        await Autostart(lambda: blocked).turn_on()


@pytest.mark.skipif(sys.platform != "linux", reason="the others would touch the real session")
async def test_this_systems_way_is_undoable(home: Path) -> None:
    autostart = Autostart(autostart_entry)

    on = await autostart.turn_on()
    off = await autostart.turn_off()

    assert (on.status, off.status) == (AutostartStatus.ON, AutostartStatus.OFF)
    assert Path(on.place).is_relative_to(home)
