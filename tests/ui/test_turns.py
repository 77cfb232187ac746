"""Work in parts: one part in a turn of the loop."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.turns import Turns


@pytest.fixture
def turns(qapp: QObject) -> Iterator[Turns]:
    owner = QObject()
    yield Turns(owner)
    owner.deleteLater()


def _parts(done: list[str], name: str = "") -> Iterator[None]:
    for part in "abc":
        done.append(name + part)
        yield


def test_each_part_has_a_turn_of_its_own(turns: Turns, qtbot: QtBot) -> None:
    """Others have theirs in between, here a timer."""
    done: list[str] = []
    seen: list[int] = []
    other = QTimer(turns)
    other.timeout.connect(lambda: seen.append(len(done)))
    other.start(0)

    turns.begin(_parts(done))
    qtbot.waitUntil(lambda: not turns.is_running)

    assert done == ["a", "b", "c"]
    assert {1, 2, 3} <= {*seen}


def test_another_task_takes_the_place_of_the_first(turns: Turns, qtbot: QtBot) -> None:
    done: list[str] = []
    turns.begin(_parts(done, "first "))
    turns.begin(_parts(done, "second "))

    qtbot.waitUntil(lambda: not turns.is_running)

    assert done == ["second a", "second b", "second c"]


def test_a_task_can_begin_another_as_its_last_part(turns: Turns, qtbot: QtBot) -> None:
    done: list[str] = []

    def first() -> Iterator[None]:
        yield
        turns.begin(_parts(done))

    turns.begin(first())
    qtbot.waitUntil(lambda: not turns.is_running)

    assert done == ["a", "b", "c"]


def test_what_is_left_can_be_done_at_once_or_not_at_all(turns: Turns) -> None:
    done: list[str] = []

    turns.begin(_parts(done))
    turns.finish()
    turns.begin(_parts(done))
    turns.stop()

    assert (done, turns.is_running) == (["a", "b", "c"], False)
