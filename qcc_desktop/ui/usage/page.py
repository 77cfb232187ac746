"""The usage page: what was used and what it costs, as figures, a chart and a table."""

import asyncio
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.core.snapshot import Totals
from qcc_desktop.core.usage import Grouping
from qcc_desktop.runtime.clock import utc
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.notices import told
from qcc_desktop.ui.page import Moment, Page, PageName, Rooms
from qcc_desktop.ui.theme.measures import GAP, MARGIN, ROW, TextSize, set_text
from qcc_desktop.ui.titles import set_title
from qcc_desktop.ui.usage.asking import Asker
from qcc_desktop.ui.usage.chart_card import ChartCard
from qcc_desktop.ui.usage.choices import GROUPINGS, Measure, Period, keys_of
from qcc_desktop.ui.usage.columns import columns
from qcc_desktop.ui.usage.forget_dialog import ForgetDialog
from qcc_desktop.ui.usage.presenter import Row, folders_of, present
from qcc_desktop.ui.usage.reach import Reach, reach_of
from qcc_desktop.ui.usage.sums import Asked, Found
from qcc_desktop.ui.usage.tile import Tiles
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.empty import EmptyState
from qcc_desktop.ui.widgets.rows import RowsTable
from qcc_desktop.ui.widgets.scroll import Scroll

_ROWS_SHOWN = 4
_FRAMES_S = 0.05
"""Figures are painted before the chart's libraries, whose import leaves the loop little time."""
_TOLD_S = 12.0
_PERIOD, _BY, _MEASURE = "usage/period", "usage/by", "usage/measure"
C = TypeVar("C", bound=StrEnum)


class UsagePage(Page):
    """Asks for sums while it is seen, and loads the chart when there is something to draw."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self._moment: Moment | None = None
        self._measure = self._remembered(_MEASURE, Measure.TOKENS)
        self._table_by = Grouping.MODEL
        self._turn = 0
        """Which presentation is the newest: an older one is not shown any more."""
        self.asker = Asker(rooms.services.usage, rooms.actions.start, self)
        self.asker.choose(
            Asked(self._remembered(_PERIOD, Period.MONTH), self._remembered(_BY, Grouping.MODEL))
        )
        self.asker.answered.connect(self._show)
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.since, self.trouble = ElidedLabel(), QLabel()
        set_text(self.since, TextSize.SMALL, muted=True)
        set_text(self.trouble, TextSize.SMALL)
        self.trouble.setWordWrap(True)
        self.trouble.setObjectName("fault")
        self.trouble.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self.trouble.hide()
        self.period_box, self.by_box = QComboBox(), QComboBox()
        self._fill_boxes()
        self.export = Button()
        self.export.clicked.connect(self._choose_file)
        self.more = Button("more", Weight.GHOST)
        self.menu = QMenu(self)
        self.forget = self.menu.addAction("", self._ask_to_forget)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(Button.ToolButtonPopupMode.InstantPopup)
        self.dialog: QFileDialog | None = None
        self.question: ForgetDialog | None = None
        self.tiles = Tiles()
        self.chart_card = ChartCard()
        self.chart_card.choose(self._measure)
        self.chart_card.measure_chosen.connect(self._choose_measure)
        self.table: RowsTable[Row] = RowsTable(columns(self._first_title), lambda row: row.key)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("page/usage")
        self._lay_out()
        self._retranslate()

    def _fill_boxes(self) -> None:
        for period in Period:
            self.period_box.addItem("", period)
        for by in GROUPINGS:
            self.by_box.addItem("", by)
        self.period_box.setCurrentIndex(list(Period).index(self.asker.asked.period))
        self.by_box.setCurrentIndex(GROUPINGS.index(self.asker.asked.by))
        for box in (self.period_box, self.by_box):
            box.currentIndexChanged.connect(self._choose)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.setContentsMargins(MARGIN, 12, MARGIN, 0)
        head.addWidget(self.title)
        head.addWidget(self.since, 1)
        head.addWidget(self.by_box)
        head.addWidget(self.period_box)
        head.addWidget(self.export)
        head.addWidget(self.more)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 4)
        inside.addWidget(self.table)
        card.setMinimumHeight(ROW * (_ROWS_SHOWN + 1))
        scroll = Scroll()
        scroll.column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        scroll.column.addWidget(self.tiles)
        scroll.column.addWidget(self.chart_card, 3)
        scroll.column.addWidget(card, 2)
        self.stack = QStackedWidget()
        self.full, self.blank = scroll, QWidget()
        for part in (self.blank, self.full, self.empty):
            self.stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self.trouble)
        whole.addWidget(self.stack, 1)

    @override
    def apply(self, moment: Moment) -> bool:
        before, self._moment = self._moment, moment
        if before is not None and _stamp(before) != _stamp(moment):
            self.asker.note_change()
        return False

    @override
    def shown(self) -> None:
        self.asker.look(is_seen=True)
        self.asker.note_change()

    @override
    def hidden(self) -> None:
        self.asker.look(is_seen=False)

    @override
    def leave(self) -> None:
        self._turn += 1  # what is still being sorted is not shown any more
        self.asker.look(is_seen=False)
        for dialog in (self.dialog, self.question):
            if dialog is not None:
                dialog.close()

    @override
    def take_focus(self) -> None:
        self.period_box.setFocus()

    def _show(self) -> None:
        """Show what was found, as soon as it is put into words."""
        found = self.asker.found
        if found is None or not self.asker.is_seen:
            return
        self.export.setEnabled(bool(found.models))
        if not found.models:
            self._show_reach(reach_of(found.coverage, found.asked.period, self._now()))
            self._show_nothing()
            return
        self.rooms.actions.start(self._present(found), "show what was used")

    async def _present(self, found: Found) -> None:
        """Sort and add up in a thread: a thousand sessions take 20 ms."""
        self._turn += 1
        turn = self._turn
        folders = folders_of(self._moment.snapshot.sessions) if self._moment else {}
        look = await asyncio.to_thread(present, found, self._measure, self._now(), folders)
        if turn != self._turn:
            return
        self._show_reach(look.reach)
        self.tiles.apply(look.figures)
        self.table.rows.apply(look.rows)
        if found.table_by is not self._table_by:
            self._table_by = found.table_by
            self.table.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.chart_card.apply(look.chart)
        self.stack.setCurrentWidget(self.full)
        if self.chart_card.wants_loading:
            await asyncio.sleep(_FRAMES_S)
            await self.chart_card.load()

    def _show_nothing(self) -> None:
        self._turn += 1
        found = self.asker.found
        is_all = found is not None and found.asked.period is Period.ALL
        self.empty.say(
            self.tr("Nothing used yet. Tokens and their cost appear with the first request.")
            if is_all
            else self.tr("Nothing was used in this period.")
        )
        self.stack.setCurrentWidget(self.empty)

    def _show_reach(self, reach: Reach) -> None:
        self.since.setText(reach.since)
        self.trouble.setText(reach.trouble)
        self.trouble.setVisible(bool(reach.trouble))

    def _now(self) -> datetime:
        return utc(self.rooms.services.clock.wall_s()).astimezone()

    def _choose(self) -> None:
        asked = Asked(Period(self.period_box.currentData()), Grouping(self.by_box.currentData()))
        self.rooms.memory.setValue(_PERIOD, asked.period.value)
        self.rooms.memory.setValue(_BY, asked.by.value)
        self._name_boxes()
        self.asker.choose(asked)

    def _choose_measure(self, measure: Measure) -> None:
        self._measure = measure
        self.rooms.memory.setValue(_MEASURE, measure.value)
        self._show()

    def _remembered(self, key: str, default: C) -> C:
        try:
            return type(default)(str(self.rooms.memory.value(key)))
        except ValueError:
            return default

    def _open(self, key: str) -> None:
        """Show the session or the endpoint of a line."""
        snapshot = self._moment.snapshot if self._moment else None
        if snapshot is None or not key:
            return
        if self.asker.asked.by is Grouping.SESSION:
            if any(view.key == key for view in snapshot.sessions):
                self.rooms.go(PageName.SESSIONS, key)
        elif self.asker.asked.by is Grouping.ENDPOINT:
            known = {view.endpoint.name: view.endpoint.id for view in snapshot.endpoints}
            if key in known:
                self.rooms.go(PageName.ENDPOINTS, known[key])

    def _choose_file(self) -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            return
        asked = self.asker.asked
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"usage-{self._now().date().isoformat()}-{asked.period.value}-{asked.by.value}.csv"
        dialog = QFileDialog(
            self, self.tr("Save what was used"), str(Path(folder) / name), self.tr("Table (*.csv)")
        )
        set_title(dialog, dialog.windowTitle())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda path: self._save(Path(path), asked))
        dialog.finished.connect(self._file_chosen)
        self.dialog = dialog
        dialog.open()

    def _file_chosen(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _ask_to_forget(self) -> None:
        if self.question is not None:
            self.question.raise_()
            return
        question = ForgetDialog(self)
        question.accepted.connect(
            lambda: self.rooms.actions.start(self._forget(), "delete the history")
        )
        question.finished.connect(self._question_closed)
        self.question = question
        question.open()

    def _question_closed(self) -> None:
        if self.question is not None:
            self.question.deleteLater()
            self.question = None

    async def _forget(self) -> None:
        await self.rooms.services.usage.forget()
        self.asker.ask_now()
        self.rooms.board.show_notice(
            told(lambda: Notice(self.tr("The history is deleted."), lasting_s=_TOLD_S))
        )

    def _save(self, path: Path, asked: Asked) -> None:
        self.rooms.actions.start(self._write(path, asked), "save what was used")

    async def _write(self, path: Path, asked: Asked) -> None:
        keys = keys_of(asked.period, asked.by)
        await self.rooms.services.usage.save_csv(path, keys, asked.period.days)
        self.rooms.board.show_notice(
            Notice(
                self.tr("Saved as {name}.").format(name=path.name),
                action_label=self.tr("Show in folder"),
                action=lambda: _show_folder(path.parent),
                lasting_s=_TOLD_S,
            )
        )

    def _first_title(self) -> str:
        titles = {
            Grouping.HOUR: self.tr("Hour"),
            Grouping.DAY: self.tr("Day"),
            Grouping.MODEL: self.tr("Model"),
            Grouping.ENDPOINT: self.tr("Endpoint"),
            Grouping.SESSION: self.tr("Session"),
        }
        return titles[self._table_by]

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Usage"))
        self._name_boxes()
        hint = self.tr("Save these sums, day by day, as a table that spreadsheets open (CSV)")
        self.export.set_words(self.tr("Export…"), hint)
        self.more.set_words("", self.tr("Manage the history"))
        self.forget.setText(self.tr("Delete the history…"))
        self.table.setAccessibleName(self.tr("What was used"))
        self._show()

    def _name_boxes(self) -> None:
        periods = {
            Period.TODAY: self.tr("Today"),
            Period.WEEK: self.tr("Last 7 days"),
            Period.MONTH: self.tr("Last 30 days"),
            Period.QUARTER: self.tr("Last 90 days"),
            Period.ALL: self.tr("All"),
        }
        for place, period in enumerate(Period):
            self.period_box.setItemText(place, periods[period])
        is_today = self.period_box.currentData() == Period.TODAY
        groupings = {
            Grouping.DAY: self.tr("By hour") if is_today else self.tr("By day"),
            Grouping.MODEL: self.tr("By model"),
            Grouping.ENDPOINT: self.tr("By endpoint"),
            Grouping.SESSION: self.tr("By session"),
        }
        for place, by in enumerate(GROUPINGS):
            self.by_box.setItemText(place, groupings[by])
        for box, name in (
            (self.period_box, self.tr("Which days")),
            (self.by_box, self.tr("What is told apart")),
        ):
            box.setAccessibleName(name)
            box.setAccessibleDescription(name)  # AT-SPI takes the chosen text for the name


def _stamp(moment: Moment) -> tuple[Totals, date]:
    """Return what sums depend on: what was finished, and which day is today."""
    return moment.snapshot.totals, moment.now.astimezone().date()


def _show_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
