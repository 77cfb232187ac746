"""The help page: answers, keys, what to hand in with a report, and about the program."""

from PySide6.QtCore import QEvent, QLocale, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.services.about import Licence
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.help.about_card import AboutCard
from qcc_desktop.ui.help.questions import KEYS, QUESTIONS, Question
from qcc_desktop.ui.help.reader import Reader
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.page import Page, Rooms
from qcc_desktop.ui.shortcuts import shown_keys
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.update_words import DECLINED
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.scroll import Scroll

_WIDEST = 760
_LASTING_S = 6.0
_LINK_PADDING = 10
"""What the style sheet puts around the words of a link; other texts begin where the words do."""


class HelpPage(Page):
    """Asks its services when it is first seen; nothing on it changes by itself but the update."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self.reader: Reader | None = None
        self._knows_versions = False
        self.title, self.keys_title = QLabel(), QLabel()
        self.about_title, self.report_hint = QLabel(), QLabel()
        self.report_title = QLabel()
        self.answers = [_Answer(question, self) for question in QUESTIONS]
        self.keys = [(QLabel(), QLabel()) for _ in KEYS]
        self.manual = Button()
        self.diagnostics = Button("copy", Weight.PRIMARY)
        self.folder = Button("folder")
        self.log = Button("copy")
        self.about = AboutCard()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._unsubscribe = rooms.services.updates.subscribe(self.about.show_update)
        self.about.show_update(rooms.services.updates.state)

    def _lay_out(self) -> None:
        set_text(self.title, TextSize.TITLE, bold=True)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.manual)
        column = QVBoxLayout()
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(_card(*self.answers, left=MARGIN - _LINK_PADDING, spacing=3 * GRID))
        for heading, part in (
            (self.report_title, self._report_card()),
            (self.keys_title, self._keys_card()),
            (self.about_title, self.about),
        ):
            set_text(heading, TextSize.BODY, bold=True)
            column.addSpacing(GRID)
            column.addWidget(heading)
            column.addWidget(part)
        narrow = QWidget()
        narrow.setMaximumWidth(_WIDEST)
        column.setContentsMargins(0, 0, 0, 0)
        narrow.setLayout(column)
        row = QHBoxLayout()
        row.addWidget(narrow, 1)
        row.addStretch(0)
        scroll = Scroll()
        scroll.column.addLayout(row)
        scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _report_card(self) -> QFrame:
        self.report_hint.setWordWrap(True)
        set_text(self.report_hint, TextSize.BODY, muted=True)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for button in (self.diagnostics, self.folder, self.log):
            row.addWidget(button)
        row.addStretch(1)
        return _card(self.report_hint, buttons)

    def _keys_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(MARGIN, 12, MARGIN, 12)
        grid.setHorizontalSpacing(2 * MARGIN)
        grid.setVerticalSpacing(GAP)
        for place, (keys, does) in enumerate(self.keys):
            set_text(keys, TextSize.BODY, bold=True)
            set_text(does, TextSize.BODY)
            grid.addWidget(keys, place, 0)
            grid.addWidget(does, place, 1)
        grid.setColumnStretch(1, 1)
        return card

    def _connect(self) -> None:
        start = self.rooms.actions.start
        self.manual.clicked.connect(lambda: self.read_manual(0))
        self.diagnostics.clicked.connect(
            lambda: start(self._copy_diagnostics(), "copy the diagnostics")
        )
        self.log.clicked.connect(lambda: start(self._copy_log(), "copy the log"))
        self.folder.clicked.connect(self._open_folder)
        self.about.check_requested.connect(lambda: start(self._check(), "look for updates"))
        self.about.licences_requested.connect(
            lambda: start(self._show_licences(), "show the licences")
        )

    @override
    def shown(self) -> None:
        if not self._knows_versions:
            self._knows_versions = True
            self.rooms.actions.start(self._show_versions(), "read the versions")

    @override
    def take_focus(self) -> None:
        self.manual.setFocus()

    @override
    def leave(self) -> None:
        self._unsubscribe()
        if self.reader is not None:
            self.reader.close()

    def read_manual(self, chapter: int) -> None:
        """Open the manual at a chapter."""
        self.rooms.actions.start(self._show_manual(chapter), "open the manual")

    async def _show_versions(self) -> None:
        self.about.show_versions(await self.rooms.services.about.versions())

    async def _show_manual(self, chapter: int) -> None:
        is_chinese = QLocale().language() == QLocale.Language.Chinese
        text = await self.rooms.services.about.manual(is_chinese=is_chinese)
        if not text:
            self._say(self.tr("This build carries no manual."))
            return
        self._read(self.tr("Manual"), text, is_markdown=True).go_to_chapter(chapter)

    async def _show_licences(self) -> None:
        licences = await self.rooms.services.about.licences()
        nothing = self.tr("Its package carries no text.")
        text = "\n\n\n".join(_licence_text(item, nothing) for item in licences)
        self._read(self.tr("Licences"), text, is_markdown=False)

    def _read(self, title: str, text: str, *, is_markdown: bool) -> Reader:
        if self.reader is not None:
            self.reader.close()
        reader = Reader(title, text, is_markdown=is_markdown, parent=self.window())
        reader.finished.connect(self._reader_closed)
        self.reader = reader
        reader.open()
        return reader

    def _reader_closed(self) -> None:
        if self.sender() is self.reader:
            self.reader = None

    async def _copy_diagnostics(self) -> None:
        self.diagnostics.setEnabled(False)
        try:
            text = await self.rooms.services.diagnostics.text()
        finally:
            self.diagnostics.setEnabled(True)
        self._copy(text, self.tr("The diagnostics are on the clipboard."))

    async def _copy_log(self) -> None:
        text = await self.rooms.services.about.log_text()
        if text:
            self._copy(text, self.tr("The end of the log is on the clipboard."))
        else:
            self._say(self.tr("There is no log yet."))

    async def _check(self) -> None:
        updates = self.rooms.services.updates
        self.rooms.memory.remove(DECLINED)
        self.about.show_update(updates.state, is_checking=True)
        self.about.show_update(await updates.check_now())

    def _open_folder(self) -> None:
        folder = self.rooms.services.about.log_folder
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _copy(self, text: str, sentence: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.rooms.board.show_notice(Notice(sentence, lasting_s=_LASTING_S))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Help"))
        self.manual.set_words(self.tr("Open the manual"))
        self.report_title.setText(self.tr("Something does not work"))
        self.report_hint.setText(
            self.tr(
                "Hand in the diagnostics with your report: versions, options, states and the end "
                "of the log. Keys and other secrets are taken out."
            )
        )
        self.diagnostics.set_words(self.tr("Copy diagnostics"))
        self.folder.set_words(self.tr("Open log folder"))
        self.log.set_words(self.tr("Copy log"))
        self.keys_title.setText(self.tr("Keyboard"))
        self.about_title.setText(self.tr("About"))
        for key, (keys, does) in zip(KEYS, self.keys, strict=True):
            keys.setText(shown_keys(key.sequence))
            does.setText(translate("Help", key.words))
        for answer in self.answers:
            answer.retranslate(self.tr("Show me"), self.tr("Read more"))


class _Answer(QWidget):
    """One question with its answer and where to go."""

    def __init__(self, question: Question, page: HelpPage) -> None:
        super().__init__()
        self._question = question
        self.question, self.answer = QLabel(), QLabel()
        set_text(self.question, TextSize.BODY, bold=True)
        set_text(self.answer, TextSize.BODY, muted=True)
        self.answer.setWordWrap(True)
        self.show_me = Button(weight=Weight.LINK)
        if question.page is None:
            self.show_me.hide()
        self.show_me.clicked.connect(lambda: _go(page, question))
        self.more = Button(weight=Weight.LINK)
        self.more.clicked.connect(lambda: page.read_manual(question.chapter))
        links = QHBoxLayout()
        links.setSpacing(0)
        links.addWidget(self.show_me)
        links.addWidget(self.more)
        links.addStretch(1)
        column = QVBoxLayout(self)
        for text in (self.question, self.answer):
            text.setContentsMargins(_LINK_PADDING, 0, 0, 0)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.question)
        column.addWidget(self.answer)
        column.addLayout(links)

    def retranslate(self, show_me: str, more: str) -> None:
        """Put everything in the language shown now."""
        question = translate("Help", self._question.question)
        self.question.setText(question)
        self.answer.setText(translate("Help", self._question.answer))
        for button, text in ((self.show_me, show_me), (self.more, more)):
            button.set_words(text)
            button.setAccessibleName(f"{text}: {question}")


def _go(page: HelpPage, question: Question) -> None:
    if question.page is not None:
        page.rooms.go(question.page, question.subject)


def _card(*parts: QWidget, left: int = MARGIN, spacing: int = GAP) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(left, MARGIN, MARGIN, MARGIN)
    column.setSpacing(spacing)
    for part in parts:
        column.addWidget(part)
    return card


def _licence_text(item: Licence, nothing: str) -> str:
    heading = f"{item.name} {item.version} · {item.licence or '–'}"
    return f"{heading}\n{'─' * min(len(heading), 60)}\n{item.text or nothing}"
