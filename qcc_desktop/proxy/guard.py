"""Who may talk to the proxy: loopback hosts, no foreign web pages, only with the token."""

import hmac
import logging
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.typedefs import Handler, Middleware

from qcc_desktop.proxy.answers import error_response
from qcc_desktop.proxy.downstream import CuttableResponse

_log = logging.getLogger(__name__)
_NOT_KNOWN = (
    "QCC Desktop does not know this token. Launch Claude Code from its menu, or set the variables "
    "that 'qcc-desktop env' prints."
)
_NO_PATH = "The request's target must be a path."
_FOREIGN = "QCC Desktop answers programs on this computer only, not web pages."


@lru_cache(maxsize=64)
def is_loopback_host(host: str) -> bool:
    """Say whether a ``Host`` value (with or without port) names this computer.

    Anything else may be DNS rebinding: a public name that resolves to 127.0.0.1.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name in {"localhost", "localhost."}:
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _place_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class Guard:
    """Refuses what must not reach the endpoints; ``token`` is asked at every request.

    The contract (HTTP, on loopback only): token in ``Authorization: Bearer`` or ``x-api-key``,
    compared in constant time; ``Host`` must be loopback; no foreign ``Origin``.
    """

    def __init__(self, token: Callable[[], str]) -> None:
        self._token = token

    def refusal(self, request: web.Request) -> web.Response | None:
        """Return the answer to a request that is refused, None for one that may pass."""
        headers = request.headers
        if not is_loopback_host(headers.get("Host", "")):
            return error_response(403, "permission_error", _FOREIGN, should_retry=False)
        origin = headers.get("Origin")
        if origin is not None and _place_of(origin) != headers["Host"]:
            return error_response(403, "permission_error", _FOREIGN, should_retry=False)
        if not (request.raw_path.startswith("/") and request.raw_path.isprintable()):
            # In absolute form, the target behind a base URL would name another host.
            return error_response(400, "invalid_request_error", _NO_PATH)
        if not self._has_token(headers.get("Authorization", ""), headers.get("x-api-key", "")):
            return error_response(401, "authentication_error", _NOT_KNOWN, should_retry=False)
        return None

    def _has_token(self, authorization: str, api_key: str) -> bool:
        expected = self._token().encode()
        scheme, _, bearer = authorization.partition(" ")
        given = bearer.strip() if scheme.lower() == "bearer" else ""
        # Both are always compared, so that the time taken says nothing.
        by_bearer = hmac.compare_digest(given.encode("utf-8", "surrogateescape"), expected)
        by_key = hmac.compare_digest(api_key.encode("utf-8", "surrogateescape"), expected)
        return bool(expected) and (by_bearer or by_key)


def middleware(guard: Guard) -> Middleware:
    """Return the one middleware: ``guard`` speaks first, and whatever breaks is answered.

    Errors are told in Anthropic's shape; what was half sent is cut.
    """

    @web.middleware
    async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            refused = guard.refusal(request)
            return await handler(request) if refused is None else refused
        except Exception as error:  # noqa: BLE001 - a boundary: told, and logged where it is ours
            return _told(request, error)

    return door


def _told(request: web.Request, error: Exception) -> web.StreamResponse:
    match error:
        case web.HTTPException():
            return error_response(error.status, "invalid_request_error", error.reason)
        case ConnectionError():
            # The client left while it was written to: raised on, aiohttp would log an error.
            return _last_answer(request, web.Response())
        case web.RequestPayloadError() | HttpProcessingError():
            message = f"The request's body is broken ({type(error).__name__})."
            return _last_answer(request, error_response(400, "invalid_request_error", message))
        case _:
            _log.error("%s %s failed", request.method, request.path, exc_info=error)
            message = "QCC Desktop itself failed; 'qcc-desktop logs' says how."
            return _last_answer(request, error_response(500, "api_error", message))


def _last_answer(request: web.Request, response: web.Response) -> web.StreamResponse:
    """Return ``response`` as the end of the connection, or a cut where an answer had begun."""
    response.force_close()
    if request.writer.output_size == 0:
        return response
    cut = CuttableResponse()
    cut.cut()
    return cut
