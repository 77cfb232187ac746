"""Stored configurations step up version by version; newer ones are refused."""

import pytest

from qcc_desktop.core.errors import NewerFormat
from qcc_desktop.storage.config_migrations import MIGRATIONS, Document, migrate


def _rename(document: Document) -> Document:
    return {"b": document.get("a"), "version": 99}


def _double(document: Document) -> Document:
    return {**document, "b": document["b"] * 2}


def test_every_step_from_the_stored_version_on_is_taken_in_order() -> None:
    migrated = migrate({"version": 1, "a": 3}, "config.json", (_rename, _double))

    assert migrated == {"b": 6, "version": 3}


def test_steps_before_the_stored_version_are_left_out() -> None:
    migrated = migrate({"version": 2, "b": 3}, "config.json", (_rename, _double))

    assert migrated == {"b": 6, "version": 3}


def test_a_document_without_version_is_of_the_first() -> None:
    assert migrate({"a": 1}, "config.json", (_rename,)) == {"b": 1, "version": 2}


def test_a_newer_version_is_refused_with_a_remedy() -> None:
    with pytest.raises(NewerFormat, match=r"config\.json .*newer.*Update this program"):
        migrate({"version": len(MIGRATIONS) + 2}, "config.json")


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None])
def test_a_version_that_is_none_is_an_error(version: object) -> None:
    with pytest.raises(ValueError, match="version"):
        migrate({"version": version}, "config.json")
