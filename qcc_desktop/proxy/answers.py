"""Whole answers of the proxy itself, in Anthropic's shapes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from aiohttp import web

from qcc_desktop.wire.anthropic import error_body

JSON = "application/json"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """Status, headers and body as the client is to get them."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)

    def response(self) -> web.Response:
        """Return it as aiohttp sends it."""
        response = web.Response(status=self.status, body=self.body)
        response.headers.clear()
        for name, value in self.headers:
            response.headers.add(name, value)
        return response


def retry_after(seconds: float) -> tuple[str, str]:
    """Return the header that tells how long to wait, in whole seconds, one at least."""
    return "retry-after", str(max(1, math.ceil(seconds)))


def error_answer(
    status: int,
    error_type: str,
    message: str,
    *,
    retry_after_s: float | None = None,
    should_retry: bool | None = None,
) -> WholeAnswer:
    """Return an error as the Messages API shapes it.

    ``should_retry`` becomes ``x-should-retry``, which Claude Code and the SDKs obey before the
    status (sdk ``_should_retry``).
    """
    headers = [("Content-Type", JSON)]
    if retry_after_s is not None:
        headers.append(retry_after(retry_after_s))
    if should_retry is not None:
        headers.append(("x-should-retry", "true" if should_retry else "false"))
    return WholeAnswer(status, headers, error_body(error_type, message))


def error_response(
    status: int,
    error_type: str,
    message: str,
    *,
    retry_after_s: float | None = None,
    should_retry: bool | None = None,
) -> web.Response:
    """Return `error_answer` as a response."""
    answer = error_answer(
        status, error_type, message, retry_after_s=retry_after_s, should_retry=should_retry
    )
    return answer.response()


def as_text(raw: Iterable[tuple[bytes, bytes]]) -> Pairs:
    """Return headers as aiohttp takes them; it will write them as UTF-8."""
    return [(name.decode("latin-1"), _text(value)) for name, value in raw]


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
