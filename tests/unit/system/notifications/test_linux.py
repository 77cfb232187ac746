"""What a message looks like on its way to the desktop."""

from typing import Any

import pytest

from qcc_desktop.system.notifications.linux import notify_arguments
from qcc_desktop.system.notifications.message import DesktopMessage, Picture, Urgency


def sent(*capabilities: str, replaces: int = 0, **changes: Any) -> tuple[Any, ...]:
    fields = {"title": "A & B", "body": "<b>x</b> & y", "key": "k", "action_label": "Show"}
    message = DesktopMessage(**{**fields, **changes})
    return notify_arguments(message, replaces, frozenset(capabilities))


def test_it_names_the_program_and_what_it_replaces() -> None:
    program, replaces, icon, title, *_ = sent(replaces=4)

    assert (program, replaces, icon, title) == ("QCC Desktop", 4, "", "A & B")


@pytest.mark.parametrize(
    ("capabilities", "body"),
    [(("body",), "<b>x</b> & y"), (("body", "body-markup"), "&lt;b&gt;x&lt;/b&gt; &amp; y")],
)
def test_the_text_stays_what_it_is_where_markup_is_understood(
    capabilities: tuple[str, ...], body: str
) -> None:
    assert sent(*capabilities)[4] == body


@pytest.mark.parametrize(
    ("capabilities", "actions"),
    [((), ["default", "Show"]), (("actions",), ["open", "Show", "default", ""])],
)
def test_a_button_comes_along_where_buttons_are_shown(
    capabilities: tuple[str, ...], actions: list[str]
) -> None:
    assert sent(*capabilities)[5] == actions


@pytest.mark.parametrize(("urgency", "number"), [(Urgency.LOW, 0), (Urgency.NORMAL, 1)])
def test_the_desktop_is_told_how_urgent_it_is_and_whose(urgency: Urgency, number: int) -> None:
    hints = sent(urgency=urgency)[6]

    assert hints == {"urgency": ("y", number), "desktop-entry": ("s", "qcc-desktop")}


def test_the_picture_comes_as_pixels() -> None:
    pixels = bytes(range(24))

    kind, image = sent(picture=Picture(3, 2, pixels))[6]["image-data"]

    assert kind == "(iiibiiay)"
    assert image == (3, 2, 12, True, 8, 4, pixels)


@pytest.mark.parametrize(("lasting_s", "lasting_ms"), [(None, -1), (6.0, 6000)])
def test_it_lasts_as_long_as_wanted(lasting_s: float | None, lasting_ms: int) -> None:
    assert sent(lasting_s=lasting_s)[7] == lasting_ms


def test_text_that_would_end_the_connection_is_made_harmless() -> None:
    _, _, _, title, body, *_ = sent(title="a\0b\ud800", body="\0\udfff")

    assert (title, body) == ("ab?", "?")
