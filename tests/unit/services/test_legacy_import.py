"""Taking over the endpoints of other programs, on real files."""

from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import create_autospec

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import ModelMode
from qcc_desktop.services.endpoints import EndpointDraft, Endpoints
from qcc_desktop.services.endpoints import Tester as EndpointTester
from qcc_desktop.services.legacy_import import LegacyImport
from qcc_desktop.services.legacy_items import Found, Item, Source
from qcc_desktop.services.preferences import Preferences
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.storage.runtime_file import RuntimeInfo, write_runtime
from tests.helpers.configured import Configured
from tests.helpers.legacy import claude_config, untouched, write_cc_switch, write_json

KEY = "sk-of-the-relay-0001"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    return Configured(tmp_path / "own")


@pytest.fixture
def endpoints(configured: Configured) -> Endpoints:
    numbers = count(1)
    return Endpoints(
        configured.configuration,
        configured.keys,
        create_autospec(EndpointTester, instance=True, port=None),
        new_id=lambda: f"ep-{next(numbers)}",
    )


def service(
    configured: Configured, endpoints: Endpoints, home: Path, **environ: str
) -> LegacyImport:
    return LegacyImport(
        configured.configuration,
        configured.keys,
        endpoints,
        configured.paths,
        environ=environ,
        home=home,
    )


def _items(found: tuple[Found, ...]) -> list[Item]:
    return [item for place in found for item in place.items]


def _fill(home: Path) -> None:
    """Leave something of every program there."""
    profiles: dict[str, Any] = {
        "relay": {"name": "relay", "base_url": "https://relay.example", "api_key": KEY},
        "no key": {"name": "no key", "base_url": "https://relay.example", "api_key": ""},
    }
    write_json(home / ".fastcc" / "cache.json", {"profiles": profiles, "settings": {}})
    write_cc_switch(
        home,
        [
            {"name": "relay", "settings_config": claude_config("relay.example", "sk-second")},
            {"name": "same", "settings_config": claude_config("relay.example", KEY)},
            {
                "name": "vendor",
                "settings_config": claude_config("v.example", "sk-v", ANTHROPIC_MODEL="own-model"),
            },
        ],
    )
    write_json(home / ".claude" / "settings.json", claude_config("claude.example", "sk-claude"))


async def test_everything_that_was_found_is_taken_once_and_in_order(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home, ANTHROPIC_API_KEY="sk-environment")

    found = await legacy.find()
    report = await legacy.take([item for item in _items(found) if item.is_new])
    again = await legacy.find()

    assert [place.source for place in found] == list(Source)
    assert [endpoint.name for endpoint in report.added] == [
        *("relay", "relay (2)", "vendor", "Anthropic", "claude.example")
    ]
    assert endpoints.listed() == report.added
    assert [configured.keys.key_of(endpoint.id) for endpoint in report.added] == [
        *(KEY, "sk-second", "sk-v", "sk-environment", "sk-claude")
    ]
    assert not any(item.is_new for item in _items(again))
    assert [item.known_as for item in _items(again) if not item.problem] == [
        *("relay", "relay (2)", "relay", "vendor", "Anthropic", "claude.example")
    ]


async def test_taking_twice_makes_no_doubles(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    items = [item for item in _items(await legacy.find()) if item.is_new]

    first = await legacy.take(items)
    second = await legacy.take(items)

    assert (len(first.added), len(first.skipped)) == (4, 0)
    assert (second.added, len(second.skipped)) == ((), 4)
    assert second.skipped[1].reason == "It is here already, as relay (2)."
    assert len(endpoints.listed()) == 4


async def test_their_files_are_only_read(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)

    with untouched(home):
        await legacy.take(_items(await legacy.find()))

    assert endpoints.listed()


async def test_an_endpoint_whose_name_was_given_away_meanwhile_gets_another(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    (found,) = await legacy.find((Source.CLAUDE,))
    await endpoints.add(EndpointDraft(name="claude.example", base_url="https://other.example"))

    report = await legacy.take(found.items)

    assert [endpoint.name for endpoint in report.added] == ["claude.example (2)"]


async def test_one_that_fails_does_not_keep_the_others_out(
    configured: Configured, endpoints: Endpoints, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    (found,) = await legacy.find((Source.CC_SWITCH,))
    add = endpoints.add

    async def failing(draft: EndpointDraft) -> Any:
        if draft.name == "relay":
            raise UserFacingError("The keychain is locked.", "Unlock it.")
        return await add(draft)

    monkeypatch.setattr(endpoints, "add", failing)
    bad = replace(found.items[0], problem="It has no key.")
    report = await legacy.take([*found.items, bad])

    assert [(one.name, one.reason) for one in report.failed] == [
        ("relay", "The keychain is locked. Unlock it."),
        ("relay", "It has no key."),
    ]
    assert [endpoint.name for endpoint in report.added] == ["same", "vendor"]


async def test_models_of_a_vendor_switch_the_map_on_once(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    (found,) = await legacy.find((Source.CC_SWITCH,))

    report = await legacy.take(found.items, found.settings)
    settings = configured.configuration.current.settings
    await Preferences(configured.configuration).set("models.mode", "passthrough")
    await legacy.take(found.items, found.settings)

    assert report.settings == found.settings
    assert settings.models_mode is ModelMode.MAP
    assert configured.configuration.current.settings.models_mode is ModelMode.PASSTHROUGH


async def test_a_choice_of_the_person_is_not_overruled(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    (found,) = await legacy.find((Source.CC_SWITCH,))
    preferences = Preferences(configured.configuration)
    await preferences.set("models.mode", "override")

    report = await legacy.take(found.items, found.settings)

    assert (report.settings, bool(report.added)) == ((), True)
    assert preferences.get("models.mode") == "override"


async def test_an_option_that_is_not_allowed_is_told(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    _fill(home)
    legacy = service(configured, endpoints, home)
    (found,) = await legacy.find((Source.CLAUDE,))

    report = await legacy.take(found.items, [LegacySetting("models.mode", "odd", "")])

    assert report.settings == ()
    assert report.failed[0].name == "models.mode"


async def test_the_address_of_our_own_proxy_is_left_out(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    info = RuntimeInfo(1, 9123, "127.0.0.1", "1", "", 1, "control", "token")
    write_runtime(configured.paths.runtime_file, info)
    legacy = service(
        configured,
        endpoints,
        home,
        ANTHROPIC_BASE_URL="http://127.0.0.1:9123",
        ANTHROPIC_AUTH_TOKEN="anything",
    )

    (found,) = await legacy.find()

    assert found.items == ()
    assert "proxy on this computer" in found.remarks[0]


async def test_nothing_is_found_where_nothing_is(
    configured: Configured, endpoints: Endpoints, home: Path
) -> None:
    legacy = service(configured, endpoints, home)

    assert await legacy.find() == ()
    assert (await legacy.take(())).added == ()
