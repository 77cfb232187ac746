"""Addresses as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import WireProtocol, normalise_base_url
from qcc_desktop.services.presets import PRESETS
from qcc_desktop.services.url_repair import (
    UrlAdvice,
    UrlIssue,
    addresses_in,
    advise,
    stored_form,
)

GOOD = "https://relay.example.com/api"


@pytest.mark.parametrize(
    ("typed", "issue", "address"),
    [
        (f"{GOOD}/v1", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/v1", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/v1/messages", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/messages/count_tokens", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/models", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/chat/completions", UrlIssue.PATH, GOOD),
        (f"{GOOD}/v1/messages?beta=true", UrlIssue.PATH, GOOD),
        (f"{GOOD}/", UrlIssue.PATH, GOOD),
        ("HTTPS://relay.example.com/api", UrlIssue.PATH, GOOD),
        ("relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("//relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("https//relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("https:/relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("htttps://relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("https:\\\\relay.example.com/api", UrlIssue.SCHEME, GOOD),
        ("localhost:8080", UrlIssue.SCHEME, "http://localhost:8080"),
        ("127.0.0.1:8080/v1", UrlIssue.SCHEME, "http://127.0.0.1:8080"),
        (f'"{GOOD}"', UrlIssue.SIGNS, GOOD),
        (f"“{GOOD}”", UrlIssue.SIGNS, GOOD),
        (f"<{GOOD}>,", UrlIssue.SIGNS, GOOD),
        (f"{GOOD}\u200b", UrlIssue.SIGNS, GOOD),
        ("ｈｔｔｐｓ：／／relay．example．com／api", UrlIssue.SIGNS, GOOD),
        ("https://relay。example。com/api", UrlIssue.SIGNS, GOOD),
        (f"curl {GOOD}/v1/messages -H 'x-api-key: k'", UrlIssue.PASTED, GOOD),
        (f"ANTHROPIC_BASE_URL={GOOD}", UrlIssue.PASTED, GOOD),
        (f"地址：{GOOD} 密钥：k", UrlIssue.PASTED, GOOD),
        ("http://relay.example.com/api", UrlIssue.UNENCRYPTED, GOOD),
        ("https://api.deepseek.com/v1", UrlIssue.VENDOR, "https://api.deepseek.com/anthropic"),
        ("http://127.0.0.1:7860/v1", UrlIssue.OWN_PROXY, None),
        ("localhost:7860", UrlIssue.OWN_PROXY, None),
    ],
)
def test_what_was_meant_is_found(typed: str, issue: UrlIssue, address: str | None) -> None:
    advice = advise(typed, 7860)

    assert advice is not None
    assert (advice.issue, advice.address) == (issue, address)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        GOOD,
        f" {GOOD} ",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "nonsense",
        "https://",
    ],
)
def test_nothing_is_said_of_what_is_fine_or_past_help(typed: str) -> None:
    assert advise(typed, 7860) is None


@pytest.mark.parametrize("preset_id", PRESETS)
def test_nothing_is_said_of_a_known_vendors_address(preset_id: str) -> None:
    preset = PRESETS[preset_id]

    assert advise(preset.base_url, 7860, preset.protocol) is None


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (f"{GOOD}/v1/", GOOD),
        ("http://relay.example.com/v1", "http://relay.example.com"),
        ("https://api.deepseek.com/v1", "https://api.deepseek.com"),
        (f"curl {GOOD}", GOOD),
        (GOOD, None),
        ("nonsense", None),
    ],
    ids=["form", "plain http is kept", "a vendor's other address", "a line", "fine", "hopeless"],
)
def test_saving_takes_what_means_the_same(typed: str, taken: str | None) -> None:
    assert stored_form(typed) == taken


def test_every_address_in_a_text_is_found_once_and_in_its_stored_form() -> None:
    text = f"主：{GOOD}/v1/messages，备：https://b.example.com。Again {GOOD}; http://127.0.0.1:1"

    assert addresses_in(text) == [GOOD, "https://b.example.com", "http://127.0.0.1:1"]


@given(st.text(max_size=60) | st.text("htps:/\\.v1 a[]@#?：／", max_size=30))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_advice_is_storable_and_stays_as_it_is(typed: str) -> None:
    advice = advise(typed) or UrlAdvice(UrlIssue.PATH)

    if advice.address is not None:
        assert normalise_base_url(advice.address) == advice.address
    assert stored_form(stored_form(typed) or GOOD) is None


@pytest.mark.parametrize(
    ("typed", "issue", "address"),
    [
        ("https://api.openai.com/v1", None, None),
        ("https://api.openai.com", UrlIssue.PATH, "https://api.openai.com/v1"),
        ("https://h.example/v1/chat/completions", UrlIssue.PATH, "https://h.example/v1"),
        ("localhost:11434", UrlIssue.SCHEME, "http://localhost:11434/v1"),
        ("https://api.groq.com", UrlIssue.VENDOR, "https://api.groq.com/openai/v1"),
        (
            "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1",
            UrlIssue.PATH,
            "https://x.openai.azure.com/openai/deployments/d?api-version=1",
        ),
        ("https://api.deepseek.com/v1", None, None),
        ("http://h.example/v1", UrlIssue.UNENCRYPTED, "https://h.example/v1"),
    ],
)
def test_addresses_of_openais_api_keep_what_belongs_to_them(
    typed: str, issue: UrlIssue | None, address: str | None
) -> None:
    advice = advise(typed, protocol=WireProtocol.OPENAI)

    assert (advice.issue if advice else None) is issue
    assert (advice.address if advice else None) == address
    if issue in {UrlIssue.PATH, UrlIssue.SCHEME}:
        assert stored_form(typed, WireProtocol.OPENAI) == address
