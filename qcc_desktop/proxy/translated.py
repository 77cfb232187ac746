"""Reads a body of OpenAI's API as one of the Messages API, while it arrives."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import httpx

from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.stream import StreamTranslator

_COUNTS_S = 2.0
"""How long token counts may take once the server said why its answer ends."""


async def translated(
    chunks: AsyncGenerator[bytes, None], terms: Terms
) -> AsyncGenerator[bytes, None]:
    """Yield the answer as the Messages API would send it, as soon as each part has come.

    An answer that has its reason is complete, however its connection ends.
    """
    translator = StreamTranslator(terms)
    async with aclosing(chunks):
        while (chunk := await _next(chunks, translator)) is not None:
            if said := translator.feed(chunk):
                yield said
    if said := translator.finish():
        yield said


async def _next(chunks: AsyncGenerator[bytes, None], translator: StreamTranslator) -> bytes | None:
    """Return the next bytes, None at the end."""
    if not translator.is_finishing:
        return await anext(chunks, None)
    try:
        async with asyncio.timeout(_COUNTS_S):
            return await anext(chunks, None)
    except (TimeoutError, httpx.RequestError):
        return None
