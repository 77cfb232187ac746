"""Joins tray, window and services: state comes in, looks go out, wishes become actions."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from qcc_desktop.core.settings import Language, Theme
from qcc_desktop.runtime.clock import utc
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.caption import Caption
from qcc_desktop.ui.contracts import Notice, Services
from qcc_desktop.ui.dialogs import choose_folder
from qcc_desktop.ui.endpoints.editing import Editing
from qcc_desktop.ui.endpoints.presenter import rows_of
from qcc_desktop.ui.header import present_header
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.main_window import MainWindow
from qcc_desktop.ui.theme.sheet import Look
from qcc_desktop.ui.tray.presenter import present
from qcc_desktop.ui.tray.tray import Tray

_TICK_MS = 1000
_ANNOUNCED = "start/announced"
_JUST_NOW_MS = 400
"""A click on the tray takes the focus from the window shortly before it is reported."""


class Desk(QObject):
    """The interface of a running program; made once, by `app.gui`."""

    def __init__(
        self,
        app: QApplication,
        services: Services,
        bridge: Bridge,
        memory: QSettings,
        caption: Caption | None = None,
    ) -> None:
        super().__init__(app)
        self._services = services
        self._bridge = bridge
        self._memory = memory
        self._caption = caption
        bridge.setParent(self)
        self._translations = Translations(self)
        self._look = Look(app, self)
        self._use_preferences()
        self.window = MainWindow(memory, QSystemTrayIcon.isSystemTrayAvailable)
        if caption is not None:
            self.window.follow_caption(caption)
        self.tray = Tray(self)
        self.actions = Actions(services, self, self.refresh)
        self.editing = Editing(services, self.window, self.refresh)
        self._focus_lost = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._refresh_times)
        self._connect_tray()
        self._connect_window()
        bridge.changed.connect(self.refresh)
        bridge.config_changed.connect(self._config_changed)
        app.focusWindowChanged.connect(self._focus_changed)
        app.paletteChanged.connect(self.refresh)
        self.refresh()

    def start(self, *, hidden: bool) -> None:
        """Show the tray, and the window unless it is to stay hidden."""
        self.tray.show()
        self.window.show_tray_hint()
        if not hidden or not QSystemTrayIcon.isSystemTrayAvailable():
            self.window.come_forward()

    def close(self) -> None:
        """Take everything off the screen."""
        self._tick.stop()
        self._bridge.close()
        if self._caption is not None:
            self._caption.follow(None)
        self.editing.close()
        if self.window.isVisible():
            self.window.remember_place()
        self.window.hide()
        self.tray.hide()

    def show_window(self) -> None:
        """Bring the window forward, as when the program is started a second time."""
        self.window.come_forward()
        self.refresh()

    def show_notice(self, notice: Notice) -> None:
        """Show a message where the person looks: in the window, or from the tray."""
        if self.window.isVisible() and not self.window.isMinimized():
            self.window.show_notice(notice)
            return
        if notice.lasting_s is None or notice.action is not None:
            self.window.show_notice(notice)
        self.tray.show_notice(notice)

    def announce(self, sentences: Sequence[str]) -> None:
        """Say in the window what the person should know about this start, once for the same."""
        text = "\n".join(sentences)
        if text and self._memory.value(_ANNOUNCED) != text:
            self._memory.setValue(_ANNOUNCED, text)
            self.window.show_notice(Notice(sentences[0], "\n".join(sentences[1:])))

    def ask_to_quit(self) -> None:
        """Begin to quit, and show what it waits for; the second time, quit at once."""
        self._services.request_quit()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the state of this moment."""
        snapshot, config, now = self._bridge.snapshot, self._services.config(), self._now()
        quitting = self._services.is_quitting()
        self.tray.apply(present(snapshot, config, now, is_quitting=quitting))
        if self.window.isVisible():
            self._refresh_window(quitting=quitting)
        else:
            self._tick.stop()

    def _refresh_window(self, *, quitting: bool) -> None:
        """Show one and the same moment in head and table: the icon's damping is not for them."""
        snapshot, config = self._bridge.fresh(), self._services.config()
        self.window.header.apply(present_header(snapshot, is_quitting=quitting))
        rows = rows_of(snapshot, self._now())
        self.window.endpoints.apply(rows)
        self.window.footer.apply(
            port=snapshot.port,
            can_launch=snapshot.running and bool(rows),
            folders=config.recent_folders,
        )
        settings = config.settings
        self.window.choose(snapshot.strategy, settings.ui_language, settings.ui_theme)
        self._tick_while(is_needed=any(row.is_waiting for row in rows))

    def _tick_while(self, *, is_needed: bool) -> None:
        if is_needed and not self._tick.isActive():
            self._tick.start()
        elif not is_needed:
            self._tick.stop()

    def _refresh_times(self) -> None:
        if self.window.isVisible():
            self._refresh_window(quitting=self._services.is_quitting())
        else:
            self._tick.stop()

    def _now(self) -> datetime:
        return utc(self._services.clock.wall_s())

    def _config_changed(self) -> None:
        if self._use_preferences():
            self.tray.retranslate()
        self.refresh()

    def _use_preferences(self) -> bool:
        """Show the chosen colours and language; True when the language is another one now."""
        settings = self._services.config().settings
        self._look.choose(settings.ui_theme)
        return self._translations.choose(settings.ui_language)

    def _connect_tray(self) -> None:
        tray, menu = self.tray, self.tray.menu
        tray.window_toggle_requested.connect(self._toggle_window)
        tray.running_toggle_requested.connect(self.actions.toggle_running)
        menu.aboutToShow.connect(self.refresh)
        menu.running_requested.connect(self.actions.set_running)
        menu.enabled_requested.connect(self.actions.set_enabled)
        menu.pin_requested.connect(self.actions.pin)
        menu.strategy_requested.connect(self.actions.choose_strategy)
        menu.launch_requested.connect(self._choose_folder)
        menu.launch_in_requested.connect(self.actions.launch)
        menu.environment_requested.connect(self._copy_environment)
        menu.window_requested.connect(self.show_window)
        menu.quit_requested.connect(self.ask_to_quit)

    def _connect_window(self) -> None:
        window, page = self.window, self.window.endpoints
        window.header.running_requested.connect(self.actions.set_running)
        window.strategy_requested.connect(self.actions.choose_strategy)
        window.language_requested.connect(self._choose_language)
        window.theme_requested.connect(self._choose_theme)
        window.quit_requested.connect(self.ask_to_quit)
        window.footer.launch_requested.connect(self._choose_folder)
        window.footer.launch_in_requested.connect(self.actions.launch)
        window.footer.environment_requested.connect(self._copy_environment)
        page.model.enabled_requested.connect(self.actions.set_enabled)
        page.model.order_requested.connect(self.actions.reorder)
        page.add_requested.connect(self.editing.add)
        page.edit_requested.connect(self.editing.edit)
        page.test_requested.connect(self._test)
        page.remove_requested.connect(self.actions.remove)
        page.undo_requested.connect(self._undo)
        page.pin_requested.connect(self.actions.pin)
        page.try_requested.connect(self.actions.try_now)

    def _choose_language(self, language: Language) -> None:
        self.actions.set_option("ui.language", language.value)

    def _choose_theme(self, theme: Theme) -> None:
        self.actions.set_option("ui.theme", theme.value)

    def _test(self, endpoint_id: str) -> None:
        for view in self._bridge.snapshot.endpoints:
            if view.endpoint.id == endpoint_id:
                self.actions.test(endpoint_id, view.endpoint.name)

    def _undo(self) -> None:
        self.window.messages.close_offer()
        self.actions.undo()

    def _choose_folder(self) -> None:
        recent = self._services.config().recent_folders
        start = recent[0] if recent else str(Path.home())
        parent = self.window if self.window.isVisible() else None
        title = self.tr("Launch Claude Code in this folder")
        self._picker = choose_folder(parent, title, start, self.actions.launch)

    def _copy_environment(self, shell: Shell) -> None:
        lines = self.actions.environment(shell)
        if lines:
            QGuiApplication.clipboard().setText(lines)

    def _toggle_window(self) -> None:
        was_in_front = self.window.isActiveWindow() or (
            self._focus_lost.isValid() and self._focus_lost.elapsed() < _JUST_NOW_MS
        )
        if self.window.isVisible() and not self.window.isMinimized() and was_in_front:
            self.window.close()
        else:
            self.show_window()

    def _focus_changed(self) -> None:
        if not self.window.isActiveWindow():
            self._focus_lost.start()
