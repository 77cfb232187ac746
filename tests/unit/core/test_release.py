"""What a published document says, and what of it is taken."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from packaging.version import Version

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import (
    LARGEST_ASSET_BYTES,
    Asset,
    Release,
    asset_name,
    check_age,
    check_comment,
    check_document_comment,
    is_newer,
    parse_release,
    version_of,
    web_address,
)

SHA = "ab" * 32
WHOLE = {
    "format": 1,
    "version": "1.2.0",
    "published": "2026-11-20T10:00:00Z",
    "notes_url": "https://example.org/notes",
    "summary": "Faster\n and calmer.",
    "notes": "# New\r\n\n- Calm.",
    "assets": {"linux-x86_64-appimage": {"url": "a.AppImage", "size": 5, "sha256": SHA}},
}
MOMENT = datetime(2026, 11, 20, 10, tzinfo=UTC)


def parse(base: str = "https://example.org/feed.json", **changes: Any) -> Release:
    return parse_release(json.dumps(WHOLE | changes).encode(), base)


def test_a_whole_document_is_read() -> None:
    release = parse()

    assert release.version == "1.2.0"
    assert release.published == MOMENT
    assert release.summary == "Faster and calmer."
    assert release.notes == "# New\n\n- Calm."
    asset = release.assets["linux-x86_64-appimage"]
    assert asset == Asset("https://example.org/a.AppImage", 5, SHA)
    assert asset.file_name == "a.AppImage"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<html>",
        b'{"format": 1',
        b"[]",
        b"3",
        b"{}",
        b'{"format": 1}',
        b'{"format": 0, "version": "1"}',
        b'{"format": true}',
        b'{"format": "2", "version": "1"}',
        b'{"format": 1, "version": "nonsense"}',
        b'{"format": 1, "version": 1}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
)
def test_what_is_no_document_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_release(document)


def test_a_document_for_later_versions_is_named_as_such() -> None:
    with pytest.raises(UserFacingError, match="written for a newer QCC Desktop"):
        parse_release(b'{"format": 2, "version": "9.0"}')


def test_what_a_document_says_beyond_what_is_known_changes_nothing() -> None:
    plain = {"linux-x86_64-appimage": {"url": "https://e/a", "size": 5, "sha256": SHA}}
    richer = {
        "linux-x86_64-appimage": plain["linux-x86_64-appimage"] | {"delta": {"from": "1.0"}},
        "haiku-riscv64-hpkg": {"torrent": "magnet:?x"},
    }

    assert parse(assets=richer, channel="stable", minimum={"os": 11}) == parse(assets=plain)


@pytest.mark.parametrize(
    "asset",
    [
        None,
        {},
        {"url": 1, "size": 5, "sha256": SHA},
        {"url": "javascript:x", "size": 5, "sha256": SHA},
        {"url": "https://[", "size": 5, "sha256": SHA},
        {"url": "a", "size": True, "sha256": SHA},
        {"url": "a", "size": 0, "sha256": SHA},
        {"url": "a", "size": LARGEST_ASSET_BYTES + 1, "sha256": SHA},
        {"url": "a", "size": 5, "sha256": SHA.upper()},
        {"url": "a", "size": 5, "sha256": 7},
        {"url": "a", "size": 5},
    ],
)
def test_an_asset_that_cannot_be_checked_is_none(asset: Any) -> None:
    assert not parse(assets={"linux-x86_64-appimage": asset}).assets


def test_assets_that_are_no_table_are_none() -> None:
    assert not parse(assets=[1]).assets


def test_texts_are_cut_and_hold_nothing_active() -> None:
    release = parse(
        summary="a\x1b[31mb\u202e" + "x" * 999,
        notes="![x](https://e/x.png) <img src=x>\x07" + "y" * 99_999,
        notes_url="javascript:alert(1)",
    )

    assert release.summary.startswith("a[31mbxxx")
    assert len(release.summary) == 300
    assert release.notes.startswith("[x](https://e/x.png) &lt;img src=x>y")
    assert len(release.notes) == 50_000
    assert release.notes_url == ""


@pytest.mark.parametrize("published", [None, 3, "soon", "2026-11-20T10:00:00"])
def test_a_moment_without_zone_or_sense_is_none(published: Any) -> None:
    assert parse(published=published).published is None


def test_missing_texts_are_empty() -> None:
    assert parse_release(b'{"format": 1, "version": "1.0"}') == Release("1.0")


@pytest.mark.parametrize(
    ("current", "published", "expected"),
    [
        pytest.param("1.0", "1.1", True, id="newer"),
        pytest.param("1.0", "1.0", False, id="the same"),
        pytest.param("1.2", "1.1", False, id="older"),
        pytest.param("1.9", "1.10", True, id="ten is more than nine"),
        pytest.param("1.0", "v1.1", True, id="with a v"),
        pytest.param("1.0", "1.1rc1", False, id="previews are not for everyone"),
        pytest.param("1.1rc1", "1.1rc2", True, id="a preview for who runs one"),
        pytest.param("1.1rc1", "1.1", True, id="from the preview to the version"),
        pytest.param("1.0", "nonsense", False, id="no version"),
    ],
)
def test_a_version_above_this_one_is_newer(current: str, published: str, expected: bool) -> None:
    assert is_newer(published, Version(current)) is expected


def test_what_is_no_version_is_none() -> None:
    assert version_of("x") is None
    assert version_of("1.0") == Version("1.0")


def test_a_comment_must_say_the_same_as_what_was_signed() -> None:
    check_comment({"version": "1", "file": "a", "more": "x"}, {"version": "1", "file": "a"})

    with pytest.raises(UserFacingError, match="another file"):
        check_comment({"version": "1"}, {"version": "1", "file": "a"})


def test_a_documents_comment_names_its_version_and_moment() -> None:
    release = Release("1.2.0", published=MOMENT)
    check_document_comment({"version": "1.2.0", "published": "2026-11-20T11:00:00+01:00"}, release)

    for said in (
        {"version": "1.3.0", "published": "2026-11-20T10:00:00Z"},
        {"version": "1.2.0", "published": "2026-11-21T10:00:00Z"},
        {"version": "1.2.0"},
    ):
        with pytest.raises(UserFacingError):
            check_document_comment(said, release)
    with pytest.raises(UserFacingError):
        check_document_comment({"version": "1.2.0"}, Release("1.2.0"))


def test_a_document_older_than_one_that_was_seen_is_refused() -> None:
    earlier = datetime(2026, 11, 19, tzinfo=UTC)
    check_age(MOMENT, None)
    check_age(MOMENT, MOMENT)
    check_age(MOMENT, earlier)
    check_age(None, None)

    for published in (earlier, None):
        with pytest.raises(UserFacingError, match="older"):
            check_age(published, MOMENT)


@pytest.mark.parametrize(
    ("system", "machine", "expected"),
    [
        ("Linux", "x86_64", "linux-x86_64-appimage"),
        ("Windows", "AMD64", "windows-x86_64-appimage"),
        ("Darwin", "arm64", "macos-arm64-appimage"),
        ("Linux", "aarch64", "linux-arm64-appimage"),
    ],
)
def test_systems_and_processors_have_one_name_each(
    system: str, machine: str, expected: str
) -> None:
    assert asset_name(system, machine, "appimage") == expected


def test_only_printable_web_addresses_are_opened() -> None:
    assert web_address("http://a") == "http://a"
    assert web_address("https://a\n") == web_address(3) == web_address("file:///x") == ""
