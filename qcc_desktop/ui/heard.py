"""What screen readers are told of our own widgets.

Qt knows its own: buttons, fields, tables. A widget that paints itself is "a part of the window"
to it. One that has `heard_as` is given that role here, and where it also has `press`, the
action that a person who does not see it can ask for. Names and descriptions are the widget's
own `accessibleName` and `accessibleDescription`.

Our switches and the list of pages are here, too: where a screen reader asks to toggle a button,
Qt does so without saying that it was clicked (`QAccessibleButton::doAction`), and nothing would
come of it.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget
from typing_extensions import override

_installed: list[bool] = []


class _Heard(QAccessibleWidget):
    """A widget with the role that it names itself."""

    @override
    def actionNames(self) -> list[str]:
        names = super().actionNames()
        if self._press() is None:
            return names
        own = [self.pressAction()]
        if self.state().checkable:
            own.append(self.toggleAction())
        return [*own, *names]

    @override
    def doAction(self, actionName: str) -> None:
        press = self._press()
        if press is None or actionName not in {self.pressAction(), self.toggleAction()}:
            super().doAction(actionName)
        elif self.widget().isEnabled():
            press()

    def _press(self) -> Callable[[], object] | None:
        widget = self.widget()
        if isinstance(widget, QAbstractButton):
            return widget.click
        press: Callable[[], object] | None = getattr(widget, "press", None)
        return press

    @override
    def state(self) -> QAccessible.State:
        state = super().state()
        widget = self.widget()
        if isinstance(widget, QAbstractButton):
            state.checkable = widget.isCheckable()
            state.checked = widget.isChecked()
        return state


def _made(name: str, thing: QObject) -> _Heard | None:
    del name
    role = getattr(thing, "heard_as", None)
    if isinstance(thing, QWidget) and isinstance(role, QAccessible.Role):
        return _Heard(thing, role)
    return None


def install() -> None:
    """Have Qt ask here first; once is enough for the process."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made)
