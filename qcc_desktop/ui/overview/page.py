"""The overview: the endpoints, the last hour, what runs."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui import words
from qcc_desktop.ui.overview.card import EndpointCard
from qcc_desktop.ui.overview.presenter import (
    MOST_CARDS,
    MOST_SESSIONS,
    cards_of,
    charts_of,
    lines_of,
)
from qcc_desktop.ui.overview.session_row import SessionRow
from qcc_desktop.ui.page import Moment, Page, PageName, Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.flow import Flow
from qcc_desktop.ui.widgets.minute_chart import CountBars, LineKey, TimeLines, Trait
from qcc_desktop.ui.widgets.scroll import Scroll

_CARD_WIDE = 216
_CARD_TALL = 92
_CHART_WIDE = 264
_CHART_TALL = 176


class OverviewPage(Page):
    """Shows in two seconds who answers and how well."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self._count = 0
        self.cards = [EndpointCard() for _ in range(MOST_CARDS)]
        self.flow = Flow(_CARD_WIDE, _CARD_TALL)
        for card in self.cards:
            self.flow.add(card)
            card.opened.connect(lambda key: rooms.go(PageName.ENDPOINTS, key))
            card.try_requested.connect(rooms.actions.try_now)
            card.edit_requested.connect(lambda key: rooms.go(PageName.ENDPOINTS, f"edit:{key}"))
        self.more = Button(weight=Weight.LINK)
        self.more.clicked.connect(lambda: rooms.go(PageName.ENDPOINTS, ""))
        self._build_charts()
        self._build_sessions()
        self._lay_out()
        self._retranslate()

    def _build_charts(self) -> None:
        self.rate_title, self.rate = QLabel(), ElidedLabel()
        self.first_title = QLabel()
        self.half, self.most = LineKey(Trait.HALF), LineKey(Trait.MOST)
        self.bars = CountBars()
        self.lines = TimeLines(words.latency)
        for title in (self.rate_title, self.first_title):
            set_text(title, TextSize.BODY, bold=True)
        set_text(self.rate, TextSize.SMALL, muted=True)

    def _build_sessions(self) -> None:
        self.sessions_title = QLabel()
        set_text(self.sessions_title, TextSize.BODY, bold=True)
        self.no_sessions = QLabel()
        set_text(self.no_sessions, TextSize.BODY, muted=True)
        self.session_rows = [SessionRow() for _ in range(MOST_SESSIONS)]
        for row in self.session_rows:
            row.opened.connect(lambda key: self.rooms.go(PageName.SESSIONS, key))

    def _lay_out(self) -> None:
        scroll = Scroll()
        column = scroll.column
        column.addWidget(self.flow)
        column.addWidget(self.more)
        column.addSpacing(GRID)
        charts = Flow(_CHART_WIDE, _CHART_TALL)
        charts.add(_chart_card(self.rate_title, self.bars, beside=self.rate))
        charts.add(_chart_card(self.first_title, self.lines, below=(self.half, self.most)))
        column.addWidget(charts)
        column.addSpacing(GRID)
        column.addWidget(self._session_card())
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _session_card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(4, 10, 4, 6)
        column.setSpacing(2)
        for label in (self.sessions_title, self.no_sessions):
            label.setContentsMargins(GAP, 0, GAP, 2)
        column.addWidget(self.sessions_title)
        column.addWidget(self.no_sessions)
        for row in self.session_rows:
            column.addWidget(row)
        return card

    @override
    def apply(self, moment: Moment) -> bool:
        snapshot, now = moment.snapshot, moment.now
        looks = cards_of(snapshot, now)
        for card, look in zip(self.cards, looks, strict=False):
            card.apply(look)
        if len(looks) != sum(not card.isHidden() for card in self.cards):
            for place, card in enumerate(self.cards):
                card.setVisible(place < len(looks))
            self.flow.arrange()
        self._show_more(len(snapshot.endpoints))
        self._show_charts()
        lines = lines_of(snapshot)
        for row, line in zip(self.session_rows, lines, strict=False):
            row.apply(line)
        for place, row in enumerate(self.session_rows):
            row.setVisible(place < len(lines))
        self.no_sessions.setVisible(not lines)
        is_moving = any(look.is_waiting for look in looks)
        return is_moving or any(count for count, _ in self._charts.counts)

    def _show_more(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.more.set_words(self.tr("All {count} endpoints").format(count=count))
        self.more.setVisible(count > MOST_CARDS)

    def _show_charts(self) -> None:
        self._charts = charts_of(self.rooms.services.activity.minutes())
        self.bars.show_counts(self._charts.counts)
        self.lines.show_times(self._charts.times)
        self.rate.setText(self._charts.rate)
        self.half.say(self._charts.half)
        self.most.say(self._charts.most)
        for chart in (self.bars, self.lines):
            chart.show_ends(self._charts.began, self.tr("now"))
        self.bars.setAccessibleDescription(self._charts.rate)
        said = (self._charts.half, self._charts.most)
        self.lines.setAccessibleDescription(" · ".join(each for each in said if each))

    @override
    def take_focus(self) -> None:
        self.cards[0].setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._count = 0
        self.rate_title.setText(self.tr("Requests per minute"))
        self.first_title.setText(self.tr("Time to first token"))
        self.bars.setAccessibleName(self.tr("Requests per minute"))
        self.lines.setAccessibleName(self.tr("Time to first token"))
        self.sessions_title.setText(self.tr("Sessions"))
        self.no_sessions.setText(
            self.tr("None yet. A session appears with its first request through the proxy.")
        )


def _chart_card(
    title: QLabel, chart: QWidget, *, beside: QWidget | None = None, below: Sequence[QWidget] = ()
) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    head = QHBoxLayout()
    head.setSpacing(GAP)
    head.addWidget(title)
    head.addStretch(1)
    if beside is not None:
        head.addWidget(beside)
    keys = QHBoxLayout()
    keys.setSpacing(MARGIN)
    for key in below:
        keys.addWidget(key)
    keys.addStretch(1)
    column = QVBoxLayout(card)
    column.setContentsMargins(12, 10, 12, 8)
    column.setSpacing(GRID)
    column.addLayout(head)
    column.addLayout(keys)
    column.addWidget(chart, 1)
    return card
