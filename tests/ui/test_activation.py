"""The token of a click, handed to Qt."""

import ctypes
import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qcc_desktop.ui.activation import activated_by

_NAME = "XDG_ACTIVATION_TOKEN"


def seen_by_qt() -> str | None:
    """Return the variable as C code sees it, which `os.environ` does not."""
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_char_p
    value = getenv(_NAME.encode())
    return None if value is None else str(value.decode())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Wayland")
@pytest.mark.parametrize(
    ("platform", "token", "expected"),
    [
        ("wayland", "t1", "t1"),
        ("wayland-egl", "t1", "t1"),
        ("wayland", "", None),
        ("xcb", "t1", None),
    ],
)
def test_the_token_is_there_under_wayland_while_the_window_is_activated(
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    platform: str,
    token: str,
    expected: str | None,
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)

    with activated_by(token):
        assert seen_by_qt() == expected
        assert _NAME not in os.environ

    assert seen_by_qt() is None


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Wayland")
def test_programs_started_later_do_not_inherit_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")

    with pytest.raises(ZeroDivisionError), activated_by("t1"):
        raise ZeroDivisionError

    shown = subprocess.run(["env"], capture_output=True, check=True).stdout
    assert _NAME.encode() not in shown
