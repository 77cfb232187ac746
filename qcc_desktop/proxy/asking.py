"""Requests of our own to an endpoint: one message, or one plain GET or POST."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.failure import Failure, Observation, Phase, TransportFault
from qcc_desktop.proxy.attempt import (
    Answered,
    Attempt,
    Call,
    Failed,
    Outcome,
    Patience,
    Streaming,
)
from qcc_desktop.proxy.dialect import AGENT, MOST_LESSONS, OpenAIDialect
from qcc_desktop.proxy.upstreams import Upstream, join_url
from qcc_desktop.proxy.verdicts import judge, observe
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.wire.anthropic import dump, parse, sse_to_message
from qcc_desktop.wire.headers import openai_headers, upstream_headers
from qcc_desktop.wire.openai import models_address
from qcc_desktop.wire.request_head import read_head
from qcc_desktop.wire.sse import split_frames

_SHORT_S = 10.0
_EXCERPT_BYTES = 65_536
_CLIENT_HEADERS = (
    (b"anthropic-version", b"2023-06-01"),
    (b"content-type", b"application/json"),
    (b"x-app", b"cli"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a message: ``failure``, or the content blocks of the answer."""

    failure: Failure | None
    blocks: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    first_ms: float | None = None
    """When the first content of a stream came."""

    @property
    def text(self) -> str:
        """All that was said, without what was thought."""
        return "".join(str(block.get("text", "")) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Asker:
    """Asks one endpoint with one key."""

    upstream: Upstream
    endpoint: Endpoint
    key: str | None = field(repr=False)
    clock: Clock
    dialect: OpenAIDialect

    @property
    def speaks_openai(self) -> bool:
        """Whether the endpoint speaks OpenAI's API."""
        return self.endpoint.protocol is WireProtocol.OPENAI

    async def message(self, body: Mapping[str, Any]) -> Reply:
        """Ask for an answer, streamed if the body says so."""
        began_s = time.perf_counter()
        patience = _patience(self.endpoint)
        outcome = await self._answer(dump(body), str(body.get("model")), patience)
        first_ms = (time.perf_counter() - began_s) * 1000
        match outcome:
            case Failed():
                return Reply(outcome.failure)
            case Answered():
                return Reply(None, _blocks(parse(outcome.body)))
            case Streaming():
                return await self._collected(outcome, patience, first_ms)

    async def _answer(self, body: bytes, model: str, patience: Patience) -> Outcome:
        """Ask, again where a refusal teaches how."""
        lessons = 0
        while True:
            call = self._call(body, model)
            if isinstance(call, Failed):
                return call
            attempt = Attempt(self.upstream.transport, call, patience, self.clock, secret=self.key)
            outcome = await attempt.run(lambda: None)
            lessons += 1
            if not (lessons <= MOST_LESSONS and self._learns(body, model, outcome)):
                return outcome

    def _learns(self, body: bytes, model: str, outcome: Outcome) -> bool:
        if not (self.speaks_openai and isinstance(outcome, Failed)):
            return False
        return self.dialect.learns(self.endpoint, body, model, outcome)

    def _call(self, body: bytes, model: str) -> Call | Failed:
        if self.speaks_openai:
            return self.dialect.call(self.endpoint, self.key, body, model)
        wants_stream = read_head(body).stream
        headers = self._headers(self.key)
        return Call("/v1/messages", headers, body, wants_stream, self.endpoint.base_url)

    async def _collected(self, stream: Streaming, patience: Patience, first_ms: float) -> Reply:
        said = stream.held
        try:
            async with asyncio.timeout(patience.total_s):
                async for chunk in stream.rest:
                    said += chunk
        except (TimeoutError, httpx.RequestError) as error:
            return Reply(self.failure_of(error))
        finally:
            await stream.aclose()
        return Reply(None, _blocks(sse_to_message(split_frames(said))), first_ms)

    async def reach(self) -> Failure | None:
        """Return None when any HTTP answer comes; the key is not shown for that."""
        address = models_address(self.endpoint.base_url)[0] if self.speaks_openai else None
        answer = await self._send("GET", "/", None, None, address)
        return answer if isinstance(answer, Failure) else None

    async def models(self) -> httpx.Response | Failure:
        """Ask for the list of models; any answer is an answer, whatever its status."""
        if not self.speaks_openai:
            return await self._send("GET", "/v1/models", None, self.key)
        address, target = models_address(self.endpoint.base_url)
        return await self._send("GET", target, None, self.key, address)

    async def post(self, target: str, body: Mapping[str, Any]) -> httpx.Response | Failure:
        """Send a body to a path; any answer is an answer, whatever its status."""
        return await self._send("POST", target, dump(body), self.key)

    async def _send(
        self,
        method: str,
        target: str,
        body: bytes | None,
        key: str | None,
        address: str | None = None,
    ) -> httpx.Response | Failure:
        timeout = {"read": _SHORT_S, "write": _SHORT_S, "pool": _SHORT_S}
        request = httpx.Request(
            method,
            join_url(address or self.endpoint.base_url, target),
            headers=self._headers(key),
            content=body,
            extensions={
                "timeout": timeout | {"connect": self.endpoint.connect_timeout_s or 5.0},
                "qcc.idle_timeout_s": _SHORT_S,
            },
        )
        try:
            async with asyncio.timeout(3 * _SHORT_S):
                return await self.upstream.client.send(request)
        except (httpx.RequestError, TimeoutError) as error:
            return self.failure_of(error)

    def failure_of(self, error: httpx.RequestError | TimeoutError) -> Failure:
        """Return how the endpoint failed by what its connection raised."""
        now_s = self.clock.wall_s()
        if isinstance(error, TimeoutError):
            return judge(
                Observation(
                    phase=Phase.HEADERS, fault=TransportFault.HEADERS_TIMEOUT, wall_now_s=now_s
                )
            )
        return judge(observe(error, None, wall_now_s=now_s, secret=self.key))

    def failure_in(self, response: httpx.Response) -> Failure:
        """Return how the endpoint failed by an answer that is no success."""
        return judge(
            Observation(
                phase=Phase.STATUS,
                status=response.status_code,
                headers=dict(response.headers),
                body=response.content[:_EXCERPT_BYTES],
                wall_now_s=self.clock.wall_s(),
            )
        )

    def _headers(self, key: str | None) -> list[tuple[bytes, bytes]]:
        auth, extra = self.endpoint.auth, self.endpoint.extra_headers
        if self.speaks_openai:
            return openai_headers(auth, key or "", extra, agent=AGENT)
        return upstream_headers(_CLIENT_HEADERS, auth, key or "", extra)


def _blocks(message: object) -> tuple[Mapping[str, Any], ...]:
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, list):
        return ()
    return tuple(block for block in content if isinstance(block, dict))


def _patience(endpoint: Endpoint) -> Patience:
    first_s = endpoint.first_byte_timeout_s or 30.0
    return Patience(
        connect_s=endpoint.connect_timeout_s or 5.0,
        headers_s=first_s,
        content_s=first_s,
        trickle_s=first_s,
        idle_s=first_s,
        total_s=first_s,
    )
