"""Takes endpoints from the clipboard, from dropped text and from dropped files."""

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.paste import MAX_CHARS, parse_paste
from qcc_desktop.services.pasted import Pasted
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.endpoints.demo_words import demo_notice, demo_sentence
from qcc_desktop.ui.endpoints.editing import Editing
from qcc_desktop.ui.endpoints.paste_dialog import PasteDialog
from qcc_desktop.ui.endpoints.paste_words import draft_of_pasted, nothing_found, said_of
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.page import Rooms


class Pasting(QObject):
    """Reads text, shows what it found, and adds what the person wants of it.

    The text is kept nowhere and written to no log.
    """

    def __init__(self, rooms: Rooms, editing: Editing, parent: QWidget) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._editing = editing
        self._window = parent
        self.dialog: PasteDialog | None = None
        editing.paste_requested.connect(self.paste)

    def paste(self) -> None:
        """Take what is in the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None:
            self.take(data)

    def take(self, data: QMimeData) -> None:
        """Take text, or the text of files."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._rooms.actions.start(self._take_files(files), "read a dropped file")
        else:
            self.take_text(data.text())

    def take_text(self, text: str) -> None:
        """Open the editor filled with the one endpoint of a text, or the list of several."""
        found = parse_paste(text)
        if not found:
            title, hint = nothing_found()
            self._rooms.board.show_notice(Notice(title, hint, NoticeKind.PROBLEM, lasting_s=12))
        elif len(found) == 1:
            self._editing.add_pasted(found[0], said_of(found))
        else:
            self._ask(found)

    async def _take_files(self, files: list[Path]) -> None:
        texts: list[str] = []
        for file in files:
            try:
                texts.append(await asyncio.to_thread(_read, file))
            except OSError:
                self._complain(file)
                return
        self.take_text("\n".join(texts))

    def _complain(self, file: Path) -> None:
        title = translate("PasteWords", "{file} cannot be read.").format(file=file.name)
        hint = translate("PasteWords", "Look at its permissions, or copy its text.")
        self._rooms.board.show_notice(Notice(title, hint, NoticeKind.PROBLEM))

    def _ask(self, found: tuple[Pasted, ...]) -> None:
        self._editing.close()
        self.close()
        said = said_of(found)
        said = f"{said} {demo_sentence()}" if self._rooms.is_demo else said
        dialog = PasteDialog(found, said, self._window)
        dialog.add_requested.connect(partial(self._add_all, dialog))
        dialog.finished.connect(self._closed)
        self.dialog = dialog
        dialog.open()
        if self._rooms.is_demo:
            self._rooms.board.show_notice(demo_notice())

    def close(self) -> None:
        """Close the list without adding anything."""
        if self.dialog is not None:
            self.dialog.reject()

    def _closed(self) -> None:
        self.dialog = None

    def _add_all(self, dialog: PasteDialog, wanted: tuple[Pasted, ...]) -> None:
        self._rooms.actions.start(self._added(dialog, wanted), "add pasted endpoints")

    async def _added(self, dialog: PasteDialog, wanted: tuple[Pasted, ...]) -> None:
        services = self._rooms.services
        names = [view.endpoint.name for view in services.state.snapshot.endpoints]
        faults: dict[Pasted, str] = {}
        for pasted in wanted:
            draft = draft_of_pasted(pasted, names)
            try:
                await services.endpoints.add(draft)
            except UserFacingError as error:
                faults[pasted] = f"{draft.name}: {failure_sentence(error.title)}"
            else:
                names.append(draft.name)
        if faults and self.dialog is dialog:
            dialog.show_faults(tuple(faults), "\n".join(faults.values()))
            return
        if self.dialog is dialog:
            dialog.accept()
        sentence = translate("PasteWords", "{count} endpoints were added.")
        self._rooms.board.show_notice(
            Notice(sentence.format(count=len(wanted) - len(faults)), lasting_s=8)
        )


def _read(file: Path) -> str:
    with file.open(encoding="utf-8", errors="replace") as stream:
        return stream.read(MAX_CHARS + 1)
