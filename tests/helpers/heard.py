"""What a screen reader is told of a window, and the way of the Tab key through it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from typing_extensions import override

_NAMELESS = frozenset({QAccessible.Role.Client, QAccessible.Role.NoRole, QAccessible.Role.Pane})
"""Roles that say nothing of what can be done."""


@dataclass(frozen=True)
class Heard:
    """One widget as it is spoken."""

    widget: QWidget
    role: QAccessible.Role
    name: str
    description: str
    value: str

    @override
    def __str__(self) -> str:
        kind, inside = type(self.widget).__name__, self.widget.objectName()
        return f"{kind} {inside} ({self.role.name}, {self.name!r}, {self.description!r})"

    @property
    def is_nameless(self) -> bool:
        says_nothing = self.role in _NAMELESS and not isinstance(self.widget, QAbstractScrollArea)
        return not self.name.strip() or says_nothing


def heard(widget: QWidget) -> Heard:
    """What is spoken of ``widget``."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    texts = [
        found.text(kind)
        for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    ]
    name = texts[0]
    if isinstance(widget, QComboBox):
        # AT-SPI is given the chosen text as the name; what the box is for comes from elsewhere
        name = _label_of(widget) or texts[1] or widget.accessibleName()
    return Heard(widget, found.role(), name, texts[1], texts[2])


def _label_of(widget: QWidget) -> str:
    labels = widget.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


def _inner_part(widget: QWidget) -> bool:
    """Whether it belongs to another control, which speaks for it."""
    above = widget.parentWidget()
    return widget.focusProxy() is not None or isinstance(
        above, QComboBox | QAbstractSpinBox | QLineEdit
    )


def controls(root: QWidget) -> Iterator[Heard]:
    """Everything visible in ``root`` that takes keys or clicks."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible() or widget.window() is not root.window() or _inner_part(widget):
            continue
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton):
            yield heard(widget)


def tab_way(window: QWidget, *, backward: bool = False) -> list[QWidget]:
    """Press Tab until the way begins anew, and return where it stopped."""
    way: list[QWidget] = []
    key = Qt.Key.Key_Backtab if backward else Qt.Key.Key_Tab
    for _ in range(400):
        QTest.keyClick(QApplication.focusWidget() or window, key)
        now = QApplication.focusWidget()
        assert now is not None
        if now in way:
            assert now is way[0], f"a trap: {heard(now)} after {heard(way[-1])}"
            return way
        way.append(now)
    raise AssertionError("the way of the Tab key does not end")


def place_in(window: QWidget, widget: QWidget) -> QPoint:
    """Where a widget is in its window."""
    return widget.mapTo(window, QPoint())
