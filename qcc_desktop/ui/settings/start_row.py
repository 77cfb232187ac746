"""Start at login: kept by the system, not by us, and so no option of ours."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.theme.measures import GAP, TextSize, set_text
from qcc_desktop.ui.widgets.switch import Switch

_RESET_WIDE = 56
"""What the button takes that other rows have at their right end."""


class StartRow(QFrame):
    """Shows what the system says and asks it to change that."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self.label = QLabel()
        set_text(self.label, TextSize.BODY)
        self.help = QLabel()
        set_text(self.help, TextSize.SMALL, muted=True)
        self.help.setWordWrap(True)
        self.fault = QLabel()
        set_text(self.fault, TextSize.SMALL)
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self._state: AutostartState | None = None
        self._failed = ""
        self.switch = Switch()
        self.switch.clicked.connect(self._wish)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.label, self.help, self.fault):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, GAP, _RESET_WIDE, GAP)
        row.addLayout(texts, 1)
        row.addWidget(self.switch)
        self._retranslate()

    def refresh(self) -> None:
        """Ask the system how it is."""
        self._rooms.actions.start(self._look(), "look at the start at login")

    def show_for(self, wanted: str) -> None:
        """Show the row only where a search is about it."""
        texts = f"{self.label.text()} {self.help.text()} autostart login".casefold()
        self.setVisible(all(word in texts for word in wanted.casefold().split()))

    def _wish(self, is_on: bool) -> None:
        self._rooms.actions.start(self._change(is_on=is_on), "change the start at login")

    async def _change(self, *, is_on: bool) -> None:
        autostart = self._rooms.services.autostart
        try:
            await (autostart.turn_on() if is_on else autostart.turn_off())
        except UserFacingError as error:
            self._fail(error)
            return
        await self._look()

    async def _look(self) -> None:
        try:
            state = await self._rooms.services.autostart.state()
        except UserFacingError as error:
            self._fail(error)
            return
        self._failed = ""
        self._state = state
        self.switch.setChecked(state.status is AutostartStatus.ON)
        self._say(self._sentence(state))

    def _sentence(self, state: AutostartState) -> str:
        """Return what the switch alone would hide."""
        if state.status is AutostartStatus.STALE:
            return self.tr("At login another copy is started: {command}").format(
                command=state.command
            )
        if state.status is AutostartStatus.BLOCKED:
            return self.tr("It was switched off with the system's own settings.")
        return ""

    def _fail(self, error: UserFacingError) -> None:
        self._failed = str(error)
        self._say(failure_sentence(self._failed))

    def _say(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.label.setText(self.tr("Start at login"))
        self.help.setText(self.tr("The program starts with your session and stays in the tray."))
        self.switch.setAccessibleName(self.label.text())
        self.switch.setAccessibleDescription(self.help.text())
        if self._failed:
            self._say(failure_sentence(self._failed))
        elif self._state is not None:
            self._say(self._sentence(self._state))
