"""Private certificate authorities: named, readable, and known to both sides."""

import ssl
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say

FIX = "certificates.trust_node_extra"
NODE = "NODE_EXTRA_CA_CERTS"
_OPTION = "upstream.ca_file"
_SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def check_certificates(environ: Mapping[str, str], ca_file: str) -> tuple[Finding, ...]:
    """Look at every file that is to be trusted; ``ca_file`` is our own option. Blocks."""
    named = {_OPTION: ca_file, NODE: environ.get(NODE, ""), "SSL_CERT_FILE": ""}
    named["SSL_CERT_FILE"] = environ.get("SSL_CERT_FILE", "")
    given = {source: file for source, file in named.items() if file}
    bad = tuple(
        _finding(
            Verdict.PROBLEM,
            say(texts.CERTIFICATES_BAD, source=source, file=file, error=error),
            say(texts.CERTIFICATES_BAD_DO, source=source),
        )
        for source, file in given.items()
        if (error := fault_of(file))
    )
    if bad:
        return bad
    if NODE in given and not ca_file and not _is_systems_own(given[NODE]):
        file = given[NODE]
        detail = say(texts.CERTIFICATES_ONE_SIDED, file=file)
        remedy = say(texts.CERTIFICATES_ONE_SIDED_DO, file=file)
        return (_finding(Verdict.NOTE, detail, remedy, FIX),)
    if given:
        files = ", ".join(f"{file} ({source})" for source, file in given.items())
        return (_finding(Verdict.OK, say(texts.CERTIFICATES_EXTRA, files=files)),)
    return (_finding(Verdict.OK, say(texts.CERTIFICATES_SYSTEM)),)


def _is_systems_own(file: str) -> bool:
    """Whether this is the system's bundle under whatever name: then both sides trust it."""
    known = (ssl.get_default_verify_paths().openssl_cafile, *_SYSTEM_BUNDLES)
    return Path(file).expanduser().resolve() in {Path(each).resolve() for each in known}


def fault_of(file: str) -> str:
    """Return why ``file`` holds no certificates that can be used; empty when it does. Blocks."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(
            cafile=Path(file).expanduser()
        )
    except ssl.SSLError:
        return "it holds no certificate in PEM form"
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT, fix_id: str = "") -> Finding:
    return Finding("certificates", say(texts.CERTIFICATES), verdict, detail, remedy, fix_id)
