"""The read-only status pages below ``/__qcc__``; the server's guard asks for the token."""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from qcc_desktop import __version__
from qcc_desktop.admin import metrics, schemas
from qcc_desktop.admin.stream import EventFeed
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.state import State
from qcc_desktop.storage.log_tail import last_lines

_LINES = 200
_MAX_LINES = 2000
_FEEDS = web.AppKey("feeds", set[EventFeed])
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_routes(app: web.Application, state: State, bus: Bus, log_file: Path) -> None:
    """Add the pages; the feeds of ``/events`` end when the application shuts down."""
    app[_FEEDS] = set()
    app.on_shutdown.append(_close_feeds)
    views: dict[str, Callable[[Snapshot], Any]] = {
        "status": lambda now: schemas.status(now, version=__version__, pid=os.getpid()),
        "endpoints": lambda now: {"endpoints": schemas.endpoints(now.endpoints)},
        "breakers": lambda now: {"breakers": schemas.breakers(now.endpoints)},
        "sessions": lambda now: {"sessions": schemas.sessions(now.sessions)},
        "requests": lambda now: {"requests": schemas.requests(now.requests)},
    }
    for name, view in views.items():
        app.router.add_get(f"/__qcc__/{name}", _page(state, view))
    app.router.add_get("/__qcc__/metrics", _metrics(state))
    app.router.add_get("/__qcc__/logs", _logs(log_file))
    app.router.add_get("/__qcc__/events", _events(bus))


def _json(data: object) -> web.Response:
    return web.Response(body=schemas.dump(data), content_type="application/json", charset="utf-8")


def _page(state: State, view: Callable[[Snapshot], Any]) -> Handler:
    async def page(request: web.Request) -> web.StreamResponse:
        del request
        return _json(view(state.fresh()))

    return page


def _metrics(state: State) -> Handler:
    async def page(request: web.Request) -> web.StreamResponse:
        del request
        body = metrics.metrics(state.fresh()).encode("utf-8", "replace")
        return web.Response(body=body, headers={"Content-Type": metrics.CONTENT_TYPE})

    return page


def _logs(log_file: Path) -> Handler:
    async def page(request: web.Request) -> web.StreamResponse:
        asked = request.query.get("lines", str(_LINES))
        count = min(int(asked), _MAX_LINES) if re.fullmatch(r"[0-9]{1,9}", asked) else _LINES
        return _json({"lines": await asyncio.to_thread(last_lines, log_file, count)})

    return page


def _events(bus: Bus) -> Handler:
    async def page(request: web.Request) -> web.StreamResponse:
        feed = EventFeed(bus)
        request.app[_FEEDS].add(feed)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        try:
            await response.prepare(request)
            async for frame in feed.frames():
                await response.write(frame)
        except ConnectionResetError:
            pass  # the reader left
        finally:
            feed.close()
            request.app[_FEEDS].discard(feed)
        return response

    return page


async def _close_feeds(app: web.Application) -> None:
    feeds = app[_FEEDS]
    for feed in tuple(feeds):
        feed.close()
