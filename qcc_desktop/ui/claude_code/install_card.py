"""Which Claude Code is launched, which others are there, and how to get one."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.ui.claude_code.installation_look import InstallationLook, installation_look
from qcc_desktop.ui.claude_code.parts import FaultLine, column_of, say, text_line
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize, font
from qcc_desktop.ui.titles import set_title
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcc_desktop.system.finder.installation import Installation

_LASTING_S = 8.0


class InstallCard(QFrame):
    """Asks the service when it is first seen; a search takes seconds, and the page goes on."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._found: Sequence[Installation] | None = None
        self._is_searching = False
        self._awaits_install = False
        self.title, self.place = text_line(bold=True), text_line(TextSize.SMALL, muted=True)
        self.broken, self.fault = text_line(TextSize.SMALL, muted=True), FaultLine()
        self.command = text_line(TextSize.SMALL, muted=True)
        self.command.setWordWrap(False)
        self.skeleton = Skeleton()
        self.picker = QComboBox()
        self.picker.setFont(font(TextSize.BODY))
        self.picker.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.picker.activated.connect(self._picked)
        self.refresh = Button()
        self.refresh.clicked.connect(lambda: self.look(is_new=True))
        self.other = Button()
        self.other.clicked.connect(self._choose_file)
        self.install, self.copy = Button("launch"), Button("copy", Weight.GHOST)
        self.install.clicked.connect(self._install)
        self.copy.clicked.connect(self._copy)
        self.file_dialog: QFileDialog | None = None
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        column = column_of(self)
        for widget in (self.title, self.place, self.skeleton):
            column.addWidget(widget)
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.command)
        line.addWidget(self.copy)
        line.addStretch(1)
        column.addWidget(self._line)
        self._pick = QWidget()
        pick = QVBoxLayout(self._pick)
        pick.setContentsMargins(0, GRID, 0, GRID)
        pick.addWidget(self.picker)
        column.addWidget(self._pick)
        column.addWidget(self.broken)
        column.addWidget(self.fault)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, GAP, 0, 0)
        buttons.setSpacing(GAP)
        for button in (self.install, self.refresh, self.other):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self._show()

    def look(self, *, is_new: bool = False) -> None:
        """Show what is there; ``is_new`` searches anew."""
        if not self._is_searching:
            self._is_searching = True
            self.refresh.setEnabled(False)
            self.skeleton.start()
            self._rooms.actions.start(self._search(is_new=is_new), "look for Claude Code")

    def came_back(self) -> None:
        """The person looks at the window again: perhaps the installation has ended."""
        if self._awaits_install:
            self.look(is_new=True)

    async def _search(self, *, is_new: bool) -> None:
        try:
            await self._rooms.services.installations.found(refresh=is_new)
            await self.show_chosen()
        finally:
            self._is_searching = False
            self.refresh.setEnabled(True)
            self.skeleton.stop()

    async def show_chosen(self) -> None:
        """Show what is launched now, as the option has it; nothing is searched for again."""
        installations = self._rooms.services.installations
        self._found = await installations.found()
        self._show()

    def _show(self) -> None:
        look = self._look()
        if look is not None and look.is_found:
            self._awaits_install = False
        say(self.title, look.title if look else "")
        say(self.place, look.place if look else "")
        say(self.broken, "\n".join(look.broken) if look else "")
        is_missing = look is not None and not look.is_found
        self.command.setText(self._rooms.services.installations.install_command())
        self._line.setVisible(is_missing)
        self.install.setVisible(is_missing)
        self._fill_picker(look.choices if look else (), look.wanted if look else "")

    def _look(self) -> InstallationLook | None:
        if self._found is None:
            return None
        services = self._rooms.services
        wanted = services.config().settings.claude_executable
        return installation_look(self._found, services.installations.chosen(), wanted)

    def _fill_picker(self, choices: tuple[tuple[str, str], ...], wanted: str) -> None:
        self._pick.setVisible(bool(choices))
        self.picker.clear()
        for value, word in choices:
            self.picker.addItem(word, value)
            self.picker.setItemData(self.picker.count() - 1, word, Qt.ItemDataRole.ToolTipRole)
        self.picker.setCurrentIndex(self.picker.findData(wanted))

    def _picked(self, index: int) -> None:
        value = str(self.picker.itemData(index))
        self._choose(Path(value) if value else None)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("The program of Claude Code"))
        set_title(dialog, dialog.windowTitle())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self._choose(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._file_dialog_closed)
        self.file_dialog = dialog
        dialog.open()

    def _file_dialog_closed(self) -> None:
        self.file_dialog = None

    def close_dialog(self) -> None:
        """Close the picker of files."""
        if self.file_dialog is not None:
            self.file_dialog.reject()

    def _choose(self, path: Path | None) -> None:
        self._rooms.actions.start(self._chosen(path), "choose a Claude Code")

    async def _chosen(self, path: Path | None) -> None:
        try:
            await self._rooms.services.installations.choose(path)
        except UserFacingError as error:
            self.fault.tell(str(error))
        else:
            self.fault.tell("")
        await self.show_chosen()

    def _install(self) -> None:
        self._rooms.actions.start(self._installed(), "install Claude Code")

    async def _installed(self) -> None:
        await self._rooms.services.installer.install()
        self._awaits_install = True
        self._rooms.board.show_notice(
            Notice(
                self.tr("Claude Code is being installed in a terminal."),
                self.tr("When it is done, come back here or look again."),
                lasting_s=_LASTING_S,
            )
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        said = self.tr("The command is on the clipboard.")
        self._rooms.board.show_notice(Notice(said, lasting_s=_LASTING_S))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show()

    def _retranslate(self) -> None:
        self.picker.setAccessibleName(self.tr("Claude Code to launch"))
        self.refresh.set_words(
            self.tr("Look again"), self.tr("Search this computer for Claude Code")
        )
        self.other.set_words(
            self.tr("Choose a program…"), self.tr("Launch a Claude Code that was not found")
        )
        self.install.set_words(
            self.tr("Install Claude Code"), self.tr("Run this command in a terminal")
        )
        self.copy.set_words("", self.tr("Copy command"))
