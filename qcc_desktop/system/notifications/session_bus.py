"""One connection to the D-Bus session bus on asyncio; jeepney packs and unpacks the messages.

jeepney's own asyncio connection leaves its socket open when the bus does not answer, drops
signals that come faster than they are read, and lets the end of the bus surface as an error
nobody awaits (jeepney 0.9, `jeepney.io.asyncio`).
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, Self

from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_method_call,
)
from jeepney.auth import Authenticator  # type: ignore[import-untyped]
from jeepney.bus import get_bus  # type: ignore[import-untyped]

from qcc_desktop.runtime.tasks import cancel, spawn

_log = logging.getLogger(__name__)
_CHUNK_BYTES = 65536
_BUS_NAME = "org.freedesktop.DBus"


class BusError(Exception):
    """The other side answered with an error; its D-Bus name is the only argument."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and the unique name of who gave it."""

    sender: str
    body: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that was asked for by `SessionBus.listen`."""

    sender: str
    interface: str
    member: str
    body: tuple[Any, ...]


class SessionBus:
    """Made by `open`; whoever has it closes it.

    ``on_signal`` hears of signals in their order among the replies, ``on_end`` once when the bus
    is gone.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        on_signal: Callable[[Signal], None],
        on_end: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._on_signal = on_signal
        self._on_end = on_end
        self._loop = asyncio.get_running_loop()
        self._serials = count(start=1)
        self._replies: dict[int, asyncio.Future[Reply]] = {}
        self._reading = spawn(self._read(), name="session bus")

    @classmethod
    async def open(
        cls, address: str, on_signal: Callable[[Signal], None], on_end: Callable[[], None]
    ) -> Self:
        """Return a connection to the bus at ``address``.

        Raises:
            OSError: nobody listens there, or they hung up.
            ValueError: the address has no Unix socket, or the bus refused us.
        """
        reader, writer = await _connect(_socket_of(address))
        try:
            await _authenticate(reader, writer)
        except BaseException:
            writer.close()
            raise
        bus = cls(reader, writer, on_signal, on_end)
        try:
            await bus.call(_BUS_NAME, "Hello")
        except BaseException:
            await bus.close()
            raise
        return bus

    def listen(self, interface: str, *, sender: str, first: str | None = None) -> None:
        """Have the signals of ``interface`` sent here; ``first`` is their first argument."""
        rule = MatchRule(type="signal", interface=interface, sender=sender)
        if first is not None:
            rule.add_arg_condition(0, first)
        self.tell(_BUS_NAME, "AddMatch", "s", (rule.serialise(),))

    def call(
        self, service: str, member: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> asyncio.Future[Reply]:
        """Call a method of ``service``; the reply may never come.

        The returned future ends with `BusError`, or with `ConnectionError` when the bus ends.
        """
        serial = next(self._serials)
        reply: asyncio.Future[Reply] = self._loop.create_future()
        if self._reading.done():
            reply.set_exception(ConnectionResetError("the session bus is gone"))
            return reply
        self._replies[serial] = reply
        self._writer.write(_question(service, member, signature, body).serialise(serial))
        return reply

    def tell(
        self, service: str, member: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> None:
        """Call a method without wanting a reply."""
        message = _question(service, member, signature, body)
        message.header.flags |= MessageFlag.no_reply_expected
        if not self._reading.done():
            self._writer.write(message.serialise(next(self._serials)))

    async def close(self) -> None:
        """Hang up; what was written before is still sent if the bus takes it at once."""
        await cancel(self._reading)

    async def _read(self) -> None:
        parser = Parser()
        try:
            while data := await self._reader.read(_CHUNK_BYTES):
                for message in parser.feed(data):
                    self._take(message)
        except OSError as error:
            _log.info("The session bus is gone: %s", error)
        except Exception:  # noqa: BLE001 - no message that a bus may send shall end the program's messages
            _log.warning("The session bus sent what cannot be read", exc_info=True)
        finally:
            self._hang_up()

    def _hang_up(self) -> None:
        if self._writer.transport.get_write_buffer_size():
            self._writer.transport.abort()  # closing would wait for a bus that does not read
        else:
            self._writer.close()
        for reply in self._replies.values():
            if not reply.done():
                reply.set_exception(ConnectionResetError("the session bus is gone"))
                reply.exception()  # seen: whoever waited for it may have given up
        self._replies.clear()
        self._on_end()

    def _take(self, message: Message) -> None:
        header = message.header
        sender = str(header.fields.get(HeaderFields.sender, ""))
        if header.message_type is MessageType.signal:
            signal = Signal(
                sender,
                str(header.fields.get(HeaderFields.interface, "")),
                str(header.fields.get(HeaderFields.member, "")),
                tuple(message.body),
            )
            # Behind the callbacks of replies that came before it.
            self._loop.call_soon(self._on_signal, signal)
            return
        reply = self._replies.pop(header.fields.get(HeaderFields.reply_serial, 0), None)
        if reply is None or reply.done():
            return
        if header.message_type is MessageType.method_return:
            reply.set_result(Reply(sender, tuple(message.body)))
        elif header.message_type is MessageType.error:
            reply.set_exception(BusError(str(header.fields.get(HeaderFields.error_name, ""))))


def _question(service: str, member: str, signature: str, body: tuple[Any, ...]) -> Message:
    """Name object and interface after the service, as the bus and all we ask there do."""
    address = DBusAddress("/" + service.replace(".", "/"), service, service)
    return new_method_call(address, member, signature or None, body)


if sys.platform == "win32":

    async def _connect(path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        raise OSError(f"asyncio has no Unix sockets on Windows: {path}")

else:

    async def _connect(path: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(path)


def _socket_of(address: str) -> str:
    try:
        return str(get_bus(address))
    except RuntimeError as error:
        raise ValueError(str(error)) from error


async def _authenticate(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say who we are; the bus asks the kernel whether that is so (D-Bus specification, SASL)."""
    exchange = Authenticator()
    for line in exchange:
        writer.write(line)
        data = await reader.read(_CHUNK_BYTES)
        if not data:
            raise ConnectionResetError("the session bus hung up")
        exchange.feed(data)
    writer.write(b"BEGIN\r\n")
