"""Asks before the history of what was used is deleted, for it cannot be brought back."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from qcc_desktop.ui.claude_code.parts import dialog_foot, text_line
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize
from qcc_desktop.ui.titles import set_title

_WIDTH = 400


class ForgetDialog(QDialog):
    """``accepted`` when it is to be deleted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_title(self, self.tr("Delete the history"))
        question = text_line(TextSize.TITLE, bold=True)
        question.setText(self.tr("Delete everything this page shows?"))
        said = text_line(TextSize.BODY, muted=True)
        said.setText(
            self.tr(
                "Requests, tokens and costs of all days are deleted for good. Endpoints, options"
                " and running sessions stay as they are."
            )
        )
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.delete_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.delete_button.setText(self.tr("Delete the history"))
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        inside = QVBoxLayout()
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        inside.addWidget(question)
        inside.addWidget(said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(dialog_foot(self.buttons))
        self.setFixedWidth(_WIDTH)
        # Return alone deletes nothing.
        cancel.setDefault(True)
        cancel.setFocus()
