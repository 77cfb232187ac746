"""Reads which version of this program is published: a signed document, see `core.release`.

The document's place is the ``Releases`` link of the installed package (``[project.urls]`` in
pyproject.toml). A build without that link names no place, and nothing is asked. A build without a
key cannot tell who wrote the document and takes it for what it says; it installs nothing.
"""

import asyncio
import io

import httpx

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Release, check_document_comment, parse_release
from qcc_desktop.services.release_http import read_small
from qcc_desktop.system.updating.minisign import LARGEST_BYTES as SIGNATURE_BYTES
from qcc_desktop.system.updating.minisign import PublicKey, verify

RELEASES_LABEL = "Releases"
"""The link of the package that leads to the document."""
SIGNATURE_SUFFIX = ".minisig"
TIMEOUT_S = 20.0
_LARGEST_BYTES = 256 * 1024


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
    """The document at ``url``, signed with ``key`` where this build has one."""

    def __init__(
        self, url: str, key: PublicKey | None = None, *, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._url = url
        self._key = key
        self._timeout_s = timeout_s

    async def release(self) -> Release:
        """Return what is published now.

        Raises:
            UserFacingError: there is no such document, in time, or others wrote it.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._release()
        except TimeoutError as error:
            raise _failed("The list of versions did not come in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _failed("The list of versions cannot be reached.") from error
        except ValueError as error:
            raise _failed("The list of versions cannot be read.") from error

    async def _release(self) -> Release:
        document = await read_small(self._url, _LARGEST_BYTES)
        if self._key is None:
            return parse_release(document, self._url)
        signature = await read_small(self._url + SIGNATURE_SUFFIX, SIGNATURE_BYTES)
        said = await asyncio.to_thread(verify, self._key, signature, io.BytesIO(document))
        release = parse_release(document, self._url)
        check_document_comment(said, release)
        return release


def _failed(sentence: str) -> UserFacingError:
    return UserFacingError(sentence, "Try again later.")
