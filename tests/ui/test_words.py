"""Words for states, times and figures."""

from datetime import timedelta

import pytest

from qcc_desktop.core.health import CAUSE_TEXTS, Cause, CauseKind
from qcc_desktop.core.settings import Strategy
from qcc_desktop.ui import words
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.marks import Mark, mark_word
from tests.helpers.desk_fakes import NOW


@pytest.mark.parametrize(
    ("value_ms", "said"),
    [
        (None, "–"),
        (0.4, "0 ms"),
        (320.4, "320 ms"),
        (999.4, "999 ms"),
        (999.6, "1.0 s"),
        (2140, "2.1 s"),
    ],
)
def test_latency(value_ms: float | None, said: str) -> None:
    assert words.latency(value_ms) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (1.0, "100 %"), (0.9999, "99 %"), (0.978, "98 %"), (0.0001, "1 %"), (0.0, "0 %")],
)
def test_a_share_is_only_all_or_nothing_when_it_is(share: float | None, said: str) -> None:
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("left_s", "said"), [(-5, "0:00"), (42, "0:42"), (75, "1:15"), (3723, "1:02:03")]
)
def test_countdown(left_s: int, said: str) -> None:
    assert words.countdown(NOW + timedelta(seconds=left_s), NOW) == said


@pytest.mark.parametrize(
    ("past_s", "said"),
    [
        (-3, "just now"),
        (59, "just now"),
        (120, "2 min ago"),
        (7300, "2 h ago"),
        (180_000, "2 d ago"),
    ],
)
def test_ago(past_s: int, said: str) -> None:
    assert words.ago(NOW - timedelta(seconds=past_s), NOW) == said


def test_long_texts_are_cut_at_a_word() -> None:
    assert words.shortened("one two three four", 12) == "one two…"
    assert words.shortened("short", 12) == "short"
    assert words.shortened("没有空格的很长的一句话没有空格", 8) == "没有空格的很长…"


def test_every_state_has_a_word() -> None:
    assert len({mark_word(mark) for mark in Mark}) == len(Mark)
    assert all(words.strategy_word(strategy) for strategy in Strategy)
    assert all(words.title_of(Cause(kind)) for kind in CauseKind)
    assert len({words.strategy_word(strategy) for strategy in Strategy}) == len(Strategy)


def test_every_cause_makes_a_sentence_without_placeholders() -> None:
    for kind in CAUSE_TEXTS:
        assert "{" not in words.cause_sentence(Cause(kind, "A", "B", "C."))


def test_the_sentence_beside_a_title_does_not_say_it_again() -> None:
    for kind in CAUSE_TEXTS:
        cause = Cause(kind, "A", "B", "C.")
        title, said = words.title_of(cause), words.sentence_beside_title(cause)
        assert said
        assert "{" not in said
        assert not said.lower().startswith(title.lower())


def test_a_cause_in_little_room_loses_its_detail_before_its_names() -> None:
    cause = Cause(CauseKind.FAILOVER, "DeepSeek", "Relay A", "The endpoint is overloaded.")

    assert words.cause_in(cause, 80).endswith("The endpoint is overloaded.")
    assert words.cause_in(cause, 50) == "DeepSeek answers because Relay A is out"
    assert words.cause_in(cause, 30) == "DeepSeek answers because…"


def test_a_status_is_kept_through_the_translation() -> None:
    assert failure_sentence("The endpoint refused the key (401).").endswith("(401).")
    assert failure_sentence("The base URL answers with status 404.").endswith("status 404.")
    assert failure_sentence("Something else: 500 (x).") == "Something else: 500 (x)."
