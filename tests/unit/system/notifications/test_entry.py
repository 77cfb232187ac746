"""Who shows messages on which system."""

import pytest

from qcc_desktop.system.notifications.entry import desktop_messages

_BUS = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"}


def test_linux_with_a_session_bus_has_its_own() -> None:
    assert desktop_messages(_BUS, platform="linux") is not None


@pytest.mark.parametrize(
    ("environ", "platform"),
    [({}, "linux"), ({"DBUS_SESSION_BUS_ADDRESS": ""}, "linux"), (_BUS, "win32"), (_BUS, "darwin")],
)
def test_elsewhere_there_is_only_qt(environ: dict[str, str], platform: str) -> None:
    assert desktop_messages(environ, platform=platform) is None
