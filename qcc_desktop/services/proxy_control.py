"""Switches the proxy on and off, and finds it a port."""

import logging
from dataclasses import replace
from typing import Protocol

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.events import ProxyStopped
from qcc_desktop.core.ports import EventSink
from qcc_desktop.services.configuration import Configuration

_log = logging.getLogger(__name__)
_NEIGHBOURS = 9
DRAIN_S = 30.0
LOOPBACK = "127.0.0.1"


class Listener(Protocol):
    """The part of the engine that listens."""

    @property
    def is_running(self) -> bool:
        """Whether it listens."""
        ...

    @property
    def port(self) -> int | None:
        """Where it listens."""
        ...

    async def start(self, *, host: str = LOOPBACK, port: int) -> int:
        """Listen; return the bound port."""
        ...

    async def stop(self, *, drain_s: float = DRAIN_S) -> None:
        """Let requests finish for ``drain_s``, then abort them."""
        ...


class ProxyControl:
    """The on/off switch, remembered in the configuration.

    When the configured port is taken, the next free one of its neighbours is used, else any;
    `notice` then says so. A port that the user gave for this run (`ask_for`) is binding.
    """

    def __init__(self, engine: Listener, configuration: Configuration, sink: EventSink) -> None:
        self._engine = engine
        self._configuration = configuration
        self._sink = sink
        self._host = LOOPBACK
        self._asked_port: int | None = None
        self._fault = ""
        self._notice = ""

    @property
    def is_on(self) -> bool:
        """Whether the proxy listens."""
        return self._engine.is_running

    @property
    def fault(self) -> str:
        """Why the proxy could not start, with the remedy; empty when it could."""
        return self._fault

    @property
    def notice(self) -> str:
        """That another port than the configured one is used; empty otherwise."""
        return self._notice

    @property
    def host(self) -> str:
        """The loopback address it listens on."""
        return self._host

    def ask_for(self, *, host: str, port: int | None) -> None:
        """Listen on ``host``, and on exactly this ``port`` (0: a free one), in this run."""
        self._host = host
        self._asked_port = port

    async def turn_on(self) -> None:
        """Start the proxy and remember that it is on; no change when it runs.

        Raises:
            UserFacingError: it cannot listen; `fault` keeps the sentence.
        """
        await self._remember(enabled=True)
        await self.start()

    async def turn_off(self, *, drain_s: float = DRAIN_S) -> None:
        """Let running requests finish, stop the proxy and remember that it is off."""
        await self._remember(enabled=False)
        await self.stop(drain_s=drain_s)

    async def toggle(self) -> None:
        """Turn it off when it runs, else on."""
        if self.is_on:
            await self.turn_off()
        else:
            await self.turn_on()

    async def start(self) -> None:
        """Start the proxy without remembering anything; no change when it runs.

        Raises:
            UserFacingError: it cannot listen; `fault` keeps the sentence.
        """
        if self._engine.is_running:
            return
        self._notice = ""
        try:
            await self._listen()
        except UserFacingError as error:
            self._fault = str(error)
            _log.error("The proxy cannot start. %s", error)
            self._sink.publish(ProxyStopped(fault=self._fault))
            raise
        self._fault = ""

    async def stop(self, *, drain_s: float = DRAIN_S) -> None:
        """Stop the proxy without remembering anything."""
        self._fault = ""
        self._notice = ""
        await self._engine.stop(drain_s=drain_s)

    async def _listen(self) -> None:
        if self._asked_port is not None:
            await self._listen_exactly(self._asked_port)
            return
        wanted = self._configuration.current.settings.server_port
        try:
            await self._engine.start(host=self._host, port=wanted)
        except UserFacingError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            port = await self._listen_elsewhere(wanted, error)
            self._notice = f"Port {wanted} is taken by another program; port {port} is used."
            _log.warning("%s", self._notice)

    async def _listen_exactly(self, port: int) -> None:
        try:
            await self._engine.start(host=self._host, port=port)
        except UserFacingError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            remedy = "Choose another one with --port; 0 takes a free one."
            raise UserFacingError(error.title, remedy) from error.__cause__

    async def _listen_elsewhere(self, taken: int, first: UserFacingError) -> int:
        """Try the neighbours in order, so that the same one is found the next time, then any."""
        neighbours = range(taken + 1, min(taken + _NEIGHBOURS, 65_535) + 1)
        for port in (*neighbours, 0):
            try:
                return await self._engine.start(host=self._host, port=port)
            except UserFacingError as error:
                if not isinstance(error.__cause__, OSError):
                    raise
        raise first

    async def _remember(self, *, enabled: bool) -> None:
        if self._configuration.current.enabled != enabled:
            await self._configuration.update(lambda now: replace(now, enabled=enabled))
