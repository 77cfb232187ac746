"""What screen readers are told of our own widgets.

Qt knows its own: buttons, fields, tables. A widget that paints itself is "a part of the window"
to it. One that has `heard_as` is given that role here, and where it also has `press`, the
action that a person who does not see it can ask for. Names and descriptions are the widget's
own `accessibleName` and `accessibleDescription`.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from typing_extensions import override

_installed: list[bool] = []


class _Heard(QAccessibleWidget):
    """A widget with the role that it names itself."""

    @override
    def actionNames(self) -> list[str]:
        names = super().actionNames()
        return [self.pressAction(), *names] if hasattr(self.widget(), "press") else names

    @override
    def doAction(self, actionName: str) -> None:
        press = getattr(self.widget(), "press", None)
        if press is not None and actionName == self.pressAction():
            press()
        else:
            super().doAction(actionName)


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
