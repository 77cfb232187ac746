"""Looks for endpoints of other programs, takes over what is ticked, and takes that back."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from qcc_desktop.core.settings import get_option
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.notices import told
from qcc_desktop.ui.page import Rooms
from qcc_desktop.ui.welcome.offer_view import OfferView
from qcc_desktop.ui.welcome.presenter import Offer, Outcome, headline, offer_of

_UNDO_S = 20.0


class Importing(QObject):
    """Joins an `OfferView` with the services; a look and an import never run twice at once."""

    looked = Signal()
    """What was found is shown."""
    began = Signal()
    imported = Signal(object)
    """An `Outcome`."""

    def __init__(self, rooms: Rooms, view: OfferView) -> None:
        super().__init__(view)
        self._rooms = rooms
        self._view = view
        self._is_looking = False
        self._is_taking = False
        self._has_left = False
        view.look_requested.connect(self.look)
        view.import_requested.connect(self.take)

    def look(self) -> None:
        """Look at the other programs and show what they hold."""
        if self._is_looking or self._is_taking:
            return
        self._is_looking = True
        self._view.show_looking()
        self._rooms.actions.start(self._look(), "look for endpoints to import")

    def take(self) -> None:
        """Take over what is ticked."""
        if self._is_taking or not self._view.ticked:
            return
        self._is_taking = True
        self._view.set_busy(is_busy=True)
        self.began.emit()
        self._rooms.actions.start(self._take(), "import endpoints")

    def leave(self) -> None:
        """Take note that the view goes; an import that runs tells of itself in a message."""
        self._has_left = True

    async def _look(self) -> None:
        offer = Offer()
        try:
            offer = offer_of(await self._rooms.services.legacy_import.find())
        finally:
            self._is_looking = False
            if not self._has_left:
                self._view.show_offer(offer)
                self.looked.emit()

    async def _take(self) -> None:
        items = [line.item for line in self._view.ticked]
        wanted = self._view.wanted_settings
        settings = self._rooms.services.config().settings
        before = {setting.key: get_option(settings, setting.key) for setting in wanted}
        try:
            report = await self._rooms.services.legacy_import.take(items, wanted)
        finally:
            self._is_taking = False
            if not self._has_left:
                self._view.set_busy(is_busy=False)
        changed = tuple((setting.key, before[setting.key]) for setting in report.settings)
        outcome = Outcome(report, changed)
        if self._has_left:
            tell(self._rooms, outcome)
        else:
            self.imported.emit(outcome)


def tell(rooms: Rooms, outcome: Outcome) -> None:
    """Say in a message what an import did, with the way back."""
    rooms.board.show_notice(told(partial(_imported, rooms, outcome)))


def _imported(rooms: Rooms, outcome: Outcome) -> Notice:
    can_undo = bool(outcome.added_ids)
    return Notice(
        headline(outcome.report),
        action_label=translate("Actions", "Undo") if can_undo else "",
        action=partial(undo, rooms, outcome) if can_undo else None,
        lasting_s=_UNDO_S,
    )


def undo(rooms: Rooms, outcome: Outcome) -> None:
    """Remove what an import added, and set the options back; that can be undone in turn."""
    if outcome.before:
        rooms.actions.start(_set_back(rooms, outcome), "set options back")
    here = {view.endpoint.id for view in rooms.services.state.fresh().endpoints}
    gone = tuple(each for each in outcome.added_ids if each in here)
    if gone:
        rooms.actions.remove_all(gone)


async def _set_back(rooms: Rooms, outcome: Outcome) -> None:
    for key, value in outcome.before:
        await rooms.services.preferences.set(key, value)
