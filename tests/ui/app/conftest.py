"""A loop that the test runs itself, once for each shape, and a count of what it does."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from qcc_desktop.app.event_loop.factory import new_loop
from qcc_desktop.app.event_loop.turn import TurnLoop
from tests.ui.conftest import ALL_SHAPES


@pytest.fixture(params=ALL_SHAPES, ids=str)
def loop(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[TurnLoop]:
    """A loop that nobody runs yet."""
    loop = new_loop(qapp, shape=request.param)
    assert isinstance(loop, TurnLoop)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def iterations(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Grows by the time of each iteration that any loop begins."""
    begun, iterate = list[float](), TurnLoop._iterate

    def counted(self: TurnLoop) -> None:
        begun.append(self.time())
        iterate(self)

    monkeypatch.setattr(TurnLoop, "_iterate", counted)
    return begun
