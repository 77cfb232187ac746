"""The switch that leads every Claude Code on this computer to the proxy."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.ui.claude_code.parts import FaultLine, column_of, say, text_line
from qcc_desktop.ui.claude_code.takeover_dialog import TakeoverDialog
from qcc_desktop.ui.claude_code.takeover_look import FileLook, Grade, Offer, takeover_look
from qcc_desktop.ui.page import Moment, Rooms
from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.measures import GAP, MARGIN, TextSize
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.widgets.buttons import Button
from qcc_desktop.ui.widgets.picture import Picture
from qcc_desktop.ui.widgets.switch import Switch

if TYPE_CHECKING:
    from qcc_desktop.system.claude_settings.status import TakeoverStatus

_PICTURES = {
    Grade.WELL: ("health/healthy", Role.GREEN),
    Grade.QUIET: ("health/disabled", Role.GREY),
    Grade.PROBLEM: ("health/degraded", Role.AMBER),
}


class TakeoverCard(QFrame):
    """Shows what the service says of the files, and the change before it is made."""

    changed = Signal()
    """The files stand otherwise than when they were looked at before."""

    def __init__(self, rooms: Rooms, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms = rooms
        self._status: TakeoverStatus | None = None
        self._known: tuple[object, ...] | None = None
        self._proxy: tuple[bool, int | None] = (False, None)
        self.dialog: TakeoverDialog | None = None
        self.label = text_line(bold=True)
        self.help = text_line(TextSize.BODY, muted=True)
        self.state = text_line()
        self.fault = FaultLine()
        self.switch = Switch()
        self.switch.clicked.connect(self._wish)
        self.offer = Button()
        self.offer.clicked.connect(self._take_offer)
        self.files: list[_FileRow] = []
        self._offered = Offer.NONE
        self._lay_out()
        self._retranslate()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.label)
        texts.addWidget(self.help)
        head = QHBoxLayout()
        head.setSpacing(MARGIN)
        head.addLayout(texts, 1)
        head.addWidget(self.switch)
        column = column_of(self)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self.state)
        self._files = QVBoxLayout()
        self._files.setSpacing(GAP)
        column.addLayout(self._files)
        self.notes = text_line(TextSize.SMALL, muted=True)
        column.addWidget(self.notes)
        column.addWidget(self.fault)
        foot = QHBoxLayout()
        foot.addWidget(self.offer)
        foot.addStretch(1)
        column.addLayout(foot)
        self.offer.hide()
        self.notes.hide()

    def apply(self, moment: Moment) -> None:
        """Look at the files again when the proxy came, went or moved."""
        proxy = (moment.snapshot.running, moment.snapshot.port)
        if proxy != self._proxy:
            self._proxy = proxy
            self.refresh()

    def refresh(self) -> None:
        """Ask how the files stand."""
        self._rooms.actions.start(self._look(), "look at Claude Code's settings")

    async def _look(self) -> None:
        try:
            self._status = await self._rooms.services.takeover.status()
        except UserFacingError as error:
            self.fault.tell(str(error))
        self._show()

    def _show(self) -> None:
        status = self._status
        if status is None:
            return
        self._tell_change(status)
        look = takeover_look(status, is_proxy_on=self._proxy[0])
        self.switch.setChecked(look.is_on)
        say(self.state, look.sentence)
        say(self.notes, "\n".join(look.notes))
        self._show_files(look.files)
        self._offered = look.offer
        self.offer.setVisible(look.offer is not Offer.NONE)
        self.offer.set_words(self._offer_words(look.offer))

    def _tell_change(self, status: "TakeoverStatus") -> None:
        known, self._known = self._known, (status.wanted, status.files, status.managed)
        if known is not None and known != self._known:
            self.changed.emit()

    def _show_files(self, looks: tuple[FileLook, ...]) -> None:
        while len(self.files) < len(looks):
            row = _FileRow()
            self.files.append(row)
            self._files.addWidget(row)
        for place, row in enumerate(self.files):
            row.setVisible(place < len(looks))
            if place < len(looks):
                row.apply(looks[place])

    def _offer_words(self, offer: Offer) -> str:
        if offer is Offer.PUT_BACK:
            return self.tr("Put back what was there")
        return self.tr("Lead to the proxy again…")

    def _wish(self, is_on: bool) -> None:
        """Do as the switch says; it stands as it stood until that is done."""
        self.switch.setChecked(not is_on)
        if is_on:
            self._lead()
        else:
            self._put_back()

    def _take_offer(self) -> None:
        if self._offered is Offer.PUT_BACK:
            self._put_back()
        else:
            self._lead()

    def _lead(self) -> None:
        self._rooms.actions.start(self._preview(), "show the change of Claude Code's settings")

    def _put_back(self) -> None:
        self._rooms.actions.start(self._turned_off(), "put Claude Code's settings back")

    async def _preview(self) -> None:
        self.fault.tell("")
        try:
            diff = await self._rooms.services.takeover.preview()
        except UserFacingError as error:
            self.fault.tell(str(error))
            return
        if not diff:
            await self._turned_on(None)
            return
        self.close_dialog()
        dialog = TakeoverDialog(diff, self.window())
        dialog.confirmed.connect(self._confirmed)
        dialog.finished.connect(self._dialog_closed)
        self.dialog = dialog
        dialog.open()

    def _confirmed(self) -> None:
        changing = self._turned_on(self.dialog)
        self._rooms.actions.start(changing, "change Claude Code's settings")

    def close_dialog(self) -> None:
        """Close the dialog without changing anything."""
        if self.dialog is not None:
            self.dialog.reject()

    def _dialog_closed(self) -> None:
        if self.sender() is self.dialog:
            self.dialog = None

    async def _turned_on(self, dialog: TakeoverDialog | None) -> None:
        try:
            self._status = await self._rooms.services.takeover.turn_on()
        except UserFacingError as error:
            self._say_fault(dialog, str(error))
        else:
            if dialog is not None and dialog is self.dialog:
                dialog.accept()
        self._show()

    def _say_fault(self, dialog: TakeoverDialog | None, sentence: str) -> None:
        if dialog is not None and dialog is self.dialog:
            dialog.show_fault(sentence)
        else:
            self.fault.tell(sentence)

    async def _turned_off(self) -> None:
        self.fault.tell("")
        try:
            self._status = await self._rooms.services.takeover.turn_off()
        except UserFacingError as error:
            self.fault.tell(str(error))
            await self._look()
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._show()

    def _retranslate(self) -> None:
        self.label.setText(self.tr("Use the proxy for every Claude Code on this computer"))
        self.help.setText(
            self.tr(
                "Also in VS Code and other editors, however it is started. Only our keys in its"
                " settings change; they are put back whenever the proxy stops or you quit."
            )
        )
        self.switch.setAccessibleName(self.label.text())
        self.switch.setAccessibleDescription(self.help.text())


class _FileRow(QWidget):
    """One settings file: a mark, where it is, how it stands, what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = Picture(lambda tone: icons.icon("health/disabled", tone), 14)
        self.path = text_line()
        self.sentence = text_line(TextSize.SMALL, muted=True)
        self.remedy = text_line(TextSize.SMALL)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.path, self.sentence, self.remedy):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        marks = QVBoxLayout()
        marks.setContentsMargins(0, 2, 0, 0)
        marks.addWidget(self.mark)
        marks.addStretch(1)
        row.addLayout(marks)
        row.addLayout(texts, 1)

    def apply(self, look: FileLook) -> None:
        """Show a file."""
        name, role = _PICTURES[look.grade]
        self.mark.show_icon(lambda tone: icons.icon(name, tone, role))
        self.path.setText(look.path)
        say(self.sentence, look.sentence)
        say(self.remedy, look.remedy)
