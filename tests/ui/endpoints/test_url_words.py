"""What the editor says about an address."""

import pytest

from qcc_desktop.services.url_repair import UrlIssue
from qcc_desktop.ui.endpoints import url_words
from qcc_desktop.ui.endpoints.url_words import UrlLook, present_url


@pytest.mark.parametrize(
    ("typed", "hint", "address"),
    [
        (
            "relay.example.com",
            "An address begins with https://.",
            "https://relay.example.com",
        ),
        (
            "http://relay.example.com",
            "With http, the key can be read on its way.",
            "https://relay.example.com",
        ),
        (
            "https://api.deepseek.com",
            "DeepSeek takes requests of Claude Code at another address.",
            "https://api.deepseek.com/anthropic",
        ),
    ],
)
def test_what_is_odd_is_said_with_what_a_click_does(typed: str, hint: str, address: str) -> None:
    assert present_url(typed, None) == UrlLook(hint=hint, offer=f"Use {address}", address=address)


def test_our_own_address_is_a_fault_without_an_offer() -> None:
    look = present_url("http://127.0.0.1:7860", 7860)

    assert look.fault
    assert not look.address


def test_nothing_is_said_of_a_good_address() -> None:
    assert present_url("https://relay.example.com", 7860) == UrlLook()


def test_every_issue_has_a_sentence() -> None:
    assert {*url_words._SENTENCES, UrlIssue.OWN_PROXY} == set(UrlIssue)
