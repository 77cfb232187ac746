"""Which certificates are trusted: the system's, and one more file where a person names it.

On Windows and macOS the system itself verifies (truststore). Elsewhere OpenSSL's own context is
used, loaded once: truststore reads the whole system bundle again for every connection there,
which blocked the loop for 28 ms each time (truststore 0.10.5, Debian 12).
"""

import asyncio
import ssl
import sys
import threading
from pathlib import Path

import truststore

_LINUX_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/cert.pem",  # older Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
)
"""Where bundles lie; a bundled interpreter looks at the paths of the machine that built it."""

_lock = threading.Lock()
_contexts: dict[Path | None, ssl.SSLContext] = {}


def client_ssl_context(extra_ca: Path | None = None) -> ssl.SSLContext:
    """The context for all connections that trust the system and ``extra_ca``.

    Built at the first call for that file and kept; safe from any thread. The first call reads
    and parses the system's bundle (30 ms): on the loop use `load_client_ssl_context`.

    Raises:
        OSError: ``extra_ca`` cannot be read (``ssl.SSLError``: holds no certificate).
    """
    with _lock:
        context = _contexts.get(extra_ca)
        if context is None:
            context = _contexts[extra_ca] = _build(extra_ca)
        return context


async def load_client_ssl_context(extra_ca: Path | None = None) -> ssl.SSLContext:
    """`client_ssl_context`, built in a thread so that the loop goes on."""
    ready = _contexts.get(extra_ca)
    if ready is not None:
        return ready
    return await asyncio.to_thread(client_ssl_context, extra_ca)


def forget_contexts() -> None:
    """Build anew at the next call, for instance after a CA file was replaced."""
    with _lock:
        _contexts.clear()


def _build(extra_ca: Path | None) -> ssl.SSLContext:
    context: ssl.SSLContext
    if sys.platform in {"win32", "darwin"}:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _load_system_bundle(context)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    if extra_ca is not None:
        context.load_verify_locations(cafile=str(extra_ca))
    return context


def _load_system_bundle(context: ssl.SSLContext) -> None:
    defaults = ssl.get_default_verify_paths()  # honours SSL_CERT_FILE and SSL_CERT_DIR
    if defaults.cafile or defaults.capath:
        context.set_default_verify_paths()
        return
    bundle = next((path for path in _LINUX_BUNDLES if Path(path).is_file()), None)
    if bundle is not None:
        context.load_verify_locations(cafile=bundle)
