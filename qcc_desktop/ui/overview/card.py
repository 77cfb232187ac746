"""The card of one endpoint."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui import words
from qcc_desktop.ui.overview.presenter import Card
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, scaled, set_text
from qcc_desktop.ui.theme.palette import Tone
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.picture import Picture
from qcc_desktop.ui.widgets.sparkline import Sparkline


class EndpointCard(QFrame):
    """Shows a `Card`; a click opens the endpoint, the button tries it."""

    opened = Signal(str)
    try_requested = Signal(str)
    edit_requested = Signal(str)
    heard_as = QAccessible.Role.Button

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._look: Card | None = None
        self.mark = Picture(lambda tone: icons.icon("health/healthy", tone), 14)
        self.name = ElidedLabel()
        self.name.setFixedHeight(scaled(20))
        set_text(self.name, TextSize.BODY, bold=True)
        self.state = ElidedLabel()
        set_text(self.state, TextSize.SMALL, muted=True)
        self.trace = Sparkline()
        self.figures = QLabel()
        set_text(self.figures, TextSize.SMALL, muted=True)
        self.again = Button(weight=Weight.LINK)
        self.again.setFixedHeight(scaled(20))
        self.again.clicked.connect(self._try)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.mark)
        head.addWidget(self.name, 1)
        head.addWidget(self.again)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.trace, 1)
        foot.addWidget(self.figures)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(GRID)
        column.addLayout(head)
        column.addWidget(self.state)
        column.addLayout(foot)

    def apply(self, look: Card) -> None:
        """Show ``look``."""
        if look == self._look:
            return
        self._look = look

        def draw(tone: Tone) -> QIcon:
            return icons.mark_icon(look.mark, tone)

        self.mark.show_icon(draw)
        self.name.setText(look.name)
        self.state.setText(look.state)
        self.figures.setText(look.figures)
        self.figures.setToolTip(look.figures_hint)
        self.trace.show_values(look.trace)
        self.again.setVisible(look.can_try or look.needs_person)
        self._retranslate()

    def _try(self) -> None:
        if self._look is not None:
            wish = self.edit_requested if self._look.needs_person else self.try_requested
            wish.emit(self._look.id)

    def press(self) -> None:
        """Open the endpoint, as a click and a screen reader's "press" do."""
        if self._look is not None:
            self.opened.emit(self._look.id)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        is_inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and is_inside:
            self.press()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.press()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._look is not None and self._look.needs_person:
            self.again.set_words(self.tr("Edit"), self.tr("Give it another key"))
        else:
            self.again.set_words(self.tr("Try now"), self.tr("Ask it now whether it is back"))
        if self._look is not None:
            self._name_parts(self._look)

    def _name_parts(self, look: Card) -> None:
        """Tell screen readers whose card and whose button it is.

        A countdown is left out: they would speak every second of it.
        """
        state = look.state.rpartition(" · ")[0] or look.state if look.is_waiting else look.state
        self.setAccessibleName(f"{look.name}, {state}")
        self.setAccessibleDescription(look.figures)
        self.again.setAccessibleName(f"{self.again.text()}: {look.name}")
        self.trace.setAccessibleName(self.tr("Time to first token, latest answers"))
        if look.trace:
            least, most = words.latency(min(look.trace)), words.latency(max(look.trace))
            self.trace.setAccessibleDescription(
                self.tr("{least} to {most}").format(least=least, most=most)
            )
