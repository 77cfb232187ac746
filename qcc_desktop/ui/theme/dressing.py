"""Puts other colours on the widgets that are there: on those that are seen first."""

from collections import deque
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from qcc_desktop.ui.insides import widgets_in

_SLICE_MS = 8
"""So long the loop is kept in one turn."""


class Dressing(QObject):
    """Has each widget look its style up once, when the property ``tone`` of windows has changed.

    All that is seen changes in one turn of the loop, so that nobody sees half of it; the rest
    follows in slices.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._waiting: deque[QWidget] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_running(self) -> bool:
        """Whether something unseen still has its former colours."""
        return self._timer.isActive()

    def change(self) -> None:
        """Dress what is seen now, and the rest in the turns that follow."""
        self._waiting = deque(_kept(self._app.allWidgets()))
        self.hurry()
        for window in self._app.topLevelWidgets():
            if window.isVisible():
                window.update()
        self._timer.start()

    def hurry(self) -> None:
        """Dress at once what has come into sight, as when another page is opened meanwhile."""
        if not self._waiting:
            return
        there = [widget for widget in self._waiting if Shiboken.isValid(widget)]
        seen = [widget for widget in there if _is_seen(widget)]
        for widget in seen:
            dress(widget)
        done = {id(widget) for widget in seen}
        self._waiting = deque(widget for widget in there if id(widget) not in done)

    def _go_on(self) -> None:
        spent = QElapsedTimer()
        spent.start()
        while self._waiting and not spent.hasExpired(_SLICE_MS):
            widget = self._waiting.popleft()
            if Shiboken.isValid(widget):
                dress(widget)
        if not self._waiting:
            self._timer.stop()


def dress(widget: QWidget) -> None:
    """Have ``widget``, and what Qt has put into it, look its style up anew."""
    for each in (widget, *_inner(widget)):
        if _has_style(each):
            each.style().polish(each)


def _kept(widgets: Iterable[QWidget]) -> Iterator[QWidget]:
    """Yield what has a style of ``widgets``, only what Python has made.

    It does not know when others are deleted, so they must not be kept over turns of the loop.
    They go with what they belong to.
    """
    for widget in widgets:
        if Shiboken.createdByPython(widget) and _has_style(widget):
            yield widget


def _is_seen(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


def _has_style(widget: QWidget) -> bool:
    """Whether it looked its style up before; else it does so when it is first shown."""
    return widget.testAttribute(Qt.WidgetAttribute.WA_StyleSheet)


def _inner(widget: QWidget) -> Iterator[QWidget]:
    for child in widgets_in(widget):
        if not Shiboken.createdByPython(child):
            yield child
            yield from _inner(child)
