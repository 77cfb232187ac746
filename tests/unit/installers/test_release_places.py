"""A build for a release knows where updates lie and whose they are; no other build does."""

import tomllib
from pathlib import Path

import pytest

import release_places
from qcc_desktop.system.updating.release_key import release_key

_KEY = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    source = (release_places.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(source, encoding="utf-8")
    (tmp_path / "resources").mkdir()
    return tmp_path


def _urls(clone: Path) -> object:
    return tomllib.loads((clone / "pyproject.toml").read_text("utf-8"))["project"].get("urls")


def test_a_clone_asks_nobody_for_updates() -> None:
    assert _urls(release_places.ROOT) is None
    assert not (release_places.ROOT / "resources" / "release.pub").exists()


def test_a_release_names_the_document_of_its_own_repository(clone: Path) -> None:
    release_places.stamp(clone, "ada/qcc-desktop", _KEY)

    urls = _urls(clone)
    assert isinstance(urls, dict)
    assert urls["Releases"] == (
        "https://github.com/ada/qcc-desktop/releases/latest/download/release.json"
    )
    assert urls["Homepage"] == "https://github.com/ada/qcc-desktop"


def test_the_key_is_one_that_the_program_reads(clone: Path) -> None:
    release_places.stamp(clone, "ada/qcc-desktop", _KEY)

    assert release_key((clone / "resources",)) is not None


def test_without_a_key_there_is_none(clone: Path) -> None:
    release_places.stamp(clone, "ada/qcc-desktop", "")

    assert release_key((clone / "resources",)) is None


@pytest.mark.parametrize(
    ("repository", "key"),
    [("ada", _KEY), ('a/b"\n[x]', _KEY), ("ada/qcc-desktop", "not a key")],
    ids=["no owner", "more than a name", "no key"],
)
def test_what_is_none_changes_nothing(clone: Path, repository: str, key: str) -> None:
    before = (clone / "pyproject.toml").read_bytes()

    with pytest.raises(ValueError, match="is n"):
        release_places.stamp(clone, repository, key)

    assert (clone / "pyproject.toml").read_bytes() == before


def test_a_clone_is_not_stamped_twice(clone: Path) -> None:
    release_places.stamp(clone, "ada/qcc-desktop", "")

    with pytest.raises(ValueError, match="links already"):
        release_places.stamp(clone, "ada/qcc-desktop", "")
