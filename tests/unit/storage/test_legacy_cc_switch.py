"""What cc-switch has stored."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.storage import legacy_cc_switch
from qcc_desktop.storage.legacy_cc_switch import read_cc_switch
from qcc_desktop.storage.legacy_found import (
    NO_KEY,
    NOT_AN_ENTRY,
    PROXY,
    TOO_MANY,
    LegacyEndpoint,
)
from tests.helpers.legacy import claude_config, untouched, write_cc_switch, write_json

A = {"name": "A", "settings_config": claude_config("a.example", "sk-a")}
B = {"name": "B", "settings_config": claude_config("b.example", "sk-b")}


def found_in(home: Path) -> tuple[LegacyEndpoint, ...]:
    (place,) = read_cc_switch({}, home)
    assert place.fault == ""
    return place.endpoints


def names(home: Path) -> list[str]:
    return [endpoint.name for endpoint in found_in(home)]


def test_the_providers_of_claude_are_read_from_the_database(tmp_path: Path) -> None:
    other = {"app_type": "codex", "name": "X", "settings_config": {"auth": {}}}
    write_cc_switch(tmp_path, [A | {"notes": "mine"}, other])

    (found,) = found_in(tmp_path)

    assert (found.name, found.base_url, found.key) == ("A", "https://a.example", "sk-a")
    assert (found.auth, found.note, found.problem) == (AuthStyle.BEARER, "mine", "")


def test_the_one_in_use_is_first_then_those_of_the_failover_queue(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "last", "sort_index": None},
        {"name": "third", "sort_index": 4},
        {"name": "queued", "sort_index": 9, "in_failover_queue": 1},
        {"name": "current", "sort_index": 8, "is_current": 1},
    ]
    config = {"settings_config": claude_config("a.example", "")}
    write_cc_switch(tmp_path, [config | row for row in rows])

    assert names(tmp_path) == ["current", "queued", "third", "last"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"settings_config": {"env": {}}}, "login"),
        ({"settings_config": {}}, "login"),
        ({"settings_config": claude_config("a.example", "")}, NO_KEY),
        ({"settings_config": "{broken"}, NOT_AN_ENTRY),
        ({"settings_config": "[" * 100_000}, NOT_AN_ENTRY),
        ({"settings_config": {"env": 7}}, NOT_AN_ENTRY),
        ({"meta": {"apiFormat": "openai_responses"}}, "neither"),
        ({"meta": {"apiFormat": ["odd"]}}, "neither"),
        ({"meta": {"isFullUrl": True}}, "neither"),
        ({"meta": {"providerType": "github_copilot"}}, "login"),
        ({"meta": {"authBinding": {"source": "managed_account"}}}, "login"),
        ({"settings_config": {"env": {"CLAUDE_CODE_USE_BEDROCK": "1"}}}, "neither"),
        ({"settings_config": claude_config("a.example", "PROXY_MANAGED")}, PROXY),
        ({"meta": "{broken"}, ""),
        ({"meta": {"apiFormat": "anthropic"}}, ""),
    ],
)
def test_what_cannot_be_taken_says_why_and_the_rest_is_there(
    tmp_path: Path, row: dict[str, Any], problem: str
) -> None:
    write_cc_switch(tmp_path, [A | row, B])

    bad, good = found_in(tmp_path)

    assert problem in bad.problem
    assert bool(bad.problem) is bool(problem)
    assert good.key == "sk-b"


def test_a_provider_of_openais_chat_completions_is_taken_as_one(tmp_path: Path) -> None:
    write_cc_switch(tmp_path, [A | {"meta": {"apiFormat": "openai_chat", "isFullUrl": True}}, B])

    first, second = found_in(tmp_path)

    assert (first.protocol, first.problem) == (WireProtocol.OPENAI, "")
    assert second.protocol is WireProtocol.ANTHROPIC


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    file = write_cc_switch(tmp_path, [A])

    with untouched(file.parent):
        assert names(tmp_path) == ["A"]


def test_a_database_with_a_write_ahead_log_is_read_without_a_trace(tmp_path: Path) -> None:
    file = write_cc_switch(tmp_path, [A], wal=True)

    with untouched(file.parent):
        assert names(tmp_path) == ["A"]
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE providers SET name = 'B'")
        connection.commit()

        (place,) = read_cc_switch({}, tmp_path)

    assert [endpoint.name for endpoint in place.endpoints] == ["A"]
    assert "Close it to see them" in place.remarks[0]


def test_a_database_that_is_being_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy_cc_switch, "_BUSY_S", 0.0)
    file = write_cc_switch(tmp_path, [A])
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")

        (place,) = read_cc_switch({}, tmp_path)

    assert "in use. Close cc-switch" in place.fault


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 900])
def test_a_file_that_is_no_database_says_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ".cc-switch" / "cc-switch.db"
    file.parent.mkdir()
    file.write_bytes(content)

    (place,) = read_cc_switch({}, tmp_path)

    assert "damaged" in place.fault
    assert place.endpoints == ()


def test_an_endless_view_in_the_place_of_the_table_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy_cc_switch, "_MOST_LOOKS", 5)
    file = tmp_path / ".cc-switch" / "cc-switch.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "CREATE VIEW providers AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
            " FROM n) SELECT i AS name, i AS settings_config,"
            " CASE WHEN i < 0 THEN 'claude' END AS app_type FROM n"
        )

    (place,) = read_cc_switch({}, tmp_path)

    assert "damaged" in place.fault


def test_odd_types_in_the_table_are_borne(tmp_path: Path) -> None:
    write_cc_switch(tmp_path, [A | {"name": b"\xff\x00", "meta": 7, "sort_index": "x"}, B])

    assert names(tmp_path) == ["B", ""]


def test_more_rows_than_anybody_types_are_cut_off(tmp_path: Path) -> None:
    config = {"settings_config": claude_config("a.example", "")}
    write_cc_switch(tmp_path, [config | {"name": str(number)} for number in range(502)])

    (place,) = read_cc_switch({}, tmp_path)

    assert (len(place.endpoints), place.remarks) == (500, (TOO_MANY,))


def test_a_table_of_an_old_version_lacks_columns(tmp_path: Path) -> None:
    file = tmp_path / ".cc-switch" / "cc-switch.db"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE providers (name, app_type, settings_config)")
        connection.execute("""INSERT INTO providers VALUES ('A', 'claude',
            '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-a"}}')""")
        connection.commit()

    assert found_in(tmp_path)[0].key == "sk-a"


def _entry(name: str, key: str, **rest: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "settingsConfig": claude_config("a.example", key)} | rest


@pytest.mark.parametrize("version", [1, 2])
def test_the_json_of_old_versions_is_read(tmp_path: Path, version: int) -> None:
    app = {
        "providers": {
            "1": _entry("late", "sk-1", sortIndex=1),
            "2": _entry("queued", "sk-2", inFailoverQueue=True),
            "3": _entry("current", "sk-3", sortIndex=10**400),
            "4": 7,
        },
        "current": "3",
    }
    document = app if version == 1 else {"version": 2, "claude": app, "codex": {"providers": {}}}
    write_json(tmp_path / ".cc-switch" / "config.json", document)

    assert names(tmp_path) == ["current", "queued", "4", "late"]


@pytest.mark.parametrize("document", [{}, {"claude": 7}, {"claude": {"providers": []}}])
def test_a_json_without_providers_holds_nothing(tmp_path: Path, document: Any) -> None:
    write_json(tmp_path / ".cc-switch" / "config.json", document)

    assert read_cc_switch({}, tmp_path) == ()


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert read_cc_switch({}, tmp_path) == ()


@pytest.mark.parametrize(
    ("platform", "place"),
    [
        ("linux", ".local/share"),
        ("darwin", "Library/Application Support"),
        ("win32", "AppData/Roaming"),
    ],
)
@pytest.mark.parametrize("chosen", ["~/cloud/cc", "absolute"])
def test_a_folder_that_was_chosen_in_cc_switch_is_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, place: str, chosen: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    folder = tmp_path / "cloud" / "cc"
    if chosen == "absolute":
        chosen = str(folder)
    write_json(
        tmp_path / place / "com.ccswitch.desktop" / "app_paths.json",
        {"app_config_dir_override": chosen},
    )
    write_json(folder / "config.json", {"claude": {"providers": {"1": _entry("A", "sk-1")}}})

    assert names(tmp_path) == ["A"]


@pytest.mark.parametrize("chosen", ["/nowhere", 7, ""])
def test_a_folder_that_is_gone_gives_way_to_the_usual_one(tmp_path: Path, chosen: Any) -> None:
    write_json(
        tmp_path / "data" / "com.ccswitch.desktop" / "app_paths.json",
        {"app_config_dir_override": chosen},
    )
    write_cc_switch(tmp_path, [A])

    places = read_cc_switch({"XDG_DATA_HOME": str(tmp_path / "data")}, tmp_path)

    assert len(places) == 1
