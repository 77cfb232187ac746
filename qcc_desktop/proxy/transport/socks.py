"""Tunnels through SOCKS proxies."""

import socket
from urllib.parse import unquote

import httpx
from python_socks import ProxyError, ProxyType
from python_socks.async_.asyncio import Proxy

from qcc_desktop.proxy.transport.tunnel import TunnelRefusedError

_TYPES = {
    "socks5": ProxyType.SOCKS5,
    "socks5h": ProxyType.SOCKS5,
    "socks4": ProxyType.SOCKS4,
    "socks4a": ProxyType.SOCKS4,
}
_NEVER_S = 24 * 3600.0
"""The dial's own deadline is the shorter one; python-socks insists on a number."""


async def open_socks(proxy: httpx.URL, proxy_port: int, host: str, port: int) -> socket.socket:
    """Return a socket that reaches ``host`` through ``proxy``, a URL with scheme, host and user.

    Raises:
        TunnelRefusedError: the proxy refused; ``status`` is 407 where it wants another user.
        OSError: the proxy cannot be reached (``socket.gaierror``: ``host`` is not known here).
    """
    tunnel = Proxy(
        _TYPES[proxy.scheme],
        proxy.host,
        proxy_port,
        username=unquote(proxy.username) or None,
        password=unquote(proxy.password) or None,
        rdns=proxy.scheme in {"socks5h", "socks4a"},
    )
    try:
        return await tunnel.connect(host, port, timeout=_NEVER_S)
    except ProxyError as error:
        text = str(error) or type(error).__name__
        raise TunnelRefusedError(text, 407 if "auth" in text.lower() else 0) from error
