"""A panel for tray icons without pixels of its own: a session bus with a StatusNotifierWatcher.

    async with SniWatcher() as panel:
        ...start the program with `panel.variables`...
        item = await panel.item()
        await item.icons()

Reads what a KDE or GNOME panel would read: the icon's pixels, the tooltip and the menu (KDE,
"StatusNotifierItem"; Canonical, "com.canonical.dbusmenu").
"""

import asyncio
import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from dbus_next.aio.message_bus import MessageBus
from dbus_next.constants import MessageType
from dbus_next.message import Message
from dbus_next.signature import Variant

WATCHER = "org.kde.StatusNotifierWatcher"
_ITEM = "org.kde.StatusNotifierItem"
_MENU = "com.canonical.dbusmenu"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_TIMEOUT_S = 20.0

_INTROSPECTION = f"""<node><interface name="{WATCHER}">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
</interface></node>"""


@dataclass(frozen=True)
class Pixmap:
    """One size of an icon, as it came over the bus: ARGB, four bytes a pixel, not premultiplied."""

    width: int
    height: int
    argb: bytes


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the menu with everything below it."""

    id: int
    label: str
    is_separator: bool
    is_enabled: bool
    is_visible: bool
    is_checked: bool | None
    children: tuple["MenuEntry", ...]

    def find(self, text: str) -> "MenuEntry":
        """Return the first entry whose label holds ``text``."""
        for entry in self.walk():
            if text in entry.label:
                return entry
        raise AssertionError(f"no entry {text!r} in {[entry.label for entry in self.walk()]}")

    def walk(self) -> "list[MenuEntry]":
        """Return this entry and all below it."""
        return [self, *(each for child in self.children for each in child.walk())]


class SniItem:
    """The tray icon of one program."""

    def __init__(self, bus: MessageBus, service: str, path: str) -> None:
        self._bus = bus
        self._service = service
        self._path = path

    async def icons(self) -> tuple[Pixmap, ...]:
        """Return every size the program offers."""
        found = await self._property("IconPixmap")
        return tuple(Pixmap(width, height, bytes(data)) for width, height, data in found)

    async def tooltip(self) -> str:
        """Return title and text of the tooltip."""
        _, _, title, text = await self._property("ToolTip")
        return f"{title}\n{text}".strip()

    async def activate(self) -> None:
        """Click with the left button."""
        await self._call(self._path, _ITEM, "Activate", "ii", [0, 0])

    async def activate_secondary(self) -> None:
        """Click with the middle button."""
        await self._call(self._path, _ITEM, "SecondaryActivate", "ii", [0, 0])

    async def menu(self) -> MenuEntry:
        """Return the menu, as it is when it opens."""
        path = await self._property("Menu")
        await self._call(path, _MENU, "AboutToShow", "i", [0])
        _, layout = await self._call(path, _MENU, "GetLayout", "iias", [0, -1, []])
        return _entry(layout)

    async def choose(self, entry: MenuEntry) -> None:
        """Click an entry of the menu."""
        path = await self._property("Menu")
        arguments = [entry.id, "clicked", Variant("i", 0), 0]
        await self._call(path, _MENU, "Event", "isvu", arguments)

    async def _property(self, name: str) -> Any:
        (value,) = await self._call(self._path, _PROPERTIES, "Get", "ss", [_ITEM, name])
        return value.value

    async def _call(
        self, path: str, interface: str, member: str, signature: str, body: list[Any]
    ) -> Any:
        message = Message(
            destination=self._service,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=body,
        )
        async with asyncio.timeout(_TIMEOUT_S):
            reply = await self._bus.call(message)
        assert reply is not None
        assert reply.message_type is not MessageType.ERROR, f"{member}: {reply.body}"
        return reply.body


def _entry(layout: Any) -> MenuEntry:
    number, properties, children = layout
    values = {name: variant.value for name, variant in properties.items()}
    state = values.get("toggle-state")
    return MenuEntry(
        id=number,
        label=str(values.get("label", "")).replace("_", ""),
        is_separator=values.get("type") == "separator",
        is_enabled=bool(values.get("enabled", True)),
        is_visible=bool(values.get("visible", True)),
        is_checked=None if state is None or "toggle-type" not in values else bool(state),
        children=tuple(_entry(child.value) for child in children),
    )


class SniWatcher:
    """A session bus of its own on which this process is the watcher and the panel."""

    def __init__(self) -> None:
        self._daemon: asyncio.subprocess.Process | None = None
        self._address = ""
        self._bus: MessageBus | None = None
        self._items: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    @property
    def variables(self) -> Mapping[str, str]:
        """The variable that leads a program to this bus."""
        return {"DBUS_SESSION_BUS_ADDRESS": self._address}

    async def item(self) -> SniItem:
        """Return the next icon that registers."""
        async with asyncio.timeout(_TIMEOUT_S):
            service, path = await self._items.get()
        assert self._bus is not None
        return SniItem(self._bus, service, path)

    async def __aenter__(self) -> Self:
        self._daemon = await asyncio.create_subprocess_exec(
            *("dbus-daemon", "--session", "--nofork", "--print-address"),
            env=os.environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self._daemon.stdout is not None
        async with asyncio.timeout(_TIMEOUT_S):
            self._address = (await self._daemon.stdout.readline()).decode().strip()
        self._bus = await MessageBus(bus_address=self._address).connect()
        self._bus.add_message_handler(self._answer)
        await self._bus.request_name(WATCHER)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bus is not None:
            self._bus.disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
            with contextlib.suppress(EOFError):
                await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]  # of dbus-next
            self._bus._stream.close()  # dbus-next 0.2.3 leaves its socket open
            self._bus._sock.close()
        if self._daemon is not None:
            self._daemon.terminate()
            await self._daemon.wait()

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL:
            return None
        answers: dict[str, Callable[[Message], Message]] = {
            "RegisterStatusNotifierItem": self._register,
            "RegisterStatusNotifierHost": Message.new_method_return,
            "Introspect": lambda call: Message.new_method_return(call, "s", [_INTROSPECTION]),
            "Get": _get,
            "GetAll": lambda call: Message.new_method_return(call, "a{sv}", [_VALUES]),
        }
        answer = answers.get(message.member)
        return answer(message) if answer is not None else None

    def _register(self, call: Message) -> Message:
        named = str(call.body[0])
        is_path = named.startswith("/")
        service = call.sender if is_path else named
        self._items.put_nowait((service, named if is_path else "/StatusNotifierItem"))
        return Message.new_method_return(call)


_VALUES = {
    "RegisteredStatusNotifierItems": Variant("as", []),
    "IsStatusNotifierHostRegistered": Variant("b", True),
    "ProtocolVersion": Variant("i", 0),
}


def _get(call: Message) -> Message:
    return Message.new_method_return(call, "v", [_VALUES[call.body[1]]])
