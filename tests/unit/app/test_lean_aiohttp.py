"""aiohttp without the certificates that only its client would use."""

import ssl
import subprocess
import sys

from qcc_desktop.app.lean_aiohttp import without_certificates

_LOOK = """
import ssl
from qcc_desktop.app import lean_aiohttp
from aiohttp import connector
made = (connector._SSL_CONTEXT_VERIFIED, connector._SSL_CONTEXT_UNVERIFIED)
print(*(sum(context.cert_store_stats().values()) for context in made))
"""


def test_the_client_that_nobody_uses_knows_no_certificates() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", _LOOK], capture_output=True, text=True, timeout=60, check=True
    )

    assert answer.stdout.split() == ["0", "0"]


def test_certificates_are_read_again_afterwards() -> None:
    before = (ssl.SSLContext.load_default_certs, ssl.SSLContext.set_default_verify_paths)
    usual = ssl.create_default_context().cert_store_stats()

    with without_certificates():
        inside = ssl.create_default_context().cert_store_stats()

    assert sum(inside.values()) == 0
    assert (ssl.SSLContext.load_default_certs, ssl.SSLContext.set_default_verify_paths) == before
    assert ssl.create_default_context().cert_store_stats() == usual
