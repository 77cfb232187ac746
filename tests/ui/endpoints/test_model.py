"""The table model: small changes, ticks and drops as wishes."""

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.endpoints.model import Column, EndpointsModel
from qcc_desktop.ui.endpoints.presenter import Row, rows_of
from tests.helpers.desk_fakes import NOW, four_endpoints, sixty_endpoints

ROWS = rows_of(four_endpoints(), NOW)
IDS = tuple(row.id for row in ROWS)


@pytest.fixture
def model(qapp: object) -> EndpointsModel:
    made = EndpointsModel()
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]  # held by the model
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    made.apply(ROWS)
    return made


def shown(model: EndpointsModel, row: int, column: Column) -> object:
    return model.index(row, column).data()


def test_rows_are_shown_in_their_columns(model: EndpointsModel) -> None:
    assert [shown(model, 1, column) for column in Column] == [
        "",
        "",
        "Healthy",
        "DeepSeek",
        "api.deepseek.com/anthropic",
        "790 ms",
        "99 %",
        "2",
        "3",
        "42 min ago: The endpoint is overloaded.",
    ]


def test_numbers_stand_right_and_words_left(model: EndpointsModel) -> None:
    role = Qt.ItemDataRole.TextAlignmentRole

    assert model.index(0, Column.LATENCY).data(role) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, Column.NAME).data(role) & Qt.AlignmentFlag.AlignLeft


def test_rows_that_stay_the_same_cause_no_signal(model: EndpointsModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.layoutChanged):
        model.apply(ROWS)


def test_a_changed_row_is_the_only_one_announced(model: EndpointsModel, qtbot: QtBot) -> None:
    later = rows_of(four_endpoints(), NOW.replace(second=5))

    with qtbot.waitSignal(model.dataChanged) as change:
        model.apply((later[0], *ROWS[1:]))

    assert change.args is not None
    assert (change.args[0].row(), change.args[1].row()) == (0, 0)


def test_a_selection_follows_its_row_through_any_change(model: EndpointsModel) -> None:
    kept = QPersistentModelIndex(model.index(1, Column.NAME))

    model.apply((ROWS[3], ROWS[0], ROWS[1]))

    assert kept.row() == 2
    assert kept.data() == "DeepSeek"


@pytest.mark.parametrize("order", [(2, 0, 1, 3), (3, 2, 1, 0), (1,), (), (3, 1)])
def test_any_change_ends_in_the_rows_given(model: EndpointsModel, order: tuple[int, ...]) -> None:
    wanted: tuple[Row, ...] = tuple(ROWS[number] for number in order)
    sixty = rows_of(sixty_endpoints(), NOW)

    for rows in (wanted, (*sixty[:30], *wanted), wanted, ROWS):
        model.apply(rows)
        assert model.ids == tuple(row.id for row in rows)


def test_a_tick_is_a_wish_and_changes_nothing_yet(model: EndpointsModel, qtbot: QtBot) -> None:
    index = model.index(3, Column.ENABLED)

    with qtbot.waitSignal(model.enabled_requested) as wish:
        model.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)

    assert wish.args == [("ep-anthropic",), True]
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_a_dropped_row_moves_at_once_and_asks_for_the_order(
    model: EndpointsModel, qtbot: QtBot
) -> None:
    data = model.mimeData([model.index(3, Column.NAME)])

    with qtbot.waitSignal(model.order_requested) as wish:
        is_taken_out = model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())

    order = (IDS[3], *IDS[:3])
    assert wish.args == [order]
    assert model.ids == order
    assert not is_taken_out


def test_a_row_dropped_where_it_was_asks_for_nothing(model: EndpointsModel, qtbot: QtBot) -> None:
    data = model.mimeData([model.index(1, Column.NAME)])

    with qtbot.assertNotEmitted(model.order_requested):
        model.dropMimeData(data, Qt.DropAction.MoveAction, 2, 0, QModelIndex())


def test_titles_and_their_hints_are_there(model: EndpointsModel) -> None:
    across = Qt.Orientation.Horizontal

    assert model.headerData(Column.HEALTH, across) == "Health"
    assert "Drag" in str(model.headerData(Column.PLACE, across, Qt.ItemDataRole.ToolTipRole))


def test_a_move_numbers_the_rows_anew_at_once_and_has_all_of_them_drawn_again(
    model: EndpointsModel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.dataChanged) as change:
        model.move([IDS[2]], 1)

    assert [model.place_at(number) for number in range(4)] == [1, 2, 3, 4]
    assert change.args is not None
    assert (change.args[0].row(), change.args[1].row()) == (1, 2)


def test_a_move_within_a_part_shares_the_places_of_that_part(model: EndpointsModel) -> None:
    model.apply((ROWS[1], ROWS[3]), IDS)

    model.move([IDS[3]], 0)

    assert model.ids == (IDS[3], IDS[1])
    assert [model.place_at(number) for number in range(2)] == [2, 4]


def test_a_row_is_drawn_again_when_only_its_place_is_another_one(
    model: EndpointsModel, qtbot: QtBot
) -> None:
    model.apply(ROWS[1:3], IDS)

    with qtbot.waitSignal(model.dataChanged):
        model.apply(ROWS[1:3], (IDS[1], IDS[2], IDS[0], IDS[3]))

    assert [model.place_at(number) for number in range(2)] == [1, 2]
