"""Servers, clients, TLS, raw sockets, pipes, processes and threads work on the Qt loop."""

import asyncio
import socket
import ssl
import sys
from typing import TypeAlias

import pytest
import trustme
from typing_extensions import override

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


async def echo(reader: Reader, writer: Writer) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


def address_of(server: asyncio.Server) -> tuple[str, int]:
    host, port = server.sockets[0].getsockname()[:2]
    return host, port


async def talk(reader: Reader, writer: Writer, data: bytes) -> bytes:
    """Sends `data` while reading as much back, then sees the other side close."""
    writer.write(data)
    back, _ = await asyncio.gather(reader.readexactly(len(data)), writer.drain())
    if writer.can_write_eof():
        writer.write_eof()
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    return back


async def test_many_clients_stream_megabytes_through_a_server() -> None:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)

    async def client(number: int) -> bool:
        data = bytes([number]) * 1_000_000
        return await talk(*await asyncio.open_connection(*address_of(server)), data) == data

    right = await asyncio.gather(*(client(number) for number in range(10)))
    server.close()
    await server.wait_closed()

    assert all(right)


async def test_tls_streams_both_ways() -> None:
    authority = trustme.CA()
    server_side = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(server_side)
    client_side = ssl.create_default_context()
    authority.configure_trust(client_side)
    served = asyncio.Event()

    async def serve(reader: Reader, writer: Writer) -> None:
        await echo(reader, writer)
        served.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=server_side)
    reader, writer = await asyncio.open_connection(
        *address_of(server), ssl=client_side, server_hostname="localhost"
    )
    data = b"secret" * 50_000
    back = await talk(reader, writer, data)
    await served.wait()
    server.close()
    await server.wait_closed()

    assert back == data


async def test_a_refused_connection_is_an_error() -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))

        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(*unheard.getsockname())


async def test_a_client_that_leaves_is_noticed() -> None:
    left = asyncio.Event()

    async def serve(reader: Reader, writer: Writer) -> None:
        await reader.read()
        left.set()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*address_of(server))
    writer.close()
    await writer.wait_closed()

    async with asyncio.timeout(2):
        await left.wait()
    server.close()
    await server.wait_closed()


async def test_raw_sockets_accept_connect_send_and_receive() -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as listener, socket.socket() as client:
        listener.setblocking(False)
        client.setblocking(False)
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        (server_side, _), _ = await asyncio.gather(
            loop.sock_accept(listener), loop.sock_connect(client, listener.getsockname())
        )
        with server_side:
            receiving = loop.create_task(loop.sock_recv(server_side, 100))
            await asyncio.sleep(0.005)
            await loop.sock_sendall(client, b"hello")

            assert await receiving == b"hello"


async def test_a_receive_given_up_leaves_the_socket_usable() -> None:
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    near.setblocking(False)

    with near, far:
        for _ in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.005):
                    await loop.sock_recv(near, 100)
        far.send(b"late")

        assert await loop.sock_recv(near, 100) == b"late"


async def test_datagrams_arrive() -> None:
    loop, arrived = asyncio.get_running_loop(), asyncio.Event()

    class Listener(asyncio.DatagramProtocol):
        @override
        def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
            arrived.set()

    listening, _ = await loop.create_datagram_endpoint(Listener, local_addr=("127.0.0.1", 0))
    sending, _ = await loop.create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=listening.get_extra_info("sockname")
    )
    sending.sendto(b"x")
    async with asyncio.timeout(2):
        await arrived.wait()
    sending.close()
    listening.close()
    await asyncio.sleep(0)


async def test_a_process_is_talked_to_and_its_end_awaited() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys; print(sys.stdin.read().upper()); sys.exit(3)",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )

    out, _ = await process.communicate(b"hello")

    assert out.strip() == b"HELLO"
    assert process.returncode == 3


async def test_a_process_can_be_killed() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(60)"
    )

    process.kill()

    assert await process.wait() != 0


async def test_threads_return_results_and_raise_errors() -> None:
    loop = asyncio.get_running_loop()

    results = await asyncio.gather(
        *(loop.run_in_executor(None, pow, 2, number) for number in range(20))
    )
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(divmod, 1, 0)

    assert results == [2**number for number in range(20)]
