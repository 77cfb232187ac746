"""The head of the endpoints page: search, what can be done with the selected rows, adding."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLineEdit, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.presenter import Row
from qcc_desktop.ui.shortcuts import shown_keys
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, scaled, set_text
from qcc_desktop.ui.theme.palette import Role, current_tone
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.search_field import SearchField

_WORDY = 840
"""In a page narrower than this, the buttons for a row show their pictures alone."""
_TITLED = 660
_SEARCH_WIDTH = 200
_SMALLEST = 440


class Toolbar(QWidget):
    """Holds the widgets; the page connects them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.search = SearchField()
        self.search.setMaximumWidth(_SEARCH_WIDTH)
        self._lens = QAction(self.search)
        self.search.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.edit = Button("edit", Weight.GHOST)
        self.test = Button("test", Weight.GHOST)
        self.pin = Button("pin", Weight.GHOST)
        self.pin.setCheckable(True)
        self.remove = Button("remove", Weight.GHOST)
        self.paste = Button("paste", Weight.PLAIN)
        self.add = Button("add", Weight.PLAIN)
        self.of_rows = (self.edit, self.test, self.pin, self.remove)
        self._lay_out()
        self._draw()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # words give way
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.title)
        row.addSpacing(GAP)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        for button in self.of_rows:
            row.addWidget(button)
        row.addSpacing(GAP)
        row.addWidget(self.paste)
        row.addWidget(self.add)

    def show_selection(self, rows: Sequence[Row]) -> None:
        """Offer what can be done with these rows."""
        self.edit.setEnabled(len(rows) == 1)
        self.pin.setEnabled(len(rows) == 1)
        self.pin.setChecked(len(rows) == 1 and rows[0].is_pinned)
        self.test.setEnabled(bool(rows))
        self.remove.setEnabled(bool(rows))

    def show_rows(self, *, are_any: bool) -> None:
        """Hide what is of no use without rows."""
        for widget in (self.search, *self.of_rows, self.paste, self.add):
            widget.setVisible(are_any)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_SMALLEST, self.sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_wordy = bool(self.edit.text())
        self.title.setVisible(self.width() >= scaled(_TITLED))
        if was_wordy != self._is_wordy:
            self.retranslate()

    @property
    def _is_wordy(self) -> bool:
        return self.width() >= scaled(_WORDY)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._draw()

    def _draw(self) -> None:
        self._lens.setIcon(icons.icon("search", current_tone(), Role.MUTED))

    def retranslate(self) -> None:
        """Show every text in the language of now."""
        self.title.setText(self.tr("Endpoints"))
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search endpoints"))
        self.search.setToolTip(shown_keys(self.tr("By name, address or note (Ctrl+F)")))
        words = {
            self.edit: (self.tr("Edit"), self.tr("Edit this endpoint (Enter)")),
            self.test: (self.tr("Test"), self.tr("Ask the selected endpoints now")),
            self.pin: (
                self.tr("Prefer"),
                self.tr("Ask this endpoint first for everything while it can answer"),
            ),
            self.remove: (self.tr("Remove"), self.tr("Remove the selected endpoints (Del)")),
        }
        for button, (text, hint) in words.items():
            button.set_words(text if self._is_wordy else "", shown_keys(hint))
            button.setAccessibleName(text)
        hint = self.tr("Add endpoints from copied text: variables, JSON, a curl command (Ctrl+V)")
        self.paste.set_words(self.tr("Paste") if self._is_wordy else "", shown_keys(hint))
        self.paste.setAccessibleName(self.tr("Paste"))
        self.add.set_words(self.tr("Add endpoint"), shown_keys("Ctrl+N"))
