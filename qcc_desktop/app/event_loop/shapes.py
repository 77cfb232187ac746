"""The two shapes of Qt event loop: one notifier for all sockets, and qasync's own sockets."""
# ruff: noqa: SLF001 - an event loop is a subclass of asyncio's and uses its protected members

import sys
from selectors import EVENT_READ as READ
from selectors import EVENT_WRITE as WRITE
from selectors import DefaultSelector
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractEventDispatcher, QSocketNotifier
from typing_extensions import override

from qcc_desktop.app.event_loop.qasync_import import SelectorMethods
from qcc_desktop.app.event_loop.turn import TurnLoop

if TYPE_CHECKING:
    from selectors import SelectorKey

    from PySide6.QtWidgets import QApplication

    from qcc_desktop.app.event_loop.qasync_import import PollingSelector

    _Event = tuple[SelectorKey, int]


class PostedLoop(TurnLoop):
    """Sockets stay with qasync: its IOCP poller on Windows, one notifier per socket elsewhere.

    A posted event is always on its way while callbacks run. Windows' own loops (file dialogs,
    dragging a window) do not go through Qt's dispatcher, but they deliver posted events.
    """

    @override
    def _before_batch(self) -> None:
        if not self._posted:
            self._ask_turn()


if sys.platform != "win32":
    MUTED_POLL_S = 0.01
    """How often sockets are looked at while a notifier would fire without end."""

    class SelectorLoop(TurnLoop):
        """asyncio's selector serves all sockets; one notifier tells Qt that some are ready.

        The selector's own descriptor (epoll, kqueue) is readable while any registered socket is
        ready, so one turn serves all of them. It stays readable until they are read, and the
        notifier fires until then: that is what calls for the next turn. Only when a socket's
        callback opens a Qt loop before it has read does nobody read; then the notifier rests and
        the sockets are polled until that callback returns.

        A Qt loop opened by a callback is noticed when Qt's dispatcher goes round, which costs
        0.2 µs a round; a posted event in readiness would cost 3 µs a turn.
        """

        _selector: "PollingSelector"

        # qasync makes a notifier per socket of these.
        _add_reader = SelectorMethods._add_reader
        _remove_reader = SelectorMethods._remove_reader
        _add_writer = SelectorMethods._add_writer
        _remove_writer = SelectorMethods._remove_writer

        def __init__(self, app: "QApplication") -> None:
            self._muted = False
            super().__init__(app)
            self._notifier = QSocketNotifier(self._selector.fileno(), QSocketNotifier.Type.Read)
            self._notifier.setEnabled(False)
            self._notifier.activated.connect(self._turn)

        @override
        def _make_self_pipe(self) -> None:
            """Replace qasync's selector, which cannot select; the first moment to do so."""
            self._selector.close()
            self._selector = DefaultSelector()
            super()._make_self_pipe()

        @override
        def _start_turns(self) -> None:
            dispatcher = QAbstractEventDispatcher.instance()
            # Which of them comes first in a new loop, and whether both do, is the dispatcher's way.
            dispatcher.awake.connect(self._notice_nested_qt)
            dispatcher.aboutToBlock.connect(self._notice_nested_qt)
            self._notifier.setEnabled(True)
            super()._start_turns()

        @override
        def _end_turns(self) -> None:
            dispatcher = QAbstractEventDispatcher.instance()
            dispatcher.awake.disconnect(self._notice_nested_qt)
            dispatcher.aboutToBlock.disconnect(self._notice_nested_qt)
            self._notifier.setEnabled(False)
            super()._end_turns()

        @override
        def close(self) -> None:
            """Release everything; the loop must not be running."""
            if not self.is_closed() and not self.is_running():
                self._notifier.activated.disconnect()
            super().close()

        @override
        def _poll(self) -> None:
            if self._muted:
                self._muted = False
                self._notifier.setEnabled(True)
            events = self._selector.select(0)
            if events and (self._suspended or self._leftover):
                events = self._not_in_hand(events)
            if events:
                self._process_events(events)

        def _not_in_hand(self, events: "list[_Event]") -> "list[_Event]":
            """Leave out callbacks that wait in the queue, or are at work around a Qt loop."""
            queued = {id(handle) for handle in (*self._ready, *self._held)}
            at_work = {id(handle) for handle in self._suspended}
            fresh: list[_Event] = []
            for key, mask in events:
                read, write = map(id, key.data)
                hit = mask & (READ * (read in at_work) | WRITE * (write in at_work))
                self._muted = self._muted or hit != 0
                left = mask & ~hit & ~(READ * (read in queued) | WRITE * (write in queued))
                if left:
                    fresh.append((key, left))
            return fresh

        @override
        def _plan(self) -> None:
            super()._plan()
            if self._muted:
                self._notifier.setEnabled(False)
                self._ring_at(self.time() + MUTED_POLL_S)
