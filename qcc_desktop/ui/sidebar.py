"""The list of pages at the left of the window."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.focus import BY_KEY
from qcc_desktop.ui.page import PageName
from qcc_desktop.ui.shortcuts import HELP_KEY, SETTINGS_KEY, shown_keys
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, RADIUS, TextSize, font, scaled, set_text
from qcc_desktop.ui.theme.palette import Role, colour, current_tone

_UPPER = (
    PageName.OVERVIEW,
    PageName.ENDPOINTS,
    PageName.SESSIONS,
    PageName.REQUESTS,
    PageName.USAGE,
    PageName.CLAUDE_CODE,
)
_LOWER = (PageName.SETTINGS, PageName.HELP)
SHOWN = (*_UPPER, *_LOWER)
_WIDE = 176
_SLIM = 56
_TALL = 36
_EDGE = 16
"""Of the pictures."""


class Entry(QAbstractButton):
    """One page of the list: a picture, its name, and how much there is to see."""

    heard_as = QAccessible.Role.RadioButton

    def __init__(self, name: PageName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.count = ""
        self.is_slim = False
        self._is_by_key = False
        self.setCheckable(True)
        self.setFixedHeight(_TALL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(font(TextSize.BODY))

    def show_count(self, count: str) -> None:
        """Show a figure beside the name; "" for none."""
        if count != self.count:
            self.count = count
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(_SLIM if self.is_slim else scaled(_WIDE), _TALL)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_by_key = event.reason() in BY_KEY
        super().focusInEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tone = current_tone()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(GAP, 2, -GAP, -2)
        self._paint_back(painter, area)
        role = Role.TEXT if self.isChecked() else Role.MUTED
        left = area.center().x() - _EDGE // 2 if self.is_slim else area.left() + GAP
        square = QRect(left, 0, _EDGE, _EDGE)
        square.moveTop(area.top() + (area.height() - _EDGE) // 2)
        icons.icon(f"page/{self.name}", tone, role).paint(painter, square)
        if self.is_slim:
            return
        painter.setFont(font(TextSize.BODY, bold=self.isChecked()))
        painter.setPen(colour(role, tone))
        words = area.adjusted(GAP + _EDGE + GAP + 2, 0, -GAP, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignLeft), self.text())
        if self.count:
            painter.setFont(font(TextSize.SMALL))
            painter.setPen(colour(Role.MUTED, tone))
            painter.drawText(words, int(middle | Qt.AlignmentFlag.AlignRight), self.count)

    def _paint_back(self, painter: QPainter, area: QRect) -> None:
        tone = current_tone()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colour(Role.PRESSED, tone))
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        elif self.underMouse():
            painter.setBrush(colour(Role.HOVER, tone))
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        if self.hasFocus() and self._is_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self.palette().accent().color())
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)


class Brand(QWidget):
    """Whose window this is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_TALL + GAP)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icons.app_icon(), 24, self.devicePixelRatioF()))
        self.title = QLabel("QCC Desktop")
        set_text(self.title, TextSize.BODY, bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, 0, GAP, 0)
        row.setSpacing(GAP + 2)
        row.addWidget(picture)
        row.addWidget(self.title, 1)


class Sidebar(QFrame):
    """Says which page is wanted; arrows move along it, Ctrl+1 … Ctrl+8 open a page at once."""

    chosen = Signal(object)
    """A `PageName`."""
    opened_by_key = Signal(object)
    """A `PageName`, of the page in which the person goes on by keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._group = QButtonGroup(self)
        self.entries = {name: Entry(name) for name in SHOWN}
        self.brand = Brand()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(GRID // 2)
        column.addWidget(self.brand)
        column.addSpacing(GAP)
        for number, (name, entry) in enumerate(self.entries.items(), 1):
            if name is _LOWER[0]:
                column.addStretch(1)
            column.addWidget(entry)
            self._group.addButton(entry)
            entry.clicked.connect(lambda _=False, wanted=name: self.chosen.emit(wanted))
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.activated.connect(lambda wanted=name: self.opened_by_key.emit(wanted))
        self.make_slim(is_slim=False)
        self._retranslate()

    def choose(self, name: PageName) -> None:
        """Mark the page that is shown."""
        if name not in self.entries:
            return
        self.entries[name].setChecked(True)
        for entry in self.entries.values():  # Tab stops at the chosen one, arrows go on from it
            is_chosen = entry.name is name
            entry.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
            )

    def show_counts(self, counts: Mapping[PageName, str]) -> None:
        """Show figures beside names."""
        for name, entry in self.entries.items():
            entry.show_count(counts.get(name, ""))
            entry.setAccessibleDescription(self._count_words(name, entry.count))

    def _count_words(self, name: PageName, count: str) -> str:
        """Say what the figure beside a name counts."""
        if not count:
            return ""
        if name is PageName.ENDPOINTS:
            return self.tr("{count} out").format(count=count)
        return self.tr("{count} running").format(count=count)

    def make_slim(self, *, is_slim: bool) -> None:
        """Show pictures only, with the names as hints, or both."""
        self.setFixedWidth(_SLIM if is_slim else scaled(_WIDE))
        self.brand.title.setVisible(not is_slim)
        for entry in self.entries.values():
            entry.is_slim = is_slim
            entry.updateGeometry()
            entry.update()
        self._retranslate()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        names = list(self.entries)
        focused = [name for name in names if self.entries[name].hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        wanted = names[(names.index(focused[0]) + step) % len(names)]
        self.entries[wanted].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(wanted)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        words = {
            PageName.OVERVIEW: self.tr("Overview"),
            PageName.ENDPOINTS: self.tr("Endpoints"),
            PageName.SESSIONS: self.tr("Sessions"),
            PageName.REQUESTS: self.tr("Requests"),
            PageName.USAGE: self.tr("Usage"),
            PageName.CLAUDE_CODE: "Claude Code",
            PageName.SETTINGS: self.tr("Settings"),
            PageName.HELP: self.tr("Help"),
        }
        more = {PageName.SETTINGS: SETTINGS_KEY, PageName.HELP: HELP_KEY}
        for number, (name, entry) in enumerate(self.entries.items(), 1):
            entry.setText(words[name])
            entry.setAccessibleName(words[name])
            entry.setAccessibleDescription(self._count_words(name, entry.count))
            keys = [f"Ctrl+{number}", more[name]] if name in more else [f"Ctrl+{number}"]
            shown = " · ".join(shown_keys(key) for key in keys)
            entry.setToolTip(f"{words[name]}\n{shown}" if entry.is_slim else shown)
