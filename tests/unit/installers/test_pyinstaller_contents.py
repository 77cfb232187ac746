"""What goes into the frozen program: the lists of installers/pyinstaller, without freezing."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import qcc_desktop

FOLDER = Path(__file__).resolve().parents[3] / "installers" / "pyinstaller"


def _load(name: str) -> ModuleType:
    """Return a module that no package holds, as PyInstaller and the frozen program load it."""
    spec = importlib.util.spec_from_file_location(f"frozen_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


contents = _load("contents")
entry = _load("entry")


def test_whatever_module_of_ours_is_imported_by_a_name_in_a_string_goes_along() -> None:
    assert qcc_desktop.__name__ in contents.LATE_PACKAGES


def test_modules_that_are_named_for_this_system_exist() -> None:
    for name in contents.late_modules(sys.platform):
        assert importlib.util.find_spec(name), name


def test_nothing_that_is_left_out_is_named_for_any_system() -> None:
    named = [module for system in contents.LATE_MODULES for module in contents.late_modules(system)]

    assert not {*named} & {*contents.LEFT_OUT}


def test_the_metadata_of_the_program_and_all_it_is_built_from_goes_along() -> None:
    names = {name.lower().replace("_", "-") for name in contents.distributions()}

    assert {"qcc-desktop", "pyside6-essentials", "shiboken6", "numpy", "keyring"} <= names
    assert {"pytest", "ruff", "pyinstaller"}.isdisjoint(names)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6\\translations\\qtbase_zh_CN.qm",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6\\Qt6Gui.dll",
        "PySide6/QtCore.abi3.so",
        "libQt6Gui.so.6",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
        "qcc_desktop/resources/icons/app.svg",
        "qcc_desktop/resources/README.zh-CN.md",
        "numpy-2.4.6.dist-info/METADATA",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "qcc_desktop/resources/i18n/qcc_zh_CN.qm",
        "licenses/PySide6_Essentials.txt",
    ],
)
def test_what_the_program_needs_stays(place: str) -> None:
    assert contents.stays(place, is_linux=True)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6\\Qt6Network.dll",
        "libQt6Network.so.6",
        "PySide6/Qt/plugins/platforms/libqvnc.so",
        "PySide6\\plugins\\tls\\qopensslbackend.dll",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "libgtk-3.so.0",
        "libstdc++.so.6",
        "libfontconfig.so.1",
        "pyqtgraph/icons/default.svg",
        "numpy-2.4.6.dist-info/RECORD",
        "numpy-2.4.6.dist-info/licenses/LICENSE.txt",
        "filelock-4.2.11.dist-info/sboms/filelock.cdx.json",
        "qcc_desktop/resources/i18n/qcc_zh_CN.ts",
    ],
)
def test_what_is_dead_weight_or_must_be_the_systems_own_goes(place: str) -> None:
    assert not contents.stays(place, is_linux=True)


@pytest.mark.parametrize("before", [None, "", "/opt/lib"], ids=["unset", "empty", "set"])
def test_what_we_start_sees_no_library_path_of_ours(
    before: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "_OWN_FOLDERS", frozenset({"/usr/lib/qcc-desktop/_internal"}))
    environ = {
        "LD_LIBRARY_PATH": "/usr/lib/qcc-desktop/_internal",
        "_PYI_ARCHIVE_FILE": "/usr/lib/qcc-desktop/qcc-desktop",
        "HOME": "/home/ada",
    }
    original = {} if before is None else {"LD_LIBRARY_PATH": before}
    kept = {f"{name}_ORIG": value for name, value in original.items()}
    environ |= kept

    entry.give_back(environ)

    assert environ == {"HOME": "/home/ada", **original}


def test_a_library_path_of_the_person_stays() -> None:
    environ = {"LD_LIBRARY_PATH": "/opt/lib"}

    entry.give_back(environ)

    assert environ == {"LD_LIBRARY_PATH": "/opt/lib"}


_WITHOUT_WHAT_IS_LEFT_OUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in sys.argv[1:]):
            raise ImportError(name)

sys.meta_path.insert(0, Missing())
from PySide6.QtWidgets import QApplication
application = QApplication([])
from qcc_desktop.ui.usage.chart import UsageChart
UsageChart().grab()
from qcc_desktop.ui.pages import PLACES, load
for page in PLACES:
    load(page)
import keyring
keyring.get_keyring()
import qcc_desktop.app.demo.live
"""


def test_pages_chart_keychain_and_tables_need_nothing_that_is_left_out() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_WHAT_IS_LEFT_OUT, *contents.LEFT_OUT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
