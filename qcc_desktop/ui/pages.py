"""The part of the window that shows one page at a time; pages are made when first shown."""

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from qcc_desktop.ui.page import Page, PageName, Rooms
from qcc_desktop.ui.page_modules import Loading, unloaded
from qcc_desktop.ui.turns import Turns

PLACES = {
    PageName.OVERVIEW: ("qcc_desktop.ui.overview.page", "OverviewPage"),
    PageName.ENDPOINTS: ("qcc_desktop.ui.endpoints.room", "EndpointsRoom"),
    PageName.SESSIONS: ("qcc_desktop.ui.sessions.page", "SessionsPage"),
    PageName.REQUESTS: ("qcc_desktop.ui.requests.page", "RequestsPage"),
    PageName.USAGE: ("qcc_desktop.ui.usage.page", "UsagePage"),
    PageName.CLAUDE_CODE: ("qcc_desktop.ui.claude_code.page", "ClaudeCodePage"),
    PageName.SETTINGS: ("qcc_desktop.ui.settings.page", "SettingsPage"),
    PageName.HELP: ("qcc_desktop.ui.help.page", "HelpPage"),
    PageName.WELCOME: ("qcc_desktop.ui.welcome.page", "WelcomePage"),
}
"""Module and class of each page. A module is loaded once the window is seen, so that a program
that stays in the tray never pays for tables and forms."""

_NEEDS_ENDPOINTS = frozenset({PageName.OVERVIEW})


def load(name: PageName) -> type[Page]:
    """Return the class of a page."""
    module, attribute = PLACES[name]
    found: type[Page] = getattr(import_module(module), attribute)
    return found


class Pages(QStackedWidget):
    """Holds the pages; the welcome page stands in for the overview of none."""

    opened = Signal(object)
    """Another page is the visible one: its `PageName`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms: Rooms | None = None
        self._made: dict[PageName, Page] = {}
        self._outdated: set[Page] = set()
        self._chosen = PageName.OVERVIEW
        self._is_empty = False
        self._seen: Page | None = None
        self.opening = Turns(self)
        """Makes a page that was never shown."""
        self.loading = Loading((module for module, _ in PLACES.values()), self)

    def furnish(self, rooms: Rooms) -> None:
        """Say what pages work with."""
        self._rooms = rooms

    def begin_with(self, first: PageName) -> None:
        """Say which page to show, before any was."""
        self._chosen = first

    @property
    def chosen(self) -> PageName:
        """The page that the person chose; `WELCOME` may stand in its place."""
        return self._chosen

    @property
    def name(self) -> PageName:
        """The page that is shown."""
        return self._stand_in(self._chosen)

    def _stand_in(self, name: PageName) -> PageName:
        return PageName.WELCOME if self._is_empty and name in _NEEDS_ENDPOINTS else name

    def page(self, name: PageName) -> Page:
        """Return a page, made now if it was never shown."""
        if name not in self._made:
            if self._rooms is None:
                raise RuntimeError("furnish() comes first")
            self._made[name] = load(name)(self._rooms)
            self._made[name].installEventFilter(self)
            self.addWidget(self._made[name])
        return self._made[name]

    @property
    def current(self) -> Page:
        """The page that is shown."""
        return self.page(self.name)

    def choose(self, name: PageName, then: Callable[[], object] = lambda: None) -> None:
        """Show this page, and call ``then``; one that was never shown is made in parts first."""
        self.opening.stop()
        if self._stand_in(name) in self._made:
            self._show(name, then)
        else:
            self.opening.begin(self._making(name, then))

    def _making(self, name: PageName, then: Callable[[], object]) -> Iterator[None]:
        yield from self.parts_of(self._stand_in(name))
        self._show(name, then)

    def parts_of(self, name: PageName) -> Iterator[None]:
        """Make a page, unless it was made before, in parts: modules, widgets, styles."""
        for module in unloaded((PLACES[name][0],)):
            import_module(module)
            yield
        page = self.page(name)
        yield
        page.ensurePolished()
        yield

    def _show(self, name: PageName, then: Callable[[], object]) -> None:
        self._chosen = name
        self._open()
        self.opened.emit(name)
        then()

    def note_endpoints(self, *, are_any: bool) -> None:
        """Let the welcome page stand in while there is no endpoint."""
        was_shown = self.name
        self._is_empty = not are_any
        if self.name is not was_shown and self.currentWidget() is not None:
            self._open()

    def look(self, *, is_visible: bool) -> None:
        """Tell the pages which of them is seen; none while the window is hidden."""
        seen = self.current if is_visible else None
        if seen is self._seen:
            return
        before, self._seen = self._seen, seen
        if before is not None:
            before.hidden()
        if seen is not None:
            self._put_in_front(seen)
            seen.shown()
            self.loading.start()

    def leave(self) -> None:
        """Close what pages have open."""
        self.opening.stop()
        self.loading.stop()
        self.look(is_visible=False)
        for page in self._made.values():
            page.leave()

    def _open(self) -> None:
        page = self.current
        focused = self.window().focusWidget()
        had_focus = self.isAncestorOf(focused)
        if had_focus and page is not self.currentWidget():
            focused.clearFocus()  # hiding it would have Qt walk through all widgets for the next
        self._put_in_front(page)
        if self._seen is not None:
            self.look(is_visible=True)
        if had_focus:
            page.take_focus()

    def _put_in_front(self, page: Page) -> None:
        if page in self._outdated:
            self._outdated.discard(page)
            QCoreApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
        self.setCurrentWidget(page)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep another language from pages in the back until they are shown: all take 40 ms."""
        if event.type() is QEvent.Type.LanguageChange and isinstance(watched, Page):
            if watched is self.currentWidget():
                self._outdated.discard(watched)
                return False
            self._outdated.add(watched)
            return True
        return super().eventFilter(watched, event)
