"""Which proxy the system wants for a URL: environment first, then the system's settings.

Variables are those of curl (``http_proxy``, ``https_proxy``, ``all_proxy``, ``no_proxy``; upper
case too, lower case wins). ``no_proxy`` is read as curl reads it: names separated by commas or
spaces, ``*`` for everything, a name covers itself and its subdomains (a leading dot or ``*.``
makes no difference), addresses and CIDR blocks match literal addresses only. Beyond curl, an
entry may end in a port, which then must match (as Go and Python's requests have it).

Loopback targets are never proxied: what runs on this computer is reached directly.
"""

import ipaddress
import sys
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlsplit

_SCHEMES = ("http", "https", "all")


def system_proxy_for(url: str, environ: Mapping[str, str] | None = None) -> str | None:
    """URL of the proxy to use for ``url``, or None for a direct connection.

    With ``environ`` the answer depends on it alone. Without, the process's environment decides
    and, where it names no proxy, the settings of Windows or macOS with their exceptions.
    """
    scheme, host, port = _target(url)
    if not host or is_loopback(host):
        return None
    settings = urllib.request.getproxies_environment() if environ is None else _read(environ)
    if any(settings.get(key) for key in _SCHEMES):
        return _choose(settings, scheme, host, port)
    if environ is None and sys.platform in {"win32", "darwin"}:
        if urllib.request.proxy_bypass(host):
            return None
        return _choose(urllib.request.getproxies(), scheme, host, port)
    return None


def is_loopback(host: str) -> bool:
    """True for names and addresses of this computer itself."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and (address.is_loopback or address.is_unspecified)


def bypasses_proxy(host: str, port: int, no_proxy: str) -> bool:
    """True when an entry of ``no_proxy`` covers ``host`` (see this module's docstring)."""
    name = host.rstrip(".").lower()
    return any(_covers(entry, name, port) for entry in no_proxy.lower().replace(",", " ").split())


def _target(url: str) -> tuple[str, str, int]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.scheme, parts.hostname or "", port or (443 if parts.scheme == "https" else 80)


def _read(environ: Mapping[str, str]) -> dict[str, str]:
    upper = {key.lower(): value for key, value in environ.items() if key != key.lower()}
    found = {**upper, **{key: value for key, value in environ.items() if key == key.lower()}}
    if "REQUEST_METHOD" in environ:  # CGI: HTTP_PROXY is a header of the request, not ours
        found.pop("http_proxy", None)
    return {key: found[f"{key}_proxy"] for key in (*_SCHEMES, "no") if found.get(f"{key}_proxy")}


def _choose(settings: Mapping[str, str], scheme: str, host: str, port: int) -> str | None:
    proxy = settings.get(scheme) or settings.get("all")
    if not proxy or bypasses_proxy(host, port, settings.get("no", "")):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _covers(entry: str, name: str, port: int) -> bool:
    if entry == "*":
        return True
    address = _address(name)
    if address is not None and "/" in entry:
        return _in_block(address, entry)
    pattern, wanted_port = _split_port(entry)
    if wanted_port is not None and wanted_port != port:
        return False
    if address is not None:
        return _address(pattern) == address
    suffix = pattern.removeprefix("*").strip(".")
    return bool(suffix) and (name == suffix or name.endswith("." + suffix))


def _split_port(entry: str) -> tuple[str, int | None]:
    """``host:8443`` in two; an IPv6 address needs brackets to carry a port."""
    if entry.startswith("["):
        host, _, rest = entry[1:].partition("]")
        return host, int(rest[1:]) if rest[1:].isdigit() else None
    host, colon, port = entry.rpartition(":")
    if colon and ":" not in host and port.isdigit():
        return host, int(port)
    return entry, None


def _in_block(address: ipaddress.IPv4Address | ipaddress.IPv6Address, block: str) -> bool:
    try:
        return address in ipaddress.ip_network(block.strip("[]"), strict=False)
    except ValueError:
        return False


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
