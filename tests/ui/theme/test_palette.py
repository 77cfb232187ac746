"""Colours by role: readable, and told apart without red and green."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from qcc_desktop.core.health import Light
from qcc_desktop.ui.marks import Mark
from qcc_desktop.ui.theme.palette import (
    Role,
    Tone,
    colour,
    contrast,
    qt_palette,
    readable_on,
    role_of_light,
    role_of_mark,
    tone_of,
    use_contrast,
)

STATES = (Role.GREEN, Role.AMBER, Role.RED, Role.GREY)
PANELS = {
    Tone.LIGHT: ("#ffffff", "#f3f3f3", "#ececec"),
    Tone.DARK: ("#000000", "#202020", "#2b2b2b"),
}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("role", [*STATES, Role.TEXT, Role.MUTED])
@pytest.mark.parametrize("back", [Role.PAGE, Role.CARD, Role.FIELD, Role.HOVER, Role.SELECTION])
def test_texts_and_marks_are_readable_on_every_surface(back: Role, role: Role, tone: Tone) -> None:
    assert contrast(colour(role, tone), colour(back, tone)) >= 4.5


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize("role", [*STATES, Role.PANEL_TEXT])
def test_the_tray_icon_is_readable_on_usual_panels(role: Role, tone: Tone) -> None:
    worst = min(contrast(colour(role, tone), QColor(panel)) for panel in PANELS[tone])

    assert worst >= 4.5


@pytest.mark.parametrize("tone", Tone)
def test_the_edges_of_fields_can_be_seen(tone: Tone) -> None:
    assert contrast(colour(Role.EDGE, tone), colour(Role.FIELD, tone)) >= 3


@pytest.mark.parametrize("tone", Tone)
@pytest.mark.parametrize(("one", "other"), list(combinations(STATES[:3], 2)))
def test_states_stay_apart_for_people_who_see_no_red_or_green(
    one: Role, other: Role, tone: Tone
) -> None:
    """Deuteranopia, simulated (Viénot, Brettel and Mollon 1999): blue and the red-green sum stay."""
    first, second = _as_deuteranope(colour(one, tone)), _as_deuteranope(colour(other, tone))

    assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) > 0.05


def _as_deuteranope(value: QColor) -> tuple[float, float]:
    red, green, blue = value.redF() ** 2.2, value.greenF() ** 2.2, value.blueF() ** 2.2
    return 0.29275 * red + 0.70725 * green, -0.02234 * red + 0.02234 * green + blue


@pytest.mark.parametrize("tone", Tone)
def test_a_palette_of_a_tone_is_recognised_as_one(tone: Tone) -> None:
    assert tone_of(qt_palette(tone)) is tone


@pytest.mark.parametrize("accent", ["#2563c9", "#ffd400", "#e11d48", "#00a37a", "#222222"])
def test_text_on_any_accent_is_readable(accent: str) -> None:
    assert contrast(readable_on(QColor(accent)), QColor(accent)) >= 4


def test_every_light_and_health_has_a_role() -> None:
    assert {role_of_light(light) for light in Light} == set(STATES)
    assert all(role_of_mark(mark) in STATES for mark in Mark)


@pytest.mark.parametrize("tone", Tone)
def test_more_contrast_on_request_and_back(tone: Tone) -> None:
    before = colour(Role.LINE, tone).name()
    use_contrast(is_strong=True)
    try:
        for back in (Role.PAGE, Role.CARD):
            assert contrast(colour(Role.LINE, tone), colour(back, tone)) >= 3
            assert contrast(colour(Role.EDGE, tone), colour(back, tone)) >= 7
            assert contrast(colour(Role.MUTED, tone), colour(back, tone)) >= 7
            assert contrast(colour(Role.FAINT, tone), colour(back, tone)) >= 4.5
    finally:
        use_contrast(is_strong=False)
    assert colour(Role.LINE, tone).name() == before
