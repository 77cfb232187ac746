"""A release says what the changelog says about it, and is refused where that says nothing."""

from pathlib import Path

import pytest
from packaging.version import Version

import release_notes

_CHANGELOG = """# Changelog

Words about the format.

## [Unreleased]

### Added

- Not yet.

## [1.1.0] - 2026-11-20

Endpoints fail over while an answer runs.

### Added

- One thing.

## [1.0.1] - 2026-10-01

### Fixed

- Another
  thing.
- A third.

## [1.0.0]

- No date.

## [0.9.0] - 2026-01-01
"""


def test_the_notes_are_the_versions_own_section() -> None:
    assert release_notes.section(_CHANGELOG, "1.1.0") == (
        "Endpoints fail over while an answer runs.\n\n### Added\n\n- One thing."
    )


@pytest.mark.parametrize(
    ("version", "why"),
    [
        ("2.0.0", "no section"),
        ("1.0.0", "no date"),
        ("0.9.0", "says nothing"),
        ("Unreleased", "no date"),
        ("1.1", "no section"),
    ],
)
def test_what_cannot_be_published_is_refused_with_the_reason(version: str, why: str) -> None:
    with pytest.raises(release_notes.NotReleasableError, match=why):
        release_notes.section(_CHANGELOG, version)


def test_the_summary_is_the_sections_first_line() -> None:
    text = release_notes.section(_CHANGELOG, "1.1.0")

    assert release_notes.summary(text) == "Endpoints fail over while an answer runs."


def test_a_section_of_lists_is_summed_up_by_its_first_entry() -> None:
    assert release_notes.summary(release_notes.section(_CHANGELOG, "1.0.1")) == "Another"


def test_a_tag_of_another_version_is_refused() -> None:
    release_notes.check_tag("v1.1.0", "1.1.0")

    with pytest.raises(release_notes.NotReleasableError, match=r"tag is v1\.1\.1"):
        release_notes.check_tag("v1.1.1", "1.1.0")


@pytest.mark.parametrize("version", ["1.2.0", "1.2.0rc1", "10.0.0b12"])
def test_a_version_in_its_normal_form_can_be_published(version: str) -> None:
    assert str(Version(version)) == version

    release_notes.check_tag(f"v{version}", version)


@pytest.mark.parametrize("version", ["1.2", "1.2.0-rc1", "1.2.0rc01.", "1.2.0+here", "01.2.0.dev1"])
def test_a_version_that_packages_write_otherwise_is_refused(version: str) -> None:
    with pytest.raises(release_notes.NotReleasableError, match="not written like"):
        release_notes.check_tag(f"v{version}", version)


def test_the_command_prints_the_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(_CHANGELOG, encoding="utf-8")

    assert release_notes.main(["1.0.1", "--changelog", str(file), "--tag", "v1.0.1"]) == 0
    assert capsys.readouterr().out.startswith("### Fixed\n\n- Another\n")


def test_the_command_fails_where_there_is_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "CHANGELOG.md"
    file.write_text(_CHANGELOG, encoding="utf-8")

    assert release_notes.main(["3.0.0", "--changelog", str(file)]) == 1
    assert "no section for version 3.0.0" in capsys.readouterr().err


def test_the_real_changelog_has_the_form_that_is_read() -> None:
    text = release_notes.CHANGELOG.read_text(encoding="utf-8")
    dated = text.replace("## [Unreleased]", "## [99.0.0] - 2026-11-20", 1)

    assert release_notes.summary(release_notes.section(dated, "99.0.0"))
