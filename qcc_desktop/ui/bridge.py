"""The state of the program as Qt signals; the only subscriber of the interface.

`services.state.State` already calms what it tells (ten times a second at most, the newest at
the end of a burst), so that nothing is delayed here a second time.
"""

from PySide6.QtCore import QObject, Signal

from qcc_desktop.core.events import ConfigChanged, Event
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.ui.contracts import StateSource


class Bridge(QObject):
    """Holds the subscriptions for as long as it lives."""

    changed = Signal(object)
    """A new `Snapshot` is shown."""
    config_changed = Signal()
    """Options or endpoints were changed, here or by another process."""

    def __init__(self, state: StateSource, bus: Bus | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._unsubscribe = [state.subscribe(self._on_snapshot)]
        if bus is not None:
            self._unsubscribe.append(bus.subscribe(self._on_event))

    @property
    def snapshot(self) -> Snapshot:
        """The newest state, its light damped for the icon."""
        return self._state.snapshot

    def fresh(self) -> Snapshot:
        """Return the state of this moment, its light undamped."""
        return self._state.fresh()

    def close(self) -> None:
        """Hear nothing any more."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()

    def _on_snapshot(self, snapshot: Snapshot) -> None:
        self.changed.emit(snapshot)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ConfigChanged):
            self.config_changed.emit()
