"""Whether there is a screen, said in a sentence rather than by an abort."""

import sys

import pytest

from qcc_desktop.app.gui import check_screen
from qcc_desktop.core.errors import UserFacingError


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_remedy_is_named() -> None:
    with pytest.raises(UserFacingError) as caught:
        check_screen({})

    assert "qcc-desktop serve" in caught.value.hint


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_any_window_system_will_do(name: str) -> None:
    check_screen({name: "there"})
