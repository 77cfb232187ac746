"""Work in parts, each in a turn of the loop of its own: answers pass between them."""

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Does the parts of one task, one after the other; another task takes its place.

    A task is a generator: what lies between two ``yield`` is a part.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def is_running(self) -> bool:
        """Whether there is more to do."""
        return self._timer.isActive()

    def begin(self, parts: Iterator[object]) -> None:
        """Do the first part in the next turn."""
        self._parts = parts
        self._timer.start()

    def finish(self) -> None:
        """Do what is left at once."""
        self._timer.stop()
        deque(self._parts, maxlen=0)

    def stop(self) -> None:
        """Leave what is left undone."""
        self._timer.stop()
        self._parts = iter(())

    def _next(self) -> None:
        parts = self._parts
        if next(parts, self) is self and parts is self._parts:
            self._timer.stop()
