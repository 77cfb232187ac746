"""Checks minisign signatures: Ed25519 over the BLAKE2b-512 of a file.

https://jedisct1.github.io/minisign/ ("Signature format"). A public key is two bytes of
algorithm, eight of key number, 32 of key; a signature the same with 64, and after it the trusted
comment with a second signature over the first one and the comment. Only the prehashed form
("ED") is taken, which minisign has written since 0.10.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from qcc_desktop.core.errors import UserFacingError

LARGEST_BYTES = 4096
_KEY_ALGORITHM = b"Ed"
_PREHASHED = b"ED"
_TRUSTED = "trusted comment: "
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whose signatures count."""

    number: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """What lies beside a signed file."""

    number: bytes
    signature: bytes
    comment: str
    comment_signature: bytes


def parse_key(text: str) -> PublicKey:
    """Return the key in a ``.pub`` file, with or without its comment line.

    Raises:
        ValueError: it is none.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    raw = _decoded(lines[-1] if lines else "", 42)
    if raw[:2] != _KEY_ALGORITHM:
        raise ValueError("a key of another kind")
    return PublicKey(raw[2:10], raw[10:])


def parse_signature(text: str) -> Signature:
    """Return the signature in a ``.minisig`` file.

    Raises:
        ValueError: it is none.
    """
    lines = text.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        raise ValueError("no signature of minisign")
    raw = _decoded(lines[1], 74)
    if raw[:2] != _PREHASHED:
        raise ValueError("a signature of another kind")
    comment = lines[2].removeprefix(_TRUSTED)
    return Signature(raw[2:10], raw[10:], comment, _decoded(lines[3], 64))


def verify(key: PublicKey, signature_file: bytes, content: BinaryIO) -> Mapping[str, str]:
    """See that ``content`` was signed with ``key``; return the trusted comment's ``name:value``.

    Blocks for as long as the content takes to read.

    Raises:
        UserFacingError: it was not.
        OSError: the content cannot be read.
    """
    try:
        signature = parse_signature(signature_file.decode())
    except ValueError as error:
        raise _refused() from error
    digest = hashlib.blake2b()
    while piece := content.read(_PIECE_BYTES):
        digest.update(piece)
    if not hmac.compare_digest(signature.number, key.number):
        raise _refused()
    _check(key, signature.signature, digest.digest())
    _check(key, signature.comment_signature, signature.signature + signature.comment.encode())
    words = (word.partition(":") for word in signature.comment.split())
    return {name: value for name, colon, value in words if colon}


def _check(key: PublicKey, signature: bytes, message: bytes) -> None:
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - 30 ms, seldom needed
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise _refused() from error


def _refused() -> UserFacingError:
    return UserFacingError("The signature is not that of this program's makers.")


def _decoded(text: str, length: int) -> bytes:
    raw = base64.b64decode(text.strip(), validate=True)
    if len(raw) != length:
        raise ValueError("of another length")
    return raw
