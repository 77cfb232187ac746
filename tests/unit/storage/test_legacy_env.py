"""An endpoint out of the variables that lead Claude Code to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.storage.legacy_env import (
    API_KEY,
    BASE_URL,
    BEARER,
    HEADERS,
    MODEL,
    OFFICIAL,
    endpoint_of_env,
    is_takeover,
    read_environment,
)
from qcc_desktop.storage.legacy_found import NO_KEY, NOT_TEXT, PROXY, LegacyEndpoint

RELAY = "https://relay.example"


@pytest.mark.parametrize(
    ("env", "base_url", "key", "auth"),
    [
        ({BASE_URL: RELAY, BEARER: "t"}, RELAY, "t", AuthStyle.BEARER),
        ({BASE_URL: RELAY, API_KEY: "k"}, RELAY, "k", AuthStyle.X_API_KEY),
        ({BASE_URL: RELAY, API_KEY: "k", BEARER: "k"}, RELAY, "k", AuthStyle.BOTH),
        ({BASE_URL: RELAY, API_KEY: "k", BEARER: "t"}, RELAY, "t", AuthStyle.BEARER),
        ({BASE_URL: RELAY, API_KEY: "k", BEARER: ""}, RELAY, "k", AuthStyle.X_API_KEY),
        ({API_KEY: " k\n"}, OFFICIAL, "k", AuthStyle.X_API_KEY),
    ],
    ids=["token", "key", "same twice", "two", "empty token", "official"],
)
def test_address_key_and_header_are_those_of_claude_code(
    env: dict[str, object], base_url: str, key: str, auth: AuthStyle
) -> None:
    found = endpoint_of_env(env)

    assert found is not None
    assert (found.base_url, found.key, found.auth, found.problem) == (base_url, key, auth, "")


@pytest.mark.parametrize("env", [{}, {MODEL: "m"}, {BASE_URL: "", BEARER: ""}])
def test_variables_without_address_and_key_describe_no_endpoint(env: dict[str, object]) -> None:
    assert endpoint_of_env(env) is None
    assert read_environment({name: str(value) for name, value in env.items()}) is None


@pytest.mark.parametrize(
    ("env", "problem"),
    [
        ({BASE_URL: RELAY}, NO_KEY),
        ({BASE_URL: RELAY, BEARER: 7}, NOT_TEXT),
        ({BASE_URL: ["x"], BEARER: "t"}, NOT_TEXT),
        ({BASE_URL: RELAY, BEARER: "t" * 9000}, NOT_TEXT),
    ],
)
def test_what_is_missing_or_no_text_is_told(env: dict[str, object], problem: str) -> None:
    found = endpoint_of_env(env)

    assert found is not None
    assert found.problem == problem


@pytest.mark.parametrize(
    ("env", "model_map"),
    [
        ({MODEL: "kimi-k2"}, (("*", "kimi-k2"),)),
        ({MODEL: "claude-opus-4-1"}, ()),
        ({MODEL: "deep-pro[1m]"}, (("*", "deep-pro"),)),
        (
            {
                MODEL: "pro",
                "ANTHROPIC_SMALL_FAST_MODEL": "old",
                "ANTHROPIC_DEFAULT_HAIKU_MODEL": "flash",
            },
            (("flash", "flash"), ("*haiku*", "flash"), ("*", "pro")),
        ),
        ({"ANTHROPIC_DEFAULT_OPUS_MODEL": "pro"}, (("*opus*", "pro"),)),
        ({MODEL: 7}, ()),
    ],
    ids=["one", "claude's own", "suffix", "tiers", "tier alone", "no text"],
)
def test_models_of_a_vendor_become_a_map(
    env: dict[str, object], model_map: tuple[tuple[str, str], ...]
) -> None:
    found = endpoint_of_env({BASE_URL: RELAY, BEARER: "t", **env})

    assert found is not None
    assert found.model_map == model_map


def test_extra_headers_come_along_but_credentials_do_not() -> None:
    headers = "X-Team: blue\nAuthorization: Bearer x\nnonsense\n: empty\nx-api-key: y"
    found = endpoint_of_env({BEARER: "t", HEADERS: headers})

    assert found is not None
    assert found.extra_headers == (("X-Team", "blue"),)
    assert "blue" not in repr(found)


@pytest.mark.parametrize(
    ("base_url", "key", "is_one"),
    [
        ("http://127.0.0.1:15721", "x", True),
        ("http://localhost:7860/", "x", True),
        ("http://[::1]:7860", "x", True),
        ("http://127.0.0.1:9999", "proxy-managed", True),
        ("http://127.0.0.1:9999", "PROXY_MANAGED", True),
        ("https://relay.example", "PROXY_MANAGED", True),
        ("http://127.0.0.1:8123", "x", True),
        ("http://127.0.0.1:9999", "qcc-" + "A" * 43, True),
        ("http://127.0.0.1:4000", "sk-litellm", False),
        ("https://relay.example:7860", "sk-x", False),
        ("http://127.0.0.1:99999999", "sk-x", False),
        ("http://[", "sk-x", False),
    ],
)
def test_proxies_that_stand_in_for_endpoints_are_recognised(
    base_url: str, key: str, *, is_one: bool
) -> None:
    found = LegacyEndpoint(name="", base_url=base_url, key=key)

    assert is_takeover(found, ports=(8123,)) is is_one


def test_a_proxy_in_the_environment_is_only_reported() -> None:
    found = read_environment({BASE_URL: "http://127.0.0.1:7860", BEARER: "x"})
    own = read_environment({BASE_URL: "http://gate", BEARER: "mine", "QCC_DESKTOP_TOKEN": "mine"})

    assert found is not None
    assert own is not None
    assert (found.endpoints, found.remarks) == (own.endpoints, own.remarks) == ((), (PROXY,))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from((BASE_URL, BEARER, API_KEY, MODEL, HEADERS)), _JSON))
def test_no_value_breaks_it(env: dict[str, object]) -> None:
    found = endpoint_of_env(env)

    if found is not None:
        is_takeover(found)
        assert isinstance(found.base_url, str)
