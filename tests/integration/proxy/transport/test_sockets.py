"""How the sockets towards endpoints are set up."""

import gc
import socket

import pytest

from qcc_desktop.proxy.transport.http1 import Http1Connection
from tests.integration.proxy.transport.asking import Ask, body_of
from tests.integration.proxy.transport.raw_server import Peer, raw_server


async def ok(peer: Peer) -> None:
    await peer.request()
    await peer.answer()
    await peer.gone()


@pytest.mark.parametrize(
    ("level", "option"),
    [(socket.IPPROTO_TCP, socket.TCP_NODELAY), (socket.SOL_SOCKET, socket.SO_KEEPALIVE)],
    ids=["small pieces leave at once", "a dead peer is noticed"],
)
async def test_sockets_have_the_option(ask: Ask, level: int, option: int) -> None:
    async with raw_server(ok) as server:
        await body_of(await ask(server.url))
        connections = [each for each in gc.get_objects() if isinstance(each, Http1Connection)]
        transports = [each._transport for each in connections if each._transport is not None]
        sockets = [transport.get_extra_info("socket") for transport in transports]

        assert sockets
        assert all(sock.getsockopt(level, option) for sock in sockets)
