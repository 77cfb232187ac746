"""The dialog that asks which of several pasted endpoints are to be added."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from qcc_desktop.services.pasted import Pasted
from qcc_desktop.ui.endpoints.painting import CHECK_EDGE, RowPainter
from qcc_desktop.ui.endpoints.paste_words import pasted_line
from qcc_desktop.ui.theme.measures import GAP, GRID, MARGIN, ROW, TextSize, font, set_text
from qcc_desktop.ui.theme.palette import Role, colour, current_tone
from qcc_desktop.ui.titles import set_title

_SIZE = QSize(520, 420)


class _TickDelegate(QStyledItemDelegate):
    """Paints tick boxes like those of the table: Fusion's are all but invisible when dark."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tone = current_tone()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, colour(Role.SELECTION, tone))
        is_on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        boxes = RowPainter(painter.font(), tone, painter.device().devicePixelRatioF())
        top = area.top() + (area.height() - CHECK_EDGE) // 2
        box = boxes.check_box(is_on=is_on)
        painter.drawPixmap(area.left() + GRID, top, CHECK_EDGE, CHECK_EDGE, box)
        inside = area.adjusted(GRID + CHECK_EDGE + GAP, 0, -GAP, 0)
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.setPen(colour(Role.TEXT, tone))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, text)


class PasteDialog(QDialog):
    """Lists what was found, all of it ticked; ``add_requested`` carries what stays ticked."""

    add_requested = Signal(object)

    def __init__(self, found: Sequence[Pasted], said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_title(self, self.tr("Add endpoints"))
        self.found = tuple(found)
        self.said = QLabel(said)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        set_text(self.said, TextSize.BODY)
        self.list = QListWidget()
        self.list.viewport().setAutoFillBackground(False)  # the card below is its ground
        self.list.setFont(font(TextSize.BODY))
        self.list.setItemDelegate(_TickDelegate(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Endpoints found"))
        for each in self.found:
            item = QListWidgetItem(pasted_line(each))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, ROW))
            item.setToolTip(each.base_url)
            self.list.addItem(item)
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        self._lay_out()
        self.list.itemChanged.connect(self._count)
        self._count()

    def _lay_out(self) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        inside.setSpacing(GAP)
        card = QFrame()
        card.setObjectName("card")
        within = QVBoxLayout(card)
        within.setContentsMargins(GRID, GRID, GRID, GRID)
        within.addWidget(self.list)
        inside.addWidget(self.said)
        inside.addWidget(card, 1)
        inside.addWidget(self.fault)
        bar = QFrame()
        bar.setObjectName("footer")
        row = QHBoxLayout(bar)
        row.setContentsMargins(MARGIN, 3 * GRID, MARGIN, 3 * GRID)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.add = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # Fusion puts pictures of its own there
            button.setObjectName("plain")
        self.add.setObjectName("primary")
        self.add.setDefault(True)
        self.buttons.accepted.connect(self._wish)
        self.buttons.rejected.connect(self.reject)
        row.addStretch(1)
        row.addWidget(self.buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(inside, 1)
        whole.addWidget(bar)

    @property
    def ticked(self) -> tuple[Pasted, ...]:
        """What is to be added."""
        states = [self.list.item(row).checkState() for row in range(self.list.count())]
        return tuple(
            each
            for each, state in zip(self.found, states, strict=True)
            if state is Qt.CheckState.Checked
        )

    def _count(self) -> None:
        count = len(self.ticked)
        self.add.setEnabled(bool(count))
        self.add.setText(self.tr("Add {count}").format(count=count))

    def _wish(self) -> None:
        self.add.setEnabled(False)
        self.add_requested.emit(self.ticked)

    def show_faults(self, failed: Sequence[Pasted], sentence: str) -> None:
        """Say why some could not be added; those that were are not offered again."""
        for row, each in enumerate(self.found):
            if each not in failed:
                self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.fault.setText(sentence)
        self.fault.show()
        self.add.setEnabled(True)

    @override
    def sizeHint(self) -> QSize:
        return _SIZE
