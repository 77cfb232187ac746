"""A sentence with values in it is found again and said in another language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.sentences import PLACED, Phrase, Phrasebook

CHINESE = {
    "{file} cannot be read: {error}.": "无法读取 {file}：{error}。",
    "{file} is there. Name another one.": "已有 {file}，请换一个。",
    "{owner} is gone; {owner} does not answer.": "{owner} 没有应答。",
    "Permission denied": "没有权限",
    "{endpoint} answers. {other} is out: {detail}": "{endpoint} 应答，{other} 不可用：{detail}",
    "{endpoint} answers.": "{endpoint} 应答。",
    "{other} is out: {detail}": "{other} 不可用：{detail}",
    "{count} endpoints": "{count} 个端点",
    "Try again.": "请重试。",
    "{place}: {said}": "{place}：{said}",
}
BOOK = Phrasebook(Phrase("Test", text) for text in CHINESE if text != PLACED.template)


def _chinese(text: str) -> str:
    return BOOK.translated(text, lambda _, template: CHINESE[template])


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Try again.", "请重试。"),
        ("/a/b c cannot be read: odd.", "无法读取 /a/b c：odd。"),
        ("/a cannot be read: Permission denied.", "无法读取 /a：没有权限。"),
        ("/a cannot be read: odd. Try again.", "无法读取 /a：odd。请重试。"),
        ("Try again. Nobody knows this. Try again.", "请重试。Nobody knows this. 请重试。"),
        ("/a is there. Name another one. Try again.", "已有 /a，请换一个。请重试。"),
        ("Relay answers. Copy is out: Try again.", "Relay 应答，Copy 不可用：请重试。"),
        (
            "Relay answers. Copy is out: Try again. Try again.",
            "Relay 应答，Copy 不可用：请重试。请重试。",
        ),
        ("12 endpoints", "12 个端点"),
        ("all other endpoints", "all other endpoints"),
        ("/a. b/c cannot be read: odd.", "无法读取 /a. b/c：odd。"),
        ("QCC is gone; QCC does not answer.", "QCC 没有应答。"),
        ("Nobody knows  this.  At all.", "Nobody knows  this.  At all."),
        ("{file} cannot be read: {error}.", "无法读取 {file}：{error}。"),
        ("/a/b: Try again.", "/a/b：请重试。"),
        ("/a/b: Nobody knows this.", "/a/b: Nobody knows this."),
        ("", ""),
    ],
)
def test_sentences_are_said_in_the_other_language(english: str, chinese: str) -> None:
    assert _chinese(english) == chinese


def test_a_name_that_reads_like_a_sentence_is_left_alone() -> None:
    assert _chinese("Permission denied cannot be read: x.") == "无法读取 Permission denied：x。"


def test_a_template_that_needs_one_name_twice_takes_no_two() -> None:
    assert not BOOK.knows("QCC is gone; cc-switch does not answer.")


def test_the_book_knows_only_what_is_known_wholly() -> None:
    assert BOOK.knows("/a cannot be read: odd. Try again.")
    assert not BOOK.knows("Try again. Nobody knows this.")


@given(st.text(min_size=1).filter(lambda text: not re.search(r"read: |[.!?]\s", text)))
def test_any_value_comes_out_as_it_went_in(value: str) -> None:
    filled = f"/a cannot be read: ({value})."

    assert _chinese(filled) == f"无法读取 /a：({value})。"
