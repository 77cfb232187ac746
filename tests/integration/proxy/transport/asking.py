"""What tests do with a response of the bare transport."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx

Ask = Callable[..., Awaitable[httpx.Response]]
"""Sends one request (see the fixture `ask`); the response's body is not read yet."""


def chunks_of(response: httpx.Response) -> AsyncIterator[bytes]:
    """The pieces of the body as the transport yields them."""
    assert isinstance(response.stream, httpx.AsyncByteStream)
    return aiter(response.stream)


async def body_of(response: httpx.Response) -> bytes:
    """The whole body."""
    return b"".join([chunk async for chunk in chunks_of(response)])


async def read_into(got: list[bytes], response: httpx.Response) -> None:
    """Appends piece by piece, so that what came before an error is seen."""
    async for chunk in chunks_of(response):
        got.append(chunk)  # noqa: PERF401  a comprehension would lose them with the error
