"""Simulated sessions of Claude Code: they ask through the proxy, over a real socket."""

import asyncio
import itertools
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from qcc_desktop.app.demo.script import QUESTIONS
from qcc_desktop.core.errors import NotRunning
from qcc_desktop.runtime.clock import Clock

MODEL = "claude-sonnet-4-5"
_RESEND_S = 0.5
"""Claude Code 2.1.330 asks again 0.3 to 0.9 s after a stream was cut (measured)."""
_SENDS_MAX = 5
_MESSAGES_KEPT = 20
"""Questions and answers that a request repeats, an even number; a demo may play for hours."""
_HEADERS = {
    "anthropic-version": "2023-06-01",
    "user-agent": "claude-cli/2.1.330 (simulated)",
    "x-app": "cli",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and how it ended; ``error`` is empty when the answer came whole.

    ``waited_s`` lies between the question and the first word of the answer that came whole.
    ``sends`` counts requests: more than one where an answer was cut.
    """

    session: str
    endpoint: str
    waited_s: float
    sends: int = 1
    error: str = ""


class Gate:
    """Lets sessions ask, or holds them between two questions, so that they begin together."""

    def __init__(self, sessions: int) -> None:
        self._away = sessions
        self._open = asyncio.Event()
        self._quiet = asyncio.Event()

    def open(self) -> None:
        """Let every session ask, again and again."""
        self._open.set()

    async def close(self) -> None:
        """Wait until every session has ended its turn and stands here."""
        self._open.clear()
        await self._quiet.wait()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Hold a session until the gate is open; the block is its turn."""
        self._away -= 1
        if self._away == 0:
            self._quiet.set()
        await self._open.wait()
        self._away += 1
        self._quiet.clear()
        yield


@dataclass(slots=True)
class _Reply:
    endpoint: str = ""
    text: str = ""
    first_word_s: float = 0.0
    is_whole: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a session asks through; ``environment`` is that of Claude Code at this moment."""

    client: httpx.AsyncClient
    clock: Clock
    environment: Callable[[], Mapping[str, str]]


class SimulatedSession:
    """One long conversation; ``said`` is what the last answer says so far.

    Like Claude Code it sends a request again when the answer is cut, and only then.
    """

    def __init__(
        self,
        name: str,
        line: Line,
        *,
        on_turn: Callable[[Turn], None],
        pause_s: float,
        first_question: int = 0,
    ) -> None:
        self.name = name
        self.endpoint = ""
        self.said = ""
        self.is_waiting = False
        self._line = line
        self._on_turn = on_turn
        self._pause_s = pause_s
        self._questions: Iterator[str] = itertools.islice(
            itertools.cycle(QUESTIONS), first_question, None
        )
        self._session_id = str(uuid.uuid4())
        self._messages: list[dict[str, str]] = []

    async def run(self, gate: Gate) -> None:
        """Ask one question after the other, until cancelled."""
        while True:
            async with gate.turn():
                self._on_turn(await self.ask(next(self._questions)))
                await asyncio.sleep(self._pause_s)

    async def ask(self, question: str) -> Turn:
        """Ask one question and hear the answer to its end, sending again where it is cut."""
        self._messages = [*self._messages[-_MESSAGES_KEPT:], {"role": "user", "content": question}]
        began_s = self._line.clock.now_s()
        reply, sends = await self._send(), 1
        while not reply.is_whole and not reply.error and sends < _SENDS_MAX:
            await asyncio.sleep(_RESEND_S)
            reply, sends = await self._send(), sends + 1
        if not reply.is_whole:
            self._messages.pop()
            error = reply.error or f"The answer was cut {sends} times."
            return Turn(self.name, reply.endpoint, 0.0, sends, error)
        self._messages.append({"role": "assistant", "content": reply.text})
        return Turn(self.name, reply.endpoint, reply.first_word_s - began_s, sends)

    async def _send(self) -> _Reply:
        reply = _Reply()
        self.said, self.is_waiting = "", True
        try:
            async with self._line.client.stream(
                "POST", self._url(), json=self._body(), headers=self._headers()
            ) as response:
                reply.endpoint = response.headers.get("x-qcc-endpoint", "")
                if response.status_code != httpx.codes.OK:
                    reply.error = _error_of(response.status_code, await response.aread())
                    return reply
                async for line in response.aiter_lines():
                    self._hear(line, reply)
        except (NotRunning, httpx.ConnectError):
            reply.error = "The proxy is off."
        except httpx.TransportError:
            pass  # cut: neither whole nor an error that the proxy told
        finally:
            self.is_waiting = False
        return reply

    def _hear(self, line: str, reply: _Reply) -> None:
        if not line.startswith("data:"):
            return
        event = json.loads(line.removeprefix("data:"))
        word = event.get("delta", {}).get("text", "")
        if word and not reply.text:
            reply.first_word_s = self._line.clock.now_s()
            self.endpoint, self.is_waiting = reply.endpoint, False
        reply.text += word
        self.said = reply.text
        reply.is_whole = reply.is_whole or event.get("type") == "message_stop"
        if event.get("type") == "error":
            reply.error = event["error"]["message"]

    def _url(self) -> str:
        return f"{self._line.environment()['ANTHROPIC_BASE_URL']}/v1/messages?beta=true"

    def _headers(self) -> dict[str, str]:
        return _HEADERS | {
            "authorization": f"Bearer {self._line.environment()['ANTHROPIC_AUTH_TOKEN']}",
            "x-claude-code-session-id": self._session_id,
        }

    def _body(self) -> dict[str, Any]:
        user = {"device_id": "demo", "account_uuid": "", "session_id": self._session_id}
        return {
            "model": MODEL,
            "max_tokens": 1024,
            "stream": True,
            "messages": self._messages,
            "metadata": {"user_id": json.dumps(user)},
        }


def _error_of(status: int, body: bytes) -> str:
    """Return the message of an error body, in one line with its status."""
    try:
        message = json.loads(body)["error"]["message"]
    except (ValueError, KeyError, TypeError):
        message = "no message"
    return f"{status}: {message}"
