"""Loads aiohttp without the certificates of its client; imported before whatever needs its server.

WORKAROUND aiohttp 3.14, `aiohttp.connector`: whoever imports the server gets the client as well,
and that makes two TLS contexts when it is imported and reads the system's certificates for each:
50 ms of CPU, on Windows more. Nobody here uses that client. A context without certificates trusts
nobody, so a use of it would fail and not be unsafe. Remove when they are made at first use.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

_READERS = ("load_default_certs", "set_default_verify_paths")


@contextmanager
def without_certificates() -> Iterator[None]:
    """Let TLS contexts made in this block, in any thread, read none of the system's certificates."""
    kept = {name: getattr(ssl.SSLContext, name) for name in _READERS}
    for name in _READERS:
        setattr(ssl.SSLContext, name, _read_nothing)
    try:
        yield
    finally:
        for name, reader in kept.items():
            setattr(ssl.SSLContext, name, reader)


def _read_nothing(*_: object) -> None:
    """Stand in for what reads certificates."""


with without_certificates():
    import aiohttp.connector

LOADED = aiohttp.connector
