"""One finding of the doctor: a mark, what it is about, what was found, what to do."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.diagnosis import Finding, Verdict
from qcc_desktop.ui.claude_code.finding_look import finding_look
from qcc_desktop.ui.claude_code.parts import say, text_line
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, TextSize
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button
from qcc_desktop.ui.widgets.picture import Picture

_PICTURES = {
    Verdict.OK: ("health/healthy", Role.GREEN),
    Verdict.NOTE: ("info", Role.MUTED),
    Verdict.PROBLEM: ("problem", Role.RED),
    Verdict.NOT_CHECKED: ("health/unasked", Role.GREY),
}


class FindingRow(QWidget):
    """Shows a finding in the language of the moment; ``fix_requested`` carries its fix."""

    fix_requested = Signal(str)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._done = ""
        name, role = _PICTURES[finding.verdict]
        self.mark = Picture(lambda tone: icons.icon(name, tone, role), 16)
        self.title = text_line(bold=finding.verdict is not Verdict.OK)
        self.detail = text_line(TextSize.SMALL, muted=True)
        self.remedy = text_line(TextSize.SMALL)
        self.done = text_line(TextSize.SMALL, muted=True)
        self.fix = Button()
        self.fix.setVisible(bool(finding.fix_id))
        self.fix.clicked.connect(self._fix)
        marks = QVBoxLayout()
        marks.setContentsMargins(0, 1, 0, 0)
        marks.addWidget(self.mark)
        marks.addStretch(1)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.title, self.detail, self.remedy, self.done):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addLayout(marks)
        row.addLayout(texts, 1)
        row.addWidget(self.fix)
        self._retranslate()

    def _fix(self) -> None:
        self.fix.setEnabled(False)
        self.fix_requested.emit(self.finding.fix_id)

    def show_fixed(self, sentence: str) -> None:
        """Say what was done, an English sentence of the doctor."""
        self._done = sentence
        self.fix.hide()
        self._retranslate()

    def show_failed(self, sentence: str) -> None:
        """Say why it was not mended, in English, and let it be tried again."""
        self._done = sentence
        self.fix.setEnabled(True)
        self._retranslate()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        look = finding_look(self.finding)
        self.title.setText(look.title)
        say(self.detail, look.detail)
        say(self.remedy, look.remedy)
        say(self.done, failure_sentence(self._done))
        self.fix.set_words(self.tr("Fix it"), look.remedy)
        self.fix.setAccessibleName(f"{self.tr('Fix it')}: {look.title}")
