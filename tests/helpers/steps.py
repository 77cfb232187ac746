"""What a scripted upstream can do with a request: answers, and all the ways to fail.

Every function returns a `Step`; `FAILURES` names those an endpoint is known to die of.
"""

import asyncio
import gzip
import json
import ssl
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import brotli  # type: ignore[import-untyped]  # ships neither stubs nor py.typed
import trustme
import zstandard

from tests.helpers import sse
from tests.helpers.upstream import Exchange, Headers, Request, Step

Death = Literal["rst", "fin", "eof", "error", "hang", "garbage", "bad_chunk"]
Encoding = Literal["gzip", "deflate", "br", "zstd"]

_SSE: Headers = [(b"content-type", b"text/event-stream; charset=utf-8")]
_JSON: Headers = [(b"content-type", b"application/json")]
_HTML: Headers = [(b"content-type", b"text/html; charset=utf-8")]
_CHUNKED: Headers = [(b"transfer-encoding", b"chunked")]
_REQUEST_ID: Headers = [(b"request-id", b"req_scripted")]
_PAGE = b"<!DOCTYPE html>\n<html><head><title>%s</title></head><body><h1>%s</h1></body></html>\n"


# Answers


def answer(*blocks: sse.Block, model: str = sse.MODEL, close: bool = False) -> Step:
    """A right answer, streamed or whole as the request asks; ``close`` ends the connection."""
    content = blocks or (sse.Text("Hello from the scripted upstream."),)

    async def play(exchange: Exchange) -> None:
        ending: Headers = [(b"connection", b"close")] if close else []
        if exchange.request.wants_stream:
            await exchange.head(200, [*_SSE, *_CHUNKED, *_REQUEST_ID, *ending])
            for event in sse.stream(*content, model=model):
                await exchange.chunk(event)
            await exchange.chunk(b"")
        else:
            whole = json.dumps(sse.message(*content, model=model)).encode()
            await exchange.respond(200, whole, [*_JSON, *_REQUEST_ID, *ending])
        if close:
            exchange.fin()

    return Step("answer", play)


def json_message(*blocks: sse.Block) -> Step:
    """A whole JSON message, even if a stream was asked for."""
    content = blocks or (sse.Text("Hello, not streamed."),)
    return respond(200, json.dumps(sse.message(*content)).encode(), _JSON, name="json message")


def by_request(choose: Callable[[Request], Step], name: str = "by request") -> Step:
    """The step that ``choose`` picks after a look at the request."""

    async def play(exchange: Exchange) -> None:
        await choose(exchange.request).play(exchange)

    return Step(name, play)


def tool_loop(command: str, final: str = "The task is done.") -> Step:
    """Ask for Bash with ``command`` until a tool result comes, then say ``final``.

    Requests without the Bash tool (titles, summaries) get ``final`` at once.
    """

    def choose(request: Request) -> Step:
        body = request.json
        tools = {tool.get("name") for tool in body.get("tools") or []}
        if "Bash" not in tools or _has_tool_result(body):
            return answer(sse.Text(final))
        return answer(sse.Text("I run it."), sse.bash(command))

    return by_request(choose, "tool loop")


def _has_tool_result(body: Mapping[str, Any]) -> bool:
    for message in body.get("messages") or []:
        content = message.get("content")
        if isinstance(content, list) and any(b.get("type") == "tool_result" for b in content):
            return True
    return False


# Streams under the test's control


def events(*frames: bytes, headers: Headers | None = None, name: str = "events") -> Step:
    """A 200 with exactly these frames, ended properly."""
    return dying(frames, "eof", headers=headers, name=name)


def dying(
    frames: Sequence[bytes],
    death: Death,
    after: int | None = None,
    *,
    headers: Headers | None = None,
    name: str = "",
) -> Step:
    """Send the first ``after`` frames (all by default), then end in the way ``death`` says.

    ``eof`` ends the body properly, ``fin`` and ``rst`` cut the connection.
    """

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, [*(_SSE if headers is None else headers), *_CHUNKED])
        for frame in frames[:after]:
            await exchange.chunk(frame)
        await _die(exchange, death)

    return Step(name or f"stream then {death}", play)


async def _die(exchange: Exchange, death: Death) -> None:
    match death:
        case "rst":
            exchange.rst()
        case "fin":
            exchange.fin()
        case "eof":
            await exchange.chunk(b"")
        case "error":
            await exchange.chunk(sse.error())
            await exchange.chunk(b"")
        case "hang":
            await exchange.hang()
        case "garbage":
            await exchange.chunk(b"\x00\xff\x13garbage\x80\n\n<<<>>>\n\n")
            exchange.fin()
        case "bad_chunk":
            await exchange.send(b"zzz\r\nno chunk size\r\n")
            exchange.fin()


def paced(frames: Sequence[bytes], gates: Mapping[int, asyncio.Event]) -> Step:
    """A stream whose frame ``n`` waits for ``gates[n]``; gate ``len(frames)`` holds the end."""

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, [*_SSE, *_CHUNKED])
        for index, frame in enumerate([*frames, b""]):
            if index in gates:
                await gates[index].wait()
            await exchange.chunk(frame)

    return Step("paced", play)


def after(gate: asyncio.Event, step: Step) -> Step:
    """Wait for the test before anything is sent, then play ``step``."""

    async def play(exchange: Exchange) -> None:
        await gate.wait()
        await step.play(exchange)

    return Step(f"later: {step.name}", play)


def drip(frames: Sequence[bytes], piece_bytes: int = 1, pause_s: float = 0.0) -> Step:
    """A stream in tiny pieces, each its own chunk and write."""

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, [*_SSE, *_CHUNKED])
        data = b"".join(frames)
        for start in range(0, len(data), piece_bytes):
            await exchange.chunk(data[start : start + piece_bytes])
            await asyncio.sleep(pause_s)
        await exchange.chunk(b"")

    return Step("drip", play)


def infinite(*opening: bytes, repeated: bytes = b"", pause_s: float = 0.0) -> Step:
    """A stream that never ends: ``opening``, then ``repeated`` (a text delta) for ever."""
    start = opening or tuple(sse.stream(sse.Text("never"))[:4])
    again = repeated or sse.block_events(0, sse.Text("again", pieces=1))[1]

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, [*_SSE, *_CHUNKED])
        for frame in start:
            await exchange.chunk(frame)
        while True:
            await exchange.chunk(again)
            await asyncio.sleep(pause_s)

    return Step("infinite", play)


def no_message_stop(*blocks: sse.Block) -> Step:
    """A stream with its stop reason that ends before ``message_stop``."""
    frames = sse.stream(*(blocks or (sse.Text("almost whole"),)))
    return dying(frames[:-1], "fin", name="no message_stop")


def encoded(encoding: Encoding, *blocks: sse.Block, keep: float = 1.0) -> Step:
    """A compressed stream though none was asked for; ``keep`` < 1 cuts the compressed bytes."""
    plain = b"".join(sse.stream(*(blocks or (sse.Text("compressed"),))))

    async def play(exchange: Exchange) -> None:
        packed = _compress(encoding, plain)
        coding = (b"content-encoding", encoding.encode())
        await exchange.head(200, [*_SSE, coding, *_CHUNKED])
        kept = packed[: int(len(packed) * keep)]
        for start in range(0, len(kept), 100):
            await exchange.chunk(kept[start : start + 100])
        await exchange.chunk(b"")

    return Step(encoding if keep == 1 else f"truncated {encoding}", play)


def _compress(encoding: Encoding, plain: bytes) -> bytes:
    match encoding:
        case "gzip":
            return gzip.compress(plain)
        case "deflate":
            return zlib.compress(plain)
        case "br":
            packed: bytes = brotli.compress(plain)
            return packed
        case "zstd":
            return zstandard.ZstdCompressor().compress(plain)


# Whole responses


def respond(status: int, body: bytes, headers: Headers, name: str = "") -> Step:
    """Any response with a length."""

    async def play(exchange: Exchange) -> None:
        await exchange.respond(status, body, headers)

    return Step(name or str(status), play)


def status(
    code: int,
    error_type: str = "api_error",
    message: str = "Scripted failure",
    headers: Mapping[str, str] | None = None,
) -> Step:
    """An error in Anthropic's shape."""
    error = {"type": "error", "error": {"type": error_type, "message": message}}
    pairs = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return respond(code, json.dumps(error).encode(), [*_JSON, *_REQUEST_ID, *pairs])


def html(code: int, title: str = "Bad Gateway", headers: Headers | None = None) -> Step:
    """A page as proxies and CDNs send it."""
    page = _PAGE % (title.encode(), title.encode())
    return respond(code, page, [*_HTML, *(headers or [])], name=f"{code} html")


def redirect(location: str = "https://example.invalid/login", code: int = 302) -> Step:
    """A redirect that must not be followed with the key."""
    return respond(code, b"", [(b"location", location.encode())], name="redirect")


def ok_json_error(message: str = "当前无可用凭证") -> Step:
    """200 with an error as JSON."""
    body = json.dumps({"error": {"message": message, "type": "new_api_error"}}, ensure_ascii=False)
    return respond(200, body.encode(), _JSON, name="200 json error")


def huge_header(size_bytes: int = 1 << 20) -> Step:
    """A response head no client can want."""
    return respond(200, b"{}", [*_JSON, (b"x-huge", b"h" * size_bytes)], name="huge header")


# Trouble below HTTP


def refuse() -> Step:
    """No listener: connections are refused, the port stays ours. Stays so until the next script."""
    return Step("refuse", _nothing, refuses=True)


def rst_on_accept() -> Step:
    """Accept and reset."""
    return Step("rst on accept", _nothing, at_accept=True, with_reset=True)


def fin_on_accept() -> Step:
    """Accept and close."""
    return Step("fin on accept", _nothing, at_accept=True)


async def _nothing(exchange: Exchange) -> None:
    """Played by the server itself."""


def rst_after_request() -> Step:
    """Read the request and reset."""

    async def play(exchange: Exchange) -> None:
        exchange.rst()

    return Step("rst after request", play)


def fin_after_request() -> Step:
    """Read the request and close."""

    async def play(exchange: Exchange) -> None:
        exchange.fin()

    return Step("fin after request", play)


def raw(data: bytes, then: Literal["fin", "rst", "hang"] = "fin", name: str = "raw") -> Step:
    """Exactly these bytes instead of a response."""

    async def play(exchange: Exchange) -> None:
        await exchange.send(data)
        await _die(exchange, then)

    return Step(name, play)


def garbage() -> Step:
    """Bytes that are no HTTP."""
    return raw(b"\x16\x03\x01 not HTTP at all \xff\xfe\r\n\r\n", name="garbage")


def half_headers(then: Literal["fin", "rst", "hang"] = "fin") -> Step:
    """A response head that breaks off."""
    return raw(b"HTTP/1.1 200 OK\r\ncontent-type: text/ev", then, name="half headers")


def hang_before_headers() -> Step:
    """Read the request and say nothing."""
    return raw(b"", "hang", name="hang before headers")


def hang_after_headers() -> Step:
    """Send a 200 head and nothing more."""
    return dying((), "hang", name="hang after headers")


def ping_then(death: Death = "rst") -> Step:
    """Pings only, then the end."""
    return dying((sse.ping(), sse.ping()), death, name=f"ping then {death}")


def short_body() -> Step:
    """Fewer bytes than Content-Length says."""
    frames = sse.message_start()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 5000\r\n\r\n"
    return raw(head + frames, name="short body")


def mid_stream(death: Death, after: int = 5) -> Step:
    """A good stream that dies after ``after`` events, by default within the text.

    A request that asks for no stream gets half of its answer.
    """
    blocks = (sse.Text("This answer will never be finished, because its endpoint dies.", pieces=6),)

    async def play(exchange: Exchange) -> None:
        if exchange.request.wants_stream:
            await dying(sse.stream(*blocks), death, after).play(exchange)
            return
        whole = json.dumps(sse.message(*blocks)).encode()
        await exchange.head(200, [*_JSON, *_CHUNKED])
        await exchange.chunk(whole[: len(whole) // 2])
        await _die(exchange, death)

    return Step(f"mid-stream {death}", play)


_CLOUDFLARE: Headers = [(b"server", b"cloudflare"), (b"cf-ray", b"8f0000000000-FRA")]

FAILURES: Mapping[str, Callable[[], Step]] = {
    "refused": refuse,
    "rst on accept": rst_on_accept,
    "fin on accept": fin_on_accept,
    "rst after request": rst_after_request,
    "fin after request": fin_after_request,
    "garbage": garbage,
    "half headers": half_headers,
    "hang before headers": hang_before_headers,
    "hang after headers": hang_after_headers,
    "200 html": lambda: html(200, "Welcome to the hotel Wi-Fi"),
    "200 json error": ok_json_error,
    "empty sse": lambda: events(name="empty sse"),
    "sse error first": lambda: events(sse.error(), name="sse error first"),
    "ping then rst": ping_then,
    "truncated gzip": lambda: encoded("gzip", keep=0.3),
    "bad chunk": lambda: dying((sse.message_start(),), "bad_chunk"),
    "short body": short_body,
    "redirect": redirect,
    "huge header": huge_header,
    "401": lambda: status(401, "authentication_error", "invalid x-api-key"),
    "402": lambda: status(402, "billing_error", "Your credit balance is too low"),
    "403 json": lambda: status(403, "permission_error", "This key may not do that"),
    "403 cloudflare": lambda: html(403, "Attention Required! | Cloudflare", _CLOUDFLARE),
    "404 model": lambda: status(404, "not_found_error", f"model: {sse.MODEL} not found"),
    "408": lambda: status(408, "timeout_error", "Request timeout"),
    "429": lambda: status(429, "rate_limit_error", "Too many requests"),
    "429 retry-after": lambda: status(
        429, "rate_limit_error", "Rate limited", {"retry-after": "90"}
    ),
    "500": lambda: status(500, "api_error", "Internal server error"),
    "502 html": lambda: html(502),
    "503": lambda: status(503, "api_error", "No available accounts"),
    "504": lambda: status(504, "timeout_error", "Gateway timeout"),
    "520": lambda: html(520, "Web server is returning an unknown error", _CLOUDFLARE),
    "529": lambda: status(529, "overloaded_error", "Overloaded"),
    "mid-stream rst": lambda: mid_stream("rst"),
    "mid-stream fin": lambda: mid_stream("fin"),
    "mid-stream error": lambda: mid_stream("error"),
    "mid-stream hang": lambda: mid_stream("hang"),
    "mid-stream garbage": lambda: mid_stream("garbage"),
}
"""The ways an endpoint dies, by name; failing DNS and TLS are matters of the address."""


# Certificates


@dataclass(frozen=True)
class Certificate:
    """A server's TLS context and the authority that would have to be trusted (PEM)."""

    context: ssl.SSLContext
    authority_pem: bytes


def certificate(kind: Literal["good", "wrong_host", "expired"] = "good") -> Certificate:
    """Make a certificate of an authority nobody trusts, for 127.0.0.1, another host, or the past.

    ``good`` is bad too unless the test trusts ``authority_pem``.
    """
    authority = trustme.CA()
    past = datetime(2020, 1, 1, tzinfo=UTC) if kind == "expired" else None
    past_end = datetime(2020, 2, 1, tzinfo=UTC) if kind == "expired" else None
    host = "elsewhere.example" if kind == "wrong_host" else "127.0.0.1"
    issued = authority.issue_cert(host, not_before=past, not_after=past_end)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    return Certificate(context, authority.cert_pem.bytes())
