"""A message inside the window that needs no answer and stops nothing."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture


class MessageBar(QWidget):
    """Shows one `Notice` at a time; hidden while there is none."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice: Notice | None = None
        self._picture = Picture(lambda tone: icons.icon("info", tone), 16, self)
        self.title = _label(bold=True)
        self.hint = _label(bold=False)
        self.action = Button(weight=Weight.PLAIN)
        self.action.clicked.connect(self._act)
        self.dismiss = Button("close", Weight.GHOST)
        self.dismiss.clicked.connect(self.close_notice)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close_notice)
        self._lay_out()
        self.hide()
        self._retranslate()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.hint)
        self._frame = QFrame()
        around = QVBoxLayout(self)
        around.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 0)
        around.addWidget(self._frame)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(3 * GRID, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self._picture)
        row.addLayout(texts, 1)
        row.addWidget(self.action)
        row.addWidget(self.dismiss)

    def show_notice(self, notice: Notice) -> None:
        """Show ``notice`` in the place of another one."""
        self.notice = notice
        is_problem = notice.kind is NoticeKind.PROBLEM
        name, role = ("problem", Role.RED) if is_problem else ("info", Role.TEXT)
        self._picture.show_icon(lambda tone: icons.icon(name, tone, role))
        self._frame.setObjectName("bar-problem" if is_problem else "bar-note")
        self._frame.style().polish(self._frame)
        self.title.setText(notice.title)
        self.hint.setText(notice.hint)
        self.hint.setVisible(bool(notice.hint))
        self.action.set_words(notice.action_label)
        self.action.setVisible(notice.action is not None)
        self._timer.stop()
        if notice.lasting_s is not None:
            self._timer.start(round(notice.lasting_s * 1000))
        self.show()

    def close_notice(self) -> None:
        """Show nothing any more."""
        self._timer.stop()
        self.notice = None
        self.hide()
        self.closed.emit()

    def _act(self) -> None:
        notice = self.notice
        self.close_notice()
        if notice is not None and notice.action is not None:
            notice.action()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.dismiss.set_words("", self.tr("Close this message"))


def _label(*, bold: bool) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_text(label, TextSize.BODY, bold=bold)
    return label
