"""The settings page: every option, made from its one declaration."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import options
from qcc_desktop.ui.claude_code.installation_look import brief
from qcc_desktop.ui.page import Moment, Page, Rooms
from qcc_desktop.ui.settings.controls import SuggestionControl, control_for
from qcc_desktop.ui.settings.presenter import (
    SECTIONS,
    Row,
    found,
    rows_of,
    section_of,
    section_word,
)
from qcc_desktop.ui.settings.row import OptionRow
from qcc_desktop.ui.settings.start_row import StartRow
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.widgets.scroll import Scroll
from qcc_desktop.ui.widgets.search_field import SearchField

_WIDEST = 760
_ABOVE = 120
"""How far below the top an option stands that another page leads to."""


class SettingsPage(Page):
    """Shows all options in sections; a change takes effect at once, or the row says when.

    The rows of one section are made per turn of the loop: forty inputs at once would hold up
    the answers that pass through the same loop.
    """

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self.rows: dict[str, OptionRow] = {}
        self.cards: dict[str, QFrame] = {}
        self.headings: dict[str, QLabel] = {}
        self._waiting = list(SECTIONS)
        self._wanted = ""
        self._settings = rooms.services.config().settings
        self._suggestions: dict[str, tuple[tuple[str, str], ...]] = {}
        self.title = QLabel()
        set_text(self.title, TextSize.TITLE, bold=True)
        self.search = SearchField()
        self.search.setMaximumWidth(260)
        self.search.textChanged.connect(self._filter)
        self.search.bind_find(self)
        self.nothing = QLabel()
        set_text(self.nothing, TextSize.BODY, muted=True)
        self.nothing.hide()
        self.start_row = StartRow(rooms)
        self._lay_out()
        self._retranslate()
        self._make_next()

    def _lay_out(self) -> None:
        top = QWidget()
        top.setMaximumWidth(_WIDEST + 2 * MARGIN)
        head = QHBoxLayout(top)
        head.setContentsMargins(MARGIN, 12, MARGIN, GRID)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.search, 2)
        self._scroll = Scroll()
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID)
        narrow = QWidget()
        narrow.setMaximumWidth(_WIDEST)
        narrow.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.nothing)
        row = QHBoxLayout()
        row.addWidget(narrow, 1)
        row.addStretch(0)
        self._scroll.column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self._scroll.column.addLayout(row)
        self._scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self._scroll, 1)

    def _make_next(self) -> None:
        """Make the rows of the next section, and go on in the next turn."""
        if not self._waiting:
            return
        section = self._waiting.pop(0)
        heading = QLabel(section_word(section))
        set_text(heading, TextSize.BODY, bold=True)
        heading.setContentsMargins(0, GAP, 0, 0)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, GRID, 1, GRID)
        inside.setSpacing(0)
        if section == "ui":
            inside.addWidget(self.start_row)
        for row in rows_of(self._settings):
            if section_of(row.option.key) == section:
                inside.addWidget(self._new_row(row))
        self.headings[section], self.cards[section] = heading, card
        for part in (heading, card):
            self._column.addWidget(part)
            part.show()  # now, not a turn later: what is hidden gets no place
        if self._wanted:
            self._filter(self._wanted)
        self._scroll.settle(inside, self._column)
        QTimer.singleShot(0, self, self._make_next)

    def _new_row(self, row: Row) -> OptionRow:
        control = control_for(row.option)
        made = OptionRow(row, control)
        made.change_requested.connect(self._change)
        made.restart_requested.connect(self._restart)
        self.rows[made.key] = made
        self._suggest(made.key)
        return made

    async def _find_terminals(self) -> None:
        found = await self.rooms.services.claude_code.terminals()
        self._suggestions["claude.terminal"] = tuple((each.id, each.name) for each in found)
        self._suggest("claude.terminal")

    async def _find_claude(self) -> None:
        found = await self.rooms.services.installations.found()
        self._suggestions["claude.executable"] = tuple(
            (str(each.path), f"{brief(each)} · {each.path}") for each in found if each.is_usable
        )
        self._suggest("claude.executable")

    def _suggest(self, key: str) -> None:
        """Offer what was found, once both it and the row are there."""
        row, choices = self.rows.get(key), self._suggestions.get(key)
        if row is not None and choices is not None and isinstance(row.control, SuggestionControl):
            row.control.suggest(choices)

    def _finish(self) -> None:
        while self._waiting:
            self._make_next()

    @override
    def apply(self, moment: Moment) -> bool:
        if moment.config.settings != self._settings:
            self._settings = moment.config.settings
            self._show_values()
        return False

    def _show_values(self) -> None:
        for row in rows_of(self._settings):
            shown = self.rows.get(row.option.key)
            if shown is not None and shown.row != row:
                shown.apply(row)

    def _change(self, key: str, value: object) -> None:
        self.rooms.actions.start(self._set(key, value), f"set {key}")

    async def _set(self, key: str, value: object) -> None:
        row = self.rows[key]
        try:
            await self.rooms.services.preferences.set(key, value)
        except UserFacingError as error:
            row.show_refused(str(error))
            return
        row.show_taken()
        is_running = self.rooms.services.proxy.is_on
        row.show_pending(is_pending=is_running and not options()[key].live)

    def _restart(self) -> None:
        self.rooms.actions.start(self._restarted(), "restart the proxy")

    async def _restarted(self) -> None:
        proxy = self.rooms.services.proxy
        await proxy.turn_off()
        await proxy.turn_on()

    def _filter(self, wanted: str) -> None:
        self._wanted = wanted
        shown = found([row.row for row in self.rows.values()], wanted)
        for key, row in self.rows.items():
            row.setVisible(key in shown)
        self.start_row.show_for(wanted)
        for section, card in self.cards.items():
            any_row = any(section_of(key) == section for key in shown)
            is_shown = any_row or (section == "ui" and not self.start_row.isHidden())
            card.setVisible(is_shown)
            self.headings[section].setVisible(is_shown)
        self.nothing.setVisible(not shown and self.start_row.isHidden())

    @override
    def go_to(self, subject: str) -> None:
        self._finish()
        row = self.rows.get(subject)
        if row is None:
            self.search.setText(subject)
            return
        self.search.clear()
        row.control.widget.setFocus()
        self._scroll.seek(row, _ABOVE)

    @override
    def shown(self) -> None:
        self.start_row.refresh()
        self.rooms.actions.start(self._find_terminals(), "look for terminals")
        self.rooms.actions.start(self._find_claude(), "look for Claude Code")

    @override
    def take_focus(self) -> None:
        self.search.setFocus()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show_values()

    def _retranslate(self) -> None:
        self.title.setText(self.tr("Settings"))
        self.search.setPlaceholderText(self.tr("Search settings"))
        self.search.setAccessibleName(self.tr("Search settings"))
        self.nothing.setText(self.tr("No setting is called that."))
        for section, heading in self.headings.items():
            heading.setText(section_word(section))
