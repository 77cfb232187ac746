"""Checks everything that may keep Claude Code from being answered, and mends what it can."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.diagnosis import Finding, Verdict
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.runtime.clock import utc
from qcc_desktop.ui.claude_code.finding_look import summary
from qcc_desktop.ui.claude_code.finding_row import FindingRow
from qcc_desktop.ui.claude_code.parts import column_of, say, text_line
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.theme.measures import GAP, GRID, TextSize
from qcc_desktop.ui.widgets.buttons import Button, Weight
from qcc_desktop.ui.widgets.skeleton import Skeleton

if TYPE_CHECKING:
    from datetime import datetime

_LASTING_S = 8.0
_ORDER = (Verdict.PROBLEM, Verdict.NOTE, Verdict.NOT_CHECKED, Verdict.OK)


class DoctorCard(QFrame):
    """Findings appear as they come: problems first, then notes; what is well is folded away."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._is_running = False
        self._checked_at: datetime | None = None
        self._is_outdated = False
        self.rows: list[FindingRow] = []
        self.said = text_line(TextSize.BODY, muted=True)
        self.when = text_line(TextSize.SMALL, muted=True)
        self.check = Button("test")
        self.check.clicked.connect(self.run)
        self.copy = Button("copy")
        self.copy.clicked.connect(self._copy)
        self.skeleton = Skeleton(3)
        self.fine = Button("expand", Weight.DISCLOSURE)
        self.fine.setCheckable(True)
        self.fine.toggled.connect(self._unfold)
        self.fine.hide()
        self._groups = {verdict: QWidget() for verdict in _ORDER}
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        column = column_of(self)
        column.setSpacing(GAP)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.said)
        texts.addWidget(self.when)
        head.addLayout(texts, 1)
        head.addWidget(self.check)
        head.addWidget(self.copy)
        column.addLayout(head)
        for verdict in _ORDER:
            group = self._groups[verdict]
            inside = QVBoxLayout(group)
            inside.setContentsMargins(0, GRID, 0, GRID)
            inside.setSpacing(3 * GRID)
            group.hide()
            if verdict is Verdict.OK:
                column.addWidget(self.skeleton)
                column.addWidget(self.fine)
            column.addWidget(group)

    def run(self) -> None:
        """Check everything, unless that is being done."""
        if self._is_running:
            return
        self._is_running = True
        self.check.setEnabled(False)
        self._clear()
        self.skeleton.start()
        self._show()
        self._rooms.actions.start(self._run(), "check everything")

    def outdate(self) -> None:
        """Say that what was found may be otherwise now."""
        if self._checked_at is not None and not self._is_running:
            self._is_outdated = True
            self._show()

    async def _run(self) -> None:
        try:
            await self._rooms.services.doctor.run(self._add)
            self._checked_at = utc(self._rooms.services.clock.wall_s()).astimezone()
            self._is_outdated = False
        finally:
            self._is_running = False
            self.check.setEnabled(True)
            self.skeleton.stop()
            self._order_tabs()
            self._show()

    def _order_tabs(self) -> None:
        """Let the tab key go down the groups, though findings came in another order."""
        before: QWidget = self.copy
        for row in sorted(self.rows, key=lambda row: _ORDER.index(row.finding.verdict)):
            if row.finding.verdict is not Verdict.OK:
                self.setTabOrder(before, row.fix)
                before = row.fix
        self.setTabOrder(before, self.fine)

    def _clear(self) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        for group in self._groups.values():
            group.hide()

    def _add(self, finding: Finding) -> None:
        row = FindingRow(finding)
        row.fix_requested.connect(lambda fix_id: self._fix(row, fix_id))
        self.rows.append(row)
        group = self._groups[finding.verdict]
        inside = group.layout()
        if inside is not None:
            inside.addWidget(row)
        group.setVisible(finding.verdict is not Verdict.OK or self.fine.isChecked())
        self._show()

    def _fix(self, row: FindingRow, fix_id: str) -> None:
        self._rooms.actions.start(self._fixed(row, fix_id), "mend what was found")

    async def _fixed(self, row: FindingRow, fix_id: str) -> None:
        try:
            said = await self._rooms.services.doctor.fix(fix_id)
        except UserFacingError as error:
            if row in self.rows:
                row.show_failed(str(error))
            return
        if row in self.rows:
            row.show_fixed(said)

    def _unfold(self, is_open: bool) -> None:
        self._groups[Verdict.OK].setVisible(is_open)
        self.fine.set_picture("collapse" if is_open else "expand")

    def _copy(self) -> None:
        self._rooms.actions.start(self._copied(), "copy the diagnostics")

    async def _copied(self) -> None:
        self.copy.setEnabled(False)
        try:
            text = await self._rooms.services.diagnostics.text()
        finally:
            self.copy.setEnabled(True)
        QGuiApplication.clipboard().setText(text)
        said = self.tr("The diagnostics are on the clipboard.")
        self._rooms.board.show_notice(Notice(said, lasting_s=_LASTING_S))

    def _show(self) -> None:
        verdicts = [row.finding.verdict for row in self.rows]
        fine = verdicts.count(Verdict.OK)
        self.fine.setVisible(bool(fine))
        self.fine.set_words(self.tr("Fine: {count}").format(count=fine))
        if self._is_running:
            said = self.tr("Checking…")
        elif self._checked_at is not None:
            said = summary(verdicts)
        else:
            said = self.tr(
                "Looks at the port, Claude Code and its settings, proxies, certificates, keys and"
                " each endpoint. It changes nothing."
            )
        say(self.said, said)
        self._show_when()

    def _show_when(self) -> None:
        at = None if self._is_running else self._checked_at
        if at is None:
            say(self.when, "")
            return
        said = self.tr("Checked at {time}").format(time=f"{at:%H:%M}")
        if self._is_outdated:
            outdated = self.tr("out of date since the settings changed: check again")
            said = f"{said} · {outdated}"
        self.when.setToolTip(f"{at:%Y-%m-%d %H:%M:%S}")
        say(self.when, said)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.check.set_words(
            self.tr("Check everything"),
            self.tr("Asks each endpoint three tiny questions (some hundred tokens); takes seconds"),
        )
        self.copy.set_words(
            self.tr("Copy diagnostics"), self.tr("A text for a report, without secrets")
        )
        self._show()
