"""The order in which one request asks the endpoints."""

import pytest

from qcc_desktop.core.affinity import PAUSE_S, Binding
from qcc_desktop.core.config import Config
from qcc_desktop.core.health import Health
from qcc_desktop.core.roster import Roster
from qcc_desktop.core.route import RouteRequest
from qcc_desktop.core.router import Router, arrangement, favourites
from qcc_desktop.core.settings import Settings, Strategy
from tests.unit.core.fleet_driver import BROKEN, MIDDLE, Driver, endpoint

NOW_S = 1000.0


def router_of(names: str = "abc", **rest: object) -> Router:
    roster = Roster()
    config = Config(endpoints=tuple(endpoint(name) for name in names), **rest)  # type: ignore[arg-type]
    roster.configure(config, NOW_S)
    router = Router(roster)
    router.config = config
    return router


def order(router: Router, binding: Binding | None = None, **route: object) -> str:
    plan = router.plan(RouteRequest(**route), binding, NOW_S, MIDDLE)  # type: ignore[arg-type]
    return "".join(candidate.endpoint.id for candidate in plan.candidates)


def bound(now_s: float = NOW_S, **where: str) -> Binding:
    return Binding("s", now_s, **where)  # type: ignore[arg-type]


def test_without_endpoints_nobody_is_asked() -> None:
    assert order(router_of("")) == ""


def test_a_session_comes_before_the_pinned_endpoint_and_that_before_the_rest() -> None:
    router = router_of("abcd", pinned_id="d")

    assert order(router) == "dabc"
    assert order(router, bound(endpoint_id="c", home_id="b")) == "cbda"


def test_bindings_to_unknown_endpoints_are_passed_over() -> None:
    assert order(router_of("ab"), bound(endpoint_id="gone", home_id="b")) == "ba"


def test_nobody_is_named_twice() -> None:
    router = router_of("abc", pinned_id="b")

    assert order(router, bound(endpoint_id="b", home_id="b", pin_id="b")) == "bac"


def test_excluded_endpoints_are_left_out_even_when_bound() -> None:
    assert order(router_of(), bound(endpoint_id="a"), excluded=frozenset("a")) == "bc"


@pytest.mark.parametrize(
    ("graded", "expected"),
    [
        ([], ""),
        ([(Health.HEALTHY, "a"), (Health.HEALTHY, "b")], "ab"),
        ([(Health.DEGRADED, "a"), (Health.HEALTHY, "b")], "ba"),
    ],
)
def test_arrangement(graded: list[tuple[Health, str]], expected: str) -> None:
    driver = Driver("ab")
    members = {name: driver.fleet._roster.find(name) for name in "ab"}
    choices = [(health, members[name]) for health, name in graded]

    arranged = arrangement(
        [(health, member) for health, member in choices if member is not None],
        Strategy.PRIORITY_FAILOVER,
        MIDDLE,
    )

    assert "".join(member.endpoint.id for member in arranged) == expected


@pytest.mark.parametrize(
    ("strategy", "is_paused", "is_home_well", "expected"),
    [
        pytest.param(
            Strategy.PRIORITY_FAILOVER, False, True, ("pin", "now", "home", "top"), id="warm"
        ),
        pytest.param(
            Strategy.PRIORITY_FAILOVER, True, True, ("pin", "top"), id="after a pause, by priority"
        ),
        pytest.param(
            Strategy.RANDOM, True, True, ("pin", "top", "home", "now"), id="after a pause, home"
        ),
        pytest.param(
            Strategy.RANDOM, True, False, ("pin", "top", None, "now"), id="unless home is not well"
        ),
    ],
)
def test_favourites(
    strategy: Strategy, is_paused: bool, is_home_well: bool, expected: tuple[str | None, ...]
) -> None:
    seen_s = NOW_S - PAUSE_S if is_paused else NOW_S
    binding = bound(seen_s, endpoint_id="now", home_id="home", pin_id="pin")

    assert (
        favourites(binding, NOW_S, strategy=strategy, pinned_id="top", is_home_well=is_home_well)
        == expected
    )


def test_without_a_session_only_the_pinned_endpoint_is_favoured() -> None:
    assert favourites(
        None, NOW_S, strategy=Strategy.RANDOM, pinned_id="top", is_home_well=False
    ) == ("top",)


def test_trials_come_after_the_well_and_the_last_resort_at_the_end() -> None:
    driver = Driver("abcd", Settings(upstream_probe_s=9999.0))
    driver.trip("a")
    driver.wait(60.0)
    driver.trip("b")

    assert driver.order() == "cdaB"


def test_trials_are_marked_as_last_where_nobody_is_well() -> None:
    driver = Driver("a")
    driver.trip("a")
    driver.wait(60.0)

    plan = driver.plan()

    assert [(c.is_last, c.is_last_resort) for c in plan.candidates] == [(True, False)]
    assert plan.retry_after_s is None


def test_what_put_an_endpoint_out_is_told_unless_it_is_switched_off() -> None:
    driver = Driver("abc")
    driver.trip("a")
    driver.wait(1.0)
    driver.trip("b")
    driver.trip("c")
    driver.edit("c", enabled=False)

    skipped = {item.endpoint.id: item.failure for item in driver.plan().skipped}

    assert skipped == {"b": BROKEN, "c": None}


def test_the_wish_of_a_request_takes_the_place_of_the_pinned_endpoint_and_of_the_strategy() -> None:
    router = router_of("abcd", pinned_id="d")

    assert order(router, preferred_id="c") == "cabd"
    assert order(router, bound(endpoint_id="b"), preferred_id="c") == "bcad"
    assert order(router, preferred_id="gone") == "abcd"
    assert order(router_of("abc"), strategy=Strategy.RANDOM) != "abc"
