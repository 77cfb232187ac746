"""What each conversation asked and used."""

from datetime import UTC, datetime, timedelta

from qcc_desktop.core.affinity import Affinity, Binding
from qcc_desktop.core.session_book import FOLDER_LOOKS, SUBAGENTS_KEPT, SessionBook, Tally
from qcc_desktop.core.snapshot import SessionView
from qcc_desktop.core.usage import Usage

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def wall(now_s: float) -> datetime:
    return START + timedelta(seconds=now_s)


def request(
    book: SessionBook, now_s: float, *, key: str = "s", agent: str = "", model: str = "m"
) -> None:
    book.began(key, agent, model, now_s, wall(now_s))
    book.ended(key, agent, Usage(10, 2, 70, 20), now_s + 1, wall(now_s + 1))


def view(book: SessionBook, key: str = "s", **where: str) -> SessionView:
    return book.view(Binding(key, 0.0, **where), wall)  # type: ignore[arg-type]


def test_a_session_sums_its_own_requests_and_those_of_its_subagents() -> None:
    book = SessionBook()

    request(book, 0.0)
    request(book, 10.0, agent="a1", model="small")
    request(book, 20.0, agent="a2", model="small")
    request(book, 30.0, agent="a1", model="small")

    session = view(book, endpoint_id="ep")
    assert (session.turns, session.in_flight, session.model) == (4, 0, "m")
    assert session.usage == Usage(40, 8, 280, 80)
    assert session.cache_hit_rate == 0.7
    assert session.last_seen == wall(31.0)
    assert session.agents == 2
    assert [(each.id, each.turns, each.model) for each in session.subagents] == [
        ("a1", 2, "small"),
        ("a2", 1, "small"),
    ]
    assert session.subagents[0].usage == Usage(20, 4, 140, 40)
    assert session.subagents[0].last_seen == wall(31.0)


def test_a_request_under_way_is_counted_until_it_ends_however_that_is() -> None:
    book = SessionBook()
    book.began("s", "a1", "m", 0.0, wall(0.0))
    during = view(book)

    book.ended("s", "a1", None, 5.0, wall(5.0))

    assert (during.in_flight, during.subagents[0].in_flight) == (1, 1)
    after = view(book)
    assert (after.in_flight, after.subagents[0].in_flight) == (0, 0)
    assert after.usage == Usage()


def test_a_session_that_only_subagents_spoke_for_shows_their_model() -> None:
    book = SessionBook()

    request(book, 0.0, agent="a1", model="small")

    assert view(book).model == "small"


def test_the_oldest_subagent_falls_out() -> None:
    book = SessionBook()
    for number in range(SUBAGENTS_KEPT + 1):
        request(book, float(number), agent=f"a{number}")
        request(book, float(number), agent="busy")

    ids = [each.id for each in view(book).subagents]
    assert len(ids) == SUBAGENTS_KEPT
    assert ids[:2] == ["busy", f"a{SUBAGENTS_KEPT}"]
    assert "a0" not in ids
    assert "a1" not in ids


def test_the_session_used_longest_ago_falls_out() -> None:
    book = SessionBook(limit=2)
    for now_s, key in enumerate(("old", "kept", "old", "new")):
        request(book, float(now_s), key=key)

    assert len(book) == 2
    assert view(book, "kept").turns == 0
    assert view(book, "old").turns == 2
    book.ended("kept", "", Usage(1), 9.0, wall(9.0))
    assert len(book) == 2


def test_what_was_not_used_for_the_time_to_live_is_forgotten_unless_it_runs() -> None:
    book = SessionBook()
    book.began("runs", "", "m", 0.0, wall(0.0))
    request(book, 0.0, key="idle")
    request(book, 50.0, key="young")

    assert book.expire(101.0, 100.0) == 1

    assert len(book) == 2
    assert view(book, "idle").turns == 0


def test_it_shows_where_the_session_is_bound() -> None:
    book = SessionBook()
    request(book, 0.0)

    first = view(book, endpoint_id="b", home_id="a", pin_id="c")
    moved = view(book, endpoint_id="c")

    assert (first.endpoint_id, first.home_id, first.pin_id) == ("b", "a", "c")
    assert (moved.endpoint_id, moved.home_id, moved.pin_id) == ("c", "", "")


def test_nothing_is_built_anew_while_nothing_happens() -> None:
    book = SessionBook()
    request(book, 0.0, agent="a1")
    request(book, 1.0, agent="a2")
    before = view(book)

    assert view(book) is before
    request(book, 2.0, agent="a2")
    assert view(book).subagents[1] is before.subagents[1]


def test_a_session_without_an_account_is_shown_from_its_binding() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 3.0, model="m", agent="x")
    (binding,) = affinity.rows(3.0)

    shown = SessionBook().view(binding, wall)

    assert (shown.turns, shown.model, shown.agents) == (1, "m", 1)
    assert shown.last_seen == wall(3.0)
    assert shown.cache_hit_rate is None


def test_the_folder_is_looked_for_a_few_times_and_never_at_subagents() -> None:
    book = SessionBook()
    assert not book.wants_folder("s", "")
    request(book, 0.0)

    assert not book.wants_folder("s", "a1")
    assert [book.wants_folder("s", "") for _ in range(FOLDER_LOOKS + 1)] == [
        *[True] * FOLDER_LOOKS,
        False,
    ]


def test_a_folder_that_was_found_is_kept_and_not_looked_for_again() -> None:
    book = SessionBook()
    request(book, 0.0)
    before = view(book).folder

    book.set_folder("s", "/home/me/shop")
    book.set_folder("unknown", "/tmp")

    assert (before, view(book).folder, book.folder_of("s")) == (
        "",
        "/home/me/shop",
        "/home/me/shop",
    )
    assert book.folder_of("unknown") == ""
    assert not book.wants_folder("s", "")


def test_a_view_without_change_is_not_made_of_other_places() -> None:
    book = SessionBook()
    request(book, 0.0)
    bound = view(book, endpoint_id="a")

    assert view(book, endpoint_id="a") is bound
    assert view(book, endpoint_id="b") is not bound


def test_a_subagent_that_fell_out_while_it_ran_is_still_counted_in_its_session() -> None:
    book = SessionBook()
    book.began("s", "first", "m", 0.0, wall(0.0))
    for number in range(SUBAGENTS_KEPT):
        request(book, 1.0, agent=f"a{number}")

    book.ended("s", "first", Usage(5), 2.0, wall(2.0))

    session = view(book)
    assert (session.in_flight, session.turns) == (0, SUBAGENTS_KEPT + 1)
    assert "first" not in [agent.id for agent in session.subagents]


def test_what_an_earlier_start_knew_is_gone_on_with() -> None:
    book = SessionBook()
    book.restore("s", Tally(wall(0), "m", turns=3, input_tokens=10), "/home/me/shop", 0.0)
    book.restore("s", Tally(wall(0), "other"), "/elsewhere", 0.0)
    request(book, 1.0)

    shown = view(book)
    assert (shown.folder, shown.turns) == ("/home/me/shop", 4)
    assert shown.usage.input_tokens == 20
    tally = book.tally_of("s")
    assert tally is not None
    assert tally.turns == 4
    assert book.tally_of("unknown") is None


def test_no_more_is_taken_over_than_fits() -> None:
    book = SessionBook(limit=1)
    for key in ("s", "t"):
        book.restore(key, Tally(wall(0)), "", 0.0)

    assert len(book) == 1
