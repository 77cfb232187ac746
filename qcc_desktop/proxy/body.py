"""Reads a request's body within the limit, or says why not."""

from aiohttp import web

from qcc_desktop.proxy.answers import error_response

_MB = 1024 * 1024


def too_large(limit_mb: int) -> web.Response:
    """Return the 413 of the Messages API, with the limit and its option."""
    response = error_response(
        413,
        "request_too_large",
        f"The request is larger than the {limit_mb} MB that QCC Desktop takes "
        "(option server.max_body_mb).",
    )
    response.force_close()
    return response


async def read_body(request: web.Request, limit_mb: int) -> bytes | None:
    """Return the whole body, or None when it is larger than ``limit_mb``.

    A declared length beyond the limit is refused before a byte is read, so that it costs
    nothing; a chunked body is cut at the limit.
    """
    limit = limit_mb * _MB
    if (request.content_length or 0) > limit:
        return None
    pieces: list[bytes] = []
    size = 0
    while True:
        piece = await request.content.readany()
        if not piece:
            return pieces[0] if len(pieces) == 1 else b"".join(pieces)
        size += len(piece)
        if size > limit:
            return None
        pieces.append(piece)
