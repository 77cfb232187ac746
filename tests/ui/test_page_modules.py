"""Modules of pages that are loaded before they are looked at."""

import json
import subprocess
import sys

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.page_modules import Loading, unloaded

_LOOK = """
import json, sys
from importlib import import_module
import qcc_desktop.app.gui
from qcc_desktop.ui.page_modules import unloaded
from qcc_desktop.ui.pages import PLACES, load

def ours():
    return {name for name in sys.modules if name.startswith("qcc_desktop.")}

most = 0
for name in unloaded(module for module, _ in PLACES.values()):
    before = ours()
    import_module(name)
    most = max(most, len(ours() - before))
loaded = ours()
for name in PLACES:
    load(name)
chart = [name for name in sys.modules if name.split(".")[0] in {"pyqtgraph", "numpy"}]
print(json.dumps({"most": most, "late": sorted(ours() - loaded), "chart": chart}))
"""


def test_a_page_finds_its_modules_loaded_and_none_was_loaded_with_a_heap_of_others() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _LOOK], capture_output=True, text=True, timeout=60, check=True
    )

    found = json.loads(answer.stdout)
    assert found == {"most": found["most"], "late": [], "chart": []}
    assert found["most"] <= 3  # a module, its package, and one more


def test_what_is_loaded_is_not_loaded_again() -> None:
    assert list(unloaded([__name__, "qcc_desktop.ui.page_modules"])) == []


def test_the_timer_ends_with_the_last_module(qtbot: QtBot) -> None:
    parent = QObject()
    loading = Loading(["qcc_desktop.ui.page_modules"], parent)

    loading.start()
    was_running = loading.is_running
    qtbot.waitUntil(lambda: not loading.is_running)

    assert was_running
