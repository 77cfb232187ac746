"""The notification service of Linux desktops (freedesktop.org, "Desktop Notifications" 1.2).

A click is told only for actions that came with the message: ``default`` is a click on the message
itself, and where the service can show buttons, another one says so in words. Qt's own messages
carry no action (Qt 6.11, `QDBusTrayIcon::showMessage`).
"""

import asyncio
import html
import logging
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from qcc_desktop.system.notifications.message import DesktopMessage, Picture, Urgency
from qcc_desktop.system.notifications.shown import Shown

if TYPE_CHECKING:
    from qcc_desktop.system.notifications.session_bus import Reply, SessionBus, Signal

_log = logging.getLogger(__name__)
NAME = "org.freedesktop.Notifications"
_BUS_NAME = "org.freedesktop.DBus"
_PROGRAM = "QCC Desktop"
_DESKTOP_ENTRY = "qcc-desktop"
_DEFAULT = "default"
_BUTTON = "open"
_URGENCIES = {Urgency.LOW: 0, Urgency.NORMAL: 1}
_PATIENCE_S = 10.0
"""A service that is started by its first message takes seconds."""

Listener = Callable[[str, str], None]


class FreedesktopMessages:
    """Shows messages through the session bus at ``address``; connects with the first one.

    Lives on one loop and never blocks it. ``patience_s`` is how long a message waits for the bus
    and the service together.
    """

    def __init__(self, address: str, *, patience_s: float = _PATIENCE_S) -> None:
        self._address = address
        self._patience_s = patience_s
        self._bus: SessionBus | None = None
        self._shown = Shown()
        self._turn = asyncio.Lock()
        self._newest: dict[str, DesktopMessage] = {}
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the key of each message that is clicked, until the returned call.

        The second argument is the activation token of the click, empty where there is none.
        """
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def show(self, message: DesktopMessage) -> bool:
        """Show ``message``; return False when nobody here shows messages.

        True as well when the service does not answer: it has the message, and may show it late.
        A message is left out when one with the same key overtook it.
        """
        self._newest[message.key] = message
        try:
            async with asyncio.timeout(self._patience_s), self._turn:
                if self._newest.get(message.key) is message:
                    await self._send(message)
        except TimeoutError:
            _log.info("The notification service does not answer")
        except Exception as error:  # noqa: BLE001 - whatever a bus does, Qt's messages remain
            _log.info("No notification service: %s: %s", type(error).__name__, error)
            return False
        finally:
            if self._newest.get(message.key) is message:
                del self._newest[message.key]
        return True

    async def close(self) -> None:
        """Take the messages back, since a click on them leads nowhere now, and hang up."""
        bus, self._bus = self._bus, None
        if bus is None:
            return
        for number in self._shown.numbers():
            bus.tell(NAME, "CloseNotification", "u", (number,))
        await bus.close()

    async def _send(self, message: DesktopMessage) -> None:
        bus = await self._connected()
        capabilities = self._shown.capabilities
        if capabilities is None:
            reply = await asyncio.shield(bus.call(NAME, "GetCapabilities"))
            capabilities = self._shown.capabilities = frozenset(reply.body[0])
        body = notify_arguments(message, self._shown.number_of(message.key), capabilities)
        answer = bus.call(NAME, "Notify", "susssasa{sv}i", body)
        # A service that is late is heard all the same: the click on its message counts.
        answer.add_done_callback(partial(self._accept, message.key))
        await asyncio.shield(answer)

    def _accept(self, key: str, answer: "asyncio.Future[Reply]") -> None:
        if answer.cancelled() or answer.exception() is not None:
            return
        self._shown.server = answer.result().sender
        self._shown.take(answer.result().body[0], key)

    async def _connected(self) -> "SessionBus":
        if self._bus is None:
            # Reading it from the disk takes some milliseconds, once.
            await asyncio.to_thread(import_module, f"{__package__}.session_bus")
            from qcc_desktop.system.notifications.session_bus import SessionBus  # noqa: PLC0415

            self._shown = Shown()
            bus = await SessionBus.open(self._address, self._hear, self._ended)
            bus.listen(NAME, sender=NAME)
            bus.listen(_BUS_NAME, sender=_BUS_NAME, first=NAME)
            self._bus = bus
        return self._bus

    def _ended(self) -> None:
        self._bus = None
        self._shown = Shown()

    def _hear(self, signal: "Signal") -> None:
        match signal.interface, signal.member, signal.body:
            case (str(name), "NameOwnerChanged", (_, _, _)) if name == _BUS_NAME:
                self._shown = Shown()
            case (str(name), member, (int(number), detail)) if (
                name == NAME and signal.sender == self._shown.server
            ):
                self._hear_service(member, number, detail)
            case _:
                pass

    def _hear_service(self, member: str, number: int, detail: object) -> None:
        match member:
            case "ActivationToken":
                self._shown.note_token(number, str(detail))
            case "ActionInvoked" if detail in {_DEFAULT, _BUTTON}:
                clicked = self._shown.click(number)
                if clicked is not None:
                    for listener in tuple(self._listeners):
                        listener(*clicked)
            case "NotificationClosed":
                self._shown.close(number)
            case _:
                pass


def notify_arguments(
    message: DesktopMessage, replaces: int, capabilities: frozenset[str]
) -> tuple[Any, ...]:
    """Return what ``Notify`` takes, for a service with these ``capabilities``."""
    title, body = _clean(message.title), _clean(message.body)
    if "body-markup" in capabilities:
        body = html.escape(body, quote=False)
    label = _clean(message.action_label)
    actions = [_DEFAULT, label]
    if "actions" in capabilities and label:
        # Xfce makes a button of every label, also of the default's, and leaves out what follows
        # an action without one (xfce4-notifyd 0.7.3).
        actions = [_BUTTON, label, _DEFAULT, ""]
    hints: dict[str, tuple[str, Any]] = {
        "desktop-entry": ("s", _DESKTOP_ENTRY),
        "urgency": ("y", _URGENCIES[message.urgency]),
    }
    if message.picture is not None:
        hints["image-data"] = ("(iiibiiay)", _image(message.picture))
    lasting_ms = -1 if message.lasting_s is None else round(message.lasting_s * 1000)
    return (_PROGRAM, replaces, "", title, body, actions, hints, lasting_ms)


def _image(picture: Picture) -> tuple[int, int, int, bool, int, int, bytes]:
    """Width, height, bytes a row, opacity, bits a sample, samples a pixel, pixels."""
    stride = picture.width_px * 4
    return (picture.width_px, picture.height_px, stride, True, 8, 4, picture.rgba)


def _clean(text: str) -> str:
    """Leave out what ends a connection: D-Bus strings are UTF-8 without NUL."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
