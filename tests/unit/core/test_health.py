"""The one light, as a table."""

import string
from dataclasses import replace

import pytest

from qcc_desktop.core.health import (
    CAUSE_TEXTS,
    Cause,
    CauseKind,
    Grade,
    Health,
    Light,
    overall_light,
)

WELL = Grade("A", Health.HEALTHY, has_answered=True)
NEW = Grade("A", Health.HEALTHY)
LAME = Grade("A", Health.DEGRADED, "It failed.", has_answered=True)
OUT = Grade("B", Health.CIRCUIT_OPEN, "It is gone.")
COOLING = Grade("B", Health.UNHEALTHY, "It cools.")
LOCKED = Grade("B", Health.QUARANTINED, "The key was refused.")


@pytest.mark.parametrize(
    ("grades", "cause"),
    [
        pytest.param((LAME,), Cause(CauseKind.ALL_DOWN, "", "A", "It failed."), id="the only one"),
        pytest.param(
            (LOCKED, LAME),
            Cause(CauseKind.ALL_DOWN, "", "B", "The key was refused."),
            id="what needs the person is named",
        ),
        pytest.param(
            (LAME, COOLING),
            Cause(CauseKind.ALL_DOWN, "", "B", "It cools."),
            id="the worst is named",
        ),
    ],
)
def test_it_is_red_while_the_last_request_failed_and_nobody_has_answered_since(
    grades: tuple[Grade, ...], cause: Cause
) -> None:
    assert overall_light(grades, running=True, has_outage=True) == (Light.RED, cause)
    assert overall_light(grades, running=True)[0] is Light.AMBER


def test_one_healthy_endpoint_is_hope_enough_after_a_failed_request() -> None:
    light, cause = overall_light((LOCKED, WELL), running=True, has_outage=True)

    assert (light, cause.kind) == (Light.AMBER, CauseKind.FAILOVER)


@pytest.mark.parametrize(
    ("grades", "light", "cause"),
    [
        pytest.param((WELL,), Light.GREEN, Cause(CauseKind.ALL_WELL, "A"), id="answers"),
        pytest.param((NEW,), Light.GREEN, Cause(CauseKind.READY, "A"), id="ready"),
        pytest.param(
            (LAME,),
            Light.AMBER,
            Cause(CauseKind.DEGRADED, "A", detail="It failed."),
            id="failed lately",
        ),
        pytest.param(
            (LAME, replace(WELL, name="B")),
            Light.AMBER,
            Cause(CauseKind.RECOVERING, "B", "A", "It failed."),
            id="a healthy one is asked until the preferred one has recovered",
        ),
        pytest.param(
            (WELL, replace(LAME, name="B")),
            Light.GREEN,
            Cause(CauseKind.ALL_WELL, "A"),
            id="another one failed lately",
        ),
        pytest.param(
            (OUT, WELL),
            Light.AMBER,
            Cause(CauseKind.FAILOVER, "A", "B", "It is gone."),
            id="the preferred one is out",
        ),
        pytest.param(
            (WELL, COOLING),
            Light.AMBER,
            Cause(CauseKind.ENDPOINT_OUT, "A", "B", "It cools."),
            id="another one is out",
        ),
        pytest.param(
            (LOCKED,),
            Light.RED,
            Cause(CauseKind.ALL_DOWN, "", "B", "The key was refused."),
            id="all are out",
        ),
        pytest.param(
            (OUT, replace(COOLING, name="C")),
            Light.RED,
            Cause(CauseKind.ALL_DOWN, "", "B", "It is gone."),
            id="all are out: the preferred one is named",
        ),
        pytest.param(
            (OUT, replace(COOLING, name="C"), replace(LOCKED, name="D")),
            Light.RED,
            Cause(CauseKind.ALL_DOWN, "", "D", "The key was refused."),
            id="all are out: what only the person can repair comes first",
        ),
    ],
)
def test_the_light_of_a_running_proxy(
    grades: tuple[Grade, ...], light: Light, cause: Cause
) -> None:
    assert overall_light(grades, running=True, configured=len(grades)) == (light, cause)


def test_a_proxy_that_cannot_start_is_red_with_its_fault() -> None:
    light, cause = overall_light((WELL,), running=False, fault="The port is taken.")

    assert light is Light.RED
    assert cause.text() == "The proxy cannot start. The port is taken."


def test_a_proxy_that_is_off_is_grey() -> None:
    assert overall_light((OUT,), running=False) == (Light.GREY, Cause(CauseKind.OFF))


def test_offline_is_grey_whatever_the_grades_say() -> None:
    assert overall_light((OUT,), running=True, offline=True, configured=1) == (
        Light.GREY,
        Cause(CauseKind.OFFLINE),
    )


@pytest.mark.parametrize(
    ("configured", "light", "kind"),
    [
        pytest.param(0, Light.GREY, CauseKind.NO_ENDPOINTS, id="a fresh start is no fault"),
        pytest.param(2, Light.RED, CauseKind.ALL_DISABLED, id="all switched off"),
    ],
)
def test_without_endpoints_in_use_it_says_which_way(
    configured: int, light: Light, kind: CauseKind
) -> None:
    assert overall_light((), running=True, configured=configured) == (light, Cause(kind))


@pytest.mark.parametrize("kind", CauseKind)
def test_every_cause_has_a_sentence_with_known_placeholders(kind: CauseKind) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(CAUSE_TEXTS[kind]) if name}

    assert names <= {"endpoint", "other", "detail"}
    assert Cause(kind, "A", "B", "why").text()


def test_a_translated_sentence_is_filled_in_too() -> None:
    cause = Cause(CauseKind.ALL_WELL, "A")

    assert cause.text("{endpoint} 正常。") == "A 正常。"


def test_a_name_with_braces_is_shown_as_it_is() -> None:
    assert Cause(CauseKind.ALL_WELL, "{0}").text() == "{0} answers."
