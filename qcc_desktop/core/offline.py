"""Decides from what every endpoint does that it is this computer that has no network.

One outage of the own network looks like the death of every endpoint at once; blaming them
would open every circuit. The verdict is reached when every endpoint in use failed below HTTP
within five seconds and none answered in between. It is never reached

- while an endpoint on this computer is in use: that one needs no network, so a refused local
  server is its own fault and a working one keeps answering;
- for a single host that is refused, or whose name was never found before: that is an address
  typed wrong, or a vendor's fault.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from qcc_desktop.core.endpoint import is_loopback
from qcc_desktop.core.failure import TransportFault

WINDOW_S = 5.0
RECHECK_S = 5.0
"""How often to look whether the network is back while nobody asks."""

_SUSPECT = frozenset(
    {
        TransportFault.DNS,
        TransportFault.UNREACHABLE,
        TransportFault.REFUSED,
        TransportFault.CONNECT_TIMEOUT,
    }
)


class OfflineWatch:
    """Remembers which hosts failed last, and the verdict.

    ``recheck_s`` is when to look, while offline, whether the network is back.
    """

    __slots__ = ("_failed_s", "_hosts", "_needed", "_reached", "is_offline", "recheck_s")

    def __init__(self) -> None:
        self.is_offline = False
        self.recheck_s = 0.0
        self._hosts: dict[str, str] = {}
        self._needed = 0
        self._failed_s: dict[str, float] = {}
        self._reached: set[str] = set()

    def watch(self, base_urls: Mapping[str, str], *, attempts: int) -> None:
        """Take the endpoints in use (id to base URL); a request asks at most ``attempts``."""
        hosts = {endpoint_id: host_of(url) for endpoint_id, url in base_urls.items()}
        distinct = set(hosts.values())
        has_local = any(is_loopback(host) for host in distinct)
        self._hosts = hosts
        self._needed = 0 if has_local else min(len(distinct), max(attempts, 2))
        self._reached &= distinct
        self._failed_s = {h: at for h, at in self._failed_s.items() if h in distinct}
        if not self._needed:
            self.is_offline = False

    def reached(self, endpoint_id: str) -> None:
        """Note that an endpoint answered, with whatever: there is a network."""
        host = self._hosts.get(endpoint_id)
        if host is not None:
            self._reached.add(host)
        self._failed_s.clear()
        self.is_offline = False

    def failed(self, endpoint_id: str, fault: TransportFault, now_s: float) -> bool:
        """Note a failure below HTTP; tell whether the verdict was reached just now."""
        host = self._hosts.get(endpoint_id)
        if host is None or fault not in _SUSPECT or not self._needed:
            return False
        if self._needed == 1 and not self._is_telling(host, fault):
            return False
        self._failed_s[host] = now_s
        recent = [at for at in self._failed_s.values() if now_s - at <= WINDOW_S]
        if self.is_offline or len(recent) < self._needed:
            return False
        self.set_offline(now_s, offline=True)
        return True

    def set_offline(self, now_s: float, *, offline: bool) -> None:
        """Take a verdict that was reached elsewhere."""
        if offline and not self.is_offline:
            self.recheck_s = now_s + RECHECK_S
        if not offline:
            self._failed_s.clear()
        self.is_offline = offline

    def rechecked(self, now_s: float) -> None:
        """Note that a look at the network has begun; the next one follows later."""
        self.recheck_s = now_s + RECHECK_S

    def _is_telling(self, host: str, fault: TransportFault) -> bool:
        """Tell whether the failure of the only host speaks against this computer."""
        if fault is TransportFault.UNREACHABLE:
            return True
        return fault is TransportFault.DNS and host in self._reached


def host_of(base_url: str) -> str:
    """Return the host of a URL in lower case, empty when it has none."""
    try:
        return urlsplit(base_url).hostname or ""
    except ValueError:
        return ""
