"""Reads which versions of this program there are, as a JSON document over HTTP.

    {"releases": [{"version": "1.2.0", "notes_url": "https://…", "summary": "One line."}]}

The document's place is the ``Releases`` link of the installed package (``[project.urls]`` in
pyproject.toml). A build without that link names no place, and nothing is asked.
"""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.proxy.transport.client import NO_COOKIES, PooledTransport
from qcc_desktop.proxy.transport.pool import PoolLimits
from qcc_desktop.proxy.transport.system_proxy import system_proxy_for
from qcc_desktop.proxy.transport.trust import load_client_ssl_context

RELEASES_LABEL = "Releases"
"""The link of the package that leads to the document."""
TIMEOUT_S = 20.0
_LARGEST_BYTES = 256 * 1024
_MOST_REDIRECTS = 3
_LONGEST_SUMMARY = 300
_LIMITS = PoolLimits(max_connections=1, max_keepalive=0, keepalive_expiry_s=0)


@dataclass(frozen=True, slots=True)
class Release:
    """One published version; ``notes_url`` is empty or a web address."""

    version: str
    notes_url: str = ""
    summary: str = ""


def releases_url(package: str = "qcc-desktop") -> str:
    """Return where this build looks for updates; empty when it names no place. Blocks."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415 - 20 ms

    try:
        links = metadata(package).get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    for link in links:
        label, _, url = str(link).partition(",")
        if label.strip() == RELEASES_LABEL:
            return url.strip()
    return ""


class HttpFeed:
    """The document at ``url``; goes through the proxy that the system wants for it."""

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S) -> None:
        self._url = url
        self._timeout_s = timeout_s

    async def releases(self) -> Sequence[Release]:
        """Return what is published, in the document's order; entries that are none are left out.

        Raises:
            UserFacingError: there is no such document, in time.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return parse(await self._fetch())
        except TimeoutError as error:
            raise _failed("The list of versions did not come in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _failed("The list of versions cannot be reached.") from error
        except ValueError as error:
            raise _failed("The list of versions cannot be read.") from error

    async def _fetch(self) -> bytes:
        url = httpx.URL(self._url)
        for _ in range(_MOST_REDIRECTS + 1):
            _check(url, self._url)
            answer = await _get(url)
            if isinstance(answer, bytes):
                return answer
            url = answer
        raise ValueError("too many redirects")


def parse(document: bytes) -> tuple[Release, ...]:
    """Return the releases of a document.

    Raises:
        ValueError: it is none.
    """
    try:
        found = json.loads(document)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    entries = found.get("releases") if isinstance(found, dict) else None
    if not isinstance(entries, list):
        raise ValueError("there is no list of releases")  # noqa: TRY004 - of the document's content
    return tuple(filter(None, map(_release, entries)))


async def _get(url: httpx.URL) -> bytes | httpx.URL:
    """Return the document, or where it is instead."""
    context = await load_client_ssl_context() if url.scheme == "https" else None
    proxy = await asyncio.to_thread(system_proxy_for, str(url))
    transport = PooledTransport(limits=_LIMITS, ssl_context=context, proxy=proxy)
    headers = {
        "User-Agent": "qcc-desktop",
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # so that what is small stays small
    }
    async with (
        httpx.AsyncClient(transport=transport, trust_env=False, cookies=NO_COOKIES) as client,
        client.stream("GET", url, headers=headers, timeout=TIMEOUT_S) as response,
    ):
        if response.next_request is not None:
            return response.next_request.url
        response.raise_for_status()
        return await _limited(response)


async def _limited(response: httpx.Response) -> bytes:
    """Return the body, read as far as it is allowed to be long."""
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > _LARGEST_BYTES:
            raise ValueError("the document is too large")
    return bytes(body)


def _check(url: httpx.URL, asked: str) -> None:
    """Let a redirect lead to the web only, and never from https to http."""
    allowed = {"https", "http"} if asked.startswith("http://") else {"https"}
    if url.scheme not in allowed or not url.host:
        raise ValueError("the document's place is no web address")


def _release(entry: Any) -> Release | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("version"), str):
        return None
    return Release(
        entry["version"], _web_address(entry.get("notes_url")), _line(entry.get("summary"))
    )


def _web_address(value: Any) -> str:
    """Return what a browser may be sent to; empty for anything else."""
    is_web = isinstance(value, str) and value.startswith(("https://", "http://"))
    return str(value) if is_web and str(value).isprintable() else ""


def _line(value: Any) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    plain = "".join(character for character in text if character.isprintable())
    return plain[:_LONGEST_SUMMARY]


def _failed(sentence: str) -> UserFacingError:
    return UserFacingError(sentence, "Try again later.")
