"""The widgets directly within a widget, without a look at what Qt keeps there for itself.

PySide makes a class for each class of Qt when it first meets one. For an object whose class it
does not know, as Qt's fields and texts hold them, it makes every class there is in its search:
25 ms and 3 MB at once.
"""

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_CLOSED = (QLineEdit, QLabel)
_TEXTS = (QPlainTextEdit, QTextEdit)


def widgets_in(widget: QWidget) -> Iterator[QWidget]:
    """Yield what is directly within ``widget``; nothing for fields and texts of one piece."""
    if isinstance(widget, _CLOSED):
        return
    if isinstance(widget, _TEXTS):
        yield from _parts_of(widget)
        return
    for child in widget.children():
        if isinstance(child, QWidget):
            yield child


def _parts_of(area: QAbstractScrollArea) -> Iterator[QWidget]:
    yield area.viewport()
    yield area.verticalScrollBar()
    yield area.horizontalScrollBar()
