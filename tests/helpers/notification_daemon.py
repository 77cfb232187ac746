"""A notification service of the desktop without pixels (freedesktop.org, "Notifications" 1.2).

async with SniWatcher() as panel, NotificationDaemon(panel.variables) as desktop:
    ...start the program with `panel.variables`...
    message = await desktop.message()
    desktop.click(message)
"""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageType
from dbus_next.message import Message

NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Notification:
    """One message as it came over the bus; ``actions`` alternate key and label."""

    id: int
    program: str
    icon: str
    title: str
    body: str
    actions: tuple[str, ...]
    hints: Mapping[str, Any]
    lasting_ms: int


class NotificationDaemon:
    """Takes messages on the session bus that ``variables`` name."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._address = variables["DBUS_SESSION_BUS_ADDRESS"]
        self._bus: MessageBus | None = None
        self._messages: asyncio.Queue[Notification] = asyncio.Queue()
        self._count = 0

    async def message(self) -> Notification:
        """Return the next message."""
        async with asyncio.timeout(_TIMEOUT_S):
            return await self._messages.get()

    @property
    def waiting(self) -> int:
        """How many messages have come and were not looked at."""
        return self._messages.qsize()

    def click(self, message: Notification, key: str = "default") -> None:
        """Tell the program that the person clicked."""
        assert self._bus is not None
        body = [message.id, key]
        signal = Message.new_signal(_PATH, NAME, "ActionInvoked", "us", body)
        self._bus.send(signal)

    async def __aenter__(self) -> Self:
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(NAME)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._bus is not None
        self._bus.disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
        with contextlib.suppress(EOFError):
            await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
        self._bus._stream.close()  # dbus-next 0.2.3 leaves its socket open
        self._bus._sock.close()

    def _answer(self, call: Message) -> Message | None:
        if call.message_type is not MessageType.METHOD_CALL or call.interface != NAME:
            return None
        match call.member:
            case "Notify":
                return Message.new_method_return(call, "u", [self._take(call.body)])
            case "GetCapabilities":
                return Message.new_method_return(call, "as", [["body", "actions"]])
            case "GetServerInformation":
                return Message.new_method_return(call, "ssss", ["tests", "tests", "1", "1.2"])
            case "CloseNotification":
                return Message.new_method_return(call)
            case _:
                return None

    def _take(self, body: list[Any]) -> int:
        program, _, icon, title, text, actions, hints, lasting_ms = body
        self._count += 1
        values = {name: variant.value for name, variant in hints.items()}
        self._messages.put_nowait(
            Notification(
                self._count, program, icon, title, text, tuple(actions), values, lasting_ms
            )
        )
        return self._count
