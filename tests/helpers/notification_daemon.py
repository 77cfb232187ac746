"""A notification service of the desktop without pixels (freedesktop.org, "Notifications" 1.2).

It keeps to the specification: a click is told only for an action that came with the message, to
whoever sent it, and what replaces a message takes its number.

async with SniWatcher() as panel, NotificationDaemon(panel.variables) as desktop:
    ...start the program with `panel.variables`...
    message = await desktop.message()
    desktop.click(message)
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageFlag, MessageType
from dbus_next.message import Message

NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Notification:
    """One message as it came over the bus; ``actions`` alternate key and label."""

    id: int
    sender: str
    replaces: int
    program: str
    icon: str
    title: str
    body: str
    actions: tuple[str, ...]
    hints: Mapping[str, Any]
    lasting_ms: int


class NotificationDaemon:
    """Takes messages on the session bus that ``variables`` name.

    While ``is_silent`` it answers nothing; what was asked meanwhile is answered by `wake`.
    """

    def __init__(
        self,
        variables: Mapping[str, str],
        capabilities: Sequence[str] = ("body", "body-markup", "actions"),
    ) -> None:
        self._address = variables["DBUS_SESSION_BUS_ADDRESS"]
        self._capabilities = list(capabilities)
        self.is_silent = False
        self._unanswered: list[Message] = []
        self._withdrawn: asyncio.Queue[int] = asyncio.Queue()
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

    async def withdrawn(self) -> int:
        """Return the number of the next message that the program takes back."""
        async with asyncio.timeout(_TIMEOUT_S):
            return await self._withdrawn.get()

    def click(self, message: Notification, key: str = "default", token: str = "") -> None:
        """Do what the person's click on a message, or on its button ``key``, leads to."""
        if key in message.actions[::2]:
            if token:
                self.signal("ActivationToken", "us", message.id, token)
            self.signal("ActionInvoked", "us", message.id, key)
        self.signal("NotificationClosed", "uu", message.id, 2)

    def signal(self, member: str, signature: str, *body: object) -> None:
        """Send a signal to whoever listens."""
        assert self._bus is not None
        self._bus.send(Message.new_signal(_PATH, NAME, member, signature, list(body)))

    def wake(self) -> None:
        """Answer again, first what was asked while it was silent."""
        assert self._bus is not None
        self.is_silent = False
        while self._unanswered:
            answer = self._answer(self._unanswered.pop(0))
            if isinstance(answer, Message):
                self._bus.send(answer)

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

    def _answer(self, call: Message) -> Message | bool | None:
        """Return the answer, True for none, None when it is not for us."""
        is_ours = call.message_type is MessageType.METHOD_CALL and call.interface == NAME
        if is_ours and self.is_silent:
            self._unanswered.append(call)
            return True
        return self._reply(call) if is_ours else None

    def _reply(self, call: Message) -> Message | bool | None:
        match call.member:
            case "Notify":
                return Message.new_method_return(call, "u", [self._take(call)])
            case "GetCapabilities":
                return Message.new_method_return(call, "as", [self._capabilities])
            case "CloseNotification":
                self._withdrawn.put_nowait(call.body[0])
                is_told = call.flags & MessageFlag.NO_REPLY_EXPECTED
                return True if is_told else Message.new_method_return(call)
            case "GetServerInformation":
                return Message.new_method_return(call, "ssss", ["tests", "tests", "1", "1.2"])
            case _:
                return None

    def _take(self, call: Message) -> int:
        program, replaces, icon, title, text, actions, hints, lasting_ms = call.body
        self._count += not replaces
        number = replaces or self._count
        values = {name: variant.value for name, variant in hints.items()}
        self._messages.put_nowait(
            Notification(
                *(number, call.sender, replaces, program, icon, title, text),
                *(tuple(actions), values, lasting_ms),
            )
        )
        return number
