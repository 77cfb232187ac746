"""The requests page: the last requests, where each went, and why."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop import __version__
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.list_page import ListPage
from qcc_desktop.ui.page import Moment, PageName, Rooms
from qcc_desktop.ui.requests.detail import RequestDetail
from qcc_desktop.ui.requests.presenter import Row, Show, detail_of, issue_text, rows_of
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.rows import Column, RowsTable

_SPLIT = "requests/split"
_FIRST_SPLIT = (340, 200)
"""Pixels of table and story to begin with: a story of two endpoints fits without scrolling."""


def _columns() -> tuple[Column[Row], ...]:
    def muted(row: Row) -> Role:
        del row
        return Role.MUTED

    return (
        Column(
            lambda: translate("RequestsPage", "Time"),
            lambda row: row.time,
            88,
            hint=lambda row: row.time_hint,
            role=muted,
        ),
        Column(
            lambda: translate("RequestsPage", "Outcome"),
            lambda row: row.outcome,
            192,
            icon=lambda row, tone: icons.icon(row.picture, tone, row.role),
        ),
        Column(lambda: translate("RequestsPage", "Endpoint"), lambda row: row.endpoint),
        Column(lambda: translate("RequestsPage", "Model"), lambda row: row.model, hidden_below=620),
        Column(
            lambda: translate("RequestsPage", "Session"),
            lambda row: row.session,
            hidden_below=760,
            role=muted,
        ),
        Column(
            lambda: translate("RequestsPage", "Tokens"),
            lambda row: row.tokens,
            80,
            is_figure=True,
            hint=lambda row: row.tokens_hint,
            hidden_below=860,
        ),
        Column(
            lambda: translate("RequestsPage", "First token"),
            lambda row: row.first_token,
            88,
            is_figure=True,
        ),
        Column(
            lambda: translate("RequestsPage", "Took"), lambda row: row.duration, 80, is_figure=True
        ),
    )


class RequestsPage(ListPage[Row]):
    """Lists requests with filters; the chosen one is told in full below."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        table: RowsTable[Row] = RowsTable(_columns(), lambda row: row.id)
        super().__init__(rooms, table, "page/requests", parent)
        self._moment: Moment | None = None
        self.show_box = QComboBox()
        for show in Show:
            self.show_box.addItem("", show)
        self.show_box.currentIndexChanged.connect(lambda _: self.fill())
        self.search.setMaximumWidth(240)
        self.detail = RequestDetail()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.show_box)
        head.addWidget(self.search, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(GAP)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.card)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.detail.setMinimumHeight(120)
        self.card.setMinimumHeight(120)
        self.splitter.setSizes([*_FIRST_SPLIT])
        saved = self.rooms.memory.value(_SPLIT)
        if isinstance(saved, QByteArray):
            self.splitter.restoreState(saved)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.table.current_moved.connect(self._show_detail)
        self.detail.copy_requested.connect(self._copy)
        self.detail.session_requested.connect(lambda key: self.rooms.go(PageName.SESSIONS, key))
        self.detail.endpoint_requested.connect(lambda key: self.rooms.go(PageName.ENDPOINTS, key))
        self.splitter.splitterMoved.connect(
            lambda *_: self.rooms.memory.setValue(_SPLIT, self.splitter.saveState())
        )

    @override
    def apply(self, moment: Moment) -> bool:
        self._moment = moment
        self.fill()
        return any(view.outcome == "running" for view in moment.snapshot.requests)

    @override
    def fill(self) -> None:
        if self._moment is None:
            return
        views = self._moment.snapshot.requests
        rows = rows_of(
            views,
            self._moment.now,
            show=Show(self.show_box.currentData()),
            wanted=self.search.text(),
        )
        self.show_rows(
            rows,
            self.tr("No request fits this filter.")
            if views
            else self.tr("No request yet. Launch Claude Code and ask it something."),
        )
        self.detail.setVisible(bool(views))  # of no use before there is a request
        self._show_detail()

    def _show_detail(self) -> None:
        row = self.table.selected
        self.detail.apply(None if row is None else detail_of(row.view))

    def _copy(self, request_id: str) -> None:
        row = self.table.selected
        if row is None or row.id != request_id:
            return
        QGuiApplication.clipboard().setText(issue_text(row.view, version=__version__))
        self.rooms.board.show_notice(
            Notice(self.tr("The request is in the clipboard, without secrets."), lasting_s=6)
        )

    @override
    def go_to(self, subject: str) -> None:
        """Show one request, or (``session:KEY``) those of one session."""
        self.show_box.setCurrentIndex(0)
        if subject.startswith("session:"):
            self.search.setText(subject.removeprefix("session:"))
            return
        self.search.clear()
        self.table.select(subject)

    @override
    def retranslate(self) -> None:
        self.name(self.tr("Requests"), self.tr("Search requests"))
        texts = {
            Show.ALL: self.tr("All requests"),
            Show.MOVED: self.tr("Answered by another"),
            Show.FAILED: self.tr("Failed"),
            Show.RUNNING: self.tr("Running"),
        }
        for place, show in enumerate(Show):
            self.show_box.setItemText(place, texts[show])
        self.show_box.setAccessibleName(self.tr("Which requests"))
        self.show_box.setAccessibleDescription(self.tr("Which requests"))
        self.fill()
