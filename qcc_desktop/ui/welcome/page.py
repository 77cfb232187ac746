"""The welcome page: from the first start to the first answer in a few clicks."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.page import Page, PageName, Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.welcome.add_card import AddCard
from qcc_desktop.ui.welcome.import_dialog import ImportDialog
from qcc_desktop.ui.welcome.importing import Importing
from qcc_desktop.ui.welcome.offer_view import OfferView
from qcc_desktop.ui.welcome.presenter import Outcome
from qcc_desktop.ui.welcome.ready import Ready
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.scroll import Scroll

_WIDEST = 760


class WelcomePage(Page):
    """Offers what was found, a way to add an endpoint, and the demo; stands while there is none."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self.title = QLabel()
        set_text(self.title, TextSize.HEAD, bold=True)
        self.what = _label(TextSize.BODY, muted=True)
        self.found_title = _label(TextSize.BODY, bold=True)
        self.offer = OfferView()
        self.importing = Importing(rooms, self.offer)
        self.add = AddCard()
        self.demo_title = _label(TextSize.BODY, bold=True)
        self.demo_words = _label(TextSize.SMALL, muted=True)
        self.demo = Button("launch", Weight.PLAIN)
        self.report: ImportDialog | None = None
        self.ready = Ready(rooms, self)
        self._connect()
        self._lay_out()
        self._retranslate()

    def _connect(self) -> None:
        self.importing.began.connect(self._import_began)
        self.importing.imported.connect(self._imported)
        self.add.pasted.connect(lambda text: self._go_add(f"paste:{text}"))
        self.add.vendor_requested.connect(lambda vendor: self._go_add(f"add:{vendor}"))
        self.add.vendors_requested.connect(lambda: self._go_add("add"))
        self.demo.clicked.connect(self._open_demo)

    def _lay_out(self) -> None:
        found_card, found = _card()
        found.addWidget(self.found_title)
        found.addWidget(self.offer)
        demo_card, demo = _card()
        row = QHBoxLayout()
        row.setSpacing(MARGIN)
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        texts.addWidget(self.demo_title)
        texts.addWidget(self.demo_words)
        row.addLayout(texts, 1)
        row.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignVCenter)
        demo.addLayout(row)
        narrow = QWidget()
        narrow.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(narrow)
        column.setContentsMargins(0, MARGIN, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.title)
        column.addWidget(self.what)
        column.addSpacing(GAP)
        for part in (found_card, self.add, demo_card):
            column.addWidget(part)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(narrow, 1000)
        middle.addStretch(1)
        scroll = Scroll()
        scroll.column.addLayout(middle)
        scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _go_add(self, subject: str) -> None:
        self.ready.leads_back = True
        self.rooms.go(PageName.ENDPOINTS, subject)

    def _import_began(self) -> None:
        self.ready.is_told_elsewhere = True

    def _imported(self, outcome: Outcome) -> None:
        """Tell what an import did; the overview may have taken this page's place by now."""
        self.ready.is_told_elsewhere = bool(outcome.added_ids)
        self.report = ImportDialog(self.rooms, self.window(), outcome=outcome)
        self.report.finished.connect(self._report_closed)
        self.report.open()

    def _report_closed(self) -> None:
        self.report = None

    def _open_demo(self) -> None:
        self.demo.setEnabled(False)
        self.rooms.actions.start(self._opened_demo(), "open the demo")

    async def _opened_demo(self) -> None:
        demo = self.rooms.services.demo
        sentence = (
            self.tr("The demo is open already, in a window of its own.")
            if demo.is_open
            else self.tr("The demo opens in a window of its own.")
        )
        hint = self.tr("Its title says “Demo”; quit it there.")
        self.rooms.board.show_notice(Notice(sentence, hint, lasting_s=12))
        try:
            await demo.open()
        finally:
            self.demo.setEnabled(True)

    @override
    def shown(self) -> None:
        self.ready.leads_back = False
        self.ready.is_told_elsewhere = False
        self.ready.watch()
        self.importing.look()

    @override
    def take_focus(self) -> None:
        (self.offer.take if self.offer.take.isEnabled() else self.add.field).setFocus()

    @override
    def leave(self) -> None:
        self.ready.stop()
        if self.report is not None:
            self.report.reject()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Welcome to QCC Desktop"))
        self.what.setText(
            self.tr(
                "It stands between Claude Code and its endpoints: when one fails, the next one"
                " answers."
            )
        )
        self.found_title.setText(self.tr("Found on this computer"))
        self.demo_title.setText(self.tr("Try it without a key"))
        self.demo_words.setText(
            self.tr(
                "A demo with simulated endpoints that fail and recover, in a window of its own."
                " Nothing of yours is read or changed."
            )
        )
        self.demo.set_words(self.tr("Open the demo"))


def _label(size: TextSize, *, bold: bool = False, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_text(label, size, bold=bold, muted=muted)
    return label


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    inside = QVBoxLayout(card)
    inside.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
    inside.setSpacing(GAP)
    return card, inside
