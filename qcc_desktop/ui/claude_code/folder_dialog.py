"""The dialog with what differs in one folder: endpoint, strategy, arguments."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from qcc_desktop.core.config import FolderChoice
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Strategy
from qcc_desktop.system.launcher.quoting import own_words
from qcc_desktop.ui import words
from qcc_desktop.ui.claude_code.folder_look import FolderLook, line_of
from qcc_desktop.ui.claude_code.parts import dialog_foot
from qcc_desktop.ui.theme.measures import MARGIN, TextSize, font, set_text
from qcc_desktop.ui.titles import set_title
from qcc_desktop.ui.widgets.elided_label import ElidedLabel
from qcc_desktop.ui.widgets.field import Field

_SIZE = QSize(460, 320)


class FolderDialog(QDialog):
    """Asks; ``saved`` carries the choice. Deletes itself when it is closed."""

    saved = Signal(object)

    def __init__(
        self,
        look: FolderLook,
        choice: FolderChoice,
        endpoints: Sequence[Endpoint],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choice = choice
        set_title(self, self.tr("Claude Code in {folder}").format(folder=look.name))
        self.setMinimumWidth(_SIZE.width())
        self.place = ElidedLabel()
        self.place.setText(look.place)
        set_text(self.place, TextSize.SMALL, muted=True)
        self.endpoint, self.strategy = QComboBox(), QComboBox()
        self.endpoint.addItem(self.tr("As everywhere"), "")
        for each in endpoints:
            self.endpoint.addItem(each.name, each.id)
        self.endpoint.setCurrentIndex(max(0, self.endpoint.findData(choice.endpoint_id or "")))
        self.strategy.addItem(self.tr("As everywhere"), "")
        for strategy in Strategy:
            self.strategy.addItem(words.strategy_word(strategy), strategy.value)
        self.strategy.setCurrentIndex(max(0, self.strategy.findData(choice.strategy or "")))
        self.arguments = QLineEdit(line_of(choice.arguments))
        self.arguments.setPlaceholderText("--model opus")
        self.arguments_field = Field(self.arguments)
        self.finished.connect(self.deleteLater)
        self._lay_out()

    def _lay_out(self) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(12)
        inside.addWidget(self.place)
        fields = (
            (Field(self.endpoint), self.tr("Preferred endpoint")),
            (Field(self.strategy), self.tr("Strategy")),
            (self.arguments_field, self.tr("More arguments for Claude Code")),
        )
        for field, name in fields:
            field.set_label(name)
            field.editor.setFont(font(TextSize.BODY))
            inside.addWidget(field)
        inside.addStretch(1)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Save"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(dialog_foot(self.buttons))

    def _make_room(self) -> None:
        """Grow by what the fault takes; its lines are known once the layout has its width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), wanted))

    def _save(self) -> None:
        try:
            arguments = own_words(self.arguments.text())
        except UserFacingError:
            self.arguments_field.show_fault(
                self.tr("A quotation mark has no partner. Write them as in a shell.")
            )
            self._make_room()
            return
        strategy = self.strategy.currentData()
        self.saved.emit(
            FolderChoice(
                self._choice.folder,
                self.endpoint.currentData() or None,
                Strategy(strategy) if strategy else None,
                arguments,
            )
        )
        self.accept()
