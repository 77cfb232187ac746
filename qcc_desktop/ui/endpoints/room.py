"""The endpoints page with its dialogs: joins what the view asks for with the verbs behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.ui.endpoints.editing import Editing
from qcc_desktop.ui.endpoints.page import EndpointsPage
from qcc_desktop.ui.endpoints.pasting import Pasting
from qcc_desktop.ui.endpoints.presenter import RowMaker
from qcc_desktop.ui.endpoints.testing import Testing
from qcc_desktop.ui.page import Moment, Page, Rooms
from qcc_desktop.ui.welcome.import_dialog import open_import


class EndpointsRoom(Page):
    """Shows the view and carries its wishes to the services.

    Subjects of `go_to`: an endpoint's id; ``add`` and ``add:<vendor's id>``; ``edit:<id>``;
    ``test:<id>``; ``paste`` (of the clipboard) and ``paste:<text>``; ``import``.
    """

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(rooms, parent)
        self.view = EndpointsPage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self._rows = RowMaker()
        self.editing = Editing(rooms, self)
        self.pasting = Pasting(rooms, self.editing, self)
        self.testing = Testing(rooms.services, self, rooms.actions.settled)
        self._connect()

    def _connect(self) -> None:
        view, actions = self.view, self.rooms.actions
        view.model.enabled_requested.connect(actions.set_all_enabled)
        view.order_requested.connect(actions.reorder)
        view.add_requested.connect(self.editing.add)
        view.edit_requested.connect(self.editing.edit)
        view.test_requested.connect(self._test)
        view.remove_requested.connect(actions.remove_all)
        view.undo_requested.connect(actions.undo)
        view.pin_requested.connect(actions.pin)
        view.try_requested.connect(self._try_now)
        view.paste_requested.connect(self.pasting.paste)
        view.dropped.connect(self.pasting.take)

    @override
    def apply(self, moment: Moment) -> bool:
        rows = self._rows.rows(moment.snapshot, moment.now)
        self.view.apply(rows)
        return any(row.is_waiting for row in rows)

    @override
    def take_focus(self) -> None:
        self.view.take_focus()

    @override
    def go_to(self, subject: str) -> None:
        verb, _, object_id = subject.partition(":")
        match verb:
            case "add":
                self.editing.add(object_id)
            case "edit":
                self.editing.edit(object_id)
            case "test":
                self._test((object_id,))
            case "import":
                open_import(self.rooms, self.window())
            case "paste" if object_id:
                self.pasting.take_text(object_id)
            case "paste":
                self.pasting.paste()
            case _:
                self.view.select(subject)

    @override
    def leave(self) -> None:
        for dialogs in (self.editing, self.pasting, self.testing):
            dialogs.close()

    def _test(self, endpoint_ids: Sequence[str]) -> None:
        views = self.rooms.services.state.snapshot.endpoints
        names = {view.endpoint.id: view.endpoint.name for view in views}
        known = {each: names[each] for each in endpoint_ids if each in names}
        if known:
            self.testing.test(known)

    def _try_now(self, endpoint_ids: Sequence[str]) -> None:
        for endpoint_id in endpoint_ids:
            self.rooms.actions.try_now(endpoint_id)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._rows.forget()
