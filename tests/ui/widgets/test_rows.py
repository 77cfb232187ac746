"""Tables of rows: a new list is merged into the shown one."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.widgets.rows import Column, RowsModel, RowsTable

Pair = tuple[str, int]
COLUMNS: tuple[Column[Pair], ...] = (
    Column(lambda: "Name", lambda row: row[0]),
    Column(lambda: "Figure", lambda row: str(row[1]), 80, is_figure=True, hidden_below=300),
)


def key(row: Pair) -> str:
    return row[0]


def test_any_list_replaces_any_other_and_the_model_stays_sound(qtbot: QtBot) -> None:
    model: RowsModel[Pair] = RowsModel(COLUMNS, key)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, mode)
    chance = random.Random(7)
    for _ in range(200):
        names = chance.sample("abcdefghij", chance.randint(0, 10))
        rows = [(name, chance.randint(0, 3)) for name in names]
        model.apply(rows)
        assert model.rows == tuple(rows)
    assert tester.model() is model


def test_unchanged_rows_are_not_touched(qtbot: QtBot) -> None:
    model: RowsModel[Pair] = RowsModel(COLUMNS, key)
    model.apply([("a", 1), ("b", 2)])
    with qtbot.assertNotEmitted(model.dataChanged):
        model.apply([("a", 1), ("b", 2)])
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.apply([("a", 1), ("b", 3)])
    assert changed.args is not None
    assert changed.args[0].row() == 1


@pytest.fixture
def table(qtbot: QtBot) -> RowsTable[Pair]:
    made: RowsTable[Pair] = RowsTable(COLUMNS, key)
    qtbot.addWidget(made)
    made.rows.apply([("a", 1), ("b", 2), ("c", 3)])
    made.resize(500, 300)
    made.show()
    return made


def test_a_selected_row_stays_selected_wherever_it_goes(table: RowsTable[Pair]) -> None:
    assert table.select("b")
    table.rows.apply([("z", 0), ("c", 3), ("b", 9)])
    assert table.selected == ("b", 9)
    assert not table.select("a")


def test_enter_and_a_double_click_open_a_row(table: RowsTable[Pair], qtbot: QtBot) -> None:
    table.select("c")
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["c"]
    with qtbot.waitSignal(table.opened) as opened:
        table.doubleClicked.emit(table.rows.index(0, 0))
    assert opened.args == ["a"]


def test_a_column_gives_way_in_a_narrow_table(table: RowsTable[Pair]) -> None:
    assert not table.isColumnHidden(1)
    assert table.columnWidth(1) == 80
    table.resize(250, 300)
    assert table.isColumnHidden(1)
