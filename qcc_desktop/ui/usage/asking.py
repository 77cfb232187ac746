"""Asks the usage report for what the page shows: at most every two seconds, never when hidden."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, QTimer, Signal

from qcc_desktop.core.usage import Grouping
from qcc_desktop.ui.contracts import UsageService
from qcc_desktop.ui.usage.choices import Period, keys_of
from qcc_desktop.ui.usage.sums import Asked, Found

PAUSE_MS = 2000


class Asker(QObject):
    """Keeps the answer to one question fresh while somebody looks."""

    answered = Signal()

    def __init__(
        self,
        usage: UsageService,
        start: Callable[[Awaitable[object], str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.found: Found | None = None
        self.asked = Asked(Period.MONTH, Grouping.MODEL)
        self._usage = usage
        self._start = start
        self.is_seen = False
        """Whether somebody looks."""
        self._is_due = self._is_asking = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._go_on)

    @property
    def is_resting(self) -> bool:
        """Whether nothing is under way and no timer runs."""
        return not self._is_asking and not self._pause.isActive()

    def choose(self, asked: Asked) -> None:
        """Ask another question, without a pause."""
        if asked != self.asked:
            self.asked = asked
            self.ask_now()

    def ask_now(self) -> None:
        """Ask again without a pause: what is shown is wrong."""
        self._pause.stop()
        self.note_change()

    def note_change(self) -> None:
        """Ask again, as soon as it is time."""
        self._is_due = True
        self._go_on()

    def look(self, *, is_seen: bool) -> None:
        """Say whether somebody looks."""
        self.is_seen = is_seen
        if is_seen:
            self._go_on()
        else:
            self._pause.stop()

    def _go_on(self) -> None:
        if self._is_due and self.is_seen and not self._is_asking and not self._pause.isActive():
            self._is_due, self._is_asking = False, True
            self._pause.start()
            self._start(self._ask(), "sum up what was used")

    async def _ask(self) -> None:
        asked = self.asked
        days = asked.period.days
        try:
            models = await self._usage.rows((Grouping.MODEL,), days)
            times = await self._usage.rows(keys_of(asked.period, asked.by), days)
            groups = times
            if asked.by is not Grouping.DAY:
                groups = await self._usage.rows((asked.by,), days)
            coverage = await self._usage.coverage()
            is_of_sessions = asked.by is Grouping.SESSION
            folders = await self._usage.folders() if is_of_sessions else {}
        finally:
            self._is_asking = False
        if asked == self.asked:
            self.found = Found(asked, models, groups, times, coverage, folders)
            self.answered.emit()
        self._go_on()
