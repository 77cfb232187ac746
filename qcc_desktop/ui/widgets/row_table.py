"""What all tables of rows have in common: whole rows are chosen, quiet titles, no grid."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from qcc_desktop.ui.theme.measures import ROW, TextSize, font


def set_up(table: QTableView, selection: QAbstractItemView.SelectionMode) -> None:
    """Have ``table`` behave like our other tables."""
    table.setFont(font(TextSize.BODY))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(selection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setMouseTracking(True)
    table.setTabKeyNavigation(False)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    _set_up_headers(table)


def _set_up_headers(table: QTableView) -> None:
    sides = table.verticalHeader()
    sides.hide()
    sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    sides.setDefaultSectionSize(ROW)
    titles = table.horizontalHeader()
    titles.setFont(font(TextSize.SMALL))
    titles.setFixedHeight(ROW)
    titles.setHighlightSections(False)
    titles.setSectionsClickable(False)
    titles.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    titles.setMinimumSectionSize(24)
