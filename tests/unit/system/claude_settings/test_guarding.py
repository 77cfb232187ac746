"""How the guard of this process is started; what it does is seen in tests/integration."""

import os
import sys
from pathlib import Path

from qcc_desktop.system.claude_settings import guard
from qcc_desktop.system.claude_settings.guarding import guard_words

RESTORE = ("restore", "--after", str(os.getpid()))


def test_python_runs_the_guard_without_packages_and_restore_with_them() -> None:
    words = guard_words({}, is_frozen=False)

    guarding = (sys.executable, "-I", "-S", guard.__file__)
    assert words == (*guarding, sys.executable, "-m", "qcc_desktop", *RESTORE)


def test_a_frozen_program_is_its_own_guard() -> None:
    words = guard_words({}, is_frozen=True)

    assert words == (sys.executable, guard.GUARD, sys.executable, *RESTORE)


def test_an_app_image_is_named_by_its_file_for_its_mount_dies_with_the_program() -> None:
    mount = {"APPIMAGE": "/opt/qcc.AppImage", "APPDIR": str(Path(sys.executable).resolve().parent)}

    words = guard_words(mount, is_frozen=True)

    assert words == ("/opt/qcc.AppImage", "guard", "/opt/qcc.AppImage", *RESTORE)
