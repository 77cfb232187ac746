"""The endpoints page with its editor: joins what the view asks for with the verbs behind it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.editing import Editing
from qcc_desktop.ui.endpoints.page import EndpointsPage
from qcc_desktop.ui.endpoints.presenter import rows_of
from qcc_desktop.ui.page import Moment, Page, Rooms


class EndpointsRoom(Page):
    """Shows the view and carries its wishes to the services."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self.view = EndpointsPage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.editing = Editing(rooms.services, self, rooms.actions.settled)
        self._connect()

    def _connect(self) -> None:
        view, actions = self.view, self.rooms.actions
        view.model.enabled_requested.connect(actions.set_enabled)
        view.model.order_requested.connect(actions.reorder)
        view.add_requested.connect(self.editing.add)
        view.edit_requested.connect(self.editing.edit)
        view.test_requested.connect(self._test)
        view.remove_requested.connect(actions.remove)
        view.undo_requested.connect(actions.undo)
        view.pin_requested.connect(actions.pin)
        view.try_requested.connect(actions.try_now)

    @override
    def apply(self, moment: Moment) -> bool:
        rows = rows_of(moment.snapshot, moment.now)
        self.view.apply(rows)
        return any(row.is_waiting for row in rows)

    @override
    def take_focus(self) -> None:
        self.view.take_focus()

    @override
    def go_to(self, subject: str) -> None:
        if subject == "add":
            self.editing.add()
        elif subject.startswith("edit:"):
            self.editing.edit(subject.removeprefix("edit:"))
        else:
            self.view.table.select(subject)

    @override
    def leave(self) -> None:
        self.editing.close()

    def _test(self, endpoint_id: str) -> None:
        for view in self.rooms.services.state.snapshot.endpoints:
            if view.endpoint.id == endpoint_id:
                self.rooms.actions.test(endpoint_id, view.endpoint.name)
