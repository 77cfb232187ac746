"""The head of the window: the light, its cause, what runs, and the switch."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.ui import words
from qcc_desktop.ui.advice import NO_ADVICE, Advice, Help, advice_of
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, font, scaled, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.picture import Picture
from qcc_desktop.ui.widgets.switch import Switch

_ROOMY = 800
_ROOMY_WITH_HELP = 1150
"""Below these widths the figures give way to the sentence; the overview has them too."""
_MOST_LETTERS = 28
"""Of the word for the action that helps: it may hold an endpoint's name."""


@dataclass(frozen=True, slots=True)
class HeaderLook:
    """What the head shows."""

    light: Light
    cause: CauseKind
    title: str
    sentence: str
    figures: str
    is_on: bool
    advice: Advice = NO_ADVICE


def present_header(snapshot: Snapshot, *, is_quitting: bool = False) -> HeaderLook:
    """Return the look for this moment."""
    active = next(
        (view for view in snapshot.endpoints if view.endpoint.name == snapshot.active_endpoint),
        None,
    )
    waiting = words.first_token(active.latency_p50_ms) if active and snapshot.running else ""
    parts = [words.running_answers(snapshot.in_flight), waiting]
    title = words.title_of(snapshot.cause)
    return HeaderLook(
        light=snapshot.light,
        cause=snapshot.cause.kind,
        title=words.draining(snapshot.in_flight) if is_quitting else title,
        sentence=words.sentence_beside_title(snapshot.cause),
        figures="\n".join(part for part in parts if part),
        is_on=snapshot.cause.kind is not CauseKind.OFF,
        advice=NO_ADVICE if is_quitting else advice_of(snapshot),
    )


class _Title(ElidedLabel):
    """Speaks with a smaller voice where there is little room, before it is cut."""

    def __init__(self) -> None:
        super().__init__()
        set_text(self, TextSize.HEAD, bold=True)

    def fit(self) -> None:
        """Take the size that the room allows."""
        wanted = QFontMetrics(font(TextSize.HEAD, bold=True)).horizontalAdvance(self.text())
        size = TextSize.HEAD if wanted <= self.width() else TextSize.TITLE
        set_text(self, size, bold=True)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class Header(QFrame):
    """Shows a `HeaderLook`; the switch is a wish until the state says otherwise."""

    running_requested = Signal(bool)
    help_requested = Signal(object)
    """An `Advice` that the person wants to follow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._look: HeaderLook | None = None
        self.mark = Picture(
            lambda tone: icons.light_icon(Light.GREY, CauseKind.OFF, tone), 28, self
        )
        self.title = _Title()
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        set_text(self.sentence, TextSize.BODY, muted=True)
        self.figures = QLabel()
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_text(self.figures, TextSize.BODY, muted=True)
        self.help = Button(weight=Weight.PLAIN)
        self.help.clicked.connect(self._follow)
        self.switch_word = QLabel()
        set_text(self.switch_word, TextSize.BODY)
        self.switch = Switch()
        self.switch.clicked.connect(self.running_requested)
        self.more = Button("more", Weight.GHOST)
        self.more.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        row.setSpacing(GAP)
        row.addWidget(self.mark)
        row.addSpacing(4)
        row.addLayout(texts, 1)
        row.addWidget(self.help)
        row.addWidget(self.figures)
        row.addSpacing(GAP)
        row.addWidget(self.switch_word)
        row.addWidget(self.switch)
        row.addWidget(self.more)

    def set_menu(self, menu: QMenu) -> None:
        """Open ``menu`` from the button at the right."""
        self.more.setMenu(menu)

    def apply(self, look: HeaderLook) -> None:
        """Show ``look``."""
        self._look = look
        self.mark.show_icon(lambda tone: icons.light_icon(look.light, look.cause, tone))
        self.mark.setToolTip(look.title)
        self.title.setText(look.title)
        self.title.fit()
        self.sentence.setText(look.sentence)
        self.figures.setText(look.figures)
        self.help.set_words(words.shortened(look.advice.label, _MOST_LETTERS))
        self.help.setVisible(look.advice.help is not Help.NONE)
        self._make_room()
        self.switch.setChecked(look.is_on)
        self.switch_word.setText(self.tr("On") if look.is_on else self.tr("Off"))

    def _follow(self) -> None:
        if self._look is not None:
            self.help_requested.emit(self._look.advice)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = _ROOMY if self.help.isHidden() else _ROOMY_WITH_HELP
        self.figures.setVisible(self.width() >= scaled(room))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.more.set_words("", self.tr("More"))
        self.switch.setAccessibleName(self.tr("Proxy"))
        self.switch.setToolTip(self.tr("Switch the proxy on or off"))
        if self._look is not None:
            self.apply(self._look)
