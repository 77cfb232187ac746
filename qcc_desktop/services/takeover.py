"""Leads every Claude Code on this computer to the proxy, through its own settings, and back.

The takeover is the person's wish and holds over restarts; the files follow the proxy. While it
listens they lead to it, at whatever port; when it stops, they are given back, so that Claude
Code works without this program. After a crash they would lead to a port where nobody listens:
Claude Code 2.1.330 then shows "Connection refused ... attempt 1/10" within 0.1 s in its window,
but ``-p`` is silent for 178 s (measured; fewer retries would also give up where the proxy comes
back). So a guard stands beside the program while it is taken over, and gives them back then.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.core.ports import SecretStore
from qcc_desktop.services.claude_code import Target, variables_of
from qcc_desktop.storage.file_lock import locked
from qcc_desktop.storage.paths import HOME_VARIABLE, Paths
from qcc_desktop.system.claude_settings.disk import RealDisk
from qcc_desktop.system.claude_settings.guarding import Guard, guard_words
from qcc_desktop.system.claude_settings.inspection import look
from qcc_desktop.system.claude_settings.keeper import SettingsKeeper, Surroundings
from qcc_desktop.system.claude_settings.plan import NO_PROXY
from qcc_desktop.system.claude_settings.preview import diff
from qcc_desktop.system.claude_settings.status import TakeoverStatus
from qcc_desktop.system.launcher.claude_files import read_overruling
from qcc_desktop.system.launcher.command import AUTH_TOKEN

_log = logging.getLogger(__name__)
_KNOCK_S = 0.3
_SETTLE_S = 0.2
CONFIG_VARIABLE = "CLAUDE_CONFIG_DIR"


class Takeover:
    """The switch; ``target`` tells where the proxy listens now, None when it does not.

    ``allowed`` is False where nothing outside may be touched, as in the demo. ``guard`` is the
    running program's; a command that only gives back needs none.
    """

    def __init__(
        self,
        keeper: SettingsKeeper,
        target: Callable[[], Target | None],
        managed: Callable[[], tuple[str, ...]],
        environ: Mapping[str, str],
        *,
        allowed: bool = True,
        guard: Guard | None = None,
    ) -> None:
        self._keeper = keeper
        self._guard = guard
        self._target = target
        self._managed = managed
        self._environ = environ
        self._allowed = allowed
        self._one_at_a_time = asyncio.Lock()
        self._notes: tuple[str, ...] = ()
        self._parting = False

    async def turn_on(self) -> TakeoverStatus:
        """Lead Claude Code's settings to the proxy, and remember the wish.

        Raises:
            NotRunning: the proxy does not listen.
            UserFacingError: no file could be changed; its sentence says why.
        """
        self._check_allowed()
        variables = self._needed()
        async with self._one_at_a_time:
            point = partial(self._point, variables, retake=True)
            self._notes = await asyncio.to_thread(point)
        return await self.status()

    async def turn_off(self) -> TakeoverStatus:
        """Put back what is ours and still is, and forget the wish.

        Raises:
            UserFacingError: a file could not be put back; the sentence says which and why.
        """
        self._check_allowed()
        async with self._one_at_a_time:
            give_back = partial(self._give_back, wanted=False)
            self._notes = await asyncio.to_thread(give_back)
        return await self.status()

    async def status(self) -> TakeoverStatus:
        """Return how each settings file stands now.

        Raises:
            UserFacingError: what is remembered cannot be read.
        """
        return await asyncio.to_thread(self._status)

    async def preview(self) -> str:
        """Return what `turn_on` would change, as a unified diff without secrets.

        Raises:
            NotRunning: the proxy does not listen.
            UserFacingError: no file can be read as settings.
        """
        self._check_allowed()
        return await asyncio.to_thread(self._preview, self._needed())

    async def heal(self) -> None:
        """Let the files follow the wish and the proxy: at start, and when its port changes.

        Never raises; what is wrong is logged and shown by `status`.
        """
        if not self._allowed:
            return
        async with self._one_at_a_time:
            try:
                self._notes = await asyncio.to_thread(self._follow)
            except UserFacingError as error:
                self._notes = (str(error),)
                _log.warning("Claude Code's settings could not be set. %s", error)
            except Exception:  # noqa: BLE001 - the program runs without the takeover
                _log.exception("Claude Code's settings could not be set")

    async def part(self) -> None:
        """Give the files back until the next start; the wish stays."""
        self._parting = True
        await self.heal()

    async def give_back_unless(self, runs: Callable[[], bool]) -> tuple[str, ...]:
        """Give the files back and leave the wish, unless a program ``runs`` that looks after them.

        Raises:
            UserFacingError: a file could not be put back; the sentence says which and why.
        """
        self._check_allowed()
        return await asyncio.to_thread(partial(self._keeper.give_back, unless=runs))

    def _follow(self) -> tuple[str, ...]:
        journal = self._keeper.journal
        target = None if self._parting else self._target()
        if journal.wanted and target is not None:
            return self._point(self._variables(target), retake=False)
        if journal.files:
            return self._give_back(wanted=journal.wanted)
        return ()

    def _point(self, variables: Mapping[str, str], *, retake: bool) -> tuple[str, ...]:
        if self._guard is not None:
            self._guard.stand()  # before the first file is changed, lest a crash come between
        try:
            return self._keeper.point(variables, retake=retake)
        finally:
            self._dismiss_guard()

    def _give_back(self, *, wanted: bool) -> tuple[str, ...]:
        try:
            return self._keeper.give_back(wanted=wanted)
        finally:
            self._dismiss_guard()

    def _dismiss_guard(self) -> None:
        """Let the guard go if nothing is taken over; what could not be given back, it tries again."""
        with suppress(UserFacingError):
            if self._guard is not None and not self._keeper.journal.files:
                self._guard.dismiss()

    def _status(self) -> TakeoverStatus:
        target = self._target()
        variables = None if target is None else self._variables(target)
        status = TakeoverStatus(
            self._keeper.journal.wanted, look(self._keeper, variables), self._managed()
        )
        return replace(status, notes=self._notes)

    def _preview(self, variables: Mapping[str, str]) -> str:
        parts: list[str] = []
        faults: list[UserFacingError] = []
        for path in self._keeper.given:
            try:
                before, after = self._keeper.would_take(path, variables)
                parts.append(diff(str(path), before, after, ours=variables[AUTH_TOKEN]))
            except UserFacingError as error:
                faults.append(error)
        if faults and not parts:
            raise faults[0]
        return "".join(parts)

    def _needed(self) -> dict[str, str]:
        target = self._target()
        if target is None:
            raise NotRunning(
                "The proxy is not running.", "Start it, for Claude Code would find nobody there."
            )
        return self._variables(target)

    def _variables(self, target: Target) -> dict[str, str]:
        """Return what to set; NO_PROXY, as it is here, where this environment has a proxy."""
        values = {name.upper(): value for name, value in self._environ.items() if value}
        if not any(values.get(name) for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")):
            return variables_of(target)
        return {**variables_of(target), NO_PROXY: values.get(NO_PROXY, "")}

    def _check_allowed(self) -> None:
        if not self._allowed:
            raise UserFacingError(
                "The demo changes nothing of Claude Code's settings.",
                "End it and start the program.",
            )


def build_takeover(
    paths: Paths,
    secrets: SecretStore,
    target: Callable[[], Target | None],
    environ: Mapping[str, str],
    *,
    allowed: bool = True,
    guard: Guard | None = None,
) -> Takeover:
    """Return the takeover of this person's settings files; the disk is not touched yet."""
    home = Path.home()

    def lock() -> AbstractContextManager[None]:
        return locked(paths.data_dir / "takeover.lock")

    keeper = SettingsKeeper(
        settings_files(environ, home),
        paths.data_dir / "takeover.json",
        disk=RealDisk(),
        secrets=secrets,
        surroundings=Surroundings(lock, _answers, partial(time.sleep, _SETTLE_S)),
    )
    return Takeover(
        keeper,
        target,
        lambda: read_overruling(environ, home, home).managed,
        environ,
        allowed=allowed,
        guard=guard,
    )


def build_guard(paths: Paths, environ: Mapping[str, str]) -> Guard:
    """Return the guard of the running program, which is this process; none stands yet."""
    home = {} if paths.home is None else {HOME_VARIABLE: str(paths.home)}
    return Guard(guard_words(environ), {**environ, **home})


def settings_files(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Return where this person's Claude Codes look: editors start it without our variables."""
    usual = home / ".claude" / "settings.json"
    given = environ.get(CONFIG_VARIABLE, "").strip()
    own = Path(given).expanduser().absolute() / "settings.json" if given else usual
    return tuple({file.resolve(): file for file in (own, usual)}.values())


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=_KNOCK_S):
            return True
    except OSError:
        return False
