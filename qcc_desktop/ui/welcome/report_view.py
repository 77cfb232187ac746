"""What an import did: added, changed, left as it is, not imported."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.welcome.presenter import Outcome, Section, headline, sections_of
from qcc_desktop.ui.widgets.scroll import Scroll


class ReportView(QWidget):
    """Shows an `Outcome` once it has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self._labels: list[QLabel] = []
        self.headline = QLabel()
        self.headline.setWordWrap(True)
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        set_text(self.headline, TextSize.TITLE, bold=True)
        self._scroll = Scroll(is_inset=True)
        self._scroll.column.setContentsMargins(0, 0, GAP, 0)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(GRID)
        self._scroll.column.addLayout(self._sections)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.headline)
        column.addWidget(self._scroll, 1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what an import did."""
        self._outcome = outcome
        self.headline.setText(headline(outcome.report))
        for old in self._labels:
            self._sections.removeWidget(old)
            old.deleteLater()
        self._labels = [
            label for section in sections_of(outcome.report) for label in _labels(section)
        ]
        for label in self._labels:
            self._sections.addWidget(label)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line below the headline."""
        return tuple(label.text() for label in self._labels)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._outcome is not None:
            self.show_outcome(self._outcome)


def _labels(section: Section) -> list[QLabel]:
    title = QLabel(section.title)
    set_text(title, TextSize.SMALL, muted=True)
    title.setContentsMargins(0, GAP, 0, 0)
    lines = QLabel("\n".join(section.lines))
    lines.setTextFormat(Qt.TextFormat.PlainText)
    lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    lines.setWordWrap(True)
    lines.setContentsMargins(MARGIN, 0, 0, 0)
    set_text(lines, TextSize.BODY)
    if section.is_fault:
        lines.setObjectName("fault")
    return [title, lines]
