"""The document about a release is what running programs read, and each signature is for one file."""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

import feed
from qcc_desktop.core.release import asset_name, check_comment, parse_release
from qcc_desktop.system.installation import InstallationKind

_FACTS = feed.Facts(
    "1.2.0",
    "2026-11-20T10:00:00Z",
    "https://example.com/v1.2.0",
    "https://example.com/notes",
    "One line.",
    "# Notes\n\n- 端点\n",
)
_FILES = {
    "qcc-desktop-1.2.0-linux-x86_64.AppImage": b"image",
    "qcc-desktop-1.2.0-linux-x86_64.tar.gz": b"folder",
    "qcc-desktop-1.2.0-windows-x86_64-setup.exe": b"setup",
    "qcc-desktop-1.2.0-macos-arm64.tar.gz": b"app",
    "qcc-desktop-1.2.0-macos-x86_64.tar.gz": b"app for Intel",
    "qcc-desktop-1.2.0-macos-arm64.dmg": b"disk image",
    "qcc-desktop-1.2.0-windows-x86_64-portable.zip": b"portable",
    "qcc-desktop_1.2.0_amd64.deb": b"package",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in _FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    ("system", "machine", "kind", "content"),
    [
        ("Linux", "x86_64", InstallationKind.APPIMAGE, b"image"),
        ("Linux", "x86_64", InstallationKind.FOLDER, b"folder"),
        ("Windows", "AMD64", InstallationKind.SETUP, b"setup"),
        ("Darwin", "arm64", InstallationKind.APP, b"app"),
        ("Darwin", "x86_64", InstallationKind.APP, b"app for Intel"),
    ],
)
def test_a_program_finds_its_own_file_in_the_document(
    folder: Path, system: str, machine: str, kind: InstallationKind, content: bytes
) -> None:
    release = parse_release(feed.document(folder, _FACTS))

    asset = release.assets[asset_name(system, machine, kind)]
    assert asset.sha256 == hashlib.sha256(content).hexdigest()
    assert asset.size_bytes == len(content)
    assert asset.url == f"https://example.com/v1.2.0/{asset.file_name}"


def test_the_document_says_what_is_new_and_nothing_of_other_files(folder: Path) -> None:
    release = parse_release(feed.document(folder, _FACTS))

    assert (release.version, release.summary, release.notes) == (
        "1.2.0",
        "One line.",
        "# Notes\n\n- 端点\n",
    )
    assert release.notes_url == "https://example.com/notes"
    assert release.published is not None
    assert len(release.assets) == 5


def test_files_of_another_version_are_not_offered(folder: Path) -> None:
    with pytest.raises(ValueError, match="nothing"):
        feed.document(folder, feed.Facts("1.3.0", "2026-11-20T10:00:00Z"))


def test_each_signature_is_for_one_file_of_one_version(folder: Path) -> None:
    (folder / feed.DOCUMENT).write_bytes(feed.document(folder, _FACTS))
    calls: list[Sequence[str]] = []

    feed.sign(folder, _FACTS, Path("secret.key"), calls.append)

    comments = {call[call.index("-m") + 1]: call[call.index("-t") + 1] for call in calls}
    assert len(comments) == len(_FILES) + 1
    assert comments.pop(str(folder / feed.DOCUMENT)) == (
        "version:1.2.0 published:2026-11-20T10:00:00Z"
    )
    for path, comment in comments.items():
        said = dict(word.split(":", 1) for word in comment.split())
        check_comment(said, {"version": "1.2.0", "file": Path(path).name})


def test_a_signature_is_not_signed_again(folder: Path) -> None:
    (folder / "qcc-desktop_1.2.0_amd64.deb.minisig").write_text("old", encoding="utf-8")

    signatures = feed.sign(folder, _FACTS, Path("secret.key"), lambda _: None)

    assert len(signatures) == len(_FILES)


def test_a_failing_signature_ends_the_release(folder: Path) -> None:
    def fail(words: Sequence[str]) -> None:
        raise subprocess.CalledProcessError(2, words)

    with pytest.raises(subprocess.CalledProcessError):
        feed.sign(folder, _FACTS, Path("secret.key"), fail)


def test_the_checksums_cover_every_file_but_themselves(folder: Path) -> None:
    assert feed.main(["checksums", str(folder)]) == 0
    assert feed.main(["checksums", str(folder)]) == 0

    lines = (folder / feed.CHECKSUMS).read_text(encoding="utf-8").splitlines()
    assert sorted(lines) == sorted(
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in _FILES.items()
    )


def test_the_command_writes_the_document(folder: Path) -> None:
    words = ["--version", "1.2.0", "--published", "2026-11-20T10:00:00Z", "--base-url", "https://x"]

    assert feed.main(["document", str(folder), *words]) == 0
    assert parse_release((folder / feed.DOCUMENT).read_bytes()).version == "1.2.0"
