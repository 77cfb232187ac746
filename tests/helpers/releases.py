"""Publishes versions on loopback as the makers do: signed with a key of the test's own."""

import base64
import hashlib
import io
import json
import re
import tarfile
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from qcc_desktop.system.updating.minisign import PublicKey, parse_key
from tests.helpers import steps
from tests.helpers.upstream import Request, ScriptedUpstream, Step

PUBLISHED = "2026-11-20T10:00:00Z"
FEED = "/feed.json"


class Signer:
    """Writes what ``minisign -S -t COMMENT`` writes."""

    def __init__(self, seed: int = 1) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self._number = bytes([seed]) * 8

    @property
    def key_file(self) -> str:
        raw = b"Ed" + self._number + self._private.public_key().public_bytes_raw()
        return f"untrusted comment: minisign public key\n{base64.b64encode(raw).decode()}\n"

    @property
    def key(self) -> PublicKey:
        return parse_key(self.key_file)

    def sign(self, content: bytes, comment: str) -> bytes:
        signature = self._private.sign(hashlib.blake2b(content).digest())
        raw = base64.b64encode(b"ED" + self._number + signature).decode()
        whole = base64.b64encode(self._private.sign(signature + comment.encode())).decode()
        lines = ("untrusted comment: x", raw, f"trusted comment: {comment}", whole)
        return ("\n".join(lines) + "\n").encode()


def signed_release(version: str, content: bytes, asset_name: str) -> dict[str, bytes]:
    """Return what a server has to serve for a release, by path."""
    asset = {
        "url": "/program",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    facts = {"format": 1, "version": version, "published": PUBLISHED, "summary": "Calmer."}
    document = json.dumps(facts | {"assets": {asset_name: asset}}).encode()
    sign = Signer().sign
    return {
        FEED: document,
        f"{FEED}.minisig": sign(document, f"version:{version} published:{PUBLISHED}"),
        "/program": content,
        "/program.minisig": sign(content, f"version:{version} file:program"),
    }


@dataclass
class Publisher:
    """Puts a document, a file and their signatures on a server; each part can be spoilt."""

    server: ScriptedUpstream
    asset_name: str
    signer: Signer = field(default_factory=Signer)
    document: bytes = b""

    @property
    def url(self) -> str:
        return self.server.base_url + FEED

    def publish(
        self,
        version: str,
        content: bytes,
        *,
        file: str = "program.bin",
        published: str = PUBLISHED,
        facts: dict[str, Any] | None = None,
    ) -> None:
        """Publish ``content`` as ``version``; ``facts`` override those of the asset."""
        asset = {
            "url": f"/files/{file}",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        } | (facts or {})
        self.publish_document(
            {
                "format": 1,
                "version": version,
                "published": published,
                "summary": "Calmer.",
                "notes": "## What is new\n\n- Calm.",
                "assets": {self.asset_name: asset},
            }
        )
        self.serve(f"/files/{file}", content)
        signature = self.signer.sign(content, f"version:{version} file:{file}")
        self.serve(f"/files/{file}.minisig", signature)

    def publish_document(self, document: dict[str, Any]) -> None:
        """Publish a document and its signature."""
        self.document = content = json.dumps(document).encode()
        comment = f"version:{document['version']} published:{document['published']}"
        self.serve(FEED, content)
        self.serve(f"{FEED}.minisig", self.signer.sign(content, comment))

    def serve(self, path: str, content: bytes) -> None:
        """Answer ``path`` with ``content``, or with the part of it that is asked for."""
        self.server.on(path, ranged(content))


def ranged(content: bytes) -> Step:
    """Answer with the whole, or with what follows the byte that is asked for."""

    def choose(request: Request) -> Step:
        asked = re.fullmatch(r"bytes=(\d+)-", request.header("range") or "")
        if asked is None:
            return steps.respond(200, content, [])
        first = int(asked[1])
        span = f"bytes {first}-{len(content) - 1}/{len(content)}"
        return steps.respond(206, content[first:], [(b"content-range", span.encode())])

    return steps.by_request(choose, "ranged")


def script(version: str, *, selftest: str = "exit 0") -> bytes:
    """Return a shell script: it tests itself, says its version, or tells ``$STARTED`` it ran."""
    return (
        f"#!/bin/sh\n# {version}\n"
        'case "$1" in\n'
        f"selftest) {selftest};;\n"
        f"--version) echo {version};;\n"
        f'*) echo {version} > "$STARTED";;\n'
        "esac\n"
    ).encode()


def packed(folder: str, program: str, content: bytes) -> bytes:
    """Return a ``.tar.gz`` of a folder with one program in it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        entry = tarfile.TarInfo(f"{folder}/{program}")
        entry.size, entry.mode = len(content), 0o755
        archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()
