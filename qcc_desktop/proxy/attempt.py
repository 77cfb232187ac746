"""One try against one endpoint, up to the first content or to its failure.

Nothing reaches the client here: an attempt ends in a value, and the walker decides what becomes
of it.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from qcc_desktop.core.failure import (
    Failure,
    Observation,
    Phase,
    TransportFault,
)
from qcc_desktop.core.usage import Usage
from qcc_desktop.proxy.answers import JSON
from qcc_desktop.proxy.bodies import body_chunks, is_decoded, read_whole
from qcc_desktop.proxy.translated import translated
from qcc_desktop.proxy.transport.client import WholeBody
from qcc_desktop.proxy.upstreams import join_url
from qcc_desktop.proxy.verdicts import judge, observe
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.wire.anthropic import dump, message_to_sse, sse_to_message
from qcc_desktop.wire.gate import Gate, GateState, GateVerdict, judge_json
from qcc_desktop.wire.headers import header
from qcc_desktop.wire.sse import split_frames
from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.stream import translate_whole
from qcc_desktop.wire.usage_reader import usage_of_event
from qcc_desktop.wire.watch import StreamEnd, StreamWatch

_EXCERPT_BYTES = 65_536
_ERROR_BODY_LIMIT_BYTES = 8 * 1024 * 1024
_ANSWER_LIMIT_BYTES = 128 * 1024 * 1024
_ERROR_BODY_S = 10.0
"""How long an error's body may take once its status is known."""
_WRITE_S = 60.0
_POOL_S = 30.0
RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one attempt may take, in seconds.

    ``headers_s`` until the response head, ``content_s`` until the first content when nothing
    comes at all, ``trickle_s`` when bytes come but no content, ``total_s`` for a whole answer
    that is not streamed, ``idle_s`` for silence within an answer.
    """

    connect_s: float
    headers_s: float
    content_s: float
    trickle_s: float
    idle_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked of an endpoint: the client's request, its headers already rewritten."""

    target: str
    """Raw path and query."""
    headers: RawHeaders = field(repr=False)
    body: bytes = field(repr=False)
    wants_stream: bool
    base_url: str
    terms: Terms | None = None
    """How to read the answer of an endpoint that speaks OpenAI's API; None for Anthropic's."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A whole successful answer: nothing more comes from the endpoint."""

    status: int
    headers: RawHeaders
    body: bytes = field(repr=False)
    usage: Usage
    is_decoded: bool = True
    content_type: str | None = None
    """Set when the body is not what the endpoint's own header says."""


@dataclass(frozen=True, slots=True)
class Streaming:
    """A stream whose first content has come; ``held`` is to be sent first.

    Whoever takes it must `aclose` it.
    """

    response: httpx.Response
    headers: RawHeaders
    held: bytes = field(repr=False)
    rest: AsyncGenerator[bytes, None] = field(repr=False)
    is_decoded: bool

    async def aclose(self) -> None:
        """Let go of the endpoint; what it still sends is not wanted."""
        await self.rest.aclose()
        await self.response.aclose()


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer. ``status``, ``headers`` and ``body`` are the endpoint's own, if it gave any.

    ``fault`` is set when the endpoint sent nothing at all: it may be this computer's network.
    ``head_status`` is the status of an answer that broke off.
    """

    failure: Failure
    status: int | None = None
    headers: RawHeaders = field(default_factory=list)
    body: bytes = field(default=b"", repr=False)
    is_decoded: bool = False
    fault: TransportFault | None = None
    head_status: int | None = None


Outcome = Answered | Streaming | Failed


class Attempt:
    """Asks one endpoint once.

    It speaks to the endpoint's httpx transport without the client around it: what that adds
    (redirects, cookies, authentication, a log line) must not happen to a relayed request, and
    costs a tenth of its time.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        call: Call,
        patience: Patience,
        clock: Clock,
        *,
        secret: str | None,
    ) -> None:
        self._transport = transport
        self._call = call
        self._patience = patience
        self._clock = clock
        self._secret = secret
        self._started_s = 0.0

    async def run(self, on_answering: Callable[[], None]) -> Outcome:
        """Ask; ``on_answering`` is called when a 2xx head has arrived."""
        self._started_s = asyncio.get_running_loop().time()
        try:
            response = await self._transport.handle_async_request(self._request())
        except httpx.RequestError as error:
            return self._transport_failure(error, None)
        kept = False
        try:
            if 200 <= response.status_code < 300:
                on_answering()
                outcome = await self._read_success(response)
            else:
                outcome = await self._read_error(response)
            kept = isinstance(outcome, Streaming)
            return outcome
        finally:
            if not kept:
                await response.aclose()

    def _request(self) -> httpx.Request:
        patience = self._patience
        call = self._call
        timeout = {
            "connect": patience.connect_s,
            "read": patience.headers_s,
            "write": _WRITE_S,
            "pool": _POOL_S,
        }
        extensions = {"timeout": timeout, "qcc.idle_timeout_s": patience.idle_s}
        url = join_url(call.base_url, call.target)
        own_host = header(call.headers, b"host")
        host = [] if own_host is not None else [(b"Host", url.netloc)]
        length = b"%d" % len(call.body)
        return httpx.Request(
            "POST",
            url,
            headers=[*host, *call.headers, (b"Content-Length", length)],
            stream=WholeBody(call.body),
            extensions=extensions,
        )

    async def _read_success(self, response: httpx.Response) -> Outcome:
        if self._call.wants_stream:
            return await self._read_stream(response)
        return await self._read_whole(response)

    async def _read_whole(self, response: httpx.Response) -> Outcome:
        try:
            async with asyncio.timeout_at(self._started_s + self._patience.total_s):
                body = await read_whole(response, _ANSWER_LIMIT_BYTES)
        except TimeoutError:
            return self._failed(response, fault=TransportFault.CONTENT_TIMEOUT)
        except httpx.RequestError as error:
            return self._transport_failure(error, response)
        if self._call.terms is not None:
            body = translate_whole(body, self._call.terms)
        collected = _collected(body)
        if collected is not None:
            usage = usage_of_event(collected)
            return Answered(200, response.headers.raw, dump(collected), usage, content_type=JSON)
        verdict = judge_json(body)
        if verdict.state is GateState.JSON_MESSAGE:
            usage = usage_of_event(verdict.message)
            return Answered(response.status_code, response.headers.raw, body, usage)
        return self._refused(response, verdict, body)

    async def _read_stream(self, response: httpx.Response) -> Outcome:
        chunks = body_chunks(response)
        if self._call.terms is not None:
            chunks = translated(chunks, self._call.terms)
        outcome = await self._pass_gate(response, chunks)
        if not isinstance(outcome, Streaming):
            await chunks.aclose()
        return outcome

    async def _pass_gate(
        self, response: httpx.Response, chunks: AsyncGenerator[bytes, None]
    ) -> Outcome:
        gate = Gate()
        loop = asyncio.get_running_loop()
        started_s = loop.time()
        is_trickling = False
        verdict = GateVerdict(GateState.HOLD)
        try:
            async with asyncio.timeout_at(started_s + self._patience.content_s) as limit:
                async for chunk in chunks:
                    if not is_trickling:
                        is_trickling = True
                        limit.reschedule(started_s + self._patience.trickle_s)
                    verdict = gate.feed(chunk)
                    if verdict.state is not GateState.HOLD:
                        break
                else:
                    verdict = gate.at_eof()
        except TimeoutError:
            return self._failed(response, fault=TransportFault.CONTENT_TIMEOUT)
        except httpx.RequestError as error:
            return self._broken_off(error, response, gate)
        return self._judged(response, verdict, gate, chunks)

    def _judged(
        self,
        response: httpx.Response,
        verdict: GateVerdict,
        gate: Gate,
        chunks: AsyncGenerator[bytes, None],
    ) -> Outcome:
        headers = response.headers.raw
        if verdict.state is GateState.COMMIT:
            return Streaming(response, headers, gate.held, chunks, is_decoded(response))
        if verdict.state is GateState.JSON_MESSAGE and verdict.message is not None:
            # Row 31: a whole message although a stream was asked for.
            body = message_to_sse(dict(verdict.message))
            usage = usage_of_event(verdict.message)
            return Answered(
                200, headers, body, usage, content_type="text/event-stream; charset=utf-8"
            )
        return self._refused(response, verdict, gate.held)

    def _broken_off(
        self, error: httpx.RequestError, response: httpx.Response, gate: Gate
    ) -> Outcome:
        """Judge a body that broke off: an error that came whole says more than the break."""
        verdict = gate.at_eof()
        if verdict.state is GateState.ERROR:
            return self._refused(response, verdict, gate.held)
        return self._transport_failure(error, response)

    def _refused(self, response: httpx.Response, verdict: GateVerdict, body: bytes) -> Failed:
        if verdict.state is GateState.ERROR:
            return self._failed(response, body=verdict.data, is_sse_error=verdict.is_sse)
        fault = TransportFault.EOF if verdict.state is GateState.EMPTY else TransportFault.MALFORMED
        return self._failed(response, body=body, fault=fault, detail=verdict.reason)

    async def _read_error(self, response: httpx.Response) -> Failed:
        body = b""
        try:
            async with asyncio.timeout(_ERROR_BODY_S):
                body = await read_whole(response, _ERROR_BODY_LIMIT_BYTES)
        except (TimeoutError, httpx.RequestError):
            body = b""  # the status alone decides then
        return self._failed(response, body=body, phase=Phase.STATUS)

    def _failed(
        self,
        response: httpx.Response,
        *,
        phase: Phase = Phase.BEFORE_CONTENT,
        fault: TransportFault | None = None,
        body: bytes = b"",
        is_sse_error: bool = False,
        detail: str = "",
    ) -> Failed:
        seen = Observation(
            phase=phase,
            fault=fault,
            status=response.status_code,
            headers=dict(response.headers),
            body=body[:_EXCERPT_BYTES],
            is_sse_error=is_sse_error,
            request_body_bytes=len(self._call.body),
            wall_now_s=self._clock.wall_s(),
            detail=detail,
        )
        own = (response.status_code, response.headers.raw, body)
        return Failed(judge(seen), *own, is_decoded=True)

    def _transport_failure(
        self, error: httpx.RequestError, response: httpx.Response | None
    ) -> Failed:
        seen = observe(
            error,
            Phase.BEFORE_CONTENT if response is not None else None,
            wall_now_s=self._clock.wall_s(),
            request_body_bytes=len(self._call.body),
            secret=self._secret,
        )
        if response is None:
            return Failed(judge(seen), fault=seen.fault if seen.response_bytes == 0 else None)
        return Failed(judge(seen), head_status=response.status_code)


def _collected(body: bytes) -> dict[str, Any] | None:
    """Return the message of a complete stream that came although none was asked for."""
    if not body.lstrip().startswith((b"event:", b"data:", b":")):
        return None
    watch = StreamWatch()
    watch.feed(body)
    if watch.finish() not in {StreamEnd.COMPLETE, StreamEnd.RECOVERABLE}:
        return None
    return sse_to_message(split_frames(body))
