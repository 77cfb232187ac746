"""What the tray program loads first, and what that spares it."""

import json
import subprocess
import sys

from qcc_desktop.app.first_imports import skip_sources

_LOOK = """
import json, linecache, sys
import qcc_desktop.app.first_imports
import qcc_desktop.app.gui
read = [file for file in linecache.cache if "qcc_desktop" in file]
print(json.dumps({"read": read, "windows": "PySide6.QtWidgets" in sys.modules}))
"""


def test_no_source_of_ours_is_read_for_features_of_the_binding() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _LOOK], capture_output=True, text=True, timeout=60, check=True
    )

    assert json.loads(answer.stdout) == {"read": [], "windows": True}


def test_the_binding_still_has_the_habit_that_is_broken_here() -> None:
    assert skip_sources()
