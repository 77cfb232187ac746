"""Opens the editor and carries its wishes to the services."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.health import OUT
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.services.pasted import Pasted
from qcc_desktop.services.presets import PRESETS
from qcc_desktop.ui.endpoints.demo_words import demo_notice, demo_sentence
from qcc_desktop.ui.endpoints.editor import EndpointEditor
from qcc_desktop.ui.endpoints.form import FormReader, FormText, text_of
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.turns import Turns


class Editing(QObject):
    """Holds at most one open editor."""

    paste_requested = Signal()
    """From within the editor of a new endpoint."""

    def __init__(self, rooms: Rooms, parent: QWidget) -> None:
        super().__init__(parent)
        self._services = rooms.services
        self._board = rooms.board
        self._is_demo = rooms.is_demo
        self._window = parent
        self._settled = rooms.actions.settled
        self.editor: EndpointEditor | None = None
        self.opening = Turns(self)
        """Dresses and shows the editor once it is made."""

    def add(self, preset_id: str = "") -> None:
        """Open an editor for a new endpoint, of this vendor if one is named."""
        self._open(None)
        preset = PRESETS.get(preset_id)
        if preset is not None and self.editor is not None:
            self.opening.finish()  # its height follows what is filled in while it is seen
            self.editor.take_preset(preset)

    def add_pasted(self, pasted: Pasted, said: str) -> None:
        """Open an editor filled with what was found in a text; ``said`` tells what that was."""
        self._open(None)
        if self.editor is not None:
            self.opening.finish()
            self.editor.take_pasted(pasted, demo_sentence() if self._is_demo else said)

    def edit(self, endpoint_id: str) -> None:
        """Open the editor with an endpoint."""
        self._open(endpoint_id)

    def close(self) -> None:
        """Close the editor without saving."""
        if self.editor is not None:
            self.editor.reject()

    def _open(self, endpoint_id: str | None) -> None:
        if self.editor is not None:
            self.editor.raise_()
            self.editor.activateWindow()
            return
        snapshot = self._services.state.snapshot
        views = snapshot.endpoints
        view = next((view for view in views if view.endpoint.id == endpoint_id), None)
        others = [view.endpoint.name for view in views if view.endpoint.id != endpoint_id]
        editor = EndpointEditor(
            FormReader(others),
            self._services.config().settings,
            text_of(view.endpoint) if view else None,
            has_key=view.has_key if view else False,
            own_port=snapshot.port,
            parent=self._window,
        )
        editor.is_out = view is not None and view.health in OUT
        known_id = view.endpoint.id if view else None
        editor.save_requested.connect(partial(self._save, editor, known_id))
        editor.test_requested.connect(partial(self._test, editor, known_id))
        editor.paste_requested.connect(self.paste_requested)
        editor.finished.connect(self._closed)
        self.editor = editor
        self.opening.begin(self._shown(editor))
        if self._is_demo and view is None:
            editor.checks.say(demo_sentence())
            self._board.show_notice(demo_notice())

    def _shown(self, editor: EndpointEditor) -> Iterator[None]:
        editor.ensurePolished()
        yield
        editor.open()

    def _closed(self) -> None:
        self.opening.stop()
        self.editor = None

    def _save(self, editor: EndpointEditor, endpoint_id: str | None, text: FormText) -> None:
        editor.set_busy(is_busy=True)
        _ = spawn(self._saved(editor, endpoint_id, text), name="ui: save an endpoint")

    def _test(self, editor: EndpointEditor, endpoint_id: str | None, text: FormText) -> None:
        editor.show_testing()
        _ = spawn(self._tested(editor, endpoint_id, text), name="ui: test a draft")

    async def _saved(self, editor: EndpointEditor, endpoint_id: str | None, text: FormText) -> None:
        endpoints = self._services.endpoints
        try:
            draft = FormReader().draft(text)
            if endpoint_id is None:
                await endpoints.add(draft)
            else:
                await endpoints.edit(endpoint_id, draft)
        except InvalidInput as error:
            if self.editor is editor:
                editor.show_faults(error.faults)
        except UserFacingError as error:
            self._fail(editor, error)
        else:
            if self.editor is editor:
                editor.accept()
        finally:
            self._settled()

    async def _tested(
        self, editor: EndpointEditor, endpoint_id: str | None, text: FormText
    ) -> None:
        try:
            report = await self._services.endpoints.test_draft(
                FormReader().draft(text),
                endpoint_id,
                lambda check: editor.show_check(check) if self.editor is editor else None,
            )
        except UserFacingError as error:
            self._fail(editor, error)
            return
        finally:
            self._settled()
        if self.editor is editor:
            editor.show_report(report)

    def _fail(self, editor: EndpointEditor, error: UserFacingError) -> None:
        if self.editor is editor:
            editor.set_busy(is_busy=False)
            editor.show_failure(failure_sentence(str(error)))
