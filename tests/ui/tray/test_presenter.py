"""What the tray says about a state of the program."""

from dataclasses import replace
from datetime import timedelta

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.ui.tray.look import Badge, Glyph, look_of
from qcc_desktop.ui.tray.presenter import STATUS_LENGTH, TOOLTIP_LENGTH, present
from tests.helpers.desk_fakes import NOW, endpoint, four_endpoints, no_endpoints, with_light

CONFIG = Config()


def test_tooltip_says_state_and_cause_whole() -> None:
    look = present(four_endpoints(), CONFIG, NOW)

    title, cause = look.tooltip.split("\n")
    assert title == "QCC Desktop: Another endpoint has taken over"
    assert cause.startswith("DeepSeek answers because Relay A is out: The endpoint limits")
    assert cause.endswith("rate.")


def test_tooltip_says_the_figures_where_the_cause_leaves_room() -> None:
    well = with_light(four_endpoints(), Light.GREEN, CauseKind.ALL_WELL)

    assert present(well, CONFIG, NOW).tooltip.split("\n") == [
        "QCC Desktop: All well",
        "DeepSeek answers.",
        "2 requests running",
        "790 ms to first token",
    ]


def test_tooltip_fits_the_128_characters_of_windows_whatever_the_names() -> None:
    long = replace(four_endpoints(), cause=Cause(CauseKind.FAILOVER, "x" * 90, "y" * 90, "z" * 90))

    assert len(present(long, CONFIG, NOW).tooltip) <= TOOLTIP_LENGTH


def test_status_line_is_short() -> None:
    assert len(present(four_endpoints(), CONFIG, NOW).status) <= STATUS_LENGTH


@pytest.mark.parametrize(
    ("light", "cause", "glyph", "badge"),
    [
        (Light.GREEN, CauseKind.ALL_WELL, Glyph.SOLID, Badge.NONE),
        (Light.AMBER, CauseKind.FAILOVER, Glyph.SOLID, Badge.TRIANGLE),
        (Light.RED, CauseKind.ALL_DOWN, Glyph.BROKEN, Badge.CROSS),
        (Light.RED, CauseKind.PROXY_FAILED, Glyph.BROKEN, Badge.CROSS),
        (Light.GREY, CauseKind.OFF, Glyph.OUTLINE, Badge.PAUSE),
        (Light.GREY, CauseKind.NO_ENDPOINTS, Glyph.OUTLINE, Badge.NONE),
        (Light.GREY, CauseKind.OFFLINE, Glyph.OUTLINE, Badge.SLASH),
    ],
)
def test_every_light_has_a_glyph_and_a_badge_of_its_own(
    light: Light, cause: CauseKind, glyph: Glyph, badge: Badge
) -> None:
    icon = look_of(light, cause)

    assert (icon.glyph, icon.badge) == (glyph, badge)


def test_the_switch_is_off_only_when_the_person_switched_it_off() -> None:
    failed = with_light(four_endpoints(), Light.RED, CauseKind.PROXY_FAILED)
    off = with_light(four_endpoints(), Light.GREY, CauseKind.OFF)

    assert present(failed, CONFIG, NOW).is_on
    assert not present(off, CONFIG, NOW).is_on


def test_an_endpoint_that_is_out_says_when_it_is_tried_again() -> None:
    waiting, well, needing, disabled = present(four_endpoints(), CONFIG, NOW).endpoints

    assert waiting.label == "▲  Relay A: Cooling down, tried again in 0:42"
    assert well.label == "●  DeepSeek"
    assert needing.label == "■  Moonshot: Needs you"
    assert disabled.label == "○  Anthropic"
    assert (well.is_pinned, disabled.is_enabled) == (True, False)


def test_signs_differ_for_every_health() -> None:
    views = tuple(EndpointView(endpoint(f"E{health}"), health, requests=1) for health in Health)
    unasked = EndpointView(endpoint("New"), Health.HEALTHY)
    keyless = replace(unasked, endpoint=endpoint("Keyless"), has_key=False)

    look = present(Snapshot(endpoints=(*views, unasked, keyless)), CONFIG, NOW)

    assert len({entry.label[0] for entry in look.endpoints}) == len(Health) + 2
    assert look.endpoints[-2].label.endswith("New: Not used yet")
    assert look.endpoints[-1].label.endswith("Keyless: No key")


def test_the_countdown_goes_down_and_then_says_that_it_is_due() -> None:
    later = present(four_endpoints(), CONFIG, NOW + timedelta(seconds=40)).endpoints[0]
    due = present(four_endpoints(), CONFIG, NOW + timedelta(minutes=5)).endpoints[0]

    assert later.label.endswith("0:02")
    assert due.label.endswith("tried any moment")


def test_reduced_motion_keeps_the_icon_still() -> None:
    still = Config(settings=Settings(ui_reduced_motion=True))

    assert present(four_endpoints(), still, NOW).is_still
    assert present(four_endpoints(), CONFIG, NOW, is_still=True).is_still
    assert not present(four_endpoints(), CONFIG, NOW).is_still
    assert present(four_endpoints(), still, NOW).is_busy


def test_nothing_can_be_launched_without_an_endpoint() -> None:
    assert not present(no_endpoints(), CONFIG, NOW).can_launch
    assert present(four_endpoints(), CONFIG, NOW).can_launch


@pytest.mark.parametrize(
    ("running", "said"),
    [
        (0, "Quitting…"),
        (1, "Quitting: 1 answer is still running"),
        (2, "Quitting: 2 answers are still running"),
    ],
)
def test_quitting_says_what_it_waits_for(running: int, said: str) -> None:
    snapshot = replace(four_endpoints(), in_flight=running)

    look = present(snapshot, CONFIG, NOW, is_quitting=True)

    assert look.status == said
    assert look.tooltip == said
