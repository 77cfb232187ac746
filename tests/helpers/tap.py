"""A wire tap between a client and a server: passes every byte on and says how answers ended."""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httptools

_READ_BYTES = 65_536
_MESSAGES = b"/v1/messages"


@dataclass
class TappedAnswer:
    """One answer as the client got it; `ended` tells whether its body was ended in due form.

    ``asked_s`` and ``last_s`` are when its request began and its last byte came (monotonic).
    """

    method: str
    target: str
    asked_s: float
    last_s: float = 0.0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    ended: bool = False

    @property
    def is_inference(self) -> bool:
        return self.method == "POST" and self.target.partition("?")[0] == _MESSAGES.decode()

    @property
    def pretends_to_be_whole(self) -> bool:
        """Whether a stream was ended in due form though its last event never came."""
        is_stream = self.headers.get("content-type", "").startswith("text/event-stream")
        return is_stream and self.ended and b"event: message_stop" not in self.body


class _Ear:
    """Callbacks of both parsers of one connection: what was asked, what was answered."""

    def __init__(self, heard: list[TappedAnswer]) -> None:
        self._heard = heard
        self._asked: list[tuple[str, str, float]] = []
        self._answering: TappedAnswer | None = None
        self.requests = httptools.HttpRequestParser(self)
        self.answers = httptools.HttpResponseParser(_Answers(self))

    def on_url(self, url: bytes) -> None:
        method = self.requests.get_method().decode()
        self._asked.append((method, url.decode(), time.perf_counter()))

    def begin(self) -> None:
        self._answering = TappedAnswer(*self._asked.pop(0))
        self._heard.append(self._answering)

    @property
    def answering(self) -> TappedAnswer:
        assert self._answering is not None
        return self._answering


class _Answers:
    def __init__(self, ear: _Ear) -> None:
        self._ear = ear

    def on_message_begin(self) -> None:
        self._ear.begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._ear.answering.headers[name.decode().lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._ear.answering.status = self._ear.answers.get_status_code()

        self._ear.answering.last_s = time.perf_counter()

    def on_body(self, body: bytes) -> None:
        self._ear.answering.body += body
        self._ear.answering.last_s = time.perf_counter()

    def on_message_complete(self) -> None:
        self._ear.answering.ended = True


class WireTap:
    """Listens on a free port and passes on to ``server_url``; ``answers`` is what came back."""

    def __init__(self, server_url: str) -> None:
        parts = urlsplit(server_url)
        assert parts.hostname is not None
        assert parts.port is not None
        self._host, self._port = parts.hostname, parts.port
        self.answers: list[TappedAnswer] = []
        self.base_url = ""
        self._server: asyncio.Server | None = None
        self._serving: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    @property
    def inferences(self) -> list[TappedAnswer]:
        """The answers to ``POST /v1/messages``."""
        return [each for each in self.answers if each.is_inference]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._serving.values():
            writer.transport.abort()
        await asyncio.gather(*self._serving)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.current_task()
        assert serving is not None
        self._serving[serving] = writer
        try:
            await self._serve(reader, writer)
        finally:
            writer.transport.abort()
            del self._serving[serving]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on in both directions until one side ends; what came before that is delivered."""
        ear = _Ear(self.answers)
        try:
            down, up = await asyncio.open_connection(self._host, self._port)
        except OSError:
            return
        loop = asyncio.get_running_loop()
        ways = (_pass_on(reader, up, ear.requests), _pass_on(down, writer, ear.answers))
        tasks = [loop.create_task(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()
        finally:
            up.transport.abort()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_on(
    source: asyncio.StreamReader,
    sink: asyncio.StreamWriter,
    parser: httptools.HttpRequestParser | httptools.HttpResponseParser,
) -> None:
    """Pass bytes on until one side is gone."""
    with contextlib.suppress(ConnectionError):
        while data := await source.read(_READ_BYTES):
            parser.feed_data(data)
            sink.write(data)
            await sink.drain()
