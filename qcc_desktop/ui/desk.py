"""Joins tray, window and services: state comes in, looks go out, wishes become actions."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from qcc_desktop.core.health import OUT
from qcc_desktop.core.settings import Language, Theme, TrayClick
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.clock import utc
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui import heard
from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.advice import Advice, Help
from qcc_desktop.ui.bridge import Bridge
from qcc_desktop.ui.caption import Caption
from qcc_desktop.ui.contracts import Notice, Services
from qcc_desktop.ui.dialogs import choose_folder
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.header import present_header
from qcc_desktop.ui.i18n import Translations
from qcc_desktop.ui.last_sessions import LastSessions
from qcc_desktop.ui.main_window import MainWindow
from qcc_desktop.ui.notices import told
from qcc_desktop.ui.notifier import Front, Notifier
from qcc_desktop.ui.page import Moment, PageName, Rooms
from qcc_desktop.ui.theme.look import Look
from qcc_desktop.ui.tray.presenter import present
from qcc_desktop.ui.tray.tray import Tray
from qcc_desktop.ui.turns import Turns

_TICK_MS = 1000
_ANNOUNCED = "start/announced"
_CLOSED_ONCE = "window/closed_once"
_JUST_NOW_MS = 400
"""A click on the tray takes the focus from the window shortly before it is reported."""


class Desk(QObject):
    """The interface of a running program; made once, by `app.gui`.

    The window is made when it is first needed: a program that starts with the session and stays
    in the tray does not pay for it.
    """

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
        self._window: MainWindow | None = None
        bridge.setParent(self)
        heard.install()
        self._translations = Translations(self)
        self._look = Look(app, self)
        self._use_preferences()
        self.tray = Tray(self)
        self._look.adopt(self.tray.menu)
        self.actions = Actions(services, self, self.refresh)
        self._notifier = Notifier(
            services.alerts,
            services.clock,
            self.tray.icon,
            Front(
                self._show_in_window,
                lambda: self._is_seen() and self.window.isActiveWindow(),
                self.go,
                self.show_window,
            ),
            services.desktop_messages,
        )
        self._waiting: Notice | None = None
        self._last_sessions = LastSessions(services.claude_code, services.clock, self.refresh)
        self._is_still = False
        self._stop_asking: Callable[[], object] = lambda: None
        self._focus_lost = QElapsedTimer()
        self.opening = Turns(self)
        """Makes the window."""
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._refresh_times)
        self._connect_tray()
        bridge.changed.connect(self.refresh)
        bridge.config_changed.connect(self._config_changed)
        app.focusWindowChanged.connect(self._focus_changed)
        app.paletteChanged.connect(self.refresh)
        self.refresh()

    @property
    def window(self) -> MainWindow:
        """The window, made now if nobody needed it before."""
        if self._window is None:
            self._window = self._new_window()
        return self._window

    @property
    def has_window(self) -> bool:
        """Whether the window was needed yet."""
        return self._window is not None

    def start(self, *, hidden: bool) -> None:
        """Show the tray, and the window unless it is to stay hidden."""
        self.tray.show()
        self._ask_for_motion()
        if not hidden or not QSystemTrayIcon.isSystemTrayAvailable():
            self.window.show_tray_hint()
            self.show_window()

    def close(self) -> None:
        """Take everything off the screen."""
        self.opening.stop()
        self._tick.stop()
        self._stop_asking()
        self._last_sessions.close()
        self._bridge.close()
        self._notifier.close()
        if self._caption is not None:
            self._caption.follow(None)
        if self._window is not None:
            self._window.update_banner.close_banner()
            if self._window.isVisible():
                self._window.remember_place()
            self._window.pages.leave()
            self._window.hide()
        self.tray.hide()

    def show_window(self) -> None:
        """Bring the window forward, as when the program is started a second time.

        It is made in parts where nobody needed it before.
        """
        self._show_window_and(lambda: None)

    def _show_window_and(self, then: Callable[[], object], first: PageName | None = None) -> None:
        """Bring the window forward, then call ``then``; a new one begins with the page ``first``.

        Nothing else is seen, nor takes a key, before what was asked for.
        """
        if self._window is None:
            self.opening.begin(self._making_window(then, first))
            return
        self._bring_forward()
        then()

    def _making_window(self, then: Callable[[], object], first: PageName | None) -> Iterator[None]:
        window = self.window
        if first is not None:
            window.begin_with(first)
        yield
        self._note_endpoints()
        yield from window.pages.parts_of(window.pages.name)
        for part in (window.sidebar, window.header, window.footer):
            part.ensurePolished()
        yield
        self._refresh_window(window)
        yield
        self._come_forward()
        then()
        yield
        self.refresh()

    def _bring_forward(self) -> None:
        self._come_forward()
        self.refresh()

    def _come_forward(self) -> None:
        self._note_endpoints()
        if not self._is_seen():
            self._ask_for_motion()
        self.window.come_forward()

    def go(self, name: PageName, subject: str = "") -> None:
        """Bring the window forward with a page, at ``subject`` of it."""
        self._show_window_and(lambda: self.window.go(name, subject), name)

    def show_notice(self, notice: Notice) -> None:
        """Show a message where the person looks: in the window, or on the desktop."""
        if self._is_seen():
            self.window.show_notice(notice)
            return
        if notice.lasting_s is None or notice.action is not None:
            self._keep(notice)
        self._notifier.show_notice(notice)

    def _show_in_window(self, notice: Notice) -> None:
        self.window.show_notice(notice)

    def _keep(self, notice: Notice) -> None:
        """Show it in the window when it is opened the next time."""
        if self._window is None:
            self._waiting = notice
        else:
            self._window.show_notice(notice)

    def close_offer(self) -> None:
        """Take back a message whose button offers what is being done now."""
        if self._window is not None:
            self._window.messages.close_offer()

    def announce(self, sentences: Sequence[str]) -> None:
        """Say in the window what the person should know about this start, once for the same."""
        text = "\n".join(sentences)
        if text and self._memory.value(_ANNOUNCED) != text:
            self._memory.setValue(_ANNOUNCED, text)
            self._keep(told(lambda: _announcement(sentences)))

    def ask_to_quit(self) -> None:
        """Begin to quit, and show what it waits for; the second time, quit at once."""
        self._services.request_quit()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show the state of this moment."""
        snapshot, config, now = self._bridge.snapshot, self._services.config(), self._now()
        self._last_sessions.look(config.recent_folders)
        look = present(
            snapshot,
            config,
            now,
            is_quitting=self._services.is_quitting(),
            is_still=self._is_still,
            continuable=self._last_sessions.known,
        )
        self.tray.apply(look)
        if self._window is not None and self._window.isVisible():
            self._refresh_window(self._window)
        else:
            self._tick.stop()

    def _refresh_window(self, window: MainWindow) -> None:
        """Show one and the same moment everywhere: the icon's damping is not for the window."""
        snapshot, config = self._bridge.fresh(), self._services.config()
        quitting = self._services.is_quitting()
        window.header.apply(present_header(snapshot, is_quitting=quitting))
        window.footer.apply(
            port=snapshot.port,
            can_launch=snapshot.running and bool(snapshot.endpoints),
            folders=config.recent_folders,
            continuable=self._last_sessions.known,
            offers_launch=window.pages.name is not PageName.CLAUDE_CODE,
        )
        settings = config.settings
        window.choose(snapshot.strategy, settings.ui_language, settings.ui_theme)
        window.sidebar.show_counts(counts_of(snapshot))
        window.pages.note_endpoints(are_any=bool(snapshot.endpoints))
        window.pages.look(is_visible=not window.isMinimized())
        self._look.dressing.hurry()
        continuable = self._last_sessions.known
        moment = Moment(
            snapshot, config, self._now(), is_quitting=quitting, continuable=continuable
        )
        self._tick_while(is_needed=window.pages.current.apply(moment))

    def _tick_while(self, *, is_needed: bool) -> None:
        if is_needed and not self._tick.isActive():
            self._tick.start()
        elif not is_needed:
            self._tick.stop()

    def _refresh_times(self) -> None:
        if self._window is not None and self._is_seen():
            self._refresh_window(self._window)
        else:
            self._tick.stop()

    def _is_seen(self) -> bool:
        window = self._window
        return window is not None and window.isVisible() and not window.isMinimized()

    def _ask_for_motion(self) -> None:
        """Follow what the system's settings say of motion: they may have changed."""
        less_motion = self._services.less_motion
        if less_motion is not None:
            self._stop_asking()
            task = spawn(self._follow_motion(less_motion), name="ui: ask for motion")
            self._stop_asking = task.cancel

    async def _follow_motion(self, ask: Callable[[], Awaitable[bool]]) -> None:
        is_still = await ask()
        if is_still is not self._is_still:
            self._is_still = is_still
            self.refresh()

    def _note_endpoints(self) -> None:
        self.window.pages.note_endpoints(are_any=bool(self._bridge.snapshot.endpoints))

    def _new_window(self) -> MainWindow:
        window = MainWindow(self._memory, QSystemTrayIcon.isSystemTrayAvailable)
        self._look.adopt(window)
        window.furnish(
            Rooms(
                self._services,
                self.actions,
                self,
                self.go,
                self._memory,
                is_demo=self._caption is not None,
            )
        )
        if self._caption is not None:
            window.follow_caption(self._caption)
        self._connect_window(window)
        if self._waiting is not None:
            window.show_notice(self._waiting)
            self._waiting = None
        return window

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
        tray.clicked.connect(self._clicked)
        tray.running_toggle_requested.connect(self.actions.toggle_running)
        menu.aboutToShow.connect(self.refresh)
        menu.running_requested.connect(self.actions.set_running)
        menu.enabled_requested.connect(self.actions.set_enabled)
        menu.pin_requested.connect(self.actions.pin)
        menu.strategy_requested.connect(self.actions.choose_strategy)
        menu.launch_requested.connect(self._choose_folder)
        menu.launch_in_requested.connect(self.actions.launch)
        menu.continue_requested.connect(self.actions.continue_session)
        menu.environment_requested.connect(self._copy_environment)
        menu.window_requested.connect(self.show_window)
        menu.quit_requested.connect(self.ask_to_quit)

    def _connect_window(self, window: MainWindow) -> None:
        window.header.running_requested.connect(self.actions.set_running)
        window.header.help_requested.connect(self._follow)
        window.strategy_requested.connect(self.actions.choose_strategy)
        window.language_requested.connect(self._choose_language)
        window.theme_requested.connect(self._choose_theme)
        window.quit_requested.connect(self.ask_to_quit)
        window.footer.launch_requested.connect(self._choose_folder)
        window.footer.launch_in_requested.connect(self.actions.launch)
        window.footer.continue_requested.connect(self.actions.continue_session)
        window.footer.environment_requested.connect(self._copy_environment)
        window.folder_dropped.connect(self.actions.launch)
        window.page_opened.connect(self.refresh)
        window.closed.connect(self._closed)

    def _follow(self, advice: Advice) -> None:
        """Do what helps, as the head of the window offers it."""
        if advice.help is Help.TRY:
            self.actions.try_now(advice.subject)
            return
        places = {
            Help.ADD: (PageName.ENDPOINTS, "add"),
            Help.ENABLE: (PageName.ENDPOINTS, ""),
            Help.EDIT: (PageName.ENDPOINTS, f"edit:{advice.subject}"),
            Help.PORT: (PageName.SETTINGS, "server.port"),
        }
        self.go(*places[advice.help])

    def _closed(self) -> None:
        """Say once where the program went: closing a window ends most programs."""
        if self._memory.value(_CLOSED_ONCE):
            return
        self._memory.setValue(_CLOSED_ONCE, "yes")
        self._notifier.show_notice(
            Notice(
                self.tr("QCC Desktop keeps running in the tray."),
                self.tr("Click its icon to open the window again; quit from its menu."),
            )
        )

    def _choose_language(self, language: Language) -> None:
        self.actions.set_option("ui.language", language.value)

    def _choose_theme(self, theme: Theme) -> None:
        self.actions.set_option("ui.theme", theme.value)

    def _choose_folder(self) -> None:
        recent = self._services.config().recent_folders
        start = recent[0] if recent else str(Path.home())
        parent = self._window if self._is_seen() else None
        title = self.tr("Launch Claude Code in this folder")
        self._picker = choose_folder(parent, title, start, self.actions.launch)
        self._look.adopt(self._picker)

    def _copy_environment(self, shell: Shell) -> None:
        lines = self.actions.environment(shell)
        if lines:
            QGuiApplication.clipboard().setText(lines)

    def _clicked(self) -> None:
        """Do what the person chose for a click on the icon."""
        if self._services.config().settings.ui_tray_click is TrayClick.TOGGLE:
            self.actions.toggle_running()
        else:
            self._toggle_window()

    def _toggle_window(self) -> None:
        was_in_front = self._is_seen() and (
            self.window.isActiveWindow()
            or (self._focus_lost.isValid() and self._focus_lost.elapsed() < _JUST_NOW_MS)
        )
        if was_in_front:
            self.window.close()
        else:
            self.show_window()

    def _focus_changed(self) -> None:
        if self._window is not None and not self._window.isActiveWindow():
            self._focus_lost.start()


def _announcement(sentences: Sequence[str]) -> Notice:
    first, *others = map(failure_sentence, sentences)
    return Notice(first, "\n".join(others))


def counts_of(snapshot: Snapshot) -> dict[PageName, str]:
    """Return the figures beside the names of pages: what is out, what runs."""
    out = sum(view.endpoint.enabled and view.health in OUT for view in snapshot.endpoints)
    running = sum(session.in_flight > 0 for session in snapshot.sessions)
    counts = {PageName.ENDPOINTS: out, PageName.SESSIONS: running}
    return {name: str(count) for name, count in counts.items() if count}
