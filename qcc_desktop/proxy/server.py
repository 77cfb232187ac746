"""The listening side: an aiohttp application on loopback that can be drained."""

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from ipaddress import ip_address

from aiohttp import web
from typing_extensions import override

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.proxy.answers import error_response
from qcc_desktop.proxy.guard import Guard, middleware

_log = logging.getLogger(__name__)
_READ_BUFFER_BYTES = 256 * 1024
_MOST_LINE_BYTES = 64 * 1024
"""Claude Code's header lines grow with its betas; beyond aiohttp's 8 KB they would be a 400."""
_CANCEL_S = 0.1
"""How long handlers may take to end, before and again after aiohttp cancels them: whoever asks
to stop has waited for them already."""
_IN_USE = frozenset({errno.EADDRINUSE, 10048})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, 10013})


class _Connection(web.RequestHandler):
    """A client's connection that tells what is no HTTP in Anthropic's shape.

    aiohttp would answer in plain text and log the line at fault, which may hold a key.
    """

    __slots__ = ()

    @override
    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        reason = type(exc).__name__ if exc is not None else str(status)
        _log.debug("A request was refused: %s", reason)
        if request.writer.output_size > 0:
            raise ConnectionError("The answer has begun; the connection is closed.")
        kind = "api_error" if status >= 500 else "invalid_request_error"
        response = error_response(status, kind, f"The request is no valid HTTP ({reason}).")
        response.force_close()
        return response


class _Connections(web.Server):
    """Makes a `_Connection` of each accepted socket."""

    @override
    def __call__(self) -> web.RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Runner(web.AppRunner):
    """Runs the application behind `_Connections`."""

    @override
    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Connections(
            made.request_handler,
            request_factory=made.request_factory,
            loop=asyncio.get_running_loop(),
            **self._kwargs,
        )


class Server:
    """Listens between `start` and `stop`."""

    def __init__(
        self, token: Callable[[], str], add_routes: Callable[[web.Application], None]
    ) -> None:
        self._guard = Guard(token)
        self._add_routes = add_routes
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self.port: int | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, again if the door was closed; return the bound port.

        Raises:
            UserFacingError: when the port cannot be had.
            InvalidInput: when ``host`` is not of this computer.
        """
        _require_loopback(host)
        if self._runner is not None:
            return await self._open_door(self._runner, host, port)
        runner = await self._made_runner()
        try:
            bound = await self._open_door(runner, host, port)
        except BaseException:
            await runner.cleanup()
            raise
        self._runner = runner
        return bound

    async def _made_runner(self) -> web.AppRunner:
        app = web.Application(middlewares=[middleware(self._guard)], client_max_size=0)
        self._add_routes(app)
        runner = _Runner(
            app,
            access_log=None,
            handle_signals=False,
            handler_cancellation=True,
            shutdown_timeout=_CANCEL_S,
            read_bufsize=_READ_BUFFER_BYTES,
            max_line_size=_MOST_LINE_BYTES,
            max_field_size=_MOST_LINE_BYTES,
            auto_decompress=False,
        )
        await runner.setup()
        return runner

    async def _open_door(self, runner: web.AppRunner, host: str, port: int) -> int:
        site = web.TCPSite(runner, host, port, reuse_address=_may_reuse_address(), backlog=512)
        try:
            await site.start()
        except OSError as error:
            await site.stop()  # or it would stay among the runner's
            raise _cannot_listen(error, port) from error
        self._site = site
        self.port = int(runner.addresses[0][1])
        return self.port

    async def close_door(self) -> None:
        """Take no new connections until the next `start`; what runs goes on."""
        site, self._site = self._site, None
        if site is not None:
            await site.stop()

    async def stop(self) -> None:
        """Cancel what still runs and close every connection."""
        await self.close_door()
        runner, self._runner = self._runner, None
        self.port = None
        if runner is not None:
            await runner.cleanup()


def _may_reuse_address() -> bool:
    """Windows lets two programs share a port with SO_REUSEADDR; elsewhere it frees TIME_WAIT."""
    return not hasattr(socket, "SO_EXCLUSIVEADDRUSE")


def _require_loopback(host: str) -> None:
    try:
        is_fine = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_fine = False
    if not is_fine:
        raise InvalidInput(
            {"host": f"The proxy listens on this computer only; use 127.0.0.1 instead of {host}."}
        )


def _cannot_listen(error: OSError, port: int) -> UserFacingError:
    number = getattr(error, "winerror", None) or error.errno
    if number in _IN_USE:
        title = f"Port {port} is in use by another program."
    elif number in _FORBIDDEN:
        title = f"This system does not allow listening on port {port} (it may be reserved)."
    else:
        title = f"The proxy cannot listen on port {port}: {error.strerror or error}."
    return UserFacingError(title, "Choose another port with: qcc-desktop config set server.port 0")
