"""Background checks of endpoints that are out, and the test a user starts.

The conversation is QCC's idea (repeat a code word), freed of its faults: no fixed model, room
for models that think first, and a refusal says what was refused.
"""

import asyncio
import random
import string
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import (
    BreakerEffect,
    Failure,
    FailureClass,
    Observation,
    Phase,
    Scope,
    TransportFault,
)
from qcc_desktop.core.settings import ProbeKind
from qcc_desktop.proxy.attempt import Answered, Attempt, Call, Failed, Patience
from qcc_desktop.proxy.upstreams import Upstream, join_url
from qcc_desktop.proxy.verdicts import judge, observe
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.wire.anthropic import dump, parse, sse_to_message
from qcc_desktop.wire.headers import upstream_headers
from qcc_desktop.wire.sse import split_frames

DEFAULT_MODEL = "claude-haiku-4-5"
"""Asked for when no request has named a model yet and the endpoint lists none."""
_CODE_LENGTH = 6
_MAX_TOKENS = 512
_LIST_S = 10.0
_CLIENT_HEADERS = (
    (b"anthropic-version", b"2023-06-01"),
    (b"content-type", b"application/json"),
    (b"x-app", b"cli"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One point of a test; ``ok`` is None when it could not be tried."""

    name: str
    """``reach``, ``answer`` or ``stream``."""
    ok: bool | None
    message: str
    duration_ms: float


@dataclass(frozen=True, slots=True)
class TestReport:
    """What a test found."""

    __test__ = False  # the name makes pytest collect it

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when every point that was tried is well."""
        return all(check.ok is not False for check in self.checks)


class Prober:
    """Verifies endpoints; ``model_at`` names the model a client's request would ask one for."""

    def __init__(
        self, clock: Clock, rng: random.Random, model_at: Callable[[Endpoint], str]
    ) -> None:
        self._clock = clock
        self._rng = rng
        self._model_at = model_at

    async def verify(
        self, upstream: Upstream, endpoint: Endpoint, key: str | None, kind: ProbeKind
    ) -> Failure | None:
        """Return None when the endpoint is well, else how it failed."""
        match kind:
            case ProbeKind.CONVERSATION:
                return await self._converse(upstream, endpoint, key, stream=False)
            case ProbeKind.MODELS:
                return await self._list_models(upstream, endpoint, key)
            case ProbeKind.CONNECT:
                return await self._reach(upstream, endpoint)

    async def test(self, upstream: Upstream, endpoint: Endpoint, key: str | None) -> TestReport:
        """Check reach, a whole answer and a streamed one; stop at the first that fails."""
        checks: list[Check] = []
        steps: tuple[tuple[str, Callable[[], Awaitable[Failure | None]]], ...] = (
            ("reach", lambda: self._reach(upstream, endpoint)),
            ("answer", lambda: self._converse(upstream, endpoint, key, stream=False)),
            ("stream", lambda: self._converse(upstream, endpoint, key, stream=True)),
        )
        for name, step in steps:
            if checks and not checks[-1].ok:
                checks.append(Check(name, None, "not tried", 0.0))
                continue
            started_s = time.perf_counter()
            failure = await step()
            duration_ms = (time.perf_counter() - started_s) * 1000
            checks.append(
                Check(name, failure is None, failure.message if failure else "", duration_ms)
            )
        return TestReport(tuple(checks))

    async def _reach(self, upstream: Upstream, endpoint: Endpoint) -> Failure | None:
        """Any HTTP answer proves reach."""
        try:
            await _get(upstream, endpoint, "/", None)
        except (httpx.RequestError, TimeoutError) as error:
            return judge(_of_error(error, self._clock.wall_s(), None))
        return None

    async def _list_models(
        self, upstream: Upstream, endpoint: Endpoint, key: str | None
    ) -> Failure | None:
        try:
            response = await _get(upstream, endpoint, "/v1/models", key)
        except (httpx.RequestError, TimeoutError) as error:
            return judge(_of_error(error, self._clock.wall_s(), key))
        if response.is_success:
            return None
        return judge(
            Observation(
                phase=Phase.STATUS,
                status=response.status_code,
                headers=dict(response.headers),
                body=response.content[:65_536],
                wall_now_s=self._clock.wall_s(),
            )
        )

    async def _converse(
        self, upstream: Upstream, endpoint: Endpoint, key: str | None, *, stream: bool
    ) -> Failure | None:
        code = "".join(self._rng.choices(string.ascii_uppercase + string.digits, k=_CODE_LENGTH))
        model = await self._model_for(upstream, endpoint, key)
        call = _conversation(endpoint, key, model, code, stream=stream)
        attempt = Attempt(upstream.transport, call, _patience(endpoint), self._clock, secret=key)
        outcome = await attempt.run(lambda: None)
        if isinstance(outcome, Failed):
            return outcome.failure
        if isinstance(outcome, Answered):
            said = outcome.body
        else:
            said = outcome.held
            try:
                async with asyncio.timeout(_patience(endpoint).total_s):
                    async for chunk in outcome.rest:
                        said += chunk
            except (TimeoutError, httpx.RequestError) as error:
                return judge(_of_error(error, self._clock.wall_s(), key))
            finally:
                await outcome.aclose()
        return None if _repeats(said, code, stream=stream) else _WRONG_ANSWER

    async def _model_for(self, upstream: Upstream, endpoint: Endpoint, key: str | None) -> str:
        asked = self._model_at(endpoint)
        if asked:
            return asked
        try:
            response = await _get(upstream, endpoint, "/v1/models", key)
        except (httpx.RequestError, TimeoutError):
            return DEFAULT_MODEL
        listed = parse(response.content) if response.is_success else None
        return _cheapest(listed) or DEFAULT_MODEL


_WRONG_ANSWER = Failure(
    kind=FailureClass.TRANSIENT,
    row=30,
    reason="wrong_answer",
    message="The endpoint answered, but did not repeat the code word it was asked for.",
    scope=Scope.ENDPOINT,
    breaker=BreakerEffect.COUNT,
)


def _of_error(
    error: httpx.RequestError | TimeoutError, wall_now_s: float, key: str | None
) -> Observation:
    if isinstance(error, TimeoutError):
        return Observation(
            phase=Phase.HEADERS, fault=TransportFault.HEADERS_TIMEOUT, wall_now_s=wall_now_s
        )
    return observe(error, None, wall_now_s=wall_now_s, secret=key)


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


def _conversation(
    endpoint: Endpoint, key: str | None, model: str, code: str, *, stream: bool
) -> Call:
    question = f"Reply with this code and nothing else: {code}"
    body = {
        "model": model,
        "max_tokens": _MAX_TOKENS,
        "messages": [{"role": "user", "content": question}],
        "stream": stream,
    }
    headers = upstream_headers(_CLIENT_HEADERS, endpoint.auth, key or "", endpoint.extra_headers)
    return Call("/v1/messages", headers, dump(body), stream, endpoint.base_url)


def _repeats(said: bytes, code: str, *, stream: bool) -> bool:
    message = sse_to_message(split_frames(said)) if stream else parse(said)
    blocks = message.get("content") if isinstance(message, dict) else None
    texts = [str(each.get("text", "")) for each in blocks or [] if isinstance(each, dict)]
    return code in "".join(texts)


def _cheapest(listed: object) -> str:
    data = listed.get("data") if isinstance(listed, dict) else None
    if not isinstance(data, list):
        return ""
    names = [str(item["id"]) for item in data if isinstance(item, dict) and item.get("id")]
    small = [name for name in names if "haiku" in name or "flash" in name or "mini" in name]
    return (small or names or [""])[0]


async def _get(
    upstream: Upstream, endpoint: Endpoint, target: str, key: str | None
) -> httpx.Response:
    headers = upstream_headers(_CLIENT_HEADERS, endpoint.auth, key or "", endpoint.extra_headers)
    timeout = {"connect": endpoint.connect_timeout_s or 5.0, "read": _LIST_S, "write": _LIST_S}
    request = httpx.Request(
        "GET",
        join_url(endpoint.base_url, target),
        headers=headers,
        extensions={"timeout": timeout | {"pool": _LIST_S}, "qcc.idle_timeout_s": _LIST_S},
    )
    async with asyncio.timeout(3 * _LIST_S):
        return await upstream.client.send(request)
