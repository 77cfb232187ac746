"""Sessions keep their endpoint: a thousand interleaved turns of fifty sessions with failures."""

import random
from dataclasses import dataclass, field

import pytest

from qcc_desktop.core.affinity import PAUSE_S
from qcc_desktop.core.classification.rows import ROWS
from qcc_desktop.core.fleet import Permit
from qcc_desktop.core.settings import Settings, Strategy
from tests.unit.core.fleet_driver import Driver, endpoint

ROWS_OF_ENDPOINTS = (2, 5, 7, 12, 15, 16, 22, 23, 25, 26, 30, 33)
TURNS, SESSIONS = 1000, 50


@dataclass
class Tally:
    """What the simulated sessions saw."""

    kept: int = 0
    eligible: int = 0
    answered: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    seen_s: dict[str, float] = field(default_factory=dict)


def one_turn(driver: Driver, session: str, rng: random.Random, tally: Tally) -> None:
    """One request with its failovers; a well endpoint still fails now and then."""
    now_s = driver.now_s
    home = tally.answers.get(session)
    is_warm = home is not None and now_s - tally.seen_s[session] < PAUSE_S
    is_well = home is not None and driver.is_well(home)
    excluded: set[str] = set()
    first = True
    while candidates := driver.plan(session, excluded=frozenset(excluded)).candidates:
        permit = driver.admit(candidates[0], session)
        assert isinstance(permit, Permit)
        if first and is_warm and is_well:
            tally.eligible += 1
            tally.kept += permit.endpoint_id == home
        first = False
        driver.wait(rng.uniform(0.1, 0.5))
        if rng.random() < 0.08:
            row = rng.choice(ROWS_OF_ENDPOINTS)
            driver.fleet.fail(permit, ROWS[row], driver.now_s, rng.random())
            excluded.add(permit.endpoint_id)
            continue
        driver.fleet.succeed(permit, driver.now_s, first_content_s=0.3)
        tally.answered += 1
        tally.answers[session] = permit.endpoint_id
        tally.seen_s[session] = driver.now_s
        return


def verify_those_due(driver: Driver, rng: random.Random) -> None:
    for name in driver.fleet.probe_due(driver.now_s):
        driver.fleet.probe_began(name, driver.now_s)
        failure = ROWS[26] if rng.random() < 0.3 else None
        driver.fleet.probe_ended(name, failure, driver.now_s, rng.random())


@pytest.mark.parametrize("strategy", list(Strategy))
def test_every_turn_goes_to_the_sessions_endpoint_while_that_is_well(strategy: Strategy) -> None:
    driver = Driver("abcd", Settings(routing_strategy=strategy))
    rng, tally = random.Random(7), Tally()
    sessions = [f"session-{number}" for number in range(SESSIONS)]

    for _ in range(TURNS):
        driver.wait(rng.expovariate(1.0))
        one_turn(driver, rng.choice(sessions), rng, tally)
        verify_those_due(driver, rng)

    share = tally.kept / tally.eligible
    print(  # noqa: T201 - the figure is part of what this test is for
        f"{strategy}: {tally.kept} of {tally.eligible} turns stayed ({share:.1%}),"
        f" {tally.answered} of {TURNS} answered"
    )
    assert tally.eligible > TURNS / 2
    assert share == 1.0
    assert tally.answered >= TURNS * 0.99


def test_editing_the_list_does_not_move_warm_sessions() -> None:
    driver = Driver("abc")
    for number in range(SESSIONS):
        driver.succeed(session=f"session-{number}")

    driver.apply(endpoints=tuple(endpoint(name) for name in "cba"))
    homes = {driver.succeed(session=f"session-{number}") for number in range(SESSIONS)}

    assert homes == {"a"}
    assert driver.succeed(session="new") == "c"
