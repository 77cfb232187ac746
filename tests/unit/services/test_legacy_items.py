"""What an import offers beside what is here."""

from dataclasses import replace
from typing import Any

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle, Endpoint, WireProtocol
from qcc_desktop.core.settings import ModelMode, Settings
from qcc_desktop.services.legacy_items import Found, Here, Item, Source, offered, unique
from qcc_desktop.storage.legacy_found import NO_KEY, LegacyEndpoint, LegacyPlace, LegacySetting

KEY = "sk-0123456789-0123-4f2a"


def legacy(**rest: Any) -> LegacyEndpoint:
    values = {"name": "Relay", "base_url": "https://relay.example/v1", "key": KEY} | rest
    return LegacyEndpoint(**values)


def here(*endpoints: Endpoint, keys: dict[str, str] | None = None, **rest: Any) -> Here:
    return Here(Config(endpoints=endpoints), (keys or {}).get, **rest)


def offer(*endpoints: LegacyEndpoint, beside: Here | None = None) -> tuple[Item, ...]:
    places = [(Source.QCC, LegacyPlace("a file", endpoints))]
    return offered(places, beside or here())[0].items


STORED = Endpoint(id="1", name="Relay", base_url="https://relay.example")


def test_an_item_shows_the_end_of_its_key_only() -> None:
    (item,) = offer(legacy())

    assert (item.name, item.base_url, item.key_tail) == (
        "Relay",
        "https://relay.example/v1",
        "…4f2a",
    )
    assert item.is_new
    assert item.draft.key == KEY
    assert KEY not in repr(item)


@pytest.mark.parametrize(
    ("key", "tail"), [("", ""), ("short", "…"), ("schlüssel-der-lang-ist", "…")]
)
def test_of_a_short_or_odd_key_nothing_is_shown(key: str, tail: str) -> None:
    assert offer(legacy(key=key))[0].key_tail == tail


@pytest.mark.parametrize(
    ("beside", "known"),
    [
        (here(STORED, keys={"1": "sk-other"}), True),
        (here(replace(STORED, name="Other"), keys={"1": KEY}), True),
        (here(replace(STORED, name="Other"), keys={"1": "sk-other"}), False),
        (here(replace(STORED, name="Other"), unreadable={"1"}), True),
        (here(replace(STORED, base_url="https://RELAY.example")), True),
        (here(replace(STORED, base_url="https://else.example"), keys={"1": KEY}), False),
        (here(), False),
    ],
    ids=["name", "key", "neither", "locked key", "case", "elsewhere", "nothing"],
)
def test_an_endpoint_with_the_same_address_and_key_or_name_is_known(
    beside: Here, *, known: bool
) -> None:
    (item,) = offer(legacy(), beside=beside)

    assert item.is_known is known
    assert item.is_new is not known


def test_two_keys_of_one_relay_are_two_endpoints_with_names_of_their_own() -> None:
    items = offer(legacy(), legacy(key="sk-9999"), legacy(name="relay", key="sk-8888"))

    assert [item.name for item in items] == ["Relay", "Relay (2)", "relay (3)"]
    assert all(item.is_new for item in items)


def test_what_two_programs_hold_is_offered_once() -> None:
    first, second = offer(legacy(), legacy(name="Same", base_url="https://relay.example"))

    assert first.is_new
    assert second.known_as == "Relay"


def test_a_name_that_is_taken_by_another_endpoint_gets_a_number() -> None:
    beside = here(replace(STORED, base_url="https://else.example"))

    assert offer(legacy(), beside=beside)[0].name == "Relay (2)"


def test_a_number_does_not_make_a_name_too_long() -> None:
    name = "x" * 100

    assert unique(name, {name}) == f"{'x' * 96} (2)"
    assert unique("a", {"a", "a (2)", "b"}) == "a (3)"


@pytest.mark.parametrize(
    ("endpoint", "sentence"),
    [
        (legacy(problem=NO_KEY), NO_KEY),
        (legacy(base_url="nonsense"), "must begin with http"),
        (legacy(key="sk a\nb"), "no header may carry"),
        (legacy(key="s" * 8193), "too long for a header"),
        (legacy(base_url="http://127.0.0.1:8123"), "own proxy"),
        (legacy(extra_headers=(("bad name", "x"),)), "is not a header name"),
    ],
)
def test_what_cannot_be_added_says_why_and_does_not_use_up_a_name(
    endpoint: LegacyEndpoint, sentence: str
) -> None:
    bad, good = offer(endpoint, legacy(), beside=here(ports={8123}))

    assert sentence in bad.problem
    assert not bad.is_new
    assert (good.name, good.is_new) == ("Relay", True)


def test_a_password_in_an_address_is_not_shown() -> None:
    (item,) = offer(legacy(base_url="https://me:hidden@relay.example"))

    assert "holds a password" in item.problem
    assert "hidden" not in repr(item)


def test_a_vendor_is_recognised_by_its_address() -> None:
    (item,) = offer(legacy(name="", base_url="https://api.anthropic.com/", auth=AuthStyle.BOTH))
    (bearer,) = offer(legacy(base_url="https://api.anthropic.com", auth=AuthStyle.BEARER))

    assert (item.name, item.draft.preset) == ("Anthropic", "anthropic")
    assert item.draft.auth is AuthStyle.X_API_KEY
    assert bearer.draft.auth is AuthStyle.BEARER


@pytest.mark.parametrize(
    ("base_url", "name"),
    [("https://a.relay.example/x", "a.relay.example"), ("", "Endpoint"), ("http://[", "Endpoint")],
)
def test_without_a_name_the_host_is_the_name(base_url: str, name: str) -> None:
    assert offer(legacy(name="", base_url=base_url))[0].name == name


def test_a_group_is_kept_as_a_note_where_there_is_none() -> None:
    noted, bare = offer(legacy(note="mine", groups=("G",)), legacy(key="k", groups=("G", "H")))

    assert (noted.draft.note, bare.draft.note, bare.groups) == ("mine", "G, H", ("G", "H"))


FORCED = (LegacySetting("models.mode", "override", "Forced."),)
MAPPED = legacy(key="sk-mapped", model_map=(("*", "m"),))


def _settings(beside: Here, *places: LegacyPlace) -> list[str]:
    found: tuple[Found, ...] = offered([(Source.QCC, place) for place in places], beside)
    return [f"{setting.key}={setting.value}" for place in found for setting in place.settings]


def test_options_are_offered_once_and_only_with_something_new() -> None:
    mapped, forced = LegacyPlace("1", (MAPPED,)), LegacyPlace("2", (legacy(),), FORCED)
    known = here(STORED, keys={"1": KEY})

    assert _settings(here(), mapped) == ["models.mode=map"]
    assert _settings(here(), forced) == ["models.mode=override"]
    assert _settings(here(), forced, mapped) == ["models.mode=override"]
    assert _settings(known, forced) == []


def test_a_choice_of_the_person_is_not_offered_to_be_overruled() -> None:
    chosen = replace(here(), config=Config(settings=Settings(models_mode=ModelMode.MAP)))

    assert _settings(chosen, LegacyPlace("", (legacy(),), FORCED)) == []


def test_remarks_and_faults_are_passed_on() -> None:
    (found,) = offered([(Source.CLAUDE, LegacyPlace("p", remarks=("r",), fault="f"))], here())

    assert (found.place, found.remarks, found.fault) == ("p", ("r",), "f")


def test_an_endpoint_of_openais_api_stays_one_and_needs_no_mode_for_its_models() -> None:
    stored = LegacyEndpoint(
        name="G",
        base_url="https://h.example/v1",
        key="sk-abcdef",
        model_map=(("*", "gpt-x"),),
        protocol=WireProtocol.OPENAI,
    )

    (found,) = offered(
        [(Source.CC_SWITCH, LegacyPlace("there", (stored,)))], Here(Config(), lambda _: None)
    )

    assert found.items[0].is_new
    assert found.items[0].draft.protocol is WireProtocol.OPENAI
    assert found.settings == ()
