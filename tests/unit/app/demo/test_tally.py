"""What a part of the demo's story comes to, and how it is told."""

from dataclasses import replace

import pytest

from qcc_desktop.app.demo.report import PlainNarrator, print_summary, verdict
from qcc_desktop.app.demo.script import AURORA, BIRCH, STORY, Beat
from qcc_desktop.app.demo.session import Turn
from qcc_desktop.app.demo.tally import Act, Share, Tally, shares_of, sum_of
from qcc_desktop.core.health import Light


def act_of(*turns: Turn, failed: tuple[tuple[str, str], ...] = (), elsewhere: int = 0) -> Act:
    tally = Tally()
    tally.turns += turns
    tally.elsewhere = elsewhere
    for endpoint, reason in failed:
        tally.note_failure(endpoint, reason)
    return tally.act(f"{AURORA} is overloaded", Light.AMBER, usual_wait_s=0.2)


GOOD = Turn("s", BIRCH, waited_s=0.5)


def test_an_act_counts_who_failed_and_who_answered() -> None:
    act = act_of(GOOD, GOOD, failed=((AURORA, "overloaded"), (AURORA, "headers_timeout")))

    assert act.answered == ((BIRCH, 2),)
    assert act.failed == ((AURORA, "overloaded", 1), (AURORA, "no answer", 1))
    assert act.requests == 2
    assert act.is_well


def test_added_time_is_what_the_longest_wait_had_over_the_usual_one() -> None:
    act = act_of(GOOD, replace(GOOD, waited_s=1.7), failed=((AURORA, "refused"),))

    assert act.added_s == pytest.approx(1.5)


def test_no_time_counts_as_added_where_nothing_failed() -> None:
    assert act_of(replace(GOOD, waited_s=1.7)).added_s == 0


def test_a_request_that_failed_makes_the_act_a_failure_and_is_no_answer() -> None:
    act = act_of(GOOD, Turn("s", "", 0.0, error="503: No endpoint can answer."))

    assert act.answered == ((BIRCH, 1),)
    assert act.errors == ("503: No endpoint can answer.",)
    assert not act.is_well


def test_an_act_that_was_not_played_to_its_end_is_not_well() -> None:
    assert not replace(act_of(GOOD), missed="It was not over.").is_well


def test_requests_sent_again_are_counted_as_cuts_and_not_as_failures() -> None:
    act = act_of(replace(GOOD, sends=3))

    assert (act.cut, act.errors) == (2, ())


def test_the_sum_adds_up_and_takes_the_longest_delay() -> None:
    first = act_of(GOOD, failed=((AURORA, "refused"),), elsewhere=1)
    second = act_of(replace(GOOD, waited_s=2.2, sends=2), failed=((AURORA, "refused"),))

    total = sum_of([first, second])

    assert (total.requests, total.failures, total.elsewhere, total.cut) == (2, 0, 1, 1)
    assert total.added_s == pytest.approx(2.0)


def test_what_endpoints_were_asked_is_what_they_answered_and_what_they_failed() -> None:
    acts = [
        act_of(GOOD, GOOD, failed=((AURORA, "refused"), (AURORA, "overloaded"))),
        act_of(replace(GOOD, endpoint=AURORA), failed=((BIRCH, "refused"),)),
    ]

    assert shares_of(acts) == {AURORA: Share(3, 2), BIRCH: Share(3, 1)}


def test_the_verdict_says_that_all_was_answered_only_if_it_was() -> None:
    bad = act_of(GOOD, Turn("s", "", 0.0, error="503"))

    assert verdict([act_of(GOOD, GOOD)])[0] == "All 2 requests were answered."
    assert verdict([bad]) == ("1 of 2 requests failed.",)


def test_the_verdict_names_the_part_that_was_not_over() -> None:
    late = replace(act_of(GOOD), missed="It was not over after 25 s.")

    assert verdict([late])[0] == f"{AURORA} is overloaded: It was not over after 25 s."


def test_a_part_that_was_played_twice_is_told_as_one() -> None:
    first = act_of(GOOD, failed=((AURORA, "refused"),), elsewhere=1)
    second = act_of(
        replace(GOOD, waited_s=2.2, sends=2),
        replace(GOOD, endpoint=AURORA),
        Turn("s", "", 0.0, error="503"),
        failed=((AURORA, "refused"), (BIRCH, "cut_mid_stream")),
    )

    both = first.followed_by(second)

    assert (both.requests, both.errors, both.elsewhere, both.cut) == (4, ("503",), 1, 1)
    assert both.answered == ((BIRCH, 2), (AURORA, 1))
    assert both.failed == ((AURORA, "refused", 2), (BIRCH, "cut", 1))
    assert both.added_s == pytest.approx(2.0)


def test_the_light_of_a_part_is_that_of_the_last_time_it_was_played_to_its_end() -> None:
    played = act_of(GOOD)

    assert played.followed_by(replace(played, light=Light.GREY)).light is Light.AMBER
    assert played.followed_by(replace(played, light=Light.GREEN)).light is Light.GREEN


def test_a_part_that_once_went_wrong_is_not_well_because_it_went_well_later() -> None:
    wrong = replace(act_of(GOOD), missed="It was not over.")

    assert not wrong.followed_by(act_of(GOOD)).is_well


def test_the_titles_of_the_parts_are_told_as_they_begin() -> None:
    titles: list[str] = []
    narrator = PlainNarrator(7, lambda line: None, tell=titles.append)

    narrator.began(1, STORY[0])
    narrator.began(2, STORY[1])
    narrator.mending(STORY[1])

    assert titles == [
        "All is well",
        "Aurora is overloaded",
        "Aurora is overloaded: over, a check finds that out",
    ]


def test_plain_lines_carry_no_control_codes() -> None:
    lines: list[str] = []
    narrator = PlainNarrator(7, lines.append)
    act = act_of(replace(GOOD, sends=2), failed=((BIRCH, "refused"),))

    narrator.began(2, Beat("Aurora is overloaded"))
    narrator.ended(2, replace(act, mended=(AURORA,)))

    assert lines[0] == "2/7  Aurora is overloaded"
    assert lines[1].strip().split("; ") == [
        "▲ answered by Birch 1",
        "failed: Birch refused ×1",
        "1 cut and sent again",
        "verified and back: Aurora",
    ]


def test_the_summary_fits_into_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    acts = [
        replace(
            act_of(*[GOOD] * 12, failed=((beat.culprit, "overloaded"),) * 3 * bool(beat.culprit)),
            title=beat.title,
        )
        for beat in STORY
    ]

    print_summary(acts)

    printed = capsys.readouterr().out.splitlines()
    assert any("overloaded ×3" in line for line in printed)
    assert max(len(line.rstrip()) for line in printed) <= 80


def test_every_part_that_has_trouble_names_a_culprit_that_is_not_well() -> None:
    for beat in STORY:
        assert (beat.culprit in beat.moods) == bool(beat.moods), beat.title
