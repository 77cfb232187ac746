"""The list of known vendors, with search and the pages where keys are had."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.presets import Preset, PresetGroup
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.theme.measures import GAP, GRID, ROW, TextSize, font, set_text
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.vendor_words import vendor_word, vendors_matching
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.search_field import SearchField

_GROUPS = {
    PresetGroup.OFFICIAL: QT_TRANSLATE_NOOP("VendorPicker", "Official"),
    PresetGroup.VENDOR: QT_TRANSLATE_NOOP("VendorPicker", "Vendors with models of their own"),
    PresetGroup.RELAY: QT_TRANSLATE_NOOP("VendorPicker", "Relays"),
    PresetGroup.LOCAL: QT_TRANSLATE_NOOP("VendorPicker", "On this computer"),
}
_PRESET = int(Qt.ItemDataRole.UserRole)


class VendorPicker(QWidget):
    """Offers vendors; the one chosen, or the wish for none, becomes a signal."""

    chosen = Signal(object)
    by_address_requested = Signal()
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.list = QListWidget()
        self.list.viewport().setAutoFillBackground(False)  # the card below is its ground
        self.list.setObjectName("vendors")
        self.list.setFont(font(TextSize.BODY))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.address = ElidedLabel()
        set_text(self.address, TextSize.SMALL, muted=True)
        self.site = Button("", Weight.LINK)
        self.keys_page = Button("", Weight.LINK)
        self.by_address = Button("edit", Weight.PLAIN)
        self.paste = Button("paste", Weight.PLAIN)
        self.nothing = QLabel()
        self.nothing.setWordWrap(True)
        set_text(self.nothing, TextSize.BODY, muted=True)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._fill()

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(GAP)
        ways.addWidget(self.by_address)
        ways.addWidget(self.paste)
        ways.addStretch(1)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self.address, 1)
        below.addWidget(self.site)
        below.addWidget(self.keys_page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addWidget(self.search)
        whole.addWidget(self._card(), 1)
        whole.addLayout(below)
        whole.addLayout(ways)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        inside.addWidget(self.list)
        inside.addWidget(self.nothing)
        return card

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose_current)
        self.search.installEventFilter(self)
        self.list.currentItemChanged.connect(self._show_current)
        self.list.itemActivated.connect(self._choose_current)
        self.list.itemClicked.connect(self._choose_current)
        self.site.clicked.connect(lambda: self._open_page(is_keys_page=False))
        self.keys_page.clicked.connect(lambda: self._open_page(is_keys_page=True))
        self.by_address.clicked.connect(self.by_address_requested)
        self.paste.clicked.connect(self.paste_requested)

    @property
    def current(self) -> Preset | None:
        """The vendor under the cursor."""
        preset = self.list.currentIndex().data(_PRESET)
        return preset if isinstance(preset, Preset) else None

    def _fill(self) -> None:
        found = vendors_matching(self.search.text())
        self.list.clear()
        for group in PresetGroup:
            self._fill_group(group, [preset for preset in found if preset.group is group])
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if found:
            self.list.setCurrentRow(1)
        self._show_current()

    def _fill_group(self, group: PresetGroup, presets: Sequence[Preset]) -> None:
        if not presets:
            return
        head = QListWidgetItem(translate("VendorPicker", _GROUPS[group]))
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(font(TextSize.SMALL))
        head.setForeground(colour(Role.MUTED, current_tone()))
        head.setSizeHint(QSize(0, ROW))
        self.list.addItem(head)
        for preset in presets:
            item = QListWidgetItem(vendor_word(preset))
            item.setData(_PRESET, preset)
            item.setToolTip(preset.base_url)
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)

    def _show_current(self) -> None:
        preset = self.current
        self.site.setVisible(preset is not None and preset.needs_key)
        self.keys_page.setVisible(preset is not None and preset.needs_key)
        if preset is not None:
            self.address.setText(preset.base_url.removeprefix("https://"))
            self.site.setToolTip(preset.site)
            self.keys_page.setToolTip(preset.key_page)

    def _choose_current(self) -> None:
        if (preset := self.current) is not None:
            self.chosen.emit(preset)

    def _open_page(self, *, is_keys_page: bool) -> None:
        if (preset := self.current) is not None:
            open_page(preset.key_page if is_keys_page else preset.site)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let the arrow keys move through the list while the search field has the keys."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
        ):
            self.list.keyPressEvent(event)
            return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter, which has chosen a vendor, from pressing the dialog's button as well."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._fill()

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search vendors and relays"))
        self.search.setAccessibleName(self.tr("Search vendors and relays"))
        self.list.setAccessibleName(self.tr("Vendors"))
        self.nothing.setText(
            self.tr("No vendor of this name is known here. Give its address instead.")
        )
        self.site.set_words(self.tr("Sign up"))
        self.keys_page.set_words(self.tr("Get a key"))
        self.by_address.set_words(self.tr("By its address"))
        self.paste.set_words(self.tr("Paste"))


def open_page(address: str) -> None:
    """Open a page in the browser."""
    QDesktopServices.openUrl(QUrl(address))
