"""The sessions page: who talks, through which endpoint, and moving them."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.list_page import ListPage
from qcc_desktop.ui.notices import complaint
from qcc_desktop.ui.page import Moment, PageName, Rooms
from qcc_desktop.ui.sessions.presenter import Row, rows_of
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN, ROOMY, scaled
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.tray.menu import escaped
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.rows import Column, RowsTable


def _quiet(row: Row) -> Role:
    return Role.MUTED if row.is_agent else Role.TEXT


def _muted(row: Row) -> Role:
    del row
    return Role.MUTED


def _columns() -> tuple[Column[Row], ...]:
    return (
        Column(
            lambda: translate("SessionsPage", "Session"),
            lambda row: f"    {row.name}" if row.is_agent else row.name,
            hint=lambda row: row.name_hint,
            role=_quiet,
            icon=lambda row, tone: icons.icon(
                "health/healthy" if row.is_running else "health/disabled",
                tone,
                Role.GREEN if row.is_running else Role.GREY,
            ),
        ),
        Column(
            lambda: translate("SessionsPage", "Model"),
            lambda row: row.model,
            hidden_below=560,
            role=_quiet,
        ),
        Column(
            lambda: translate("SessionsPage", "Endpoint"),
            lambda row: row.endpoint,
            hint=lambda row: row.endpoint_hint,
            icon=lambda row, tone: icons.icon(
                "pin" if row.is_pinned_here else "blank", tone, Role.TEXT
            ),
        ),
        Column(
            lambda: translate("SessionsPage", "Turns"),
            lambda row: row.turns,
            72,
            is_figure=True,
            hidden_below=660,
            role=_quiet,
        ),
        Column(
            lambda: translate("SessionsPage", "Tokens"),
            lambda row: row.tokens,
            88,
            is_figure=True,
            hint=lambda row: row.tokens_hint,
            role=_quiet,
        ),
        Column(
            lambda: translate("SessionsPage", "From cache"),
            lambda row: row.cache,
            96,
            is_figure=True,
            role=_quiet,
            hidden_below=640,
            title_hint=lambda: translate(
                "SessionsPage", "Share of the input that the endpoint had in its prompt cache."
            ),
        ),
        Column(
            lambda: translate("SessionsPage", "Last activity"),
            lambda row: row.last,
            120,
            is_figure=True,
            hint=lambda row: row.last_hint,
            role=_muted,
        ),
    )


class SessionsPage(ListPage[Row]):
    """Lists sessions; the chosen one can be pinned, moved and released."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        table: RowsTable[Row] = RowsTable(_columns(), lambda row: row.id)
        super().__init__(rooms, table, "page/sessions", parent)
        self._moment: Moment | None = None
        self.search.setMinimumWidth(112)
        self.search.setMaximumWidth(220)
        self.pin = Button("pin", Weight.GHOST)
        self.move_to = Button("page/requests", Weight.GHOST)
        self.release = Button("undo", Weight.GHOST)
        self.requests = Button("page/overview", Weight.GHOST)
        self.pin_menu, self.move_menu = QMenu(self), QMenu(self)
        for button, menu in ((self.pin, self.pin_menu), (self.move_to, self.move_menu)):
            button.setMenu(menu)
            button.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.pin, self.move_to, self.release, self.requests):
            head.addWidget(button)
        head.addSpacing(GAP)
        head.addWidget(self.search, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self.card, 1)

    def _connect(self) -> None:
        self.pin_menu.aboutToShow.connect(self._fill_pin_menu)
        self.move_menu.aboutToShow.connect(self._fill_move_menu)
        self.release.clicked.connect(self._release)
        self.requests.clicked.connect(self._show_requests)
        self.table.current_moved.connect(self._show_what_can_be_done)
        self.table.opened.connect(lambda _: self._show_requests())
        self.table.menu_requested.connect(self._show_menu)

    @override
    def apply(self, moment: Moment) -> bool:
        self._moment = moment
        self.fill()
        return bool(moment.snapshot.sessions)

    @override
    def fill(self) -> None:
        if self._moment is None:
            return
        snapshot = self._moment.snapshot
        rows = rows_of(snapshot, self._moment.now, wanted=self.search.text())
        self.show_rows(
            rows,
            self.tr("No session fits this search.")
            if snapshot.sessions
            else self.tr("No session yet. One appears with its first request through the proxy."),
        )
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        row = self.table.selected
        for button in (self.pin, self.move_to, self.requests):
            button.setEnabled(row is not None)
        self.release.setEnabled(row is not None and (bool(row.endpoint_id) or row.is_pinned))

    def _fill_pin_menu(self) -> None:
        self.pin_menu.clear()
        pin_id = self._pin_id()
        none = self.pin_menu.addAction(self.tr("Not pinned"))
        none.setCheckable(True)
        none.setChecked(not pin_id)
        none.triggered.connect(lambda: self._pin(None))
        self.pin_menu.addSeparator()
        for endpoint_id, name in self._endpoints():
            action = self.pin_menu.addAction(escaped(name))
            action.setCheckable(True)
            action.setChecked(endpoint_id == pin_id)
            action.triggered.connect(lambda _=False, chosen=endpoint_id: self._pin(chosen))

    def _fill_move_menu(self) -> None:
        self.move_menu.clear()
        row = self.table.selected
        here = row.endpoint_id if row is not None else ""
        for endpoint_id, name in self._endpoints():
            action = self.move_menu.addAction(escaped(name))
            action.setEnabled(endpoint_id != here)
            action.triggered.connect(lambda _=False, chosen=endpoint_id: self._move(chosen))

    def _endpoints(self) -> tuple[tuple[str, str], ...]:
        views = self._moment.snapshot.endpoints if self._moment else ()
        return tuple((v.endpoint.id, v.endpoint.name) for v in views if v.endpoint.enabled)

    def _pin_id(self) -> str:
        key = self._key
        sessions = self._moment.snapshot.sessions if self._moment else ()
        return next((view.pin_id for view in sessions if view.key == key), "")

    @property
    def _key(self) -> str:
        row = self.table.selected
        return "" if row is None else row.key

    def _pin(self, endpoint_id: str | None) -> None:
        try:
            self.rooms.services.sessions.pin(self._key, endpoint_id)
        except UserFacingError as error:
            self._complain(error)

    def _move(self, endpoint_id: str) -> None:
        try:
            self.rooms.services.sessions.move(self._key, endpoint_id)
        except UserFacingError as error:
            self._complain(error)

    def _release(self) -> None:
        try:
            self.rooms.services.sessions.release(self._key)
        except UserFacingError as error:
            self._complain(error)

    def _complain(self, error: UserFacingError) -> None:
        self.rooms.board.show_notice(complaint(error))

    def _show_requests(self) -> None:
        if self._key:
            self.rooms.go(PageName.REQUESTS, f"session:{self._key}")

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, inner in ((self.pin, self.pin_menu), (self.move_to, self.move_menu)):
            inner.setTitle(button.text().strip())
            menu.addMenu(inner)
        for button in (self.release, self.requests):
            action = QAction(button.text().strip(), menu)
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
            menu.addAction(action)
        menu.popup(place)

    @override
    def go_to(self, subject: str) -> None:
        self.search.clear()
        self.table.select(subject)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.title.setVisible(self.width() >= scaled(ROOMY))

    @override
    def retranslate(self) -> None:
        self.name(self.tr("Sessions"), self.tr("Search sessions"))
        self.pin.set_words(
            self.tr("Pin to"), self.tr("Ask this endpoint first for the session, until taken back")
        )
        self.move_to.set_words(
            self.tr("Move to"), self.tr("Go on at another endpoint; its prompt cache is cold there")
        )
        self.release.set_words(
            self.tr("Release"), self.tr("Forget where it is bound; its next turn is routed anew")
        )
        self.requests.set_words(self.tr("Requests"), self.tr("Show the requests of this session"))
        self.fill()
