"""The way of the Tab key: along the layouts, as one reads.

Qt keeps a chain in the order in which widgets came into the window. Pages are made when they are
first shown, and cards and rows come and go, so its chain would visit the foot of the window
before the page, and a new card after everything else.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QLayout,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from qcc_desktop.ui.insides import widgets_in

BY_KEY = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
"""Ways to get the focus after which it is drawn."""


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next thing that takes it; the way begins anew at its end."""
    every = list(_within(window))
    now: QWidget | None = window.focusWidget()
    place = every.index(now) if now is not None and now in every else 0
    around = every[place + 1 :] + every[:place] if forward else _backward(every, place)
    for widget in around:
        if _is_stop(widget):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            widget.setFocus(reason)
            _bring_into_view(widget)
            return True
    return False


def ring_by_key(widget: QWidget, event: QFocusEvent) -> None:
    """Show that ``widget`` has the focus if a key brought it there: no mouse needs to be shown.

    The style sheet draws the ring where the property ``keyed`` is set.
    """
    is_keyed = event.gotFocus() and event.reason() in BY_KEY
    if event.reason() is Qt.FocusReason.PopupFocusReason or widget.property("keyed") == is_keyed:
        return
    widget.setProperty("keyed", is_keyed)
    widget.style().polish(widget)


def _backward(every: list[QWidget], place: int) -> list[QWidget]:
    return every[:place][::-1] + every[place + 1 :][::-1]


def _is_stop(widget: QWidget) -> bool:
    """Whether Tab stops there: the rule of Qt's own way, `QApplication::focusNextPrevChild_helper`.

    macOS visits texts and lists alone, unless the person wants every control.
    """
    wants_all = (
        QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    )
    needed = Qt.FocusPolicy.TabFocus if wants_all else Qt.FocusPolicy.StrongFocus
    return (
        (widget.focusPolicy() & needed) == needed
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.isVisible()
    )


def _within(widget: QWidget) -> Iterator[QWidget]:
    """Yield ``widget`` and what is visible in it, in reading order."""
    yield widget
    placed = list(_placed(widget))
    others = [child for child in widgets_in(widget) if not child.isWindow() and child not in placed]
    for child in (*placed, *others):
        if child.isVisible():
            yield from _within(child)


def _placed(widget: QWidget) -> Iterator[QWidget]:
    """Yield what stands in a place of its own; what floats over it comes later."""
    if isinstance(widget, QSplitter):
        for place in range(widget.count()):
            yield from _some(widget.widget(place))
    elif isinstance(widget, QStackedWidget):
        yield from _some(widget.currentWidget())
    elif isinstance(widget, QMainWindow):
        yield from _some(widget.centralWidget())
    else:
        layout = widget.layout()
        if layout is not None:
            yield from _laid_out(layout)


def _some(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is not None:
        yield widget


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        grid = layout
        places_by_row = sorted(places, key=lambda place: grid.getItemPosition(place)[:2])  # type: ignore[index]  # the stubs say object
    else:
        places_by_row = list(places)
    for place in places_by_row:
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _bring_into_view(widget: QWidget) -> None:
    """Scroll to it: Qt does so only where the focus was in the same area before."""
    area = widget.parentWidget()
    while area is not None:
        inner = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inner is not None and inner.isAncestorOf(widget):
            place = QRect(widget.mapTo(inner, QPoint()), widget.size())
            seen = QRect(inner.mapFrom(area, QPoint()), area.viewport().size())
            if not seen.contains(place):
                area.ensureWidgetVisible(widget)
        area = area.parentWidget()
