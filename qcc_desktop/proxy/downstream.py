"""The client's side of one request: nothing sent, softly committed, or committed.

The states and what each still allows are those of the streaming design: *open* (any status from
any endpoint), *soft* (200 and comment lines are out: any endpoint, but no status), *committed*
(content is out: this endpoint's bytes only).
"""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from aiohttp import web
from typing_extensions import override

from qcc_desktop.core.errors import BugError
from qcc_desktop.runtime.tasks import spawn

KEEP_ALIVE_COMMENT = b": qcc keep-alive\n\n"


@dataclass(frozen=True, slots=True)
class Silence:
    """How long the client is left without a byte, in seconds.

    ``unanswered_s`` while no endpoint has answered at all: a status is still worth waiting for.
    ``answering_s`` once one has: Claude Code shows "Waiting for API response" after 20 s of
    silence (measured).
    """

    unanswered_s: float = 45.0
    answering_s: float = 15.0


class Commitment(StrEnum):
    """How far the client's answer has come."""

    OPEN = "open"
    SOFT = "soft"
    COMMITTED = "committed"


class CuttableResponse(web.StreamResponse):
    """A stream that can end without its terminating chunk, so that the client sees the cut.

    aiohttp ends every response of a handler with `write_eof`; after `cut` that does nothing and
    the connection closes behind the bytes already written.
    """

    _is_cut = False

    def cut(self) -> None:
        """End here: no terminator, connection closed; nothing at all if nothing was sent."""
        self._is_cut = True
        self.force_close()
        if not self.prepared:
            self._eof_sent = True  # aiohttp would prepare it now, behind what another one sent

    @override
    async def write_eof(self, data: bytes = b"") -> None:
        if self._is_cut:
            self._eof_sent = True
            return
        await super().write_eof(data)


class Downstream:
    """Sends one answer; at most one of `commit` and `soft_commit` prepares it."""

    _SSE: ClassVar = {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-cache",
    }

    def __init__(self, request: web.Request, silence: Silence, *, may_keep_alive: bool) -> None:
        self._request = request
        self._silence = silence
        self._response: CuttableResponse | None = None
        self._lock = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None
        self._beating: asyncio.Task[None] | None = None
        self._is_quiet = not may_keep_alive
        self.commitment = Commitment.OPEN

    @property
    def response(self) -> web.StreamResponse:
        """What the handler returns once something was sent.

        Raises:
            BugError: when nothing was.
        """
        if self._response is None:
            raise BugError("Nothing was sent to the client yet.")
        return self._response

    def expect_silence(self, *, is_answering: bool = False) -> None:
        """Send a comment when there is no content for too long, and again from then on."""
        if self._is_quiet:
            return
        silence = self._silence
        delay_s = silence.answering_s if is_answering else silence.unanswered_s
        loop = asyncio.get_running_loop()
        when = loop.time() + delay_s
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = loop.call_at(when, self._start_beat)

    def _start_beat(self) -> None:
        self._timer = None
        self._beating = spawn(self._beat(), name="keep-alive comment")

    async def _beat(self) -> None:
        async with self._lock:
            if self._is_quiet:
                return
            try:
                await self._soft_commit()
            except ConnectionError:
                return  # the client left; its handler is being cancelled
        if not self._is_quiet:
            self.expect_silence(is_answering=True)

    async def _soft_commit(self) -> None:
        if self._response is None:
            self._response = CuttableResponse(headers=self._SSE)
            self.commitment = Commitment.SOFT
            await self._response.prepare(self._request)
        await self._response.write(KEEP_ALIVE_COMMENT)

    async def commit(self, status: int, headers: list[tuple[str, str]], first: bytes) -> None:
        """Send the head (unless comments did) and the first real bytes."""
        self.quieten()
        async with self._lock:
            if self._response is None:
                self._response = CuttableResponse(status=status)
                for name, value in headers:
                    self._response.headers.add(name, value)
                self.commitment = Commitment.COMMITTED
                await self._response.prepare(self._request)
            self.commitment = Commitment.COMMITTED
            await self._response.write(first)

    async def send(self, response: web.Response) -> web.Response:
        """Send a whole answer, provided that nothing was sent yet; aiohttp does not again."""
        self.quieten()
        await response.prepare(self._request)
        await response.write_eof()
        return response

    async def write(self, chunk: bytes) -> None:
        """Send ``chunk``; returns when the client has room for more."""
        await self.response.write(chunk)

    async def finish(self) -> None:
        """Send the terminator: the answer is complete."""
        await self.response.write_eof()

    def cut(self) -> None:
        """Close the connection after what was sent, without the terminator."""
        self.quieten()
        if self._response is not None:
            self._response.cut()

    def quieten(self) -> None:
        """Send no more comments; one that is being sent is finished first (see `commit`)."""
        self._is_quiet = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
