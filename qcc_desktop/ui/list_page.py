"""What pages that list rows have in common: a title, a search, a table, a word where it is empty."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.page import Page, Rooms
from qcc_desktop.ui.theme.measures import TextSize, set_text
from qcc_desktop.ui.widgets.empty import EmptyState
from qcc_desktop.ui.widgets.rows import RowsTable
from qcc_desktop.ui.widgets.search_field import SearchField

R = TypeVar("R")


class ListPage(Page, Generic[R]):
    """Holds the parts; a page of its kind lays them out and calls `retranslate` at its end."""

    def __init__(
        self, rooms: Rooms, table: RowsTable[R], picture: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(rooms, parent)
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.search = SearchField()
        self.search.textChanged.connect(lambda _: self.fill())
        self.search.bind_find(self)
        self.table = table
        self.empty = EmptyState(picture)
        self.card = QFrame()
        self.card.setObjectName("card")
        self._stack = QStackedLayout(self.card)
        self._stack.setContentsMargins(1, 1, 1, 4)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)

    def fill(self) -> None:
        """Show the rows that fit what is searched."""

    def show_rows(self, rows: Sequence[R], nothing: str) -> None:
        """Show ``rows``, or say ``nothing`` where there are none."""
        self.table.rows.apply(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.empty.say(nothing)

    def name(self, title: str, search: str) -> None:
        """Show these words, and tell them to screen readers."""
        self.title.setText(title)
        self.table.setAccessibleName(title)
        self.search.setPlaceholderText(search)
        self.search.setAccessibleName(search)

    def retranslate(self) -> None:
        """Show every text in the language of now."""

    @override
    def take_focus(self) -> None:
        self.table.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
