"""One request in full: what happened in a sentence, and the chain of endpoints."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.requests.presenter import Detail, Step
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture
from qcc_desktop.ui.widgets.scroll import Scroll


class RequestDetail(QFrame):
    """Shows a `Detail`, or a hint while none is chosen."""

    copy_requested = Signal(str)
    session_requested = Signal(str)
    endpoint_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._detail: Detail | None = None
        self.title, self.sentence, self.facts = QLabel(), QLabel(), QLabel()
        set_text(self.title, TextSize.BODY, bold=True)
        set_text(self.sentence, TextSize.BODY)
        set_text(self.facts, TextSize.SMALL, muted=True)
        for label in (self.sentence, self.facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = Button("copy", Weight.GHOST)
        self.copy.clicked.connect(self._copy)
        self.session = Button(weight=Weight.LINK)
        self.session.clicked.connect(self._open_session)
        self.chain = QWidget()
        self._grid = QGridLayout(self.chain)
        self._grid.setContentsMargins(0, GAP, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnStretch(2, 1)
        self._lay_out()
        self._retranslate()
        self.apply(None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.session)
        head.addWidget(self.copy)
        scroll = Scroll(is_inset=True)
        column = scroll.column
        column.setContentsMargins(12, 0, 12, GAP)
        column.setSpacing(GRID)
        column.addWidget(self.sentence)
        column.addWidget(self.facts)
        column.addWidget(self.chain)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, GAP, 1, 1)
        whole.setSpacing(GRID)
        head.setContentsMargins(11, 0, GAP, 0)
        whole.addLayout(head)
        whole.addWidget(scroll, 1)

    def apply(self, detail: Detail | None) -> None:
        """Show ``detail``."""
        if detail is not None and detail == self._detail:
            return
        steps_before = self._detail.steps if self._detail else ()
        self._detail = detail
        self.title.setVisible(detail is not None)
        self.copy.setVisible(detail is not None)
        self.session.setVisible(bool(detail and detail.session))
        if detail is None:
            self.title.setText("")
            self.sentence.setText(self.tr("Choose a request to see where it went, and why."))
            self.facts.setText("")
        else:
            self.title.setText(detail.title)
            self.sentence.setText(detail.sentence)
            self.facts.setText(detail.facts)
        steps = detail.steps if detail else ()
        if steps != steps_before:
            self._show_steps(steps)

    def _show_steps(self, steps: tuple[Step, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, step in enumerate(steps):
            self._show_step(number, step)

    def _show_step(self, number: int, step: Step) -> None:
        mark = Picture(lambda tone: icons.icon(step.picture, tone, step.role), 12)
        name = Button(weight=Weight.LINK)
        name.set_words(step.endpoint)
        name.clicked.connect(lambda: self.endpoint_requested.emit(step.endpoint_id))
        what, detail, time = QLabel(step.what), QLabel(step.detail), QLabel(step.time)
        what.setWordWrap(True)
        what.setTextFormat(Qt.TextFormat.PlainText)
        set_text(what, TextSize.BODY)
        for label in (detail, time):
            set_text(label, TextSize.SMALL, muted=True)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(mark, number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(name, number, 1, top)
        self._grid.addWidget(what, number, 2)
        self._grid.addWidget(detail, number, 3, Qt.AlignmentFlag.AlignVCenter)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(time, number, 4, right)

    def _copy(self) -> None:
        if self._detail is not None:
            self.copy_requested.emit(self._detail.id)

    def _open_session(self) -> None:
        if self._detail is not None:
            self.session_requested.emit(self._detail.session)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        hint = self.tr("Copy it as text for an issue; names, folders and keys are left out")
        self.copy.set_words(self.tr("Copy for an issue"), hint)
        self.session.set_words(self.tr("Show the session"))
        self.setAccessibleName(self.tr("The chosen request"))
