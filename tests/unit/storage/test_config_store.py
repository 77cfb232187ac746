"""The configuration file: kept whole, read leniently, never destroyed."""

import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle, Endpoint
from qcc_desktop.core.errors import NewerFormat, UserFacingError
from qcc_desktop.core.settings import Settings, Strategy, with_option
from qcc_desktop.storage.config_migrations import Document
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.endpoint_codec import FIELDS, encode_endpoint

NOW = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
RICH = Endpoint(
    id="ep-1",
    name="Relay A",
    base_url="https://relay.example/api",
    auth=AuthStyle.BOTH,
    enabled=False,
    priority=3,
    weight=7,
    proxy="socks5://127.0.0.1:1080",
    extra_headers=(("x-team", "a"),),
    model_map=(("claude-*", "relay-big"),),
    connect_timeout_s=2.5,
    first_byte_timeout_s=10.0,
    stream_idle_timeout_s=20.0,
    context_window_tokens=128_000,
    preset="deepseek",
    note="für die Nacht",
)


def _store(file: Path, *migrations: Callable[[Document], Document]) -> JsonConfigStore:
    return JsonConfigStore(file, utc_now=lambda: NOW, migrations=migrations)


def _written(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _with(file: Path, **document: Any) -> JsonConfigStore:
    file.write_text(json.dumps({"version": 1, **document}), encoding="utf-8")
    return _store(file)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.json"


def test_no_file_means_the_defaults_and_is_not_made(file: Path) -> None:
    assert _store(file).load() == Config()
    assert not file.exists()


def test_everything_comes_back_as_it_was_saved(file: Path) -> None:
    config = Config(
        endpoints=(RICH, Endpoint(id="ep-2", name="B", base_url="http://localhost:1")),
        settings=replace(Settings(), routing_strategy=Strategy.FASTEST, server_port=0),
        pinned_id="ep-2",
        enabled=False,
        recent_folders=("/a", "/b"),
    )

    _store(file).save(config)
    loaded = _store(file)

    assert loaded.load() == config
    assert loaded.notices == ()


def test_text_that_is_no_utf_8_comes_back_as_it_was_saved(file: Path) -> None:
    config = Config(recent_folders=("/home/me/\udcff",))

    _store(file).save(config)

    assert _store(file).load() == config


def test_every_field_of_an_endpoint_is_stored() -> None:
    assert set(encode_endpoint(RICH)) >= {
        item.name for item in fields(Endpoint) if item.name != "protocol"
    }, "RICH must differ from the defaults in every field that can"


def test_the_file_carries_a_version_and_only_what_differs_from_the_defaults(file: Path) -> None:
    settings_ = with_option(Settings(), "routing.max_attempts", 7)

    _store(file).save(Config(settings=settings_))

    assert _written(file)["version"] == 1
    assert _written(file)["settings"] == {"routing.max_attempts": 7}


def test_what_this_version_does_not_know_survives_a_save(file: Path) -> None:
    entry = {"id": "ep-1", "name": "A", "base_url": "https://a.example", "colour": "red"}
    store = _with(file, theme_of_tomorrow=1, settings={"new.option": 2}, endpoints=[entry])

    store.save(store.load())

    assert _written(file)["theme_of_tomorrow"] == 1
    assert _written(file)["settings"] == {"new.option": 2}
    assert _written(file)["endpoints"] == [entry]


def test_a_newer_file_is_refused_and_left_untouched_by_load_and_save(file: Path) -> None:
    file.write_text('{"version": 99, "x": 1}', encoding="utf-8")

    with pytest.raises(NewerFormat):
        _store(file).load()
    with pytest.raises(NewerFormat):
        _store(file).save(Config())

    assert file.read_text(encoding="utf-8") == '{"version": 99, "x": 1}'
    assert [path.name for path in file.parent.iterdir()] == ["config.json"]


def test_an_older_file_is_migrated_when_it_is_read(file: Path) -> None:
    file.write_text('{"version": 1, "on": false}', encoding="utf-8")

    config = _store(file, lambda old: {"enabled": old["on"]}).load()

    assert config.enabled is False


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"version": "x"}', b"[" * 100_000],
    ids=["empty", "cut", "list", "null", "no UTF-8", "odd version", "deep"],
)
def test_a_broken_file_is_kept_aside_with_a_message(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    store = _store(file)

    with pytest.raises(UserFacingError, match="is broken"):
        store.load()
    with pytest.raises(UserFacingError, match="is broken"):
        store.save(Config())
    assert file.read_bytes() == content
    config = store.load(puts_aside=True)

    aside = file.with_name("config.broken-20261123T010203Z.json")
    assert config == Config()
    assert aside.read_bytes() == content
    assert not file.exists()
    assert len(store.notices) == 1
    assert str(aside) in store.notices[0]
    assert "repair it, end the program and rename it to config.json" in store.notices[0]


def test_a_second_broken_file_in_the_same_second_replaces_no_other(file: Path) -> None:
    store = _store(file)
    for content in (b"{1", b"{2"):
        file.write_bytes(content)
        store.load(puts_aside=True)

    assert file.with_name("config.broken-20261123T010203Z.json").read_bytes() == b"{1"
    assert file.with_name("config.broken-20261123T010203Z-2.json").read_bytes() == b"{2"


def test_invalid_options_become_defaults_one_by_one_and_are_named(file: Path) -> None:
    store = _with(
        file,
        settings={
            "routing.max_attempts": 0,
            "routing.strategy": "fastest",
            "server.port": "many",
            "privacy.log_bodies": "maybe",
        },
    )

    config = store.load()

    assert config.settings == replace(Settings(), routing_strategy=Strategy.FASTEST)
    assert sorted(notice.split()[0] for notice in store.notices) == [
        "privacy.log_bodies",
        "routing.max_attempts",
        "server.port",
    ]


def _entry(**changes: Any) -> dict[str, Any]:
    return {"id": "ep-1", "name": "A", "base_url": "https://a.example", **changes}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"weight": 5000}, "weight"),
        ({"weight": "heavy"}, "weight"),
        ({"priority": True}, "priority"),
        ({"enabled": "yes"}, "enabled"),
        ({"proxy": "nonsense"}, "proxy"),
        ({"extra_headers": [["a b", "x"]]}, "extra_headers"),
        ({"extra_headers": [["only one"]]}, "extra_headers"),
        ({"model_map": {"a": "b"}}, "model_map"),
        ({"connect_timeout_s": -1}, "connect_timeout_s"),
        ({"note": 5}, "note"),
    ],
)
def test_an_invalid_value_of_an_endpoint_becomes_the_default_and_is_named(
    file: Path, changes: dict[str, Any], word: str
) -> None:
    store = _with(file, endpoints=[_entry(**changes)])

    config = store.load()

    assert config.endpoints == (Endpoint(id="ep-1", name="A", base_url="https://a.example"),)
    assert len(store.notices) == 1
    assert word in store.notices[0]


@pytest.mark.parametrize(
    "entry",
    [
        "text",
        {"name": "A", "base_url": "https://a.example"},
        _entry(id=[]),
        _entry(base_url="no url"),
        _entry(base_url=None),
        _entry(auth="telepathy"),
        _entry(protocol="telepathy"),
    ],
    ids=["no object", "no id", "odd id", "bad url", "no url", "odd auth", "odd protocol"],
)
def test_an_endpoint_that_cannot_be_used_is_left_out_but_stays_in_the_file(
    file: Path, entry: object
) -> None:
    store = _with(file, endpoints=[entry])

    config = store.load()
    added = replace(RICH, id="ep-2")
    store.save(replace(config, endpoints=(added,)))

    assert config.endpoints == ()
    assert len(store.notices) == 1
    assert _written(file)["endpoints"] == [encode_endpoint(added), entry]


def test_an_endpoint_without_a_name_is_called_by_its_host(file: Path) -> None:
    store = _with(file, endpoints=[_entry(name="  ")])

    assert [endpoint.name for endpoint in store.load().endpoints] == ["a.example"]
    assert len(store.notices) == 1


def test_of_two_endpoints_with_one_id_the_first_is_used(file: Path) -> None:
    store = _with(file, endpoints=[_entry(), _entry(name="B")])

    assert [endpoint.name for endpoint in store.load().endpoints] == ["A"]
    assert "B" in store.notices[0]


def test_a_pin_of_an_endpoint_that_is_gone_is_forgotten(file: Path) -> None:
    assert _with(file, pinned="ep-9").load().pinned_id is None


def test_a_file_that_cannot_be_read_says_so(file: Path) -> None:
    file.mkdir()

    with pytest.raises(UserFacingError, match="cannot be read"):
        _store(file).load()


def test_keys_of_the_dataclass_and_of_the_codec_are_the_same() -> None:
    assert set(FIELDS) == {item.name for item in fields(Endpoint)}


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
_endpoint_like = st.dictionaries(st.sampled_from(FIELDS), _json, max_size=6)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    document=st.fixed_dictionaries(
        {},
        optional={
            "endpoints": st.lists(_endpoint_like | _json, max_size=3) | _json,
            "settings": st.dictionaries(
                st.sampled_from(["routing.strategy", "server.port", "ui.theme"]), _json
            )
            | _json,
            "enabled": _json,
            "pinned": _json,
            "recent_folders": _json,
        },
    )
)
def test_any_json_object_is_read_and_saved_without_a_crash(
    file: Path, document: dict[str, Any]
) -> None:
    store = _with(file, **document)

    config = store.load()
    store.save(config)

    assert store.load() == config
