"""The page of Claude Code: launch it, pick it, lead it to the proxy, see what is wrong."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.claude_code.doctor_card import DoctorCard
from qcc_desktop.ui.claude_code.install_card import InstallCard
from qcc_desktop.ui.claude_code.launch_card import LaunchCard
from qcc_desktop.ui.claude_code.takeover_card import TakeoverCard
from qcc_desktop.ui.dialogs import choose_folder
from qcc_desktop.ui.page import Moment, Page, Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.scroll import Scroll

_WIDEST = 860


class ClaudeCodePage(Page):
    """Four cards below one another; each asks its own service."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self._executable: str | None = None
        self._is_seen = False
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.launch = Button("launch", Weight.PRIMARY)
        self.launch.clicked.connect(self.choose_folder)
        self.picker: QFileDialog | None = None
        self.folders = LaunchCard(rooms)
        self.installation = InstallCard(rooms)
        self.takeover = TakeoverCard(rooms)
        self.doctor = DoctorCard(rooms)
        self.takeover.changed.connect(self.doctor.outdate)
        self.headings = {name: QLabel() for name in ("launch", "install", "takeover", "doctor")}
        self._cards: dict[str, QFrame] = {
            "launch": self.folders,
            "install": self.installation,
            "takeover": self.takeover,
            "doctor": self.doctor,
        }
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.launch)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        for name, card in self._cards.items():
            set_text(self.headings[name], TextSize.BODY, bold=True)
            column.addSpacing(GRID)
            column.addWidget(self.headings[name])
            column.addWidget(card)
        narrow = QWidget()
        narrow.setMaximumWidth(_WIDEST)
        narrow.setLayout(column)
        row = QHBoxLayout()
        row.addWidget(narrow, 1)
        row.addStretch(0)
        self._scroll = Scroll()
        self._scroll.column.addLayout(row)
        self._scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)

    @override
    def apply(self, moment: Moment) -> bool:
        self.folders.apply(moment)
        self.launch.setEnabled(bool(moment.snapshot.endpoints))
        self.takeover.apply(moment)
        executable = moment.config.settings.claude_executable
        if self._executable is not None and executable != self._executable:
            self.rooms.actions.start(self.installation.show_chosen(), "show the Claude Codes")
        self._executable = executable
        return False

    @override
    def shown(self) -> None:
        self._is_seen = True
        self.installation.look()
        self.takeover.refresh()
        self.rooms.actions.start(self._find_editors(), "look for editors")

    @override
    def hidden(self) -> None:
        self._is_seen = False

    async def _find_editors(self) -> None:
        self.folders.show_editors(await self.rooms.services.claude_code.editors())

    def choose_folder(self) -> None:
        """Ask for a folder and launch Claude Code there."""
        recent = self.rooms.services.config().recent_folders
        start = recent[0] if recent else str(Path.home())
        title = self.tr("Launch Claude Code in this folder")
        self.picker = choose_folder(self.window(), title, start, self.rooms.actions.launch)
        self.picker.finished.connect(self._picker_closed)

    def _picker_closed(self) -> None:
        self.picker = None

    @override
    def take_focus(self) -> None:
        self.launch.setFocus()

    @override
    def go_to(self, subject: str) -> None:
        """Bring a card into view: ``launch``, ``install``, ``takeover`` or ``doctor``."""
        targets: dict[str, QWidget] = {
            "launch": self.launch,
            "install": self.installation.refresh,
            "takeover": self.takeover.switch,
            "doctor": self.doctor.check,
        }
        if subject not in targets:
            return
        targets[subject].setFocus()
        self._scroll.seek(self.headings[subject])

    @override
    def leave(self) -> None:
        if self.picker is not None:
            self.picker.reject()
        self.folders.close_dialog()
        self.installation.close_dialog()
        self.takeover.close_dialog()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._came_back()

    def _came_back(self) -> None:
        """Other programs may have changed what is shown: an installer, an editor."""
        if self._is_seen:
            self.installation.came_back()
            self.takeover.refresh()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Claude Code"))
        self.launch.set_words(
            self.tr("Launch Claude Code…"), self.tr("Choose a folder; a terminal opens in it")
        )
        self.headings["launch"].setText(self.tr("Recent folders"))
        self.headings["install"].setText(self.tr("Installation"))
        self.headings["takeover"].setText(self.tr("Everywhere on this computer"))
        self.headings["doctor"].setText(self.tr("Doctor"))
