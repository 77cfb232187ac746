"""Starts the program's parts in order and stops them in reverse, each within a deadline."""

import asyncio
import contextlib
import gc
import logging
import os
import secrets
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType

from qcc_desktop import __version__
from qcc_desktop.admin import schemas
from qcc_desktop.app.container import Container
from qcc_desktop.app.control import Answer, ControlChannel, Verb
from qcc_desktop.app.event_log import EventLog
from qcc_desktop.app.logs import remove_old_logs
from qcc_desktop.app.single_instance import AlreadyRunningError, SingleInstance, already_running
from qcc_desktop.app.takeover_answer import as_answer
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import Event, ProxyStarted, ProxyStopped
from qcc_desktop.runtime.clock import utc
from qcc_desktop.runtime.tasks import cancel, spawn
from qcc_desktop.services.proxy_control import DRAIN_S, LOOPBACK
from qcc_desktop.storage.runtime_file import (
    RuntimeInfo,
    read_runtime,
    remove_runtime,
    write_runtime,
)

_log = logging.getLogger(__name__)
_STEP_S = 5.0
_DAY_S = 86_400.0


class Program:
    """The running program without its front end.

    ``always_on`` starts the proxy whatever the remembered switch says, and a proxy that cannot
    start is an error (``serve``); otherwise the program runs on and shows the fault (the tray).
    """

    def __init__(
        self,
        container: Container,
        *,
        host: str = LOOPBACK,
        port: int | None = None,
        always_on: bool = False,
    ) -> None:
        self.container = container
        self._always_on = always_on
        container.proxy_control.ask_for(host=host, port=port)
        self._instance = SingleInstance(container.paths.instance_lock)
        self._control: ControlChannel | None = None
        self._control_port = 0
        self._control_token = secrets.token_urlsafe(32)
        self._started_at = ""
        self._asked_to_stop = asyncio.Event()
        self._in_a_hurry = asyncio.Event()
        self._writes: asyncio.Lock = asyncio.Lock()
        self._undo: list[tuple[str, float, Callable[[], Awaitable[None]]]] = []
        self._verbs: dict[str, Verb] = {
            "show_window": self._no_window,
            "reload": self._reload,
            "status": self._status,
            "stop": self._stop_verb,
            "toggle": self._toggle,
            "takeover_on": self._takeover_on,
            "takeover_off": self._takeover_off,
            "takeover_status": self._takeover_status,
        }

    async def start(self) -> None:
        """Start everything; what was started is stopped again when a part fails.

        Raises:
            AlreadyRunningError: another program of this home runs.
            UserFacingError: the configuration cannot be read, or (``always_on``) the proxy
                cannot start.
        """
        try:
            await self._start()
        except BaseException:
            await self.stop(drain_s=0)
            raise
        # What is there now stays: full collections need not look at it again and again.
        gc.freeze()
        gc.enable()  # the command line has turned it off

    def on_show_window(self, action: Callable[[], None]) -> None:
        """Let ``action`` answer when a second start asks this program to show its window."""

        async def show() -> Answer:
            action()
            return {}

        self._verbs["show_window"] = show
        if self._control is not None:
            self._control.add("show_window", show)

    def request_stop(self) -> None:
        """End `run_until_stopped`; a second request stops at once, without draining."""
        if self._asked_to_stop.is_set():
            self._in_a_hurry.set()
        self._asked_to_stop.set()

    @property
    def stop_requested(self) -> bool:
        """Whether the program is asked to stop, or stopping."""
        return self._asked_to_stop.is_set()

    async def run_until_stopped(self) -> None:
        """Wait for `request_stop`, then `stop`."""
        await self._asked_to_stop.wait()
        await self.stop()

    async def stop(self, *, drain_s: float = DRAIN_S) -> None:
        """Stop what was started, in reverse; twice does nothing. Never raises."""
        self._asked_to_stop.set()
        while self._undo:
            name, deadline_s, action = self._undo.pop()
            if name == "proxy":
                await self._drain(drain_s)
                continue
            try:
                async with asyncio.timeout(deadline_s):
                    await action()
            except TimeoutError:
                _log.warning("Stopping the %s took longer than %g s", name, deadline_s)
            except Exception:  # noqa: BLE001 - the other parts must stop all the same
                _log.exception("Stopping the %s failed", name)

    async def _start(self) -> None:
        container = self.container
        await asyncio.to_thread(self._become_the_one)
        self._undo.append(("instance lock", _STEP_S, self._release))
        container.history.start()
        self._undo.append(("history", _STEP_S, container.history.stop))
        await asyncio.to_thread(container.token.load)
        await container.configuration.load(puts_aside=True)
        for notice in container.configuration.notices:
            _log.warning("%s", notice)
        await asyncio.to_thread(self._tidy_logs)
        events = EventLog(container.bus, self._name_of)
        counters = (container.activity.close, container.usage_report.close)
        self._undo.append(
            ("state", _STEP_S, _called(container.state.close, events.close, *counters))
        )
        await container.state_keeper.restore()
        self._undo.append(("sessions", _STEP_S, _called(container.state_keeper.close)))
        self._undo.append(("proxy", DRAIN_S, container.proxy_control.stop))
        await self._start_proxy()
        self._undo.append(("takeover", _STEP_S, container.takeover.part))
        self._control = ControlChannel(self._control_token, self._verbs, {"try_now": self._try_now})
        self._control_port = await self._control.start()
        self._undo.append(("control channel", _STEP_S, self._control.stop))
        self._started_at = utc(container.clock.wall_s()).isoformat(timespec="seconds")
        self._undo.append(("runtime file", _STEP_S, self._remove_runtime))
        await self._write_runtime()
        unsubscribe = container.bus.subscribe(self._on_event)
        self._undo.append(("runtime file's listener", _STEP_S, _called(unsubscribe)))
        _ = spawn(container.takeover.heal(), name="follow the takeover's wish")
        container.state.refresh()
        self._start_courtesies()

    def _start_courtesies(self) -> None:
        """Start what only a person at this computer has something of."""
        container = self.container
        container.alerts.start()
        self._undo.append(("messages", _STEP_S, _called(container.alerts.close)))
        if self._always_on:
            return
        container.updates.start()
        self._undo.append(("look for updates", _STEP_S, container.updates.stop))
        refreshing = spawn(self._refresh_autostart(), name="refresh the start at login")
        self._undo.append(("start at login", _STEP_S, lambda: cancel(refreshing)))

    async def _refresh_autostart(self) -> None:
        try:
            await self.container.autostart.refresh()
        except UserFacingError as error:
            _log.info("%s", error)

    def _become_the_one(self) -> None:
        try:
            self._instance.acquire()
        except AlreadyRunningError as error:
            other = read_runtime(self.container.paths.runtime_file)
            raise (error if other is None else already_running(other)) from error

    async def _start_proxy(self) -> None:
        if not (self._always_on or self.container.configuration.current.enabled):
            return
        try:
            await self.container.proxy_control.start()
        except UserFacingError:
            if self._always_on:
                raise

    async def _drain(self, drain_s: float) -> None:
        """Stop the proxy; a second request to stop cuts the running answers at once."""
        control = self.container.proxy_control
        stopping = spawn(control.stop(drain_s=drain_s), name="stop the proxy")
        hurry = spawn(self._in_a_hurry.wait(), name="second request to stop")
        try:
            async with asyncio.timeout(drain_s + _STEP_S):
                await asyncio.wait({stopping, hurry}, return_when=asyncio.FIRST_COMPLETED)
                if not stopping.done():
                    await cancel(stopping)
                    await control.stop(drain_s=0)
        except TimeoutError:
            _log.warning("The proxy did not stop within %g s", drain_s + _STEP_S)
        except Exception:  # noqa: BLE001 - the other parts must stop all the same
            _log.exception("Stopping the proxy failed")
        finally:
            await cancel(hurry)
            await cancel(stopping)

    async def _release(self) -> None:
        await asyncio.to_thread(self._instance.release)

    async def _remove_runtime(self) -> None:
        async with self._writes:
            await asyncio.to_thread(remove_runtime, self.container.paths.runtime_file)

    async def _write_runtime(self) -> None:
        async with self._writes:
            if self._asked_to_stop.is_set():
                return
            info = RuntimeInfo(
                pid=os.getpid(),
                port=self.container.engine.port,
                host=self.container.proxy_control.host,
                version=__version__,
                started_at=self._started_at,
                control_port=self._control_port,
                control_token=self._control_token,
                token=self.container.token.value,
            )
            await asyncio.to_thread(write_runtime, self.container.paths.runtime_file, info)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ProxyStarted | ProxyStopped):
            _ = spawn(self._write_runtime(), name="write the runtime file")
            _ = spawn(self.container.takeover.heal(), name="let the takeover follow the proxy")

    def _name_of(self, endpoint_id: str) -> str:
        endpoints = self.container.configuration.current.endpoints
        return next((item.name for item in endpoints if item.id == endpoint_id), endpoint_id)

    def _tidy_logs(self) -> None:
        days = self.container.configuration.current.settings.history_retention_days
        oldest_s = self.container.clock.wall_s() - days * _DAY_S
        remove_old_logs(self.container.paths.log_file, oldest_s=oldest_s)

    async def _no_window(self) -> Answer:
        raise UserFacingError(
            "The running program has no window, for it was started with 'serve'.",
            "End it and start 'qcc-desktop'.",
        )

    async def _reload(self) -> Answer:
        await self.container.configuration.reload()
        return {}

    async def _try_now(self, endpoint_id: str) -> Answer:
        self.container.endpoints.try_now(endpoint_id)
        return {}

    async def _status(self) -> Answer:
        snapshot = self.container.state.fresh()
        return {"status": schemas.status(snapshot, version=__version__, pid=os.getpid())}

    async def _stop_verb(self) -> Answer:
        self.request_stop()
        return {}

    async def _takeover_on(self) -> Answer:
        return {"takeover": as_answer(await self.container.takeover.turn_on())}

    async def _takeover_off(self) -> Answer:
        return {"takeover": as_answer(await self.container.takeover.turn_off())}

    async def _takeover_status(self) -> Answer:
        return {"takeover": as_answer(await self.container.takeover.status())}

    async def _toggle(self) -> Answer:
        await self.container.proxy_control.toggle()
        await self._write_runtime()
        return {"on": self.container.proxy_control.is_on}


def _called(*actions: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def call() -> None:
        for action in actions:
            action()

    return call


@contextlib.contextmanager
def stop_on_signals(program: Program, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Let SIGINT and SIGTERM (and a closed terminal) request a stop, as long as this lasts.

    Signals that are ignored (``nohup``) stay so.

    Plain handlers work on every loop and system; a loop that waits inside C (Qt) needs a timer
    that lets Python run from time to time.
    """
    names = ["SIGINT", "SIGTERM", "SIGBREAK" if sys.platform == "win32" else "SIGHUP"]

    def handle(number: int, frame: FrameType | None) -> None:
        del number, frame
        loop.call_soon_threadsafe(program.request_stop)

    numbers = [getattr(signal, name) for name in names]
    heeded = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, handle) for number in heeded}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
