"""Buttons in the three weights of the program: primary, plain, ghost."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import TextSize, font
from qcc_desktop.ui.theme.palette import Role, Tone, colour, current_tone, readable_on


class Weight(StrEnum):
    """How much a button asks for attention; the value is its name in the style sheet."""

    PRIMARY = "primary"
    PLAIN = "plain"
    GHOST = "ghost"
    LINK = "link"
    """A word to click on, within a card."""
    DISCLOSURE = "disclosure"
    """Opens something below it; stands flush with the fields."""


class Button(QToolButton):
    """A button with a picture of ours, a text, or both."""

    def __init__(
        self, picture: str = "", weight: Weight = Weight.PLAIN, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._picture = picture
        self._weight = weight
        self._drawn: tuple[str, str, Tone] | None = None
        self.setObjectName(weight.value)
        self.setFont(font(TextSize.BODY))
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw()

    def set_words(self, text: str, hint: str = "") -> None:
        """Show ``text`` beside the picture; without a text, ``hint`` says what it does."""
        self.setText(f" {text}" if text and self._picture else text)
        self.setToolTip(hint)
        self.setAccessibleName(text or hint)
        both = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        only = Qt.ToolButtonStyle.ToolButtonTextOnly
        none = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle((both if self._picture else only) if text else none)

    def set_picture(self, picture: str) -> None:
        """Show another picture."""
        self._picture = picture
        self._draw()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._draw()

    def _draw(self) -> None:
        if not self._picture:
            return
        tone = current_tone()
        shade = colour(Role.TEXT, tone)
        if self._weight is Weight.PRIMARY:
            shade = readable_on(self.palette().accent().color())
        wanted = (self._picture, shade.name(), tone)
        if wanted != self._drawn:
            self._drawn = wanted
            self.setIcon(icons.icon_in(self._picture, shade, colour(Role.FAINT, tone)))
