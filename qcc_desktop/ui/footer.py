"""The foot of the window: Claude Code through the proxy, and where the proxy listens."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget
from typing_extensions import override

from qcc_desktop.ui.last_sessions import is_offered
from qcc_desktop.ui.theme.measures import GAP, MARGIN, ROOMY, TextSize, scaled, set_text
from qcc_desktop.ui.tray.menu import SHELL_NAMES, SHELLS, escaped
from qcc_desktop.ui.widgets.buttons import Button, Weight


class Footer(QFrame):
    """Offers the launch; says what is wanted and does nothing itself."""

    launch_requested = Signal()
    launch_in_requested = Signal(str)
    continue_requested = Signal(str)
    """Go on with the last session of this folder."""
    environment_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._folders: tuple[str, ...] = ()
        self._can_continue = False
        self.launch = Button("launch", Weight.PRIMARY)
        self.launch.clicked.connect(self.launch_requested)
        self.recent = Button("folder", Weight.PLAIN)
        self.recent.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self.recent_menu = QMenu(self.recent)
        self.recent.setMenu(self.recent_menu)
        self.environment = Button("copy", Weight.PLAIN)
        self.environment.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self.environment_menu = QMenu(self.environment)
        self.environment.setMenu(self.environment_menu)
        for shell in SHELLS:
            action = self.environment_menu.addAction(SHELL_NAMES[shell])
            action.triggered.connect(
                lambda _=False, chosen=shell: self.environment_requested.emit(chosen)
            )
        self.address = QLabel()
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_text(self.address, TextSize.SMALL, muted=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        row.setSpacing(GAP)
        for widget in (self.launch, self.recent, self.environment):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.address)
        self._retranslate()

    def apply(
        self,
        *,
        port: int | None,
        can_launch: bool,
        folders: Sequence[str],
        continuable: frozenset[str] | None = None,
        offers_launch: bool = True,
    ) -> None:
        """Show where the proxy listens and where Claude Code was launched lately.

        ``continuable`` are the folders with a session; ``offers_launch`` is False where the page above offers the same.
        """
        self.launch.setVisible(offers_launch)
        for button in (self.launch, self.recent, self.environment):
            button.setEnabled(can_launch)
        if port is None:
            self.address.setText(self.tr("Not listening"))
        else:
            self.address.setText(
                self.tr("Listening on {address}").format(address=f"127.0.0.1:{port}")
            )
        self.recent.setVisible(offers_launch and bool(folders))
        can_continue = bool(folders) and is_offered(continuable, folders[0])
        if (tuple(folders), can_continue) != (self._folders, self._can_continue):
            self._folders, self._can_continue = tuple(folders), can_continue
            self._fill_recent()

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        if self._can_continue:
            last = self._folders[0]
            name = escaped(Path(last).name or last)
            go_on = self.recent_menu.addAction(
                self.tr("Continue last session in {folder}").format(folder=name)
            )
            go_on.setToolTip(last)
            go_on.triggered.connect(lambda: self.continue_requested.emit(last))
            self.recent_menu.addSeparator()
        for folder in self._folders:
            action = self.recent_menu.addAction(escaped(Path(folder).name or folder))
            action.setToolTip(folder)
            action.triggered.connect(
                lambda _=False, chosen=folder: self.launch_in_requested.emit(chosen)
            )

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.address.setVisible(self.width() >= scaled(ROOMY))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.launch.set_words(
            self.tr("Launch Claude Code…"), self.tr("Choose a folder; a terminal opens in it")
        )
        self.recent.set_words("", self.tr("Go on, or launch again in a folder used lately"))
        self._fill_recent()
        self.environment.set_words(
            self.tr("Copy environment"), self.tr("Copy the variables for your shell")
        )
