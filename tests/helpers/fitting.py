"""Texts that have less room than they need."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)

from qcc_desktop.ui.widgets.elided_label import ElidedLabel

_SLACK = 1
"""Pixels lost in rounding."""


def cut_texts(root: QWidget) -> list[str]:
    """Say which labels and buttons of ``root`` show less than all of their text."""
    return [f"{type(widget).__name__}: {said}" for widget, said in _faults(root)]


def _faults(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not root.window():
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel):
            need = _need_of_label(widget)
        elif isinstance(widget, QToolButton | QPushButton) and _shows_text(widget):
            need = _need_of_button(widget)
        else:
            continue
        has = widget.size()
        if need.width() > has.width() + _SLACK or need.height() > has.height() + _SLACK:
            text = widget.text()
            yield widget, f"{text[:60]!r} needs {need.toTuple()}, has {has.toTuple()}"
        elif _is_outside(widget):
            yield widget, f"{widget.text()[:60]!r} is outside of what holds it"


def _shows_text(button: QAbstractButton) -> bool:
    only_icon = (
        isinstance(button, QToolButton)
        and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    return bool(button.text()) and not only_icon


def _need_of_label(label: QLabel) -> QSize:
    if not label.text():
        return QSize()
    edges = label.contentsMargins()
    across = edges.left() + edges.right() + 2 * label.margin()
    down = edges.top() + edges.bottom() + 2 * label.margin()
    if label.wordWrap():
        width = label.width() - across
        room = label.fontMetrics().boundingRect(
            QRect(0, 0, width, 100_000),
            int(Qt.TextFlag.TextWordWrap | label.alignment()),
            _plain(label),
        )
        return QSize(room.width() + across, room.height() + down)
    lines = _plain(label).split("\n")
    metrics = label.fontMetrics()
    wide = max(metrics.horizontalAdvance(line) for line in lines)
    return QSize(wide + across, metrics.height() * len(lines) - metrics.descent() + down)


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text():
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _need_of_button(button: QAbstractButton) -> QSize:
    metrics = button.fontMetrics()
    icon = button.iconSize().width() if not button.icon().isNull() else 0
    text = button.text().replace("&&", "&")
    return QSize(metrics.horizontalAdvance(text) + icon, metrics.height() - metrics.descent())


def _is_outside(widget: QWidget) -> bool:
    """Whether a part of it lies beyond its parent, where nothing is drawn."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent.parentWidget(), QScrollArea):
        return False
    return not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())
