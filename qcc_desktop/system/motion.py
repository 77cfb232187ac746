"""Whether this computer's settings ask programs to move as little as possible.

- Windows: Settings, Accessibility, Visual effects, "Animation effects", asked with
  ``SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION)`` (WinUser.h, 0x1042).
- macOS: Accessibility, Display, "Reduce motion", ``reduceMotion`` of
  ``com.apple.universalaccess``.
- Linux: the settings portal (XDG Desktop Portal, ``org.freedesktop.portal.Settings``), which
  hands on ``org.freedesktop.appearance reduced-motion`` (1: reduce) and GNOME's and KDE's own
  switches; where no portal answers, ``gsettings`` is asked.
"""

import asyncio
import ctypes
import subprocess
import sys
from collections.abc import Callable, Sequence

_ANSWER_S = 2.0
"""Of each who is asked; nobody waits for the answer before something is shown."""
_SPI_GETCLIENTAREAANIMATION = 0x1042
_PORTAL = "org.freedesktop.portal.Desktop"
_OBJECT = "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"

Read = Callable[[str, str], object]
"""Returns the value of a key of a namespace; None where it is not known."""

_SWITCHES: Sequence[tuple[str, str, Callable[[object], bool]]] = (
    ("org.freedesktop.appearance", "reduced-motion", lambda value: value == 1),
    ("org.gnome.desktop.interface", "enable-animations", lambda value: value is False),
    ("org.kde.kdeglobals.KDE", "AnimationDurationFactor", lambda value: _figure(value) == 0),
)


async def prefers_less_motion() -> bool:
    """Return whether the system asks for less motion; False where it does not say."""
    return bool(await asyncio.to_thread(_ask))


def reduced(read: Read) -> bool | None:
    """Return what the switches of the desktops say; None where there is none of them."""
    answers = [
        is_off(value)
        for namespace, key, is_off in _SWITCHES
        if (value := read(namespace, key)) is not None
    ]
    return any(answers) if answers else None


def _figure(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 1.0


def _said(command: Sequence[str], wanted: str) -> bool | None:
    """Run a program of the system; None where it is not there, or has nothing to say."""
    try:
        done = subprocess.run(  # noqa: S603 - the commands of this module
            command, capture_output=True, text=True, timeout=_ANSWER_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() == wanted if done.returncode == 0 else None


if sys.platform == "linux":
    from jeepney import (  # type: ignore[import-untyped]
        DBusAddress,
        MessageType,
        new_method_call,
    )
    from jeepney.io.blocking import (  # type: ignore[import-untyped]
        DBusConnection,
        open_dbus_connection,
    )

    def _ask() -> bool | None:
        answer = _ask_portal()
        if answer is None:
            asked = ["gsettings", "get", "org.gnome.desktop.interface", "enable-animations"]
            answer = _said(asked, "false")
        return answer

    def _ask_portal() -> bool | None:
        try:
            bus = open_dbus_connection(bus="SESSION", auth_timeout=_ANSWER_S)
        except Exception:  # noqa: BLE001 - no bus, a strange address, one that refuses us: all the same
            return None
        try:
            return reduced(lambda namespace, key: _read(bus, namespace, key))
        except Exception:  # noqa: BLE001 - jeepney lets whatever the bus does surface
            return None
        finally:
            bus.close()

    def _read(bus: DBusConnection, namespace: str, key: str) -> object:
        """Ask the portal; ``Read`` is known by all versions, and packs the value twice."""
        address = DBusAddress(_OBJECT, _PORTAL, _SETTINGS)
        question = new_method_call(address, "Read", "ss", (namespace, key))
        reply = bus.send_and_get_reply(question, timeout=_ANSWER_S)
        if reply.header.message_type is not MessageType.method_return:
            return None
        value: object = reply.body[0]
        while isinstance(value, tuple) and len(value) == 2:
            value = value[1]
        return value

elif sys.platform == "win32":

    def _ask() -> bool | None:
        is_animated = ctypes.c_int(1)
        succeeded = ctypes.windll.user32.SystemParametersInfoW(
            _SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(is_animated), 0
        )
        return not is_animated.value if succeeded else None

else:

    def _ask() -> bool | None:
        return _said(["defaults", "read", "com.apple.universalaccess", "reduceMotion"], "1")
