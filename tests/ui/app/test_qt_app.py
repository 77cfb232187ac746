"""Quitting is a request, in a process of its own: a run has one QApplication only."""

import subprocess
import sys

import pytest

SCRIPT = """
import asyncio, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from qcc_desktop.app.qt_app import new_app
from qcc_desktop.app.event_loop.factory import new_loop

async def main(app):
    asked = asyncio.Event()
    app.on_quit = asked.set
    window = QWidget()
    window.show()
    QTimer.singleShot(0, {trigger})
    async with asyncio.timeout(10):
        await asked.wait()
    await asyncio.sleep(0.05)
    print("stopped in order")

app = new_app()
with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
    runner.run(main(app))
"""


@pytest.mark.parametrize(
    "trigger", ["app.quit", "lambda: (window.close(), app.quit())"], ids=["quit", "last window"]
)
def test_quit_asks_and_the_loop_goes_on_until_all_is_stopped(trigger: str) -> None:
    command = [sys.executable, "-X", "dev", "-c", SCRIPT.replace("{trigger}", trigger)]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (0, "stopped in order\n"), done.stderr
    assert "Traceback" not in done.stderr
