"""A message inside the window that needs no answer, stops nothing and moves nothing."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.picture import Picture

_WIDEST = 720
_GRACE_MS = 2000
"""How long a message whose time is over stays after the mouse has left it."""


class MessageBar(QWidget):
    """Shows one `Notice` at a time; hidden while there is none.

    Made with ``over``, it floats at the bottom of that widget, so that nothing jumps away from
    under the mouse when it appears; else it stands in the layout that it is put in.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None, *, over: QWidget | None = None) -> None:
        super().__init__(over or parent)
        self._over = over
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
        self._timer.timeout.connect(self._time_is_over)
        self._lay_out()
        if over is not None:
            over.installEventFilter(self)
        self.hide()
        self._retranslate()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.hint)
        self._frame = QFrame()
        self._around = around = QVBoxLayout(self)
        if self._over is None:
            around.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 0)
        else:
            around.setContentsMargins(0, 0, 0, 0)
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
        self._say(notice)
        self.action.setVisible(notice.action is not None)
        self._timer.stop()
        if notice.lasting_s is not None:
            self._timer.start(round(notice.lasting_s * 1000))
        self.show()
        self._place()
        self.raise_()

    def _say(self, notice: Notice) -> None:
        self.title.setText(notice.title)
        self.hint.setText(notice.hint)
        self.hint.setVisible(bool(notice.hint))
        self.action.set_words(notice.action_label)

    def close_offer(self) -> None:
        """Show nothing any more if what is shown offers something to do."""
        if self.notice is not None and self.notice.action is not None:
            self.close_notice()

    def close_notice(self) -> None:
        """Show nothing any more."""
        self._timer.stop()
        self.notice = None
        self.hide()
        self.closed.emit()

    def _time_is_over(self) -> None:
        if self.underMouse():
            self._timer.start(_GRACE_MS)
        else:
            self.close_notice()

    def _place(self) -> None:
        """Float at the bottom of the page, in the middle."""
        if self._over is None:
            return
        room = self._over.rect().adjusted(2 * MARGIN, 0, -2 * MARGIN, -2 * MARGIN)
        width = min(room.width(), _WIDEST)
        for part in (self.title, self.hint, self.action, self.dismiss):
            part.ensurePolished()  # before that a button asks for less room than it takes
        self._around.invalidate()
        wanted = self._around.totalHeightForWidth(width)
        height = max(wanted, self._around.totalMinimumSize().height())
        left = room.left() + (room.width() - width) // 2
        self.setGeometry(left, room.bottom() - height, width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

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
        if self.notice is not None and self.notice.again is not None:
            self._say(self.notice.again())
            self._place()


def _label(*, bold: bool) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_text(label, TextSize.BODY, bold=bold)
    return label
