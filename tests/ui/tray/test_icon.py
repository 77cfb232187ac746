"""The drawn icon: shapes that differ without colour, edges on whole pixels, readable colours."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage

from qcc_desktop.core.health import CauseKind, Light
from qcc_desktop.ui.theme.palette import Role, Tone, colour
from qcc_desktop.ui.tray.icon import SIZES_PX, draw, tray_icon
from qcc_desktop.ui.tray.look import IconLook, look_of
from tests.helpers import draw_tray_icons
from tests.helpers.tray_host import difference, state_pixels

LOOKS = {
    "green": look_of(Light.GREEN, CauseKind.ALL_WELL),
    "amber": look_of(Light.AMBER, CauseKind.FAILOVER),
    "red": look_of(Light.RED, CauseKind.ALL_DOWN),
    "off": look_of(Light.GREY, CauseKind.OFF),
    "offline": look_of(Light.GREY, CauseKind.OFFLINE),
}
ROLES = {
    "green": Role.GREEN,
    "amber": Role.AMBER,
    "red": Role.RED,
    "off": Role.GREY,
    "offline": Role.GREY,
}


def _opaque(image: QImage) -> set[tuple[int, int]]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {(x, y) for x, y in points if image.pixelColor(x, y).alpha() > 127}


@pytest.mark.parametrize("size_px", SIZES_PX)
@pytest.mark.parametrize(("one", "other"), list(combinations(LOOKS, 2)))
def test_two_states_differ_in_shape_alone(size_px: int, one: str, other: str) -> None:
    first = _opaque(draw(LOOKS[one], Tone.LIGHT, size_px, template=True))
    second = _opaque(draw(LOOKS[other], Tone.LIGHT, size_px, template=True))

    assert len(first ^ second) >= size_px * size_px / 16


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("size_px", SIZES_PX)
def test_the_states_colour_is_the_only_one_in_its_icon(size_px: int, name: str, tone: Tone) -> None:
    found = state_pixels(draw(LOOKS[name], tone, size_px), tone)

    assert found[ROLES[name]] >= size_px
    assert sum(found.values()) - found[ROLES[name]] <= 2


@pytest.mark.parametrize("size_px", [16, 20, 22, 24, 32, 48, 64])
def test_the_plugs_straight_edges_lie_on_whole_pixels(size_px: int) -> None:
    image = draw(LOOKS["green"], Tone.LIGHT, size_px)
    middle = size_px // 2
    foreground = colour(Role.PANEL_TEXT, Tone.LIGHT)

    column = [image.pixelColor(middle, y) for y in range(size_px // 2, size_px * 3 // 4)]

    assert all(pixel == foreground for pixel in column)


def test_a_panel_gets_every_size_drawn_and_none_scaled() -> None:
    icon = tray_icon(LOOKS["amber"], Tone.DARK)

    assert sorted(size.width() for size in icon.availableSizes()) == sorted(SIZES_PX)


def test_an_icon_is_drawn_once_and_kept() -> None:
    assert tray_icon(LOOKS["red"], Tone.DARK) is tray_icon(LOOKS["red"], Tone.DARK)


def test_the_macos_icon_is_a_template_of_one_colour() -> None:
    icon = tray_icon(LOOKS["red"], Tone.DARK, template=True)
    image = draw(LOOKS["red"], Tone.DARK, 32, template=True)

    assert icon.isMask()
    points = [(x, y) for x in range(32) for y in range(32)]
    solid = {
        image.pixelColor(x, y).rgb() for x, y in points if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {QColor(colour(Role.PANEL_TEXT, Tone.LIGHT)).rgb()}


def test_the_pulse_changes_the_arc_and_comes_back() -> None:
    base = LOOKS["green"]
    frames = [
        draw(IconLook(base.light, base.glyph, base.badge, step), Tone.LIGHT, 22)
        for step in range(5)
    ]

    assert difference(frames[0], frames[2]) > 60
    assert difference(frames[0], frames[4]) == 0


def test_every_file_is_what_the_drawing_program_draws() -> None:
    stale = [
        path.name
        for path, text in draw_tray_icons.files().items()
        if path.read_text(encoding="utf-8") != text
    ]

    assert not stale
