"""The dialog that shows tests of saved endpoints while they run."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.ui.contracts import CheckView, ReportView
from qcc_desktop.ui.endpoints.checks_view import ChecksView
from qcc_desktop.ui.report_words import summary
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, TextSize, set_text
from qcc_desktop.ui.titles import set_title
from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_SIZE = QSize(520, 560)


class _Part(QFrame):
    """One endpoint: its name, the verdict on the whole, and every point."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.name = ElidedLabel()
        self.name.setText(name)
        set_text(self.name, TextSize.BODY, bold=True)
        self.verdict = QLabel()
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        set_text(self.verdict, TextSize.BODY, muted=True)
        self.checks = ChecksView()
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.name, 1)
        head.addWidget(self.verdict)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GAP)
        whole.setSpacing(GAP)
        whole.addLayout(head)
        whole.addWidget(self.checks)


class TestResults(QDialog):
    """Shows one part for each endpoint; ``again_requested`` carries the ids."""

    __test__ = False  # the name makes pytest collect it
    again_requested = Signal(object)

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, self.tr("Test"))
        self.parts = {key: _Part(name) for key, name in names.items()}
        self._running = set(self.parts)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for part in self.parts.values():
            column.addWidget(part)
        column.addStretch(1)
        self._inner = inner
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Test"))  # takes keys, so that they can scroll it
        scroll.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        self._foot = self._button_row()
        whole.addWidget(self._foot)
        self.begin()

    def _button_row(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("footer")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        self.again = QPushButton(self.tr("Test again"))
        self.again.setObjectName("plain")
        self.again.setAutoDefault(False)
        self.again.clicked.connect(lambda: self.again_requested.emit(tuple(self.parts)))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setIcon(QIcon())  # Fusion puts a picture of its own there
        self.close_button.setObjectName("plain")
        self.close_button.setDefault(True)
        buttons.rejected.connect(self.reject)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(buttons)
        return bar

    def begin(self) -> None:
        """Forget what an earlier run found."""
        self._running = set(self.parts)
        self.again.setEnabled(False)
        for part in self.parts.values():
            part.checks.begin()
            part.verdict.setText(self.tr("Testing…"))

    def show_check(self, endpoint_id: str, check: CheckView) -> None:
        """Show one verdict."""
        self.parts[endpoint_id].checks.add(check)

    def show_report(self, endpoint_id: str, report: ReportView) -> None:
        """Show the verdict on an endpoint."""
        part = self.parts[endpoint_id]
        part.checks.end(report)
        part.verdict.setText(summary(report))
        self._ended(endpoint_id)

    def show_failure(self, endpoint_id: str, sentence: str) -> None:
        """Say why an endpoint could not be tested."""
        part = self.parts[endpoint_id]
        part.checks.fail(sentence)
        part.verdict.setText(self.tr("Not tested"))
        self._ended(endpoint_id)

    def _ended(self, endpoint_id: str) -> None:
        self._running.discard(endpoint_id)
        self.again.setEnabled(not self._running)

    @override
    def sizeHint(self) -> QSize:
        wanted = self._inner.sizeHint().height() + self._foot.sizeHint().height()
        return QSize(_SIZE.width(), min(wanted, _SIZE.height()))
