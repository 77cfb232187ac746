"""The window: the list of pages, head, caption, messages, one page, foot."""

from collections.abc import Callable

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QFileInfo,
    QMimeData,
    QRect,
    QSettings,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.settings import Language, Strategy, Theme
from qcc_desktop.ui import shortcuts, words
from qcc_desktop.ui.caption import Caption, CaptionLine
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.focus import move_focus
from qcc_desktop.ui.footer import Footer
from qcc_desktop.ui.header import Header
from qcc_desktop.ui.page import PageName, Rooms
from qcc_desktop.ui.pages import Pages
from qcc_desktop.ui.sidebar import SHOWN, Sidebar
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import scaled
from qcc_desktop.ui.update_banner import UpdateBanner
from qcc_desktop.ui.widgets.message_bar import MessageBar

_NAME = "QCC Desktop"
_GEOMETRY = "window/geometry"
_PAGE = "window/page"
_SIZE = QSize(1280, 760)
_SMALLEST = QSize(720, 480)
_SLIM_BELOW = 960
"""In a window narrower than this the list of pages shows pictures only."""
_BANNER_PLACE = 2
"""Below head and caption."""
_FRAME = QSize(16, 48)
"""Room for what the desktop draws around the window."""


def dropped_folder(data: QMimeData) -> str:
    """Return the folder that is dragged; "" where it is none, or more than one thing."""
    urls = data.urls()
    path = urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
    return path if path and QFileInfo(path).isDir() else ""


class MainWindow(QMainWindow):
    """Shows what its parts are told; closing it hides it, unless there is no tray to open it.

    ``has_tray`` is asked whenever that matters: panels come and go.
    """

    strategy_requested = Signal(object)
    language_requested = Signal(object)
    theme_requested = Signal(object)
    quit_requested = Signal()
    folder_dropped = Signal(str)
    closed = Signal()
    """The window was put away; the program goes on."""
    page_opened = Signal()

    def __init__(
        self, memory: QSettings, has_tray: Callable[[], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._has_tray = has_tray
        self.setWindowTitle(_NAME)
        self.setWindowIcon(icons.app_icon())
        self.header = Header()
        self.caption = CaptionLine()
        self._caption_title = ""
        self.tray_hint = MessageBar()
        self.sidebar = Sidebar()
        self.pages = Pages()
        self.messages = MessageBar(over=self.pages)
        self.footer = Footer()
        self._build_menu()
        self._lay_out()
        self._bind_keys()
        self._retranslate()
        self.resize(_SIZE)
        saved = memory.value(_GEOMETRY)
        if isinstance(saved, QByteArray):
            self.restoreGeometry(saved)
        self.fit(self.screen().availableGeometry())

    def fit(self, available: QRect) -> None:
        """Be no larger than this part of the screen, and inside it."""
        room = available.size() - _FRAME
        self.setMinimumSize(_SMALLEST.boundedTo(room))
        if self.isMaximized() or self.isFullScreen():
            return
        self.resize(self.size().boundedTo(room))
        if not self.testAttribute(Qt.WidgetAttribute.WA_Moved):
            return  # never placed: the desktop finds a place
        inside = QRect(available.topLeft(), available.size() - self.size())
        left = min(max(self.x(), inside.left()), inside.right() + 1)
        top = min(max(self.y(), inside.top()), inside.bottom() + 1)
        # Not where it is already: before its frame is known, that would shift it by the frame.
        if (left, top) != (self.x(), self.y()):
            self.move(left, top)

    def _build_menu(self) -> None:
        self.menu = QMenu(self)
        self.strategy_menu, self.strategies = self._choices(Strategy, self.strategy_requested)
        self.language_menu, self.languages = self._choices(Language, self.language_requested)
        self.theme_menu, self.themes = self._choices(Theme, self.theme_requested)
        self.menu.addSeparator()
        self.import_action = self.menu.addAction("")
        self.import_action.triggered.connect(lambda: self.go(PageName.ENDPOINTS, "import"))
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction("")
        self.quit_action.triggered.connect(self.quit_requested)
        self.header.set_menu(self.menu)

    def _bind_keys(self) -> None:
        self.quit_action.setShortcut(QKeySequence(shortcuts.QUIT_KEY))
        self.quit_action.setShortcutVisibleInContextMenu(True)
        self.addAction(self.quit_action)
        shortcuts.bind(
            self,
            {
                shortcuts.HELP_KEY: lambda: self.go(PageName.HELP),
                shortcuts.SETTINGS_KEY: lambda: self.go(PageName.SETTINGS),
                shortcuts.ADD_KEY: lambda: self.go(PageName.ENDPOINTS, "add"),
                shortcuts.CLOSE_KEY: self.close,
            },
        )

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_focus(self, forward=next)

    def _choices(
        self, kind: type[Strategy | Language | Theme], wish: object
    ) -> tuple[QMenu, dict[str, QAction]]:
        menu = QMenu(self.menu)
        self.menu.addMenu(menu)
        group = QActionGroup(menu)
        actions: dict[str, QAction] = {}
        for choice in kind:
            action = menu.addAction("")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, chosen=choice: wish.emit(chosen))  # type: ignore[attr-defined]  # a bound signal
            actions[choice] = action
        return menu, actions

    def _lay_out(self) -> None:
        whole = QWidget()
        self._column = column = QVBoxLayout()
        for part in (self.header, self.caption, self.tray_hint):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        column.addWidget(self.footer)
        row = QHBoxLayout(whole)
        row.addWidget(self.sidebar)
        row.addLayout(column, 1)
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self.setCentralWidget(whole)
        self.setAcceptDrops(True)
        self.sidebar.chosen.connect(self.pages.choose)
        self.sidebar.opened_by_key.connect(self._open_by_key)
        self.pages.opened.connect(self._opened)

    def furnish(self, rooms: Rooms) -> None:
        """Say what the pages work with, and show the one seen last."""
        stored = str(self._memory.value(_PAGE) or "")
        first = PageName(stored) if stored in {*SHOWN} else PageName.OVERVIEW
        self.pages.furnish(rooms)
        self.begin_with(first)
        self.update_banner = UpdateBanner(rooms.services.updates, self._memory)
        self._column.insertWidget(_BANNER_PLACE, self.update_banner)

    def begin_with(self, name: PageName) -> None:
        """Show this page first, before any was shown."""
        self.pages.begin_with(name)
        self.sidebar.choose(name)

    def _opened(self, name: PageName) -> None:
        self.sidebar.choose(name)
        self._memory.setValue(_PAGE, name.value)
        self.page_opened.emit()

    def _open_by_key(self, name: PageName) -> None:
        """Open a page and show where keys go from now on."""
        self.pages.choose(name, self._show_focus)

    def _show_focus(self) -> None:
        self.pages.current.take_focus()
        focused = self.focusWidget()
        if self.pages.isAncestorOf(focused):
            focused.clearFocus()  # a second focus for the same would be passed over
            focused.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go(self, name: PageName, subject: str = "") -> None:
        """Open a page, at ``subject`` of it."""
        self.pages.choose(name, lambda: self._go_on(name, subject))

    def _go_on(self, name: PageName, subject: str) -> None:
        self.pages.current.take_focus()
        if subject:
            self.pages.page(name).go_to(subject)

    def follow_caption(self, caption: Caption) -> None:
        """Show what ``caption`` says, now and later."""
        self._caption_title = caption.title
        self._show_title()
        caption.follow(self.caption.show_text)

    def _show_title(self) -> None:
        if self._caption_title:
            self.setWindowTitle(f"{failure_sentence(self._caption_title)} · {_NAME}")

    def show_notice(self, notice: Notice) -> None:
        """Show a message at the bottom of the page."""
        self.messages.show_notice(notice)

    def choose(self, strategy: Strategy, language: Language, theme: Theme) -> None:
        """Tick what is in force."""
        self.strategies[strategy].setChecked(True)
        self.languages[language].setChecked(True)
        self.themes[theme].setChecked(True)

    def come_forward(self) -> None:
        """Appear in front of the other windows."""
        if self.isMinimized():
            self.showNormal()
        if not self.isVisible():
            self.fit(self.screen().availableGeometry())
        self.show()
        self.raise_()
        self.activateWindow()
        self.pages.current.take_focus()

    def remember_place(self) -> None:
        """Keep size and place for the next start."""
        self._memory.setValue(_GEOMETRY, self.saveGeometry())
        self._memory.sync()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember_place()
        if self._has_tray():
            event.accept()
            self.closed.emit()
        else:
            event.ignore()
            self.showMinimized()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pages.look(is_visible=False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.make_slim(is_slim=self.width() < scaled(_SLIM_BELOW))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_folder(event.mimeData()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        folder = dropped_folder(event.mimeData())
        if folder:
            event.acceptProposedAction()
            self.folder_dropped.emit(folder)

    def show_tray_hint(self) -> None:
        """Say, as long as there is no tray, how the program is reached and ended."""
        if self._has_tray():
            self.tray_hint.close_notice()
            return
        self.tray_hint.show_notice(
            Notice(
                self.tr("This desktop shows no tray icons, so this window stays."),
                self.tr("Closing it puts it into the task bar; the proxy goes on."),
                action_label=self.tr("Quit"),
                action=self.quit_requested.emit,
            )
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.strategy_menu.setTitle(self.tr("Strategy"))
        self.language_menu.setTitle(self.tr("Language"))
        self.theme_menu.setTitle(self.tr("Colours"))
        self.import_action.setText(self.tr("Import endpoints…"))
        self.quit_action.setText(self.tr("Quit"))
        for strategy in Strategy:
            self.strategies[strategy].setText(words.strategy_word(strategy))
        self.languages[Language.SYSTEM].setText(self.tr("Like the system"))
        self.languages[Language.ENGLISH].setText("English")
        self.languages[Language.CHINESE].setText("简体中文")
        self.themes[Theme.SYSTEM].setText(self.tr("Like the system"))
        self.themes[Theme.LIGHT].setText(self.tr("Light"))
        self.themes[Theme.DARK].setText(self.tr("Dark"))
        self._show_title()
        if self.tray_hint.notice is not None:
            self.show_tray_hint()
