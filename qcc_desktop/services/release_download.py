"""Downloads a published file and sees that it is the one that was signed."""

import asyncio
import errno
import hashlib
import os
import shutil
from collections.abc import Callable
from io import BufferedWriter
from pathlib import Path

import httpx

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Asset, check_comment
from qcc_desktop.services.release_feed import SIGNATURE_SUFFIX
from qcc_desktop.services.release_http import opened
from qcc_desktop.storage.atomic import make_private_dir
from qcc_desktop.system.updating.minisign import LARGEST_BYTES as SIGNATURE_BYTES
from qcc_desktop.system.updating.minisign import PublicKey, verify

IDLE_S = 30.0
"""As long may a server send nothing; the whole may take as long as it takes."""
_PIECE_BYTES = 1 << 20

Progress = Callable[[float], None]
"""Hears which share, 0 to 1, is there."""


class Downloads:
    """Files in ``folder``, which only this user can read; one that was broken off is continued."""

    def __init__(self, folder: Path, *, idle_s: float = IDLE_S) -> None:
        self._folder = folder
        self._idle_s = idle_s

    async def fetch(
        self, asset: Asset, version: str, key: PublicKey, on_progress: Progress
    ) -> Path:
        """Return the verified file; cancelling keeps what is there for the next time.

        Raises:
            UserFacingError: it cannot be had, or is not what was signed.
        """
        part = self._folder / f"{asset.sha256}.part"
        try:
            await asyncio.to_thread(self._prepare, asset, part)
            await self._complete(asset, part, on_progress)
            signature = await self._signature(asset)
            return await asyncio.to_thread(_verified, part, asset, version, key, signature)
        except TimeoutError as error:
            raise _failed("The download stands still.") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise _failed("The new version cannot be downloaded.") from error
        except OSError as error:
            raise disk_trouble(error) from error

    def tidy(self) -> None:
        """Take everything away. Blocks."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _prepare(self, asset: Asset, part: Path) -> None:
        make_private_dir(self._folder)
        for other in self._folder.iterdir():
            if other.suffix == ".part" and other != part:
                other.unlink(missing_ok=True)
        missing_bytes = asset.size_bytes - _size(part)
        if shutil.disk_usage(self._folder).free < missing_bytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def _complete(self, asset: Asset, part: Path, on_progress: Progress) -> None:
        """Append to ``part`` what is missing."""
        has_bytes = await asyncio.to_thread(_size, part)
        if has_bytes > asset.size_bytes:
            has_bytes = 0
        if has_bytes == asset.size_bytes:
            return
        headers = {"Range": f"bytes={has_bytes}-"} if has_bytes else {}
        async with opened(asset.url, headers=headers) as response:
            if not _continues(response, has_bytes):
                has_bytes = 0
            await self._receive(response, part, has_bytes, asset.size_bytes, on_progress)

    async def _receive(
        self,
        response: httpx.Response,
        part: Path,
        has_bytes: int,
        size_bytes: int,
        on_progress: Progress,
    ) -> None:
        file = await asyncio.to_thread(_open, part, has_bytes)
        # Buffered, for its lock: closing waits for a write that a cancelled download left behind.
        try:
            async with asyncio.timeout(self._idle_s) as deadline:
                async for piece in response.aiter_raw(_PIECE_BYTES):
                    has_bytes += len(piece)
                    if has_bytes > size_bytes:
                        raise ValueError("more than was said")
                    await asyncio.to_thread(file.write, piece)
                    on_progress(has_bytes / size_bytes)
                    deadline.reschedule(asyncio.get_running_loop().time() + self._idle_s)
        finally:
            await asyncio.to_thread(file.close)

    async def _signature(self, asset: Asset) -> bytes:
        body = bytearray()
        async with (
            asyncio.timeout(self._idle_s),
            opened(asset.url + SIGNATURE_SUFFIX) as response,
        ):
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > SIGNATURE_BYTES:
                    raise ValueError("too long for a signature")
        return bytes(body)


def disk_trouble(error: OSError) -> UserFacingError:
    """Return the sentence for what a disk refuses."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UserFacingError("There is not enough room on the disk.")
    return UserFacingError("The new version cannot be written to the disk.", str(error))


def check_file(file: Path, asset: Asset) -> None:
    """See that a file is the one that the signed document means. Blocks.

    Raises:
        UserFacingError: it is not.
        OSError: it cannot be read.
    """
    with file.open("rb") as content:
        is_same = hashlib.file_digest(content, "sha256").hexdigest() == asset.sha256
    if not is_same or _size(file) != asset.size_bytes:
        raise _failed("The download is not what was published.")


def _verified(part: Path, asset: Asset, version: str, key: PublicKey, signature: bytes) -> Path:
    """Give the file its name once all is right; take it away if it is not."""
    try:
        check_file(part, asset)
        with part.open("rb") as content:
            said = verify(key, signature, content)
        check_comment(said, {"version": version, "file": asset.file_name})
    except UserFacingError:
        part.unlink(missing_ok=True)
        raise
    suffix = Path(asset.file_name).suffix
    return part.replace(part.with_suffix(suffix if suffix.isascii() else ".file"))


def _continues(response: httpx.Response, has_bytes: int) -> bool:
    span = response.headers.get("content-range", "")
    is_partial = response.status_code == httpx.codes.PARTIAL_CONTENT
    return is_partial and bool(span.startswith(f"bytes {has_bytes}-"))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _open(part: Path, has_bytes: int) -> BufferedWriter:
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    descriptor = os.open(part, flags, 0o600)
    os.ftruncate(descriptor, has_bytes)
    os.lseek(descriptor, has_bytes, os.SEEK_SET)
    return os.fdopen(descriptor, "wb")


def _failed(sentence: str) -> UserFacingError:
    return UserFacingError(sentence, "Try again later.")
