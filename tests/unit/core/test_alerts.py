"""What is told on the desktop, and what is not, played second by second."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.core.alerts import AGAIN_S, SETTLE_S, AlertDesk
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import (
    AttemptFailed,
    ConfigChanged,
    EndpointProbed,
    EndpointRecovered,
    Event,
    FailedOver,
    HealthReviewed,
    ProxyStopped,
    RequestFinished,
)
from qcc_desktop.core.failure import Failure, FailureClass, Scope
from qcc_desktop.core.health import Cause, CauseKind, Grade, Health, Light, overall_light
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView, LastError, RequestView, Snapshot

NOON = time(12, 0)
UNTIL = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
BUSY = "The endpoint is overloaded."
REFUSED = "The endpoint refused the key (401)."
EMPTY = "The account of this endpoint has no balance left."


def ended(outcome: str, endpoint_id: str) -> RequestFinished:
    request = RequestView(1, UNTIL, "s", "m", "/v1/messages", outcome)
    return RequestFinished(1, outcome, endpoint_id, 1, request)


class Play:
    """Three endpoints A, B and C, a clock, and what was told so far."""

    def __init__(self, *names: str) -> None:
        self.desk = AlertDesk()
        self.now_s = 1000.0
        self.local = NOON
        self.settings = Settings()
        self.offline = False
        self.told: list[tuple[float, Alert]] = []
        names = names or ("A", "B", "C")
        self.views = {
            name: EndpointView(Endpoint(name, name, "https://x.example"), Health.HEALTHY)
            for name in names
        }
        self._began_s = self.now_s

    @property
    def snapshot(self) -> Snapshot:
        able = {Health.HEALTHY, Health.DEGRADED}
        views = tuple(self.views.values())
        grades = tuple(
            Grade(view.endpoint.name, view.health, view.reason)
            for view in views
            if view.health is not Health.DISABLED
        )
        light, cause = overall_light(
            grades, running=True, offline=self.offline, configured=len(views)
        )
        active = next((view.endpoint.name for view in views if view.health in able), "")
        return Snapshot(
            running=True, light=light, cause=cause, endpoints=views, active_endpoint=active
        )

    def set(self, name: str, health: Health, **changes: object) -> None:
        self.views[name] = replace(self.views[name], health=health, **changes)  # type: ignore[arg-type]  # by name

    def hear(self, *events: Event) -> None:
        for event in events:
            self.desk.note(event, self.now_s)

    def fails(
        self,
        name: str,
        to: str = "",
        kind: FailureClass = FailureClass.TRANSIENT,
        *,
        message: str = BUSY,
        health: Health = Health.UNHEALTHY,
        scope: Scope = Scope.ENDPOINT,
    ) -> None:
        error = LastError(kind.value, message, UNTIL)
        self.set(name, health, reason=message, last_error=error, retry_at=UNTIL)
        failure = Failure(kind, 1, "slug", message, scope)
        self.hear(AttemptFailed(1, name, failure, 0.1))
        if to:
            self.hear(FailedOver(1, name, to))

    def recovers(self, name: str) -> None:
        self.set(name, Health.HEALTHY, reason="", retry_at=None)
        self.hear(EndpointRecovered(name))

    def wait(self, seconds: float) -> None:
        """Let time pass and look whenever it is due, as the service does."""
        end_s = self.now_s + seconds
        for _ in range(100):
            due_s = self.desk.due_s
            if due_s is None or due_s > end_s:
                break
            self.now_s = max(self.now_s, due_s)
            alert = self.desk.look(self.snapshot, self.now_s, self.settings, self.local)
            if alert is not None:
                self.told.append((self.now_s - self._began_s, alert))
        else:
            pytest.fail("it is always due")
        self.now_s = end_s

    @property
    def kinds(self) -> list[str]:
        """What was told, as ``kind endpoint other also``."""
        return [
            " ".join(filter(None, [alert.kind, alert.endpoint, alert.other, *alert.also]))
            for _, alert in self.told
        ]


def test_nothing_is_due_before_anything_happened() -> None:
    assert AlertDesk().due_s is None


def test_a_failover_is_told_once_it_has_lasted_two_seconds() -> None:
    play = Play()

    play.fails("A", "B")
    play.wait(SETTLE_S - 0.1)
    too_early = list(play.told)
    play.wait(0.2)

    assert not too_early
    assert play.told == [
        (SETTLE_S, Alert(AlertKind.FAILOVER, "A", "A", "B", BUSY, UNTIL)),
    ]
    assert play.desk.due_s is None


def test_a_failover_that_is_over_before_two_seconds_is_not_told() -> None:
    play = Play()

    play.fails("A", "B")
    play.wait(1)
    play.recovers("A")
    play.wait(60)

    assert not play.told


def test_a_failure_of_one_model_alone_is_not_told() -> None:
    play = Play()

    play.fails("A", "B", health=Health.HEALTHY, scope=Scope.MODEL)
    play.wait(60)

    assert not play.told


def test_a_failure_that_no_other_endpoint_had_to_make_good_is_not_told() -> None:
    play = Play()

    play.fails("A", health=Health.DEGRADED)
    play.wait(60)

    assert not play.told


@pytest.mark.parametrize("kind", [FailureClass.CLIENT, FailureClass.CLIENT_ABORT])
def test_the_clients_own_faults_are_not_told(kind: FailureClass) -> None:
    play = Play()

    play.fails("A", kind=kind, scope=Scope.REQUEST)

    assert play.desk.due_s is None


def test_three_endpoints_that_fail_at_once_are_one_message() -> None:
    play = Play("A", "B", "C", "D")

    play.fails("A", "B")
    play.wait(0.5)
    play.fails("B", "C")
    play.wait(0.5)
    play.fails("C", "D")
    play.wait(60)

    assert play.kinds == ["failover A D B C"]


def test_a_burst_that_goes_on_and_on_is_told_after_four_seconds() -> None:
    names = [f"E{number}" for number in range(20)]
    play = Play(*names)

    for name in names[:-1]:
        play.fails(name, "E19")
        play.wait(1)

    assert play.told[0][0] == 2 * SETTLE_S


def test_what_comes_due_together_is_told_by_the_most_urgent_with_the_others_names() -> None:
    play = Play()

    play.fails("A", "C")
    play.fails("B", "C", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(60)

    assert play.kinds == ["key_refused B C A"]
    assert play.told[0][1].reason == REFUSED


def test_who_answers_now_is_named_when_the_one_that_took_over_has_failed_since() -> None:
    play = Play()

    play.fails("A", "B")
    play.set("B", Health.CIRCUIT_OPEN)
    play.hear(ended("ok", "C"))
    play.wait(3)

    assert play.kinds == ["failover A C"]


@pytest.mark.parametrize("health", [Health.UNHEALTHY, Health.DEGRADED])
def test_one_that_took_over_and_failed_since_is_not_said_to_answer(health: Health) -> None:
    play = Play()

    play.fails("A", "B", FailureClass.AUTH, health=Health.QUARANTINED)
    play.fails("B", health=health)
    play.wait(3)

    assert play.kinds == ["key_refused A"]


def test_nobody_who_never_answered_is_said_to_answer_instead() -> None:
    play = Play()

    play.fails("A", kind=FailureClass.AUTH, health=Health.QUARANTINED)
    play.fails("B", health=Health.DEGRADED)
    play.wait(3)

    assert play.kinds == ["key_refused A"]


@pytest.mark.parametrize(
    ("kind", "told"), [(FailureClass.AUTH, "key_refused"), (FailureClass.QUOTA, "quota")]
)
def test_what_needs_the_person_is_told_once_and_its_failover_not_besides(
    kind: FailureClass, told: str
) -> None:
    play = Play()

    for _ in range(5):
        play.fails("A", "B", kind, health=Health.QUARANTINED)
        play.wait(AGAIN_S)

    assert play.kinds == [f"{told} A B"]


def test_a_refused_key_found_by_a_background_check_is_told() -> None:
    play = Play()
    error = LastError("auth", REFUSED, UNTIL)
    play.set("A", Health.QUARANTINED, reason=REFUSED, last_error=error)

    play.hear(ended("ok", "B"), EndpointProbed("A", REFUSED))
    play.wait(3)

    assert play.kinds == ["key_refused A B"]


def test_a_background_check_that_succeeds_is_no_news() -> None:
    play = Play()

    play.hear(EndpointProbed("A", ""), HealthReviewed())

    assert play.desk.due_s is None


def test_a_failover_that_becomes_a_refused_key_is_told_as_that_too() -> None:
    play = Play()

    play.fails("A", "B")
    play.wait(3)
    play.fails("A", "B", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(3)

    assert play.kinds == ["failover A B", "key_refused A B"]


def test_a_recovery_is_told_of_what_was_told() -> None:
    play = Play()

    play.fails("A", "B")
    play.wait(3)
    play.recovers("A")
    play.wait(3)

    assert play.kinds == ["failover A B", "recovery A"]
    assert play.told[1][1] == Alert(AlertKind.RECOVERY, "A", "A")


def test_a_recovery_of_what_nobody_was_told_of_is_not_told() -> None:
    play = Play()

    play.recovers("A")
    play.wait(60)

    assert not play.told


def test_a_doubted_endpoint_is_back_with_its_first_whole_answer() -> None:
    play = Play()

    play.fails("A", "B", health=Health.DEGRADED)
    play.wait(3)
    play.set("A", Health.HEALTHY, reason="")
    play.hear(ended("failed", "A"))
    play.wait(3)
    unproved = play.kinds
    play.hear(ended("ok", "A"))
    play.wait(3)

    assert unproved == ["failover A B"]
    assert play.kinds == ["failover A B", "recovery A"]


def test_a_recovery_that_does_not_last_is_not_told() -> None:
    play = Play()

    play.fails("A", "B")
    play.wait(3)
    play.recovers("A")
    play.wait(1)
    play.fails("A", "B")
    play.wait(60)

    assert play.kinds == ["failover A B"]


def test_several_recoveries_at_once_are_one_message() -> None:
    play = Play()
    for name in ("A", "B"):
        play.fails(name, "C")
    play.wait(3)

    play.recovers("A")
    play.recovers("B")
    play.wait(3)

    assert play.kinds == ["failover A C B", "recovery A B"]


def test_an_endpoint_that_flaps_is_told_once_in_ten_minutes() -> None:
    play = Play()

    for _ in range(12):
        play.fails("A", "B")
        play.wait(20)
        play.recovers("A")
        play.wait(20)

    assert play.kinds == ["failover A B", "recovery A"]


def test_an_endpoint_that_is_still_out_when_it_may_be_told_again_is_told_then() -> None:
    play = Play()
    play.fails("A", "B")
    play.wait(10)
    play.recovers("A")
    play.wait(10)

    play.fails("A", "B")
    play.wait(AGAIN_S)

    assert play.kinds == ["failover A B", "recovery A", "failover A B"]
    assert play.told[2][0] == SETTLE_S + AGAIN_S


def test_all_down_stands_for_everything_that_led_to_it() -> None:
    play = Play("A", "B")

    play.fails("A", "B")
    play.wait(0.5)
    play.fails("B", kind=FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    for _ in range(20):
        play.wait(5)
        play.fails("A")

    assert [(alert.kind, alert.endpoint, alert.reason) for _, alert in play.told] == [
        (AlertKind.ALL_DOWN, "B", REFUSED)
    ]


def test_the_first_endpoint_that_is_back_after_all_were_down_is_told() -> None:
    play = Play("A", "B")
    play.fails("A")
    play.fails("B")
    play.wait(10)

    play.recovers("B")
    play.wait(10)
    play.hear(FailedOver(7, "A", "B"))
    play.wait(10)

    assert play.kinds == ["all_down A", "recovery B"]


def test_all_down_for_less_than_two_seconds_is_not_told() -> None:
    play = Play("A")

    play.fails("A")
    play.wait(3)
    play.recovers("A")
    play.wait(60)

    assert not play.told


def test_all_down_again_within_ten_minutes_is_told_when_they_are_over() -> None:
    play = Play("A")
    play.fails("A")
    play.wait(10)
    play.recovers("A")
    play.wait(10)

    play.fails("A")
    play.wait(60)
    early = play.kinds
    play.wait(AGAIN_S)

    assert early == ["all_down A", "recovery A"]
    assert play.kinds == [*early, "all_down A"]


@pytest.mark.parametrize("kind", AlertKind)
def test_a_kind_that_is_switched_off_is_never_told(kind: AlertKind) -> None:
    play = Play("A", "B")
    play.settings = replace(Settings(), **{f"notify_{kind}": False})  # type: ignore[arg-type]  # by name

    play.fails("A", "B")
    play.wait(10)
    play.fails("A", "B", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(10)
    play.fails("B", kind=FailureClass.QUOTA, message=EMPTY, health=Health.QUARANTINED)
    play.wait(10)
    play.recovers("A")
    play.wait(10)

    assert kind not in {alert.kind for _, alert in play.told}
    assert play.desk.due_s is None


def test_a_refused_key_is_told_as_failover_when_only_that_is_wanted() -> None:
    play = Play()
    play.settings = Settings(notify_key_refused=False)

    play.fails("A", "B", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(3)

    assert play.kinds == ["failover A B"]


def test_nothing_is_told_in_the_quiet_hours_and_nothing_of_it_afterwards() -> None:
    play = Play("A", "B")
    play.settings = Settings(notify_quiet_from="22:00", notify_quiet_to="7:00")
    play.local = time(23, 0)
    play.fails("A", "B")
    play.wait(10)
    play.fails("B")
    play.wait(10)

    play.local = time(7, 0)
    play.wait(AGAIN_S)
    play.recovers("B")
    play.wait(AGAIN_S)

    assert not play.told


def test_what_goes_wrong_anew_after_the_quiet_hours_is_told() -> None:
    play = Play("A")
    play.settings = Settings(notify_quiet_from="22:00", notify_quiet_to="7:00")
    play.local = time(23, 0)
    play.fails("A")
    play.wait(10)

    play.local = time(7, 30)
    play.fails("A")
    play.wait(10)

    assert play.kinds == ["all_down A"]


def test_a_recovery_in_the_quiet_hours_is_not_told_later() -> None:
    play = Play()
    play.settings = Settings(notify_quiet_from="22:00", notify_quiet_to="7:00")
    play.fails("A", "B")
    play.wait(10)
    play.local = time(22, 0)
    play.recovers("A")
    play.wait(10)

    play.local = time(7, 0)
    play.hear(ended("ok", "A"))
    play.wait(60)

    assert play.kinds == ["failover A B"]


def test_nobody_is_blamed_while_this_computer_is_offline() -> None:
    play = Play()

    play.fails("A", "B")
    play.offline = True
    play.wait(60)
    play.offline = False
    play.wait(60)

    assert not play.told


def test_an_endpoint_with_a_new_key_is_not_called_back_but_may_be_told_of_again() -> None:
    play = Play()
    play.fails("A", "B", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(3)
    play.set("A", Health.HEALTHY, reason="", last_error=None)
    play.hear(ConfigChanged())
    play.wait(AGAIN_S)

    play.fails("A", "B", FailureClass.AUTH, message=REFUSED, health=Health.QUARANTINED)
    play.wait(3)

    assert play.kinds == ["key_refused A B", "key_refused A B"]


@pytest.mark.parametrize("how", ["removed", "switched off"])
def test_an_endpoint_that_is_gone_is_not_told_of(how: str) -> None:
    play = Play()

    play.fails("A", "B")
    if how == "removed":
        del play.views["A"]
    else:
        play.set("A", Health.DISABLED)
    play.wait(60)

    assert not play.told
    assert play.desk.due_s is None


def test_an_endpoint_that_is_removed_is_forgotten() -> None:
    play = Play()
    play.fails("A", "B")
    play.wait(3)
    del play.views["A"]
    play.fails("B", "C")
    play.wait(3)

    assert "'A'" not in repr(play.desk)


def test_switching_the_proxy_off_ends_every_trouble() -> None:
    play = Play()
    play.fails("A", "B")

    play.hear(ProxyStopped())
    play.wait(60)

    assert not play.told


_STEPS = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.sampled_from(["fails", "refuses", "recovers", "answers"]),
        st.sampled_from([0.0, 0.3, 1.0, 3.0, 30.0, 700.0]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS)
def test_whatever_happens_each_kind_of_an_endpoint_is_told_once_in_ten_minutes(
    steps: list[tuple[str, str, float]],
) -> None:
    play = Play()

    for name, what, wait_s in steps:
        other = next(each for each in "ABC" if each != name)
        if what == "fails":
            play.fails(name, other)
        elif what == "refuses":
            play.fails(name, other, FailureClass.AUTH, health=Health.QUARANTINED)
        elif what == "recovers":
            play.recovers(name)
        else:
            play.hear(ended("ok", name))
        play.wait(wait_s)

    last: dict[tuple[AlertKind, str], float] = {}
    bad: set[str] = set()
    for at_s, alert in play.told:
        key = (alert.kind, "" if alert.kind is AlertKind.ALL_DOWN else alert.endpoint)
        assert at_s - last.get(key, -AGAIN_S) >= AGAIN_S
        last[key] = at_s
        if alert.kind is AlertKind.ALL_DOWN:
            bad |= {"A", "B", "C"}
        elif alert.kind is AlertKind.RECOVERY:
            assert {alert.endpoint, *alert.also} <= bad
        else:
            bad |= {alert.endpoint, *alert.also}


def test_a_cause_without_an_endpoint_of_that_name_is_not_met() -> None:
    play = Play("A")
    play.fails("A")

    assert play.snapshot.cause == Cause(CauseKind.ALL_DOWN, "", "A", BUSY)
    assert play.snapshot.light is Light.RED
