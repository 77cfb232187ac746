"""The part of the page that adds the first endpoint: by pasting, or from a vendor."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.services.paste import parse_paste
from qcc_desktop.services.presets import PRESETS, Preset
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, font, set_text
from qcc_desktop.ui.vendor_words import vendor_word
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.flow import Flow

VENDORS = ("anthropic", "deepseek", "zhipu", "moonshot", "minimax", "openrouter")
"""Offered at once; every other one is in the list behind "All vendors"."""
_TILE = (168, 36)
_FIELD_TALL = 56


class PasteField(QPlainTextEdit):
    """Gives away what is pasted or dropped, so that no key is ever shown; Enter gives what is typed."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(_FIELD_TALL)
        self.setFont(font(TextSize.BODY))

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.given.emit(source.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.given.emit(self.toPlainText())
        else:
            super().keyPressEvent(event)


class AddCard(QFrame):
    """Says what is wanted: text with an endpoint in it, a vendor, or the list of vendors."""

    pasted = Signal(str)
    """Text in which an endpoint was found."""
    vendor_requested = Signal(str)
    vendors_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title = QLabel()
        set_text(self.title, TextSize.BODY, bold=True)
        self.field = PasteField()
        self.field.given.connect(self.take)
        self.paste = Button("paste", Weight.PLAIN)
        self.paste.clicked.connect(self._paste)
        self.fault = QLabel()
        set_text(self.fault, TextSize.SMALL)
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.or_vendor = QLabel()
        set_text(self.or_vendor, TextSize.BODY, muted=True)
        self.all = Button(weight=Weight.LINK)
        self.all.clicked.connect(self.vendors_requested)
        self.tiles = [self._tile(PRESETS[vendor]) for vendor in VENDORS]
        self._lay_out(self.tiles)
        self._retranslate()

    def _tile(self, preset: Preset) -> QPushButton:
        tile = QPushButton(vendor_word(preset))
        tile.setObjectName("plain")
        tile.setFont(font(TextSize.BODY))
        tile.setToolTip(preset.base_url)
        tile.setAutoDefault(False)
        tile.clicked.connect(lambda: self.vendor_requested.emit(preset.id))
        return tile

    def _lay_out(self, tiles: Sequence[QPushButton]) -> None:
        self.flow = Flow(*_TILE)
        for tile in tiles:
            self.flow.add(tile)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self.paste, 0, Qt.AlignmentFlag.AlignTop)
        vendors = QHBoxLayout()
        vendors.addWidget(self.or_vendor, 1)
        vendors.addWidget(self.all)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.fault)
        column.addLayout(vendors)
        column.addWidget(self.flow)

    def take(self, text: str) -> None:
        """Pass on a text that holds an endpoint; say so if it holds none."""
        is_understood = bool(parse_paste(text))
        self.fault.setVisible(not is_understood)
        if is_understood:
            self.field.clear()
            self.pasted.emit(text)

    def _paste(self) -> None:
        self.take(QGuiApplication.clipboard().text())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Add your first endpoint"))
        self.field.setPlaceholderText(self.tr("Paste a key, a URL or a settings block here"))
        self.field.setAccessibleName(self.tr("Key, URL or settings block"))
        self.paste.set_words(self.tr("Paste"), self.tr("Take what is in the clipboard"))
        self.fault.setText(
            self.tr(
                "There is no endpoint in this text. Copy an address with its key: export lines,"
                " a settings file, JSON or a curl command."
            )
        )
        self.or_vendor.setText(self.tr("Or choose a vendor; then only the key is missing:"))
        self.all.set_words(self.tr("All vendors…"))
        for tile, vendor in zip(self.tiles, VENDORS, strict=True):
            tile.setText(vendor_word(PRESETS[vendor]))
            words = self.tr("Add an endpoint of {vendor}").format(vendor=tile.text())
            tile.setAccessibleName(words)
