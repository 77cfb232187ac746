"""What can be imported: the list, the settings that come with it, the button; or that there is none."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, set_text
from qcc_desktop.ui.welcome.offer_list import OfferList
from qcc_desktop.ui.welcome.presenter import (
    Line,
    Nothing,
    Offer,
    button_text,
    note_text,
    settings_text,
)
from qcc_desktop.ui.welcome.skeleton import Skeleton
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.switch import Switch

_PATIENCE_MS = 200
"""A look that takes longer shows that something is coming."""


class OfferView(QWidget):
    """Shows one `Offer`; importing and looking again are wishes."""

    import_requested = Signal()
    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._is_busy = False
        self.skeleton = Skeleton()
        self.nothing = _label(TextSize.BODY, muted=True)
        self.again = Button(weight=Weight.LINK)
        self.again.clicked.connect(self.look_requested)
        self.list = OfferList()
        self.list.changed.connect(self._show_count)
        self.settings_title = _label(TextSize.BODY)
        self.settings = _label(muted=True)
        self.settings_switch = Switch()
        self.faults = _label()
        self.faults.setObjectName("fault")
        self.remarks = _label(muted=True)
        self.promise = _label(muted=True)
        self.all = Button(weight=Weight.LINK)
        self.all.clicked.connect(self._tick_all)
        self.take = Button(weight=Weight.PRIMARY)
        self.take.clicked.connect(self.import_requested)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._show_parts)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        none = QHBoxLayout()
        none.setSpacing(GAP)
        none.addWidget(self.nothing, 1)
        none.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        self._settings_row = QWidget()
        settings = QHBoxLayout(self._settings_row)
        settings.setContentsMargins(0, 0, GAP, 0)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.settings_title)
        texts.addWidget(self.settings)
        settings.addLayout(texts, 1)
        settings.addWidget(self.settings_switch)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.promise, 1)
        foot.addWidget(self.all)
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for widget in (self.skeleton, self.list, self._settings_row, self.faults, self.remarks):
            column.addWidget(widget)
        column.addLayout(none)
        column.addLayout(foot)
        for widget in (self.list, self._settings_row, self.faults, self.remarks):
            widget.hide()
        for widget in (self.skeleton, self.nothing, self.again, self.promise, self.all, self.take):
            widget.hide()

    def show_looking(self) -> None:
        """Take note that a look has begun; what was found before stays until it has ended."""
        if self._offer is None:
            self._patience.start()

    def show_offer(self, offer: Offer) -> None:
        """Show what was found; ticks stay where nothing changed."""
        self._patience.stop()
        if offer == self._offer:
            return
        self._offer = offer
        self.list.show_lines(offer.lines)
        self.settings_switch.setChecked(True)
        self._show_texts()
        self._show_parts()
        self._show_count()

    def set_busy(self, *, is_busy: bool) -> None:
        """Take no further wish while an import runs."""
        self._is_busy = is_busy
        for widget in (self.list, self.all, self.settings_switch):
            widget.setEnabled(not is_busy)
        self._show_count()

    @property
    def offer(self) -> Offer | None:
        """What is shown; None before the first look has ended."""
        return self._offer

    @property
    def ticked(self) -> tuple[Line, ...]:
        """The endpoints to take."""
        return self.list.ticked

    @property
    def wanted_settings(self) -> tuple[LegacySetting, ...]:
        """The options to change."""
        is_wanted = self._offer is not None and self.settings_switch.isChecked()
        return self._offer.settings if self._offer is not None and is_wanted else ()

    def _tick_all(self) -> None:
        self.list.tick_all(are_wanted=not self.ticked)

    def _show_parts(self) -> None:
        offer = self._offer
        self.skeleton.setVisible(offer is None)
        offer = offer or Offer()
        is_told = self._offer is not None
        for widget in (self.nothing, self.again):
            widget.setVisible(is_told and not offer.fresh)
        self.list.setVisible(bool(offer.lines))
        self._settings_row.setVisible(bool(offer.settings and offer.fresh))
        self.faults.setVisible(any(note.is_fault for note in offer.notes))
        self.remarks.setVisible(any(not note.is_fault for note in offer.notes))
        self.all.setVisible(len(offer.fresh) > 1)
        for widget in (self.promise, self.take):
            widget.setVisible(bool(offer.fresh))

    def _show_texts(self) -> None:
        offer = self._offer or Offer()
        self.settings.setText(settings_text(offer.settings) if offer.settings else "")
        self.settings_switch.setAccessibleDescription(self.settings.text())
        faults = [note_text(note) for note in offer.notes if note.is_fault]
        remarks = [note_text(note) for note in offer.notes if not note.is_fault]
        self.faults.setText("\n".join(faults))
        self.remarks.setText("\n".join(remarks))
        self.nothing.setText(
            {
                Nothing.HERE: self.tr("Everything that can be imported is here already."),
                Nothing.UNFIT: self.tr("None of what was found can be imported."),
                Nothing.NOWHERE: self.tr(
                    "Nothing to import: QCC, cc-switch, the variables of this session and Claude"
                    " Code's settings hold no endpoint."
                ),
            }[offer.nothing]
        )

    def _show_count(self) -> None:
        count = len(self.ticked)
        self.take.setEnabled(bool(count) and not self._is_busy)
        busy = self.tr("Importing…")
        self.take.set_words(busy if self._is_busy else button_text(count))
        self.all.set_words(self.tr("Select none") if count else self.tr("Select all"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.again.set_words(self.tr("Look again"))
        self.promise.setText(
            self.tr("The files of the other programs are only read; nothing in them is changed.")
        )
        self.settings_title.setText(self.tr("Take over these settings too"))
        self.settings_switch.setAccessibleName(self.settings_title.text())
        self.skeleton.setAccessibleName(self.tr("Looking for endpoints on this computer"))
        self.list.retranslate()
        self._show_texts()
        self._show_count()


def _label(size: TextSize = TextSize.SMALL, *, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    set_text(label, size, muted=muted)
    label.setContentsMargins(GAP, 0, GRID, 0)
    return label
