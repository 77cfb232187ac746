"""The folders in which Claude Code was launched, and what can be done in each."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.config import FolderChoice
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui.claude_code.folder_dialog import FolderDialog
from qcc_desktop.ui.claude_code.folder_look import FolderLook, folder_looks
from qcc_desktop.ui.claude_code.folder_row import FolderRow
from qcc_desktop.ui.claude_code.parts import text_line
from qcc_desktop.ui.contracts import Notice, ProgramView
from qcc_desktop.ui.last_sessions import is_offered
from qcc_desktop.ui.notices import complaint
from qcc_desktop.ui.page import Moment, PageName, Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize
from qcc_desktop.ui.widgets.buttons import Button, Weight

_LASTING_S = 8.0
_LINK_PADDING = 10
"""What the style sheet puts around the words of a link; they begin where other texts do."""


class LaunchCard(QFrame):
    """One row for each recent folder, made once and kept as long as it is listed."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._rooms = rooms
        self._editors: Sequence[ProgramView] = ()
        self._can_launch = True
        self.rows: dict[str, FolderRow] = {}
        self.dialog: FolderDialog | None = None
        self.nothing = text_line(TextSize.BODY, muted=True)
        self.add_endpoint = Button(weight=Weight.LINK)
        self.add_endpoint.clicked.connect(lambda: rooms.go(PageName.ENDPOINTS, "add"))
        self.add_endpoint.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, GRID, 1, GRID)
        self._column.setSpacing(0)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        empty.setSpacing(GRID)
        empty.addWidget(self.nothing)
        link = QHBoxLayout()
        link.setContentsMargins(-_LINK_PADDING, 0, 0, 0)
        link.addWidget(self.add_endpoint)
        link.addStretch(1)
        empty.addLayout(link)
        self._column.addWidget(self._empty)
        self._retranslate()

    def apply(self, moment: Moment) -> None:
        """Show the folders of this moment."""
        looks = folder_looks(moment.config, Path.home())
        can_launch = bool(moment.snapshot.endpoints)
        if can_launch != self._can_launch:
            self._can_launch = can_launch
            self._retranslate()
        if [row.look for row in self.rows.values()] != list(looks):
            self._sync(looks)
        for row in self.rows.values():
            row.allow_launch(is_allowed=can_launch)
            row.offer_continue(is_offered=is_offered(moment.continuable, row.look.folder))
        self._empty.setVisible(not looks or not can_launch)
        self.add_endpoint.setVisible(not can_launch)

    def show_editors(self, editors: Sequence[ProgramView]) -> None:
        """Offer these editors for every folder."""
        self._editors = editors
        for row in self.rows.values():
            row.show_editors(editors)

    def _sync(self, looks: tuple[FolderLook, ...]) -> None:
        wanted = {look.folder for look in looks}
        for folder in [folder for folder in self.rows if folder not in wanted]:
            self.rows.pop(folder).deleteLater()
        old, self.rows = self.rows, {}
        for place, look in enumerate(looks):
            row = old.get(look.folder) or self._new_row(look)
            row.apply(look)
            self.rows[look.folder] = row
            self._column.insertWidget(place + 1, row)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let the tab key go from row to row, though they were made after the rest of the page."""
        before: QWidget = self.add_endpoint
        for row in self.rows.values():
            for button in (row.launch, row.go_on, row.more):
                self.setTabOrder(before, button)
                before = button

    def _new_row(self, look: FolderLook) -> FolderRow:
        row = FolderRow(look, self)
        row.show_editors(self._editors)
        row.launch_requested.connect(self._rooms.actions.launch)
        row.editor_requested.connect(self._rooms.actions.open_in_editor)
        row.copy_requested.connect(self._copy)
        row.choice_requested.connect(self.choose)
        row.removal_requested.connect(self._forget)
        return row

    def _copy(self, folder: str, shell: Shell) -> None:
        try:
            line = self._rooms.services.claude_code.command_text(Path(folder), (), shell)
        except UserFacingError as error:
            self._rooms.board.show_notice(complaint(error))
            return
        QGuiApplication.clipboard().setText(line)
        said = self.tr("The command is on the clipboard.")
        self._rooms.board.show_notice(Notice(said, lasting_s=_LASTING_S))

    def choose(self, folder: str) -> None:
        """Ask what differs in a folder."""
        self.close_dialog()
        services = self._rooms.services
        choice = services.claude_code.folder_choice(Path(folder))
        endpoints = services.config().endpoints
        dialog = FolderDialog(self.rows[folder].look, choice, endpoints, self.window())
        dialog.saved.connect(self._save)
        dialog.finished.connect(self._dialog_closed)
        self.dialog = dialog
        dialog.open()

    def close_dialog(self) -> None:
        """Close the dialog without saving."""
        if self.dialog is not None:
            self.dialog.reject()

    def _dialog_closed(self) -> None:
        self.dialog = None

    def _save(self, choice: FolderChoice) -> None:
        saving = self._rooms.services.claude_code.set_folder_choice(choice)
        self._rooms.actions.start(saving, "save a folder's options")

    def _forget(self, folder: str) -> None:
        forgetting = self._rooms.services.claude_code.forget_folder(Path(folder))
        self._rooms.actions.start(forgetting, "forget a folder")

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.nothing.setText(
            self.tr("No folder yet. Choose one, or drop a folder on this window.")
            if self._can_launch
            else self.tr("There is no endpoint yet that could answer.")
        )
        self.add_endpoint.set_words(self.tr("Add an endpoint"))
