"""The tray icon itself: picture, tooltip, clicks and the pulse."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from qcc_desktop.ui.theme.palette import Tone
from qcc_desktop.ui.tray.icon import tray_icon
from qcc_desktop.ui.tray.look import IconLook, TrayLook
from qcc_desktop.ui.tray.menu import TrayMenu
from qcc_desktop.ui.tray.panel import panel_tone

PULSE_MS = 500
"""Two redraws a second at most."""


class Tray(QObject):
    """Shows a `TrayLook`; what the person clicks becomes a signal here or in `menu`."""

    clicked = Signal()
    """The main button of the mouse, where it does not open the menu.

    GNOME's extension for tray icons opens it with one click and says a double click as one.
    """
    running_toggle_requested = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        opens_menu: bool = sys.platform == "darwin",
        tone: Callable[[], Tone] = lambda: panel_tone(QGuiApplication.styleHints().colorScheme()),
    ) -> None:
        super().__init__(parent)
        self._opens_menu = opens_menu
        self._tone = tone
        self._drawn: tuple[IconLook, Tone] | None = None
        self._look: TrayLook | None = None
        self._step = 0
        self.menu = TrayMenu()
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._clicked)
        self._pulse = QTimer(self)
        self._pulse.setInterval(PULSE_MS)
        self._pulse.timeout.connect(self._beat)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._redraw)

    @property
    def is_pulsing(self) -> bool:
        """Whether the arc moves, that is, whether a timer runs."""
        return self._pulse.isActive()

    def show(self) -> None:
        """Appear in the panel, now or when there is one."""
        self.icon.show()

    def hide(self) -> None:
        """Leave the panel."""
        self._pulse.stop()
        self.icon.hide()

    def apply(self, look: TrayLook) -> None:
        """Show ``look``."""
        self._look = look
        is_moving = look.is_busy and not look.is_still
        if is_moving and not self._pulse.isActive():
            self._pulse.start()
        elif not is_moving:
            self._pulse.stop()
            self._step = 0
        self._redraw()
        if self.icon.toolTip() != look.tooltip:
            self.icon.setToolTip(look.tooltip)
        self.menu.apply(look)

    def retranslate(self) -> None:
        """Put the menu in the language shown now."""
        self.menu.retranslate()

    def _beat(self) -> None:
        self._step += 1
        self._redraw()

    def _redraw(self) -> None:
        if self._look is None:
            return
        shown = self._look.icon
        look = IconLook(shown.light, shown.glyph, shown.badge, self._step % 4)
        drawn = (look, self._tone())
        if drawn != self._drawn:
            self._drawn = drawn
            self.icon.setIcon(tray_icon(*drawn, template=sys.platform == "darwin"))

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            if not self._opens_menu:  # macOS shows the menu, and says the click as well
                self.clicked.emit()
        elif reason is QSystemTrayIcon.ActivationReason.MiddleClick:
            self.running_toggle_requested.emit()
