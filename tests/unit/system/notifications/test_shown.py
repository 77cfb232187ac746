"""What is remembered of the messages on the desktop."""

from qcc_desktop.system.notifications.shown import Shown


def test_a_click_tells_the_key_of_its_message_and_the_token_that_came_before_it() -> None:
    shown = Shown()
    shown.take(7, "endpoint/a")

    shown.note_token(7, "token")

    assert shown.click(7) == ("endpoint/a", "token")
    assert shown.click(7) == ("endpoint/a", "")


def test_a_click_on_the_message_of_another_program_is_none_of_ours() -> None:
    shown = Shown()
    shown.take(7, "endpoint/a")

    shown.note_token(8, "token")

    assert shown.click(8) is None


def test_a_message_is_replaced_until_it_is_closed() -> None:
    shown = Shown()
    assert shown.number_of("a") == 0

    shown.take(7, "a")
    assert shown.number_of("a") == 7
    assert shown.numbers() == (7,)

    shown.close(7)
    shown.close(9)
    assert shown.number_of("a") == 0
    assert shown.numbers() == ()


def test_a_click_counts_although_the_service_said_first_that_the_message_is_closed() -> None:
    shown = Shown()
    shown.take(7, "a")

    shown.close(7)

    assert shown.click(7) == ("a", "")


def test_closing_an_older_message_leaves_the_newer_one_of_the_same_key() -> None:
    shown = Shown()
    shown.take(7, "a")
    shown.take(8, "a")

    shown.close(7)

    assert shown.number_of("a") == 8


def test_no_more_than_the_last_messages_are_remembered() -> None:
    shown = Shown()
    for number in range(1, 1001):
        shown.take(number, f"key {number}")
        shown.note_token(number, "token")

    assert shown.click(1) is None
    assert shown.click(1000) == ("key 1000", "token")
    assert shown.number_of("key 1") == 0
    assert len(shown.numbers()) < 100
