"""Where a build looks for updates."""

from email.message import Message

import pytest

from qcc_desktop.services.release_feed import releases_url


def linked(monkeypatch: pytest.MonkeyPatch, *links: str) -> None:
    message = Message()
    for link in links:
        message["Project-URL"] = link
    monkeypatch.setattr("importlib.metadata.metadata", lambda package: message)


def test_the_link_called_releases_is_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    linked(
        monkeypatch,
        "Homepage, https://example.org",
        "Releases, https://example.org/a,b.json",
    )

    assert releases_url() == "https://example.org/a,b.json"


def test_a_build_without_that_link_names_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    linked(monkeypatch, "Homepage, https://example.org")

    assert releases_url() == ""


def test_a_build_without_metadata_names_no_place() -> None:
    assert releases_url("no-such-distribution-of-ours") == ""
