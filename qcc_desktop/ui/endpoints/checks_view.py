"""The verdicts of a test, one beside the other, as they come in."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.contracts import CheckView, ReportView
from qcc_desktop.ui.report_words import CHECK_NAMES, check_value, check_word, name_word
from qcc_desktop.ui.theme.measures import GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.theme.palette import Role, colour, current_tone

_COLUMNS = 2
_SIGNS = {True: ("✓", Role.GREEN), False: ("✕", Role.RED), None: ("–", Role.MUTED)}


class ChecksView(QWidget):
    """Shows every point of a test from the start; what failed is said below.

    Its height stays the same while verdicts come, so that nothing near it jumps.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks: dict[str, CheckView] = {}
        self._is_running = False
        self._sentence = ""
        self.labels = {name: _label() for name in CHECK_NAMES}
        self.said = _label()
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid = QGridLayout()
        grid.setHorizontalSpacing(MARGIN)
        grid.setVerticalSpacing(GRID)
        for place, label in enumerate(self.labels.values()):
            grid.addWidget(label, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(grid)
        whole.addWidget(self.said)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._draw()

    @property
    def texts(self) -> Sequence[str]:
        """What is said, point by point, for tests and screen readers."""
        return [label.accessibleName() for label in self.labels.values()]

    def say(self, sentence: str) -> None:
        """Say something below the points."""
        self._sentence = sentence
        self._draw()

    def begin(self) -> None:
        """Forget an earlier test: another one runs."""
        self._checks, self._is_running, self._sentence = {}, True, ""
        self._draw()

    def add(self, check: CheckView) -> None:
        """Show one more verdict."""
        self._checks[check.name] = check
        self._draw()

    def end(self, report: ReportView) -> None:
        """Show the whole test."""
        self._checks = {check.name: check for check in report.checks}
        self._is_running, self._sentence = False, ""
        self._draw()

    def fail(self, sentence: str) -> None:
        """Say why there is no result."""
        self._checks, self._is_running, self._sentence = {}, False, sentence
        self._draw(is_fault=True)

    def _draw(self, *, is_fault: bool = False) -> None:
        waited_for = next((name for name in CHECK_NAMES if name not in self._checks), "")
        for name, label in self.labels.items():
            check = self._checks.get(name)
            if check is None:
                sign = "…" if self._is_running and name == waited_for else "·"
                label.setText(_shaded(Role.MUTED, f"{sign}&nbsp; {escape(name_word(name))}"))
                label.setAccessibleName(name_word(name))
            else:
                label.setText(_verdict(check))
                label.setAccessibleName(f"{check_word(check)}: {_heard(check)}")
        failed = next((check for check in self._checks.values() if check.ok is False), None)
        if failed is not None:
            self.said.setText(_shaded(Role.RED, escape(check_value(failed))))
        elif is_fault:
            self.said.setText(_shaded(Role.RED, escape(self._sentence)))
        else:
            self.said.setText(_shaded(Role.MUTED, escape(self._sentence)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._draw()


def _verdict(check: CheckView) -> str:
    sign, role = _SIGNS[check.ok]
    value = "" if check.ok is False else check_value(check)
    beside = f"&nbsp; {_shaded(Role.MUTED, escape(value))}" if value else ""
    return f"{_shaded(role, sign)}&nbsp; {escape(check_word(check))}{beside}"


def _heard(check: CheckView) -> str:
    word = {True: "✓", False: "✕", None: "–"}[check.ok]
    return f"{word} {check_value(check)}".rstrip()


def _shaded(role: Role, html: str) -> str:
    return f'<span style="color:{colour(role, current_tone()).name()}">{html}</span>'


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    set_text(label, TextSize.BODY)
    return label
