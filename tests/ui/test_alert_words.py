"""The sentences of messages, in English."""

from datetime import UTC, datetime, timedelta

import pytest

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.ui.alert_words import alert_hint, alert_notice_kind, alert_title
from qcc_desktop.ui.contracts import NoticeKind

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BUSY = "The endpoint is overloaded."


def clock(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"


@pytest.mark.parametrize(
    ("alert", "title", "hint"),
    [
        pytest.param(
            Alert(AlertKind.FAILOVER, "a", "Relay A", "DeepSeek", BUSY),
            "DeepSeek answers instead of Relay A",
            BUSY,
            id="failover",
        ),
        pytest.param(
            Alert(AlertKind.FAILOVER, "a", "A", "D", BUSY, also=("B", "C")),
            "D answers instead of A",
            f"{BUSY} Also out: B, C.",
            id="several",
        ),
        pytest.param(
            Alert(AlertKind.FAILOVER, "a", "A", "D", BUSY, also=("B", "C", "E", "F", "G")),
            "D answers instead of A",
            f"{BUSY} Also out: B, C, E and 2 more.",
            id="many",
        ),
        pytest.param(
            Alert(AlertKind.KEY_REFUSED, "a", "A", "D", "The endpoint refused the key (401)."),
            "A refused the key",
            "D answers instead. Enter a new key to use it again.",
            id="key",
        ),
        pytest.param(
            Alert(AlertKind.QUOTA, "a", "A", "", "The plan of this endpoint has to be paid."),
            "The quota of A is used up",
            "The plan of this endpoint has to be paid.",
            id="quota",
        ),
        pytest.param(
            Alert(AlertKind.ALL_DOWN, "a", "A", "", BUSY, NOW + timedelta(seconds=40)),
            "No endpoint can answer",
            f"A: {BUSY}",
            id="all down",
        ),
        pytest.param(
            Alert(AlertKind.RECOVERY, "a", "A", also=("B",)),
            "A answers again",
            "Also back: B.",
            id="recovery",
        ),
        pytest.param(Alert(AlertKind.RECOVERY, "a", "A"), "A answers again", "", id="one back"),
    ],
)
def test_a_message_says_what_happened_and_what_follows(alert: Alert, title: str, hint: str) -> None:
    assert alert_title(alert) == title
    assert alert_hint(alert, NOW) == hint


def test_a_long_wait_is_told_by_the_clock() -> None:
    soon = NOW + timedelta(hours=3)
    alert = Alert(AlertKind.QUOTA, "a", "A", "", "Used up.", soon)

    assert alert_hint(alert, NOW) == f"Used up. It is asked again at {clock(soon)}."


def test_a_wait_of_days_names_the_day() -> None:
    later = NOW + timedelta(days=3)
    alert = Alert(AlertKind.QUOTA, "a", "A", "", "Used up.", later)

    said = alert_hint(alert, NOW)

    assert said.endswith(f" {clock(later)}.")
    assert str(later.astimezone().day) in said


def test_a_name_that_is_too_long_is_cut() -> None:
    assert len(alert_title(Alert(AlertKind.RECOVERY, "a", "Relay " * 40))) < 70


def test_what_needs_the_person_looks_like_a_problem() -> None:
    problems = {kind for kind in AlertKind if _kind(kind) is NoticeKind.PROBLEM}

    assert problems == {AlertKind.ALL_DOWN, AlertKind.KEY_REFUSED, AlertKind.QUOTA}


def _kind(kind: AlertKind) -> NoticeKind:
    return alert_notice_kind(Alert(kind, "a", "A"))
