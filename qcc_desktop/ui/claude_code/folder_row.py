"""One recent folder: launch there, go on there, and a menu with the rest."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.services.claude_code import CONTINUE, RESUME
from qcc_desktop.ui.claude_code.folder_look import FolderLook
from qcc_desktop.ui.contracts import ProgramView
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize, set_text
from qcc_desktop.ui.tray.menu import SHELL_NAMES, SHELLS, escaped
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel


class FolderRow(QFrame):
    """Says what is wanted and does nothing itself."""

    launch_requested = Signal(str, object)
    """The folder, and Claude Code's arguments."""
    editor_requested = Signal(str, str)
    copy_requested = Signal(str, object)
    choice_requested = Signal(str)
    removal_requested = Signal(str)

    def __init__(self, look: FolderLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("row")
        self._look = look
        self._editors: Sequence[ProgramView] = ()
        self.name = ElidedLabel()
        set_text(self.name, TextSize.BODY)
        self.place = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle)
        set_text(self.place, TextSize.SMALL, muted=True)
        self.choice = ElidedLabel()
        set_text(self.choice, TextSize.SMALL, muted=True)
        self.launch = Button("launch")
        self.go_on = Button("", Weight.GHOST)
        policy = self.go_on.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.go_on.setSizePolicy(policy)
        self.more = Button("more", Weight.GHOST)
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self.menu.aboutToShow.connect(self.fill_menu)
        self.launch.clicked.connect(lambda _: self._launch())
        self.go_on.clicked.connect(lambda: self._launch(CONTINUE))
        self._lay_out()
        self.apply(look)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.name, self.place, self.choice):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, GAP, GAP, GAP)
        row.setSpacing(GAP)
        row.addLayout(texts, 1)
        for button in (self.launch, self.go_on, self.more):
            row.addWidget(button)

    @property
    def look(self) -> FolderLook:
        """What is shown."""
        return self._look

    def apply(self, look: FolderLook) -> None:
        """Show a folder."""
        self._look = look
        self.name.setText(look.name)
        self.place.setText(look.place)
        self.choice.setText(look.choice)
        self.choice.setVisible(bool(look.choice))
        self._retranslate()

    def show_editors(self, editors: Sequence[ProgramView]) -> None:
        """Offer these editors in the menu."""
        self._editors = editors

    def allow_launch(self, *, is_allowed: bool) -> None:
        """Let the folder be launched in, or not: there is nothing that could answer."""
        self.launch.setEnabled(is_allowed)
        self.go_on.setEnabled(is_allowed)

    def offer_continue(self, *, is_offered: bool) -> None:
        """Offer to go on with a session only where there is one."""
        self.go_on.setVisible(is_offered)

    def fill_menu(self) -> None:
        """Put the entries of this moment in the menu."""
        menu, folder = self.menu, self._look.folder
        menu.clear()
        can_launch = self.launch.isEnabled()
        for text, arguments in (
            (self.tr("Launch"), ()),
            (self.tr("Continue last session"), (CONTINUE,)),
            (self.tr("Resume a session…"), (RESUME,)),
        ):
            action = menu.addAction(text)
            action.setEnabled(can_launch)
            action.setVisible(not arguments or not self.go_on.isHidden())
            action.triggered.connect(lambda _=False, given=arguments: self._launch(*given))
        menu.addSeparator()
        for editor in self._editors:
            action = menu.addAction(self.tr("Open in {editor}").format(editor=escaped(editor.name)))
            action.setEnabled(can_launch)
            action.triggered.connect(
                lambda _=False, chosen=editor.id: self.editor_requested.emit(folder, chosen)
            )
        copy = menu.addMenu(self.tr("Copy command for"))
        for shell in SHELLS:
            copy.addAction(SHELL_NAMES[shell]).triggered.connect(
                lambda _=False, chosen=shell: self.copy_requested.emit(folder, chosen)
            )
        menu.addSeparator()
        choose = menu.addAction(self.tr("Options for this folder…"))
        choose.triggered.connect(lambda: self.choice_requested.emit(folder))
        remove = menu.addAction(self.tr("Remove from this list"))
        remove.triggered.connect(lambda: self.removal_requested.emit(folder))

    def _launch(self, *arguments: str) -> None:
        self.launch_requested.emit(self._look.folder, arguments)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        name = self._look.name
        self.launch.set_words(self.tr("Launch"), self.tr("Open a terminal with Claude Code there"))
        self.go_on.set_words(
            self.tr("Continue"), self.tr("Go on with the last session in this folder")
        )
        self.more.set_words("", self.tr("More for {folder}").format(folder=name))
        for button in (self.launch, self.go_on):
            button.setAccessibleName(f"{button.text().strip()}: {name}")
