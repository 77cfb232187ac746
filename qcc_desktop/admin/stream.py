"""Events as server-sent events, through a bounded queue that drops the oldest."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Any

from qcc_desktop.admin import schemas
from qcc_desktop.core.events import AttemptFailed, Event, RequestFinished
from qcc_desktop.runtime.bus import Bus

_LIMIT = 256
_KEEP_ALIVE_S = 15.0


def encode_event(event: Event) -> bytes:
    """Return one frame; of a failure the verdict only."""
    name = type(event).__name__
    return b"event: " + name.encode() + b"\ndata: " + schemas.dump(_values(event)) + b"\n\n"


def _values(event: Event) -> dict[str, Any]:
    match event:
        case AttemptFailed():
            return {
                "request_id": event.request_id,
                "endpoint_id": event.endpoint_id,
                "class": str(event.failure.kind),
                "reason": event.failure.reason,
                "message": event.failure.message,
                "duration_s": round(event.duration_s, 6),
            }
        case RequestFinished():
            return {
                "request_id": event.request_id,
                "outcome": event.outcome,
                "endpoint_id": event.endpoint_id,
                "attempts": event.attempts,
                "request": schemas.request(event.request),
            }
        case _:
            return asdict(event)


class EventFeed:
    """The events of one listener, from its creation until `close`."""

    def __init__(self, bus: Bus, *, limit: int = _LIMIT) -> None:
        self._waiting: deque[Event] = deque(maxlen=limit)
        self._news = asyncio.Event()
        self._closed = False
        self._dropped = 0
        self._unsubscribe = bus.subscribe(self._take)

    async def frames(self, *, keep_alive_s: float = _KEEP_ALIVE_S) -> AsyncIterator[bytes]:
        """Yield a frame for each event, a comment when nothing happens, until `close`."""
        yield b": qcc-desktop events\n\n"
        while not self._closed:
            try:
                async with asyncio.timeout(keep_alive_s):
                    await self._news.wait()
            except TimeoutError:
                yield b": keep-alive\n\n"
                continue
            self._news.clear()
            if dropped := self._dropped:
                self._dropped = 0
                yield f"event: Dropped\ndata: {json.dumps({'count': dropped})}\n\n".encode()
            while self._waiting:
                yield encode_event(self._waiting.popleft())

    def close(self) -> None:
        """End `frames`."""
        self._closed = True
        self._unsubscribe()
        self._news.set()

    def _take(self, event: Event) -> None:
        self._dropped += len(self._waiting) == self._waiting.maxlen
        self._waiting.append(event)
        self._news.set()
