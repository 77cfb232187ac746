"""Endpoints read out of text."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.services.paste import MAX_CHARS, Pasted, PasteKind, parse_paste
from qcc_desktop.services.pasted import speaks_only_openai

URL = "https://relay.example.com/api"
KEY = "sk-abcdef0123456789"

_BLOCKS = {
    "sh": f"export ANTHROPIC_BASE_URL={URL}\nexport ANTHROPIC_AUTH_TOKEN={KEY}",
    "sh quoted": f"export ANTHROPIC_BASE_URL=\"{URL}/v1/\"\nexport ANTHROPIC_AUTH_TOKEN='{KEY}'",
    "sh in one line": f"ANTHROPIC_BASE_URL={URL} ANTHROPIC_AUTH_TOKEN={KEY} claude",
    "dotenv": f"ANTHROPIC_BASE_URL={URL}\r\nANTHROPIC_AUTH_TOKEN={KEY}\r\n",
    "fish": f"set -gx ANTHROPIC_BASE_URL {URL}\nset -x ANTHROPIC_AUTH_TOKEN {KEY}",
    "powershell": f'$env:ANTHROPIC_BASE_URL = "{URL}"\n$Env:ANTHROPIC_AUTH_TOKEN="{KEY}"',
    "cmd": f"set ANTHROPIC_BASE_URL={URL}\nset ANTHROPIC_AUTH_TOKEN={KEY}",
    "cmd quoted": f'set "ANTHROPIC_BASE_URL={URL}"\nset "ANTHROPIC_AUTH_TOKEN={KEY}"',
    "setx": f'setx ANTHROPIC_BASE_URL "{URL}"\nsetx ANTHROPIC_AUTH_TOKEN "{KEY}"',
    "dotnet": (
        f'[Environment]::SetEnvironmentVariable("ANTHROPIC_BASE_URL", "{URL}", "User")\n'
        f'[Environment]::SetEnvironmentVariable("ANTHROPIC_AUTH_TOKEN", "{KEY}", "User")'
    ),
    "yaml": f"ANTHROPIC_BASE_URL: {URL}\nANTHROPIC_AUTH_TOKEN: {KEY}",
}


def _one(text: str) -> Pasted:
    found = parse_paste(text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("text", _BLOCKS.values(), ids=_BLOCKS)
def test_variables_are_read_as_each_shell_writes_them(text: str) -> None:
    found = _one(text)

    assert (found.kind, found.base_url, found.key) == (PasteKind.ENVIRONMENT, URL, KEY)
    assert found.auth is AuthStyle.BEARER
    assert found.name == "relay.example.com"


def test_the_variable_of_the_key_tells_how_it_is_sent() -> None:
    found = _one(f"export ANTHROPIC_BASE_URL={URL}\nexport ANTHROPIC_API_KEY={KEY}")

    assert found.auth is AuthStyle.X_API_KEY


def test_a_key_without_an_address_is_for_the_official_api() -> None:
    found = _one(f"export ANTHROPIC_API_KEY={KEY}")

    assert (found.name, found.base_url, found.preset) == (
        *("Anthropic", "https://api.anthropic.com", "anthropic"),
    )


def test_model_variables_become_rules_and_headers_headers() -> None:
    found = _one(
        f"export ANTHROPIC_BASE_URL={URL}\n"
        "export ANTHROPIC_MODEL=vendor-large\n"
        "export ANTHROPIC_SMALL_FAST_MODEL=vendor-small\n"
        "export ANTHROPIC_DEFAULT_OPUS_MODEL=claude-opus-4-5\n"
        "export ANTHROPIC_CUSTOM_HEADERS='X-Team: blue'\n"
    )

    assert found.model_map == (("*haiku*", "vendor-small"), ("*", "vendor-large"))
    assert found.extra_headers == (("X-Team", "blue"),)


@pytest.mark.parametrize("placeholder", ["your-api-key", "sk-xxxxxxxx", "<key>", "$KEY", "${KEY}"])
def test_a_placeholder_is_no_key(placeholder: str) -> None:
    found = _one(f"export ANTHROPIC_BASE_URL={URL}\nexport ANTHROPIC_AUTH_TOKEN={placeholder}")

    assert found.key == ""


def test_several_blocks_are_several_endpoints() -> None:
    found = parse_paste(
        f"export ANTHROPIC_BASE_URL={URL}\nexport ANTHROPIC_AUTH_TOKEN={KEY}\n\n"
        f"export ANTHROPIC_BASE_URL=https://b.example.com\nexport ANTHROPIC_AUTH_TOKEN={KEY}2"
    )

    assert [(each.base_url, each.key) for each in found] == [
        (URL, KEY),
        ("https://b.example.com", f"{KEY}2"),
    ]


_ENV = {"ANTHROPIC_BASE_URL": URL, "ANTHROPIC_AUTH_TOKEN": KEY}
_QCC = {"base_url": URL, "api_key": KEY, "last_used": None, "description": "office"}
_JSON: dict[str, tuple[object, PasteKind, str]] = {
    "claude": ({"env": _ENV, "permissions": {}}, PasteKind.CLAUDE_SETTINGS, "relay.example.com"),
    "cc-switch": (
        {"id": "x", "name": "My relay", "settingsConfig": {"env": _ENV}},
        PasteKind.CC_SWITCH,
        "My relay",
    ),
    "cc-switch file": (
        {"claude": {"providers": {"id-1": {"name": "My relay", "settingsConfig": {"env": _ENV}}}}},
        PasteKind.CC_SWITCH,
        "My relay",
    ),
    "qcc profile": ({"profiles": {"work": _QCC}}, PasteKind.QCC, "work"),
    "qcc cluster": (
        {"profiles": {"pool": {**_QCC, "endpoints": [{**_QCC, "max_failures": 3}]}}},
        PasteKind.QCC,
        "pool",
    ),
    "generic": ({"baseURL": f"{URL}/v1", "apiKey": KEY}, PasteKind.JSON, "relay.example.com"),
    "list": ([{"name": "A", "url": URL, "token": KEY}], PasteKind.JSON, "A"),
}


@pytest.mark.parametrize(("value", "kind", "name"), _JSON.values(), ids=_JSON)
def test_json_is_read_whoever_wrote_it(value: object, kind: PasteKind, name: str) -> None:
    found = _one(json.dumps(value, indent=2))

    assert (found.kind, found.name, found.base_url, found.key) == (kind, name, URL, KEY)


def test_json_amid_text_and_without_its_braces_is_read() -> None:
    fenced = f"Put this into settings.json:\n```json\n{json.dumps({'env': _ENV})}\n```"
    bare = f'"env": {json.dumps(_ENV)}'

    assert _one(fenced).key == _one(bare).key == KEY


def test_several_profiles_are_several_endpoints() -> None:
    two = {"profiles": {"a": _QCC, "b": {**_QCC, "base_url": "https://b.example.com"}}}

    assert [each.name for each in parse_paste(json.dumps(two))] == ["a", "b"]


@pytest.mark.parametrize(
    ("header", "auth"),
    [
        (f"x-api-key: {KEY}", AuthStyle.X_API_KEY),
        (f"Authorization: Bearer {KEY}", AuthStyle.BEARER),
    ],
)
def test_a_curl_command_is_read(header: str, auth: AuthStyle) -> None:
    found = _one(
        f"curl -X POST {URL}/v1/messages \\\n  -H '{header}' \\\n  -H 'content-type: application/json'"
        ' \\\n  -d \'{"model": "claude-haiku-4-5"}\''
    )

    assert (found.kind, found.base_url, found.key, found.auth) == (PasteKind.CURL, URL, KEY, auth)


def test_a_link_of_cc_switch_is_read() -> None:
    found = _one(
        "ccswitch://v1/import?resource=provider&app=claude&name=My%20relay"
        f"&endpoint=https%3A%2F%2Frelay.example.com%2Fapi&apiKey={KEY}"
    )

    assert (found.kind, found.name, found.base_url, found.key) == (
        *(PasteKind.LINK, "My relay", URL, KEY),
    )


@pytest.mark.parametrize(
    "text",
    [f"{URL} {KEY}", f"{URL}\n{KEY}\n", f"地址：{URL}\n密钥：{KEY}", f"url: {URL}, key: {KEY}"],
)
def test_an_address_and_a_key_in_plain_text_are_read(text: str) -> None:
    found = _one(text)

    assert (found.kind, found.base_url, found.key) == (PasteKind.TEXT, URL, KEY)


def test_a_bare_address_is_an_endpoint_without_a_key_and_a_bare_key_one_without_an_address() -> (
    None
):
    assert (_one(URL).base_url, _one(URL).key) == (URL, "")
    assert (_one(KEY).base_url, _one(KEY).key) == ("", KEY)


def test_the_vendor_of_an_address_is_known() -> None:
    found = _one(f"https://api.deepseek.com/anthropic {KEY}")

    assert (found.name, found.preset) == ("DeepSeek", "deepseek")


@pytest.mark.parametrize(
    "text", ["", "hello world", "{}", "[]", '{"a": 1}', "curl --help", "x" * (MAX_CHARS + 1)]
)
def test_text_without_an_endpoint_gives_none(text: str) -> None:
    assert parse_paste(text) == ()


def test_no_key_shows_in_the_repr() -> None:
    assert KEY not in repr(parse_paste(f"{URL} {KEY}"))


@given(st.text(max_size=200) | st.text('{}[]":,ANTHROPIC_BASE_URL= htps/.\n', max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in parse_paste(text):
        assert found.base_url or found.key


def test_deeply_nested_json_is_read_without_a_fault() -> None:
    assert parse_paste("[" * 50_000 + "]" * 50_000) == ()


CURL = """curl https://h.example/v1/chat/completions \\
  -H "Authorization: Bearer sk-abcdef1234567890" -d '{"model": "gpt-x"}'"""


@pytest.mark.parametrize(
    "text",
    [
        "export OPENAI_BASE_URL=https://h.example/v1\nexport OPENAI_API_KEY=sk-abcdef1234567890",
        "OPENAI_API_BASE='https://h.example'\nOPENAI_API_KEY='sk-abcdef1234567890'",
        CURL,
        '{"base_url": "https://h.example/v1", "api_key": "sk-abcdef1234567890", "protocol": "openai"}',
        "https://h.example/v1/chat/completions sk-abcdef1234567890",
    ],
    ids=["variables", "older variables", "curl", "JSON", "text"],
)
def test_endpoints_of_openais_api_are_known_by_what_was_copied(text: str) -> None:
    (found,) = parse_paste(text)

    assert found.protocol is WireProtocol.OPENAI
    assert (found.base_url, found.key) == ("https://h.example/v1", "sk-abcdef1234567890")


def test_a_vendor_without_another_api_is_known_by_its_address() -> None:
    (found,) = parse_paste("https://api.groq.com/openai gsk_abcdef1234567890abcdef12")

    assert (found.protocol, found.preset) == (WireProtocol.OPENAI, "groq")
    assert found.base_url == "https://api.groq.com/openai/v1"


def test_a_key_and_a_model_of_openais_variables_need_no_address() -> None:
    (found,) = parse_paste("OPENAI_API_KEY=sk-abcdef1234567890\nOPENAI_MODEL=gpt-x")

    assert (found.base_url, found.preset) == ("https://api.openai.com/v1", "openai")
    assert found.model_map == (("claude-*", "gpt-x"),)


def test_azure_sends_its_key_in_a_header_of_its_own() -> None:
    (found,) = parse_paste(
        "curl 'https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1'"
        " -H 'api-key: abcdef1234567890'"
    )

    assert (found.auth, found.key) == (AuthStyle.X_API_KEY, "abcdef1234567890")
    assert found.base_url == "https://x.openai.azure.com/openai/deployments/d?api-version=1"


@pytest.mark.parametrize("address", ["http://[bad", "https://h.example:x/", ""])
def test_what_is_no_address_says_nothing_of_its_api(address: str) -> None:
    assert not speaks_only_openai(address)
