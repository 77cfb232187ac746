"""Which endpoint a conversation is bound to."""

import pytest

from qcc_desktop.core.affinity import AGENTS_MAX, PAUSE_S, Affinity, Binding


def turn(affinity: Affinity, key: str, endpoint_id: str, now_s: float) -> None:
    affinity.entered(key, endpoint_id, now_s, model="m")
    affinity.left(key, now_s)
    affinity.answered(key, endpoint_id, now_s, now_s)


def found(affinity: Affinity, key: str = "s", now_s: float = 0.0) -> Binding:
    binding = affinity.find(key, now_s)
    assert binding is not None
    return binding


def test_the_first_answer_binds_it() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 0.0)
    before = found(affinity).endpoint_id

    affinity.answered("s", "a", 0.0, 1.0)

    assert before is None
    assert (found(affinity).endpoint_id, found(affinity).home_id) == ("a", "a")
    assert affinity.count("a") == 1


def test_a_failover_moves_it_for_the_time_being() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)

    turn(affinity, "s", "b", 1.0)

    binding = found(affinity, now_s=1.0)
    assert (binding.endpoint_id, binding.home_id, binding.moves) == ("b", "a", 1)
    assert (affinity.count("a"), affinity.count("b")) == (0, 1)


def test_a_slow_parallel_answer_does_not_take_it_away() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 0.0)
    affinity.entered("s", "b", 0.0)
    affinity.answered("s", "a", 0.0, 1.0)

    affinity.answered("s", "b", 0.0, 2.0)

    assert found(affinity, now_s=2.0).endpoint_id == "a"


def test_a_turn_after_a_pause_moves_it_at_once() -> None:
    affinity = Affinity()
    turn(affinity, "s", "b", 0.0)

    affinity.entered("s", "a", PAUSE_S)

    binding = found(affinity, now_s=PAUSE_S)
    assert (binding.endpoint_id, binding.home_id) == ("a", "a")


def test_a_turn_without_a_pause_moves_it_only_when_answered() -> None:
    affinity = Affinity()
    turn(affinity, "s", "b", 0.0)

    affinity.entered("s", "a", PAUSE_S - 1)

    assert found(affinity, now_s=PAUSE_S).endpoint_id == "b"


def test_a_conversation_with_a_request_under_way_does_not_pause() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 0.0)

    running = found(affinity).is_paused(10 * PAUSE_S)
    affinity.left("s", 0.0)

    assert (running, found(affinity).is_paused(PAUSE_S)) == (False, True)


def test_releasing_the_temporary_endpoint_leaves_the_home() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    turn(affinity, "s", "b", 1.0)

    affinity.release("s", "b")

    assert (found(affinity, now_s=1.0).endpoint_id, found(affinity, now_s=1.0).home_id) == (
        None,
        "a",
    )


def test_releasing_the_home_makes_the_temporary_endpoint_the_home() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    turn(affinity, "s", "b", 1.0)

    affinity.release("s", "a")

    assert found(affinity, now_s=1.0).home_id == "b"


def test_an_answer_elsewhere_after_a_release_keeps_the_home() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    turn(affinity, "s", "b", 1.0)
    affinity.release("s", "b")

    turn(affinity, "s", "c", 2.0)

    assert (found(affinity, now_s=2.0).endpoint_id, found(affinity, now_s=2.0).home_id) == (
        "c",
        "a",
    )


def test_releasing_an_unknown_conversation_does_nothing() -> None:
    affinity = Affinity()

    affinity.release("s", "a")
    affinity.left("s", 0.0)

    assert len(affinity) == 0


def test_an_endpoint_that_is_gone_is_unbound_everywhere() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    turn(affinity, "t", "a", 0.0)
    turn(affinity, "u", "b", 0.0)
    affinity.pin("u", "a", 0.0)

    affinity.release_all("a")

    assert affinity.count("a") == 0
    assert found(affinity, "u").pin_id is None
    assert found(affinity, "u").endpoint_id == "b"


def test_the_one_used_longest_ago_goes_when_there_are_too_many() -> None:
    affinity = Affinity(limit=3)
    for key in ("s", "t", "u"):
        turn(affinity, key, "a", 0.0)
    turn(affinity, "s", "a", 1.0)

    turn(affinity, "v", "a", 2.0)

    assert len(affinity) == 3
    assert affinity.find("t", 2.0) is None
    assert affinity.count("a") == 3


def test_what_is_too_old_is_unknown_and_then_forgotten() -> None:
    affinity = Affinity(ttl_s=100.0)
    turn(affinity, "old", "a", 0.0)
    turn(affinity, "new", "b", 50.0)

    assert affinity.find("old", 100.0) is None
    assert [binding.key for binding in affinity.rows(100.0)] == ["new"]
    assert affinity.expire(100.0) == 1
    assert affinity.expire(1000.0) == 1
    assert (len(affinity), affinity.count("a"), affinity.count("b")) == (0, 0, 0)


def test_a_turn_of_one_that_is_too_old_begins_afresh() -> None:
    affinity = Affinity(ttl_s=100.0)
    turn(affinity, "s", "a", 0.0)

    affinity.entered("s", "b", 200.0)

    assert found(affinity, now_s=200.0).endpoint_id is None
    assert found(affinity, now_s=200.0).turns == 1


def test_one_with_a_request_under_way_is_never_too_old() -> None:
    affinity = Affinity(ttl_s=100.0)
    affinity.entered("s", "a", 0.0)

    assert affinity.expire(1000.0) == 0


def test_subagents_are_counted_up_to_a_bound() -> None:
    affinity = Affinity()

    for number in range(AGENTS_MAX + 10):
        affinity.entered("s", "a", 0.0, agent=f"agent-{number % 300}")

    assert len(found(affinity).agents) == AGENTS_MAX


@pytest.mark.parametrize("endpoint_id", ["b", None])
def test_a_conversation_can_be_pinned(endpoint_id: str | None) -> None:
    affinity = Affinity()

    affinity.pin("s", endpoint_id, 0.0)

    assert found(affinity).pin_id == endpoint_id


def test_the_model_of_the_last_turn_that_named_one_is_shown() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 0.0, model="opus")
    affinity.entered("s", "a", 0.0)

    assert found(affinity).model == "opus"


def test_a_person_moves_a_conversation_at_once_and_its_pin_ends() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    affinity.pin("s", "c", 1.0)

    affinity.move("s", "b", 2.0)

    binding = found(affinity, now_s=2.0)
    assert (binding.endpoint_id, binding.home_id, binding.pin_id) == ("b", "b", None)
    assert (affinity.count("a"), affinity.count("b"), binding.moves) == (0, 1, 1)
    assert binding.last_seen_s == 0.0


def test_an_answer_that_began_before_the_move_does_not_undo_it() -> None:
    affinity = Affinity()
    affinity.entered("s", "a", 0.0)

    affinity.move("s", "b", 2.0)
    affinity.answered("s", "a", 0.0, 3.0)

    assert found(affinity, now_s=3.0).endpoint_id == "b"


def test_moving_to_where_it_is_keeps_it_there() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    turn(affinity, "s", "b", 1.0)

    affinity.move("s", "b", 2.0)

    binding = found(affinity, now_s=2.0)
    assert (binding.endpoint_id, binding.home_id, affinity.count("b")) == ("b", "b", 1)


def test_a_moved_conversation_does_not_count_as_resting_until_its_next_turn() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    affinity.move("s", "b", 1.0)
    waiting = found(affinity, now_s=PAUSE_S).is_paused(PAUSE_S)

    turn(affinity, "s", "b", PAUSE_S)

    assert not waiting
    assert found(affinity, now_s=2 * PAUSE_S).is_paused(2 * PAUSE_S)


def test_a_conversation_can_be_let_go() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    affinity.pin("s", "c", 0.0)
    affinity.move("s", "b", 0.0)
    affinity.pin("s", "c", 0.0)

    affinity.unbind("s")
    affinity.unbind("unknown")

    binding = found(affinity)
    assert (binding.endpoint_id, binding.home_id, binding.pin_id) == (None, None, None)
    assert binding.is_paused(PAUSE_S)
    assert affinity.count("b") == 0
    assert len(affinity) == 1


def test_a_pinned_conversation_is_not_forgotten_and_hides_no_older_one() -> None:
    affinity = Affinity(ttl_s=100.0)
    turn(affinity, "pinned", "a", 0.0)
    turn(affinity, "old", "a", 1.0)
    affinity.pin("pinned", "b", 2.0)

    assert affinity.expire(1000.0) == 1

    assert [row.key for row in affinity.rows(1000.0)] == ["pinned"]
    affinity.pin("pinned", None, 1000.0)
    assert affinity.expire(1000.0) == 1


def test_a_binding_of_an_earlier_start_counts_like_any_other() -> None:
    affinity = Affinity()
    affinity.restore(Binding("s", -50.0, endpoint_id="b", home_id="a", pin_id="a", moves=2))

    binding = found(affinity)
    assert (binding.endpoint_id, binding.home_id, binding.pin_id) == ("b", "a", "a")
    assert binding.moves == 2
    assert affinity.count("b") == 1


def test_what_is_known_already_is_not_replaced_by_an_earlier_start() -> None:
    affinity = Affinity()
    turn(affinity, "s", "a", 0.0)
    affinity.restore(Binding("s", -50.0, endpoint_id="b"))

    assert found(affinity).endpoint_id == "a"
    assert affinity.count("b") == 0


def test_of_too_many_bindings_of_an_earlier_start_the_newest_are_kept() -> None:
    affinity = Affinity(limit=2)
    for number in range(3):
        affinity.restore(Binding(f"s{number}", float(number), endpoint_id="a"))

    assert [binding.key for binding in affinity.rows(3.0)] == ["s2", "s1"]
    assert affinity.count("a") == 2
