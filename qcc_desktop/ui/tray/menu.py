"""The tray's menu; every change is made in place, so that it may be open meanwhile."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from qcc_desktop.core.settings import Strategy
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui import words
from qcc_desktop.ui.tray.look import EndpointEntry, TrayLook

SHELL_NAMES = {
    Shell.SH: "bash, zsh, sh",
    Shell.FISH: "fish",
    Shell.POWERSHELL: "PowerShell",
    Shell.CMD: "cmd",
}
SHELLS = (
    (Shell.POWERSHELL, Shell.CMD, Shell.SH)
    if sys.platform == "win32"
    else (Shell.SH, Shell.FISH, Shell.POWERSHELL)
)
"""The shells of this system, the usual one first."""
_NAME_LENGTH = 40


def escaped(text: str) -> str:
    """Return ``text`` for a menu, in which an ampersand marks a letter."""
    return text.replace("&", "&&")


class EntryList:
    """Entries of a menu that stand for rows of a list, kept in step with it by key."""

    def __init__(
        self, menu: QMenu, before: QAction | None, made: Callable[[QAction, str], None]
    ) -> None:
        self._menu = menu
        self._before = before
        self._made = made
        self._actions: dict[str, QAction] = {}

    def __getitem__(self, key: str) -> QAction:
        """Return the entry of a row."""
        return self._actions[key]

    def sync(self, keys: Sequence[str]) -> None:
        """Have one entry for each key, in this order, moving as few as can be."""
        for key in [key for key in self._actions if key not in keys]:
            action = self._actions.pop(key)
            self._menu.removeAction(action)
            action.deleteLater()
        for key in keys:
            if key not in self._actions:
                action = QAction(self._menu)
                self._actions[key] = action
                self._made(action, key)
                self._insert(action)
        if list(self._actions) != list(keys):
            for key in keys:
                action = self._actions.pop(key)
                self._actions[key] = action
                self._insert(action)

    def _insert(self, action: QAction) -> None:
        if self._before is None:
            self._menu.addAction(action)
        else:
            self._menu.insertAction(self._before, action)


class TrayMenu(QMenu):
    """The menu; says what is wanted and does nothing itself."""

    running_requested = Signal(bool)
    enabled_requested = Signal(str, bool)
    pin_requested = Signal(object)
    strategy_requested = Signal(object)
    launch_requested = Signal()
    launch_in_requested = Signal(str)
    continue_requested = Signal(str)
    environment_requested = Signal(object)
    window_requested = Signal()
    quit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self._look: TrayLook | None = None
        self.running = self._entry(checkable=True)
        self.running.triggered.connect(self.running_requested)
        self.status = self._entry()
        self.status.setEnabled(False)
        self._above_endpoints = self.addSeparator()
        self._below_endpoints = self.addSeparator()
        self._endpoints = EntryList(self, self._below_endpoints, self._endpoint_made)
        self._add_pin_menu()
        self._add_strategy_menu()
        self.addSeparator()
        self._add_claude_entries()
        self.addSeparator()
        self.open_window = self._entry()
        self.open_window.triggered.connect(self.window_requested)
        self.quit = self._entry()
        self.quit.triggered.connect(self.quit_requested)
        self.retranslate()

    def _entry(self, *, checkable: bool = False) -> QAction:
        action = QAction(self)
        action.setCheckable(checkable)
        self.addAction(action)
        return action

    def _submenu(self) -> QMenu:
        menu = QMenu(self)
        self.addMenu(menu)
        return menu

    def _add_pin_menu(self) -> None:
        self.pin_menu = self._submenu()
        self._pin_group = QActionGroup(self)
        self.pin_none = self.pin_menu.addAction("")
        self.pin_none.setCheckable(True)
        self._pin_group.addAction(self.pin_none)
        self.pin_none.triggered.connect(lambda: self.pin_requested.emit(None))
        self.pin_menu.addSeparator()
        self._pins = EntryList(self.pin_menu, None, self._pin_made)

    def _add_strategy_menu(self) -> None:
        self.strategy_menu = self._submenu()
        group = QActionGroup(self)
        self.strategies: dict[Strategy, QAction] = {}
        for strategy in Strategy:
            action = self.strategy_menu.addAction("")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(
                lambda _=False, chosen=strategy: self.strategy_requested.emit(chosen)
            )
            self.strategies[strategy] = action

    def _add_claude_entries(self) -> None:
        self.launch = self._entry()
        self.launch.triggered.connect(self.launch_requested)
        self.go_on = self._entry()
        self.go_on.triggered.connect(self._continue)
        self.recent_menu = self._submenu()
        self._recent = EntryList(self.recent_menu, None, self._recent_made)
        self.environment_menu = self._submenu()
        for shell in SHELLS:
            action = self.environment_menu.addAction(SHELL_NAMES[shell])
            action.triggered.connect(
                lambda _=False, chosen=shell: self.environment_requested.emit(chosen)
            )

    def _endpoint_made(self, action: QAction, key: str) -> None:
        action.setCheckable(True)
        action.triggered.connect(lambda is_on: self.enabled_requested.emit(key, is_on))

    def _pin_made(self, action: QAction, key: str) -> None:
        action.setCheckable(True)
        self._pin_group.addAction(action)
        action.triggered.connect(lambda: self.pin_requested.emit(key))

    def _continue(self) -> None:
        if self._look is not None and self._look.recent_folders:
            self.continue_requested.emit(self._look.recent_folders[0])

    def _recent_made(self, action: QAction, key: str) -> None:
        action.setText(escaped(Path(key).name or key))
        action.setToolTip(key)
        action.triggered.connect(lambda: self.launch_in_requested.emit(key))

    def endpoint(self, endpoint_id: str) -> QAction:
        """Return the entry of an endpoint."""
        return self._endpoints[endpoint_id]

    def pin(self, endpoint_id: str) -> QAction:
        """Return the entry that prefers an endpoint."""
        return self._pins[endpoint_id]

    def retranslate(self) -> None:
        """Put the texts in the language shown now."""
        self.open_window.setText(self.tr("Open window"))
        self.pin_menu.setTitle(self.tr("Prefer one endpoint"))
        self.pin_none.setText(self.tr("None, keep to the strategy"))
        self.strategy_menu.setTitle(self.tr("Strategy"))
        for strategy, action in self.strategies.items():
            action.setText(escaped(words.strategy_word(strategy)))
        self.launch.setText(self.tr("Launch Claude Code…"))
        self.recent_menu.setTitle(self.tr("Launch again in"))
        self.environment_menu.setTitle(self.tr("Copy environment for"))
        if self._look is not None:
            self.apply(self._look)

    def apply(self, look: TrayLook) -> None:
        """Show ``look``; only what differs is touched."""
        self._look = look
        self.running.setText(self.tr("Proxy on"))
        self.running.setChecked(look.is_on)
        self.status.setText(escaped(look.status))
        self._apply_endpoints(look.endpoints)
        self.strategies[look.strategy].setChecked(True)
        self._recent.sync(look.recent_folders)
        self._apply_continue(look.recent_folders if look.can_continue else ())
        for action in (self.launch, self.go_on, self.recent_menu.menuAction()):
            action.setEnabled(look.can_launch)
        self.environment_menu.menuAction().setEnabled(look.can_launch)
        self.recent_menu.menuAction().setVisible(bool(look.recent_folders))
        for menu in (self.pin_menu, self.strategy_menu):
            menu.menuAction().setVisible(len(look.endpoints) > 1)
        self.quit.setText(self.tr("Quit now") if look.is_quitting else self.tr("Quit"))

    def _apply_continue(self, folders: tuple[str, ...]) -> None:
        self.go_on.setVisible(bool(folders))
        if folders:
            name = escaped(words.shortened(Path(folders[0]).name or folders[0], _NAME_LENGTH))
            self.go_on.setText(self.tr("Continue last session in {folder}").format(folder=name))
            self.go_on.setToolTip(folders[0])

    def _apply_endpoints(self, entries: tuple[EndpointEntry, ...]) -> None:
        keys = [entry.id for entry in entries]
        self._endpoints.sync(keys)
        self._pins.sync(keys)
        self.pin_none.setChecked(not any(entry.is_pinned for entry in entries))
        for entry in entries:
            action = self._endpoints[entry.id]
            action.setText(escaped(entry.label))
            action.setChecked(entry.is_enabled)
            self._pins[entry.id].setText(escaped(entry.name))
            self._pins[entry.id].setChecked(entry.is_pinned)
