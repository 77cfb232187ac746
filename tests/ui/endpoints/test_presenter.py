"""Rows of the table."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QFontMetricsF

from qcc_desktop.core.endpoint import WireProtocol
from qcc_desktop.core.health import Health
from qcc_desktop.core.snapshot import EndpointView, LastError, Snapshot
from qcc_desktop.ui.endpoints.painting import elided_address
from qcc_desktop.ui.endpoints.presenter import (
    RowMaker,
    matching,
    moved,
    rows_of,
    shown_address,
    woven,
)
from qcc_desktop.ui.marks import Mark
from qcc_desktop.ui.theme.measures import font
from tests.helpers.desk_fakes import NOW, endpoint, four_endpoints


def test_an_endpoint_that_is_out_says_when_it_comes_back_and_why() -> None:
    row = rows_of(four_endpoints(), NOW)[0]

    assert row.trouble == "Again in 0:42 · The endpoint limits the request rate."
    assert row.is_out
    assert "(rate_limit)" in row.trouble_hint
    assert "Tried again at" in row.trouble_hint


def test_an_endpoint_that_is_due_says_so_instead_of_counting_on() -> None:
    row = rows_of(four_endpoints(), NOW + timedelta(seconds=42))[0]

    assert row.trouble == "Tried any moment · The endpoint limits the request rate."


def test_a_healthy_endpoint_tells_its_last_failure_quietly() -> None:
    row = rows_of(four_endpoints(), NOW)[1]

    assert row.trouble == "42 min ago: The endpoint is overloaded."
    assert not row.is_out


def test_an_endpoint_that_is_off_has_no_trouble() -> None:
    row = rows_of(four_endpoints(), NOW)[3]

    assert (row.trouble, row.is_enabled, row.latency, row.success) == ("", False, "–", "–")


def test_a_missing_key_is_said_before_anything_else() -> None:
    view = EndpointView(endpoint("A"), Health.HEALTHY, has_key=False)

    row = rows_of(Snapshot(endpoints=(view,)), NOW)[0]
    assert row.health_word == "No key"
    assert "enter the key" in row.trouble


def test_a_server_of_models_on_this_computer_misses_no_key() -> None:
    local = endpoint("L", base_url="http://localhost:11434/v1", protocol=WireProtocol.OPENAI)
    view = EndpointView(local, Health.HEALTHY, has_key=False)

    (row,) = rows_of(Snapshot(endpoints=(view,)), NOW)

    assert row.trouble == ""
    assert row.mark is not Mark.NO_KEY
    assert "OpenAI" in row.address_hint


def test_an_endpoint_that_was_never_asked_does_not_look_like_a_proven_one() -> None:
    new = EndpointView(endpoint("A"), Health.HEALTHY)
    asked = replace(new, requests=1)
    failed = replace(new, last_error=LastError("transient", "Overloaded.", NOW))

    rows = rows_of(Snapshot(endpoints=(new, asked, failed)), NOW)

    assert [row.mark for row in rows] == [Mark.UNASKED, Mark.HEALTHY, Mark.HEALTHY]
    assert rows[0].health_word == "Not used yet"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://api.example.com/anthropic/", "api.example.com/anthropic"),
        ("http://127.0.0.1:18081", "http://127.0.0.1:18081"),
        ("https://relay.example.net:8443/x", "relay.example.net:8443/x"),
    ],
)
def test_an_address_keeps_what_tells_it_from_another(url: str, shown: str) -> None:
    assert shown_address(url) == shown


def test_a_long_address_is_cut_in_its_path_and_keeps_its_port(qapp: object) -> None:
    metrics = QFontMetricsF(font())
    address = "http://127.0.0.1:18081/a/very/long/path/to/the/anthropic/messages"

    cut = elided_address(
        address, metrics.horizontalAdvance("http://127.0.0.1:18081/wwwwww"), metrics
    )

    assert cut.startswith("http://127.0.0.1:18081/")
    assert "…" in cut


def test_only_rows_with_a_time_in_them_change_as_time_passes() -> None:
    waiting, _, _, quiet = rows_of(four_endpoints(), NOW)

    assert waiting.is_waiting
    assert not quiet.is_waiting


def test_figures_are_explained() -> None:
    row = rows_of(four_endpoints(), NOW)[1]
    untimed = rows_of(four_endpoints(), NOW)[3]

    assert row.latency_hint == "Time to the first token: half within 790 ms, 95 % within 2.1 s."
    assert row.success_hint == "1288 requests, 1 failed."
    assert untimed.latency_hint == "No answer has been timed yet."


@pytest.mark.parametrize(
    ("dragged", "place", "order"),
    [
        ("a", 3, "bca"),
        ("a", 2, "bac"),
        ("a", 1, "abc"),
        ("a", 0, "abc"),
        ("c", 0, "cab"),
        ("b", 3, "acb"),
        ("ac", 3, "bac"),
        ("ca", 1, "acb"),
        ("bc", 0, "bca"),
        ("abc", 1, "abc"),
    ],
)
def test_dropped_rows_land_together_before_the_one_below(
    dragged: str, place: int, order: str
) -> None:
    assert "".join(moved("abc", dragged, place)) == order


def test_a_reason_without_a_time_is_shown_alone() -> None:
    snapshot = four_endpoints()
    view = replace(snapshot.endpoints[0], retry_at=None)

    row = rows_of(replace(snapshot, endpoints=(view,)), NOW)[0]

    assert row.trouble == "The endpoint limits the request rate."


@pytest.mark.parametrize(
    ("shown", "order"),
    [("cea", "cbeda"), ("", "abcde"), ("edcba", "edcba"), ("b", "abcde")],
    ids=["some", "none", "all", "one"],
)
def test_what_a_search_hides_keeps_its_place_when_the_rest_is_reordered(
    shown: str, order: str
) -> None:
    assert "".join(woven("abcde", shown)) == order


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["Relay A", "DeepSeek", "Moonshot", "Anthropic"]),
        ("deep", ["DeepSeek"]),
        ("RELAY-A.example", ["Relay A"]),
        ("anthropic api", ["DeepSeek", "Moonshot", "Anthropic"]),
        ("nobody", []),
    ],
)
def test_rows_are_found_by_name_and_address(text: str, names: list[str]) -> None:
    assert [row.name for row in matching(rows_of(four_endpoints(), NOW), text)] == names


def test_rows_are_found_by_their_note() -> None:
    snapshot = four_endpoints()
    view = snapshot.endpoints[0]
    noted = replace(view, endpoint=replace(view.endpoint, note="paid by Ada"))

    rows = rows_of(replace(snapshot, endpoints=(noted, *snapshot.endpoints[1:])), NOW)

    assert [row.name for row in matching(rows, "ada")] == ["Relay A"]


def test_rows_made_again_are_the_same_objects_unless_something_changed() -> None:
    maker = RowMaker()
    before = maker.rows(four_endpoints(), NOW)

    same = maker.rows(four_endpoints(), NOW)
    later = maker.rows(four_endpoints(), NOW + timedelta(seconds=5))

    assert [old is new for old, new in zip(before, same, strict=True)] == [True] * 4
    assert later == rows_of(four_endpoints(), NOW + timedelta(seconds=5))
    assert later[3] is before[3]
