"""Starts what the person asked for and tells them how it went wrong, if it did.

The slots of widgets end here: each verb starts a task of the loop and returns at once.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import Strategy
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.services.claude_code import CONTINUE
from qcc_desktop.services.shells import Shell
from qcc_desktop.ui.contracts import LaunchView, Notice, NoticeBoard, NoticeKind, Services
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.notices import complaint, told
from qcc_desktop.ui.removals import Removals

_log = logging.getLogger(__name__)
_UNDO_S = 20.0
_TOLD_S = 12.0


class Actions:
    """The verbs of tray and window; ``settled`` is called when one has ended, well or not."""

    def __init__(self, services: Services, board: NoticeBoard, settled: Callable[[], None]) -> None:
        self._services = services
        self._board = board
        self.settled = settled
        self._removals = Removals()

    def set_running(self, is_on: bool) -> None:
        """Switch the proxy on or off."""
        proxy = self._services.proxy
        self.start(proxy.turn_on() if is_on else proxy.turn_off(), "switch the proxy")

    def toggle_running(self) -> None:
        """Switch the proxy to its other state."""
        self.set_running(not self._services.proxy.is_on)

    def set_enabled(self, endpoint_id: str, is_enabled: bool) -> None:
        """Switch an endpoint on or off."""
        self.start(
            self._services.endpoints.set_enabled(endpoint_id, enabled=is_enabled),
            "switch an endpoint",
        )

    def set_all_enabled(self, endpoint_ids: tuple[str, ...], is_enabled: bool) -> None:
        """Switch endpoints on or off; several at once can be undone."""
        if len(endpoint_ids) == 1:
            self.set_enabled(endpoint_ids[0], is_enabled)
        else:
            self.start(self._set_all_enabled(endpoint_ids, is_enabled), "switch endpoints")

    def pin(self, endpoint_id: str | None) -> None:
        """Prefer an endpoint, or none."""
        self.start(self._services.endpoints.pin(endpoint_id), "prefer an endpoint")

    def reorder(self, endpoint_ids: tuple[str, ...]) -> None:
        """Ask the endpoints in this order."""
        self.start(self._services.endpoints.reorder(endpoint_ids), "reorder the endpoints")

    def choose_strategy(self, strategy: Strategy) -> None:
        """Balance by this strategy."""
        self.set_option("routing.strategy", strategy.value)

    def set_option(self, key: str, value: object) -> None:
        """Change an option."""
        self.start(self._services.preferences.set(key, value), f"set {key}")

    def launch(self, folder: str, arguments: tuple[str, ...] = ()) -> None:
        """Open Claude Code in this folder, with more arguments for it."""
        self.start(self._launch(folder, arguments), "launch Claude Code")

    def continue_session(self, folder: str) -> None:
        """Go on with the last session of this folder."""
        self.launch(folder, (CONTINUE,))

    def open_in_editor(self, folder: str, editor_id: str) -> None:
        """Open this folder in an editor whose terminals lead Claude Code to the proxy."""
        self.start(self._open_in_editor(folder, editor_id), "open an editor")

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint that is out."""
        self._services.endpoints.try_now(endpoint_id)

    def remove(self, endpoint_id: str) -> None:
        """Remove an endpoint and offer to undo it."""
        self.remove_all((endpoint_id,))

    def remove_all(self, endpoint_ids: tuple[str, ...]) -> None:
        """Remove endpoints and offer to undo it."""
        self.start(self._remove(endpoint_ids), "remove endpoints")

    def undo(self) -> None:
        """Bring back what was removed last; the next call, what was removed before it."""
        self._board.close_offer()
        if len(self._removals):
            self.start(self._restore(), "restore an endpoint")

    def environment(self, shell: Shell) -> str:
        """Return the environment for a shell, and say that it was copied; empty on failure."""
        try:
            lines = self._services.claude_code.shell_lines(shell)
        except UserFacingError as error:
            self._complain(error)
            return ""
        self._board.show_notice(
            Notice(
                translate("Actions", "The environment is in the clipboard."),
                translate("Actions", "Paste it into a terminal, then start Claude Code there."),
                lasting_s=8,
            )
        )
        return lines

    async def _launch(self, folder: str, arguments: tuple[str, ...]) -> None:
        self._tell(await self._services.claude_code.launch(Path(folder), arguments))

    async def _open_in_editor(self, folder: str, editor_id: str) -> None:
        self._tell(await self._services.claude_code.open_in_editor(Path(folder), editor_id))

    def _tell(self, launch: LaunchView) -> None:
        """Say what a launch changed for Claude Code, where it did."""
        said: list[str] = []
        if launch.removed:
            sentence = translate("Actions", "Left out of its environment: {names}.")
            said.append(sentence.format(names=", ".join(launch.removed)))
        if launch.overruled:
            sentence = translate("Actions", "Overridden in its settings for this time: {names}.")
            said.append(sentence.format(names=", ".join(launch.overruled)))
        if launch.may_keep_environment:
            sentence = translate(
                "Actions", "If {program} ran already, quit it first: it keeps its environment."
            )
            said.append(sentence.format(program=launch.terminal))
        if said:
            title = translate("Actions", "{program} opens.").format(program=launch.terminal)
            self._board.show_notice(Notice(title, " ".join(said), lasting_s=_TOLD_S))

    async def _set_all_enabled(self, endpoint_ids: tuple[str, ...], is_enabled: bool) -> None:
        endpoints = self._services.endpoints
        changed = await endpoints.set_all_enabled(endpoint_ids, enabled=is_enabled)
        if not changed:
            return
        undo = partial(self.set_all_enabled, changed, not is_enabled)
        count = len(changed)
        self._board.show_notice(told(partial(_switched, count, undo, is_on=is_enabled)))

    async def _remove(self, endpoint_ids: tuple[str, ...]) -> None:
        endpoints = self._services.endpoints
        if len(endpoint_ids) == 1:
            self._removals.add([await endpoints.remove(endpoint_ids[0])])
        else:
            self._removals.add(await endpoints.remove_all(endpoint_ids))
        self._offer_undo()

    async def _restore(self) -> None:
        removed = self._removals.take()
        if removed is None:
            return
        endpoints = self._services.endpoints
        try:
            if len(removed) == 1:
                await endpoints.restore(removed[0])
            else:
                await endpoints.restore_all(removed)
        except BaseException:
            self._removals.put_back(removed)
            raise
        self._offer_undo()

    def _offer_undo(self) -> None:
        newest, count = self._removals.newest, len(self._removals)
        if newest is None:
            return
        names = [each.endpoint.name for each in newest]
        in_all = self._removals.endpoints if count > 1 else 0
        self._board.show_notice(told(partial(_removed, names, in_all, self.undo)))

    def start(self, work: Awaitable[object], name: str) -> None:
        """Do ``work`` and say how it failed, if it does; ``name`` is for the log: "could not …"."""
        _ = spawn(self._guard(work, name), name=f"ui: {name}")

    async def _guard(self, work: Awaitable[object], name: str) -> None:
        try:
            await work
        except UserFacingError as error:
            self._complain(error)
        except Exception:  # noqa: BLE001 - a boundary: the person is told, the log has it
            _log.exception("Could not %s", name)
            self._board.show_notice(told(_our_fault))
        finally:
            self.settled()

    def _complain(self, error: UserFacingError) -> None:
        self._board.show_notice(complaint(error))


def _removed(names: Sequence[str], in_all: int, undo: Callable[[], None]) -> Notice:
    """Say what was removed last; ``in_all`` is how many can be brought back, 0 for just these."""
    if len(names) == 1:
        said = translate("Actions", "{name} was removed.").format(name=names[0])
    else:
        said = translate("Actions", "{count} endpoints were removed.").format(count=len(names))
    more = translate("Actions", "Undo brings back {count} endpoints, the last one first.")
    return Notice(
        said,
        more.format(count=in_all) if in_all else "",
        action_label=translate("Actions", "Undo"),
        action=undo,
        lasting_s=_UNDO_S,
    )


def _switched(count: int, undo: Callable[[], None], *, is_on: bool) -> Notice:
    sentence = (
        translate("Actions", "{count} endpoints were switched on.")
        if is_on
        else translate("Actions", "{count} endpoints were switched off.")
    )
    return Notice(
        sentence.format(count=count),
        action_label=translate("Actions", "Undo"),
        action=undo,
        lasting_s=_UNDO_S,
    )


def _our_fault() -> Notice:
    return Notice(
        translate("Actions", "That did not work because of a fault of this program."),
        translate("Actions", "The log has the details."),
        NoticeKind.PROBLEM,
    )
