"""Passes a committed stream on, chunk by chunk, and says how it ended.

A chunk is written before the next one is read, so a slow client slows the endpoint down and
nothing piles up here.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import httpx

from qcc_desktop.core.failure import Failure, Observation, Phase, TransportFault
from qcc_desktop.core.usage import Usage
from qcc_desktop.proxy.attempt import Streaming
from qcc_desktop.proxy.downstream import Downstream
from qcc_desktop.proxy.verdicts import judge, observe
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.wire.anthropic import MESSAGE_STOP
from qcc_desktop.wire.watch import StreamEnd, StreamWatch, WatchSignal

_TERMINATOR_S = 1.0
"""How long an endpoint may take to end the response behind its last event."""


class RelayEnd(StrEnum):
    """How a committed stream ended for the client."""

    COMPLETE = "complete"
    RECOVERED = "recovered"
    """The stop reason was there, ``message_stop`` was not: it was added."""
    CUT = "cut"
    """Broke off: the client's connection is to be closed without its terminator."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """The end of a stream; ``failure`` is set when it was cut."""

    end: RelayEnd
    usage: Usage
    failure: Failure | None = None


class Relay:
    """Carries one stream to one client. Client disconnects surface as exceptions."""

    def __init__(self, clock: Clock, *, secret: str | None) -> None:
        self._clock = clock
        self._secret = secret
        self._signal = WatchSignal.FLOWING
        self.watch = StreamWatch()

    async def run(self, streaming: Streaming, downstream: Downstream) -> Relayed:
        """Relay what follows ``held``, which must be fed through `begin` first.

        The client's connection is left open: the caller ends it, once the end is noted.
        """
        error = None
        if self._signal is WatchSignal.FLOWING:
            error = await self._pump(streaming.rest, downstream)
        end = self.watch.finish()
        if end is StreamEnd.COMPLETE:
            return Relayed(RelayEnd.COMPLETE, self.watch.usage)
        if end is StreamEnd.RECOVERABLE:
            await downstream.write(MESSAGE_STOP)
            return Relayed(RelayEnd.RECOVERED, self.watch.usage)
        return Relayed(RelayEnd.CUT, self.watch.usage, self._verdict(error))

    def begin(self, held: bytes) -> bytes:
        """Take the held bytes into account; return what of them may be sent now."""
        forward, self._signal = self.watch.feed(held)
        return forward

    async def _pump(
        self, rest: AsyncIterator[bytes], downstream: Downstream
    ) -> httpx.RequestError | None:
        feed, write = self.watch.feed, downstream.write
        try:
            async for chunk in rest:
                forward, signal = feed(chunk)
                if forward:
                    await write(forward)
                if signal is not WatchSignal.FLOWING:
                    return None
        except httpx.RequestError as error:
            return error
        return None

    async def drain(self, rest: AsyncIterator[bytes]) -> None:
        """Read the terminator behind ``message_stop``, so that the connection can be reused."""
        with suppress(TimeoutError, httpx.RequestError):
            async with asyncio.timeout(_TERMINATOR_S):
                async for _ in rest:
                    pass

    def _verdict(self, error: httpx.RequestError | None) -> Failure:
        wall_now_s = self._clock.wall_s()
        if self.watch.error_data is not None:
            seen = Observation(
                phase=Phase.MID_STREAM,
                status=200,
                body=self.watch.error_data,
                is_sse_error=True,
                wall_now_s=wall_now_s,
            )
        elif error is not None:
            seen = observe(error, Phase.MID_STREAM, wall_now_s=wall_now_s, secret=self._secret)
        else:
            seen = Observation(
                phase=Phase.MID_STREAM, fault=TransportFault.EOF, wall_now_s=wall_now_s
            )
        return judge(seen)
