"""The tray program before Qt: whether there is a screen, and a second start."""

import os
import sys
from pathlib import Path

import pytest

from qcc_desktop.app.control import Answer, ControlChannel
from qcc_desktop.app.gui import _show_other_window, check_screen
from qcc_desktop.app.single_instance import already_running
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.storage.runtime_file import RuntimeInfo, write_runtime


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_remedy_is_named() -> None:
    with pytest.raises(UserFacingError) as caught:
        check_screen({})

    assert "qcc-desktop serve" in caught.value.hint


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_window_system_will_do(name: str) -> None:
    check_screen({name: "there"})


async def test_a_second_start_has_the_window_shown_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[bool] = []

    async def show() -> Answer:
        shown.append(True)
        return {}

    channel = ControlChannel("control-token", {"show_window": show})
    info = RuntimeInfo(
        pid=os.getpid(),
        port=None,
        host="127.0.0.1",
        version="0",
        started_at="",
        control_port=await channel.start(),
        control_token="control-token",
        token="t",
    )
    paths = paths_below(tmp_path)
    write_runtime(paths.runtime_file, info)

    await _show_other_window(paths, already_running(info))
    await channel.stop()

    assert shown == [True]
    said = "QCC Desktop is running already; its window is shown.\n"
    assert capsys.readouterr().out == said
