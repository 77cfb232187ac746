"""What the switches of the desktops mean."""

import pytest

from qcc_desktop.system.motion import reduced

FREEDESKTOP = ("org.freedesktop.appearance", "reduced-motion")
GNOME = ("org.gnome.desktop.interface", "enable-animations")
KDE = ("org.kde.kdeglobals.KDE", "AnimationDurationFactor")


@pytest.mark.parametrize(
    ("known", "wanted"),
    [
        ({}, None),
        ({FREEDESKTOP: 1}, True),
        ({FREEDESKTOP: 0}, False),
        ({GNOME: False}, True),
        ({GNOME: True}, False),
        ({FREEDESKTOP: 0, GNOME: False}, True),
        ({KDE: "0"}, True),
        ({KDE: "0.5"}, False),
        ({KDE: "strange"}, False),
    ],
)
def test_each_desktop_has_its_own_switch(
    known: dict[tuple[str, str], object], wanted: bool | None
) -> None:
    assert reduced(lambda namespace, key: known.get((namespace, key))) is wanted
