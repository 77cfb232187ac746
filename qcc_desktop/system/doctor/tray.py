"""Does this desktop show tray icons, and by which way."""

import contextlib
import ctypes
import sys
from collections.abc import Mapping
from enum import StrEnum

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say

_WATCHER = "org.kde.StatusNotifierWatcher"
_DBUS_S = 3.0


class Host(StrEnum):
    """Who shows tray icons here."""

    NOTIFIER = "notifier"
    """A panel that speaks StatusNotifierItem."""
    NOTIFIER_WITHOUT_PANEL = "notifier_without_panel"
    XEMBED = "xembed"
    NONE = "none"


def check_tray(environ: Mapping[str, str], *, platform: str = sys.platform) -> tuple[Finding, ...]:
    """Look for a panel that shows icons. Blocks for some seconds at most."""
    if platform in {"win32", "darwin"}:
        return (_finding(Verdict.OK, say(texts.TRAY_NATIVE)),)
    host = notifier_host(environ.get("DBUS_SESSION_BUS_ADDRESS", ""))
    if host is not Host.NOTIFIER and has_xembed_tray(environ.get("DISPLAY", "")):
        host = Host.XEMBED
    return (judge_tray(host, environ),)


def judge_tray(host: Host, environ: Mapping[str, str]) -> Finding:
    """Return the finding for what was seen on Linux."""
    match host:
        case Host.NOTIFIER:
            return _finding(Verdict.OK, say(texts.TRAY_SNI))
        case Host.XEMBED:
            return _finding(Verdict.OK, say(texts.TRAY_XEMBED))
        case Host.NOTIFIER_WITHOUT_PANEL:
            return _finding(Verdict.PROBLEM, say(texts.TRAY_NO_HOST), say(texts.TRAY_NONE_DO))
        case Host.NONE:
            return _none(environ)


def _none(environ: Mapping[str, str]) -> Finding:
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return _finding(
            Verdict.NOT_CHECKED, say(texts.TRAY_NO_DESKTOP), say(texts.TRAY_NO_DESKTOP_DO)
        )
    desktop = environ.get("XDG_CURRENT_DESKTOP", "")
    if "gnome" in desktop.lower().split(":"):
        return _finding(Verdict.PROBLEM, say(texts.TRAY_GNOME), say(texts.TRAY_GNOME_DO))
    detail = say(texts.TRAY_NONE, desktop=desktop or "?")
    return _finding(Verdict.PROBLEM, detail, say(texts.TRAY_NONE_DO))


def notifier_host(bus_address: str) -> Host:
    """Ask the session bus for a StatusNotifierWatcher and its panel. Blocks."""
    if not bus_address:
        return Host.NONE
    # Any failure of the bus, of its library or of an odd watcher means: no icons by this way.
    with contextlib.suppress(Exception):
        from jeepney import DBusAddress, MessageType, Properties  # type: ignore[import-untyped]  # noqa: PLC0415 - Linux only
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # noqa: PLC0415

        watcher = DBusAddress("/StatusNotifierWatcher", _WATCHER, _WATCHER)
        with open_dbus_connection(bus_address) as connection:
            question = Properties(watcher).get("IsStatusNotifierHostRegistered")
            reply = connection.send_and_get_reply(question, timeout=_DBUS_S)
        if reply.header.message_type is MessageType.method_return:
            return Host.NOTIFIER if reply.body[0][1] else Host.NOTIFIER_WITHOUT_PANEL
    return Host.NONE


def has_xembed_tray(display: str) -> bool:
    """Whether a program owns the tray selection of the X screen. Blocks.

    The freedesktop system tray protocol 0.3: the manager owns ``_NET_SYSTEM_TRAY_Sn``.
    """
    if not display:
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XGetSelectionOwner.restype = ctypes.c_ulong
    connection = x11.XOpenDisplay(display.encode())
    if not connection:
        return False
    pointer = ctypes.c_void_p(connection)
    try:
        name = f"_NET_SYSTEM_TRAY_S{x11.XDefaultScreen(pointer)}".encode()
        atom = x11.XInternAtom(pointer, name, 0)
        return bool(x11.XGetSelectionOwner(pointer, ctypes.c_ulong(atom)))
    finally:
        x11.XCloseDisplay(pointer)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("tray", say(texts.TRAY), verdict, detail, remedy)
