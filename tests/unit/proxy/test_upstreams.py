"""The client of each endpoint, and the proxy it goes through."""

import asyncio
import threading
from dataclasses import replace

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import DIRECT, Endpoint
from qcc_desktop.proxy import upstreams as module
from qcc_desktop.proxy.upstreams import Upstreams

ENDPOINT = Endpoint(id="a", name="A", base_url="https://a.example")


class SystemProxy:
    """What the system says, and in which threads it was asked."""

    def __init__(self) -> None:
        self.url: str | None = None
        self.threads: list[threading.Thread] = []

    def __call__(self, base_url: str) -> str | None:
        assert base_url == ENDPOINT.base_url
        self.threads.append(threading.current_thread())
        return self.url


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> SystemProxy:
    system = SystemProxy()
    monkeypatch.setattr(module, "system_proxy_for", system)
    return system


async def test_the_systems_proxy_is_looked_up_once_and_not_on_the_loop(
    system: SystemProxy,
) -> None:
    upstreams = Upstreams()
    system.url = "http://proxy.example:1"

    first = await upstreams.get(ENDPOINT)
    second = await upstreams.get(ENDPOINT)
    await upstreams.aclose()

    assert first is second
    assert first.proxy == system.url
    assert len(system.threads) == 1
    assert threading.main_thread() not in system.threads


@pytest.mark.parametrize("news", ["sleep", "options"])
async def test_another_proxy_is_noticed_and_the_same_one_keeps_its_connections(
    system: SystemProxy, news: str
) -> None:
    upstreams = Upstreams()
    config = Config(endpoints=(ENDPOINT,))
    upstreams.configure(config)

    def change() -> None:
        if news == "sleep":
            upstreams.refresh()
        else:
            upstreams.configure(config)

    first = await upstreams.get(ENDPOINT)
    change()
    same = await upstreams.get(ENDPOINT)
    system.url = "http://proxy.example:1"
    change()
    others = await asyncio.gather(upstreams.get(ENDPOINT), upstreams.get(ENDPOINT))
    await upstreams.aclose()

    assert same is first
    assert others[0] is others[1]
    assert others[0].proxy == system.url


@pytest.mark.parametrize(("proxy", "used"), [(DIRECT, None), ("http://own:1", "http://own:1")])
async def test_an_endpoint_with_a_proxy_of_its_own_asks_nobody(
    system: SystemProxy, proxy: str, used: str | None
) -> None:
    upstreams = Upstreams()

    made = await upstreams.get(replace(ENDPOINT, proxy=proxy))
    await upstreams.aclose()

    assert made.proxy == used
    assert not system.threads


async def test_an_address_that_no_client_takes_is_told_to_whoever_asks(
    system: SystemProxy,
) -> None:
    upstreams = Upstreams()
    await upstreams.get(ENDPOINT)
    broken = replace(ENDPOINT, base_url="https://1.2.3.999", proxy=DIRECT)

    upstreams.configure(Config(endpoints=(broken,)))

    with pytest.raises(ValueError, match="Invalid"):
        await upstreams.get(broken)
    await upstreams.aclose()
