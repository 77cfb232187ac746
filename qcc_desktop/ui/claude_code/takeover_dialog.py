"""Shows what a takeover changes in Claude Code's settings, before it does."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import (
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.claude_code.parts import FaultLine, dialog_foot, text_line
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.titles import set_title

_SIZE = QSize(640, 440)
_SIGNS = {"+": Role.GREEN, "-": Role.RED, "@": Role.MUTED}


class TakeoverDialog(QDialog):
    """``confirmed`` asks for it; the dialog stays until it is done. Deletes itself when closed."""

    confirmed = Signal()

    def __init__(self, diff: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_title(self, self.tr("Lead Claude Code's settings to the proxy"))
        self.resize(_SIZE)
        said = text_line(TextSize.BODY)
        said.setText(
            self.tr(
                "This is what changes; nothing else in the files does. Secrets are not shown,"
                " and what was there before is put back later."
            )
        )
        self.diff = QPlainTextEdit(diff)
        self.diff.setReadOnly(True)
        self.diff.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(TextSize.BODY - 1)
        self.diff.setFont(fixed)
        self.diff.setAccessibleName(self.tr("Changes"))
        self._colours = _DiffColours(self.diff.document())
        self.fault = FaultLine()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.accept_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.accept_button.setText(self.tr("Change the settings"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        inside = QVBoxLayout()
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        inside.addWidget(said)
        inside.addWidget(self.diff, 1)
        inside.addWidget(self.fault)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(dialog_foot(self.buttons))
        self.finished.connect(self.deleteLater)

    def show_fault(self, sentence: str) -> None:
        """Say why it was not done, in English, and let it be tried again."""
        self.fault.tell(sentence)
        self.accept_button.setEnabled(True)

    def _confirm(self) -> None:
        self.accept_button.setEnabled(False)
        self.confirmed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colours.rehighlight()


class _DiffColours(QSyntaxHighlighter):
    """Colours lines by their sign, which stays to be read."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    @override
    def highlightBlock(self, text: str) -> None:
        is_name = text.startswith(("+++", "---"))
        role = Role.MUTED if is_name else _SIGNS.get(text[:1])
        if role is not None:
            form = QTextCharFormat()
            form.setForeground(colour(role, current_tone()))
            self.setFormat(0, len(text), form)
