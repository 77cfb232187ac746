"""The channel through which other processes of the same user talk to the running program.

One JSON object a line on a loopback port of its own; the token and the port are in the runtime
file, which only the user can read. It works while the proxy is switched off.
"""

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from qcc_desktop.core.errors import NotRunning, UserFacingError
from qcc_desktop.runtime.tasks import cancel, spawn
from qcc_desktop.storage.runtime_file import RuntimeInfo

_log = logging.getLogger(__name__)
_LINE_BYTES = 64 * 1024
_ANSWER_BYTES = 64 * 1024 * 1024
_IDLE_S = 10.0
Answer = dict[str, Any]
Verb = Callable[[], Awaitable[Answer]]
EndpointVerb = Callable[[str], Awaitable[Answer]]


class ControlChannel:
    """The answering side; verbs may be added while it runs.

    ``endpoint_verbs`` are about one endpoint, whose id the request names.
    """

    def __init__(
        self,
        token: str,
        verbs: Mapping[str, Verb],
        endpoint_verbs: Mapping[str, EndpointVerb] | None = None,
    ) -> None:
        self._token = token
        self._verbs = dict(verbs)
        self._endpoint_verbs = dict(endpoint_verbs or {})
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    def add(self, verb: str, action: Verb) -> None:
        """Answer ``verb`` with what ``action`` returns, instead of what it meant before."""
        self._verbs[verb] = action

    async def start(self) -> int:
        """Listen on a free loopback port and return it."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_LINE_BYTES)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Listen no more and close what is open."""
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        for connection in tuple(self._connections):
            await cancel(connection)
        await server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = spawn(self._serve(reader, writer), name="control connection")
        self._connections.add(connection)
        connection.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (OSError, TimeoutError, ValueError):
            _log.debug("A control connection ended early", exc_info=True)
        finally:
            await _close(writer)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            async with asyncio.timeout(_IDLE_S):
                line = await reader.readline()
            if not line:
                return
            answer, goes_on = await self._answer(line)
            writer.write(json.dumps(answer).encode() + b"\n")
            async with asyncio.timeout(_IDLE_S):
                await writer.drain()
            if not goes_on:
                return

    async def _answer(self, line: bytes) -> tuple[Answer, bool]:
        """Return the answer and whether the connection may go on."""
        try:
            request = json.loads(line)
            token, verb = str(request["token"]), str(request["verb"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return _refusal("This is no request of QCC Desktop."), False
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            return _refusal("The control token is wrong."), False
        action = self._action(verb, request.get("endpoint"))
        if action is None:
            known = ", ".join(sorted((*self._verbs, *self._endpoint_verbs)))
            return _refusal(f"The running program does not know {verb!r}, only {known}."), True
        try:
            return {"ok": True, **await action()}, True
        except UserFacingError as error:
            return _refusal(str(error)), True
        except Exception:  # noqa: BLE001 - one verb fails, the channel goes on
            _log.exception("The control verb %s failed", verb)
            return _refusal(f"{verb} failed. The log says why."), True

    def _action(self, verb: str, endpoint_id: object) -> Verb | None:
        """Return what answers ``verb``, None when nothing does."""
        about_one = self._endpoint_verbs.get(verb)
        if about_one is not None and isinstance(endpoint_id, str):
            return partial(about_one, endpoint_id)
        return self._verbs.get(verb)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _refusal(sentence: str) -> Answer:
    return {"ok": False, "error": sentence}


async def ask(
    info: RuntimeInfo, verb: str, *, endpoint_id: str | None = None, timeout_s: float = 30.0
) -> Answer:
    """Ask the running program and return its answer without ``ok``.

    ``endpoint_id`` goes along where the verb is about one endpoint.

    Raises:
        NotRunning: it does not answer.
        UserFacingError: it refused; the sentence is its own.
    """
    try:
        async with asyncio.timeout(timeout_s):
            answer = await _exchange(info, verb, endpoint_id)
    except (OSError, TimeoutError, ValueError) as error:
        raise NotRunning(
            "The running program does not answer.", "End it and start it again."
        ) from error
    if not answer.pop("ok", False):
        raise UserFacingError(str(answer.get("error", "The running program refused.")))
    return answer


async def _exchange(info: RuntimeInfo, verb: str, endpoint_id: str | None) -> Answer:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", info.control_port, limit=_ANSWER_BYTES
    )
    try:
        request = {"token": info.control_token, "verb": verb}
        if endpoint_id is not None:
            request["endpoint"] = endpoint_id
        writer.write(json.dumps(request).encode() + b"\n")
        await writer.drain()
        answer = json.loads(await reader.readline())
    finally:
        await _close(writer)
    if not isinstance(answer, dict):
        raise ValueError("the answer is no object")  # noqa: TRY004 - malformed input, not misuse
    return answer
