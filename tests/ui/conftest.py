"""Every async test below runs on the program's own event loop, on one QApplication.

QT_QPA_PLATFORM is offscreen unless set; tests/conftest.py sees to that.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from qcc_desktop.app.event_loop.factory import LoopShape, new_loop

ALL_SHAPES = [LoopShape.POSTED] if os.name == "nt" else [LoopShape.SELECTOR, LoopShape.POSTED]


def loop_of(shape: LoopShape) -> asyncio.AbstractEventLoop:
    """A loop on the one application of this run."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return new_loop(app, shape=shape)


@pytest.fixture(scope="session", autouse=True)
def qapp(qapp: QApplication) -> QApplication:
    """The application, which a closing window must not quit: that would end the loop."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the program would choose; tests of the loop itself run on every shape."""
    shapes = ALL_SHAPES if item.path.stem.startswith("test_qt_loop") else [LoopShape.AUTO]
    return {str(shape): partial(loop_of, shape) for shape in shapes}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a hung test end from a thread: PySide swallows what a signal raises in a Qt slot."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.timeout(120, method="thread"))


@pytest.fixture
def memory(tmp_path: Path) -> QSettings:
    """What the window remembers, empty."""
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
