"""Files of other programs, whatever is in them."""

import os
import sys
from pathlib import Path

import pytest

from qcc_desktop.storage import legacy_file
from qcc_desktop.storage.legacy_file import Unreadable, in_words, is_there, read_object


def test_an_object_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}')

    assert read_object(file) == {"a": 1}


def test_what_is_not_utf_8_is_read_in_the_systems_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes('{"name": "中转"}'.encode("gbk"))

    assert read_object(file, ("utf-8-sig", "gbk")) == {"name": "中转"}


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert read_object(tmp_path / "a.json") is None
    assert read_object(tmp_path / "file" / "a.json") is None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{broken", "broken: it is not JSON"),
        (b"", "broken: it is not JSON"),
        (b"[1, 2]", "not what the program writes"),
        (b"\x00\xff\xfe binary", "is not text"),
        (b'{"a":' + b"[" * 200_000, "broken: it is not JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "broken: it is not JSON"),
    ],
    ids=["broken", "empty", "list", "binary", "deep", "long number"],
)
def test_bad_content_is_told_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)

    with pytest.raises(Unreadable, match=sentence):
        read_object(file)


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy_file, "MOST_BYTES", 10)
    (tmp_path / "a.json").write_text('{"a": "0123456789"}')

    with pytest.raises(Unreadable, match="larger than 16 MB"):
        read_object(tmp_path / "a.json")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not a file"):
        read_object(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes in its file system")
def test_a_pipe_is_not_opened_for_it_would_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")

    with pytest.raises(Unreadable, match="not a file"):
        read_object(tmp_path / "a.json")


def test_a_file_that_may_not_be_read_tells_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> object:
        raise PermissionError

    (tmp_path / "a.json").touch()
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(Unreadable, match="Change its permissions"):
        read_object(tmp_path / "a.json")

    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(Unreadable, match="Change its permissions"):
        is_there(tmp_path / "a.json")


def test_a_disk_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object, **__: object) -> object:
        raise OSError(5, "Input/output error")

    (tmp_path / "a.json").touch()
    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(Unreadable, match="could not be read"):
        read_object(tmp_path / "a.json")

    monkeypatch.setattr(Path, "stat", failing)
    with pytest.raises(Unreadable, match="could not be read"):
        is_there(tmp_path / "a.json")


def test_a_path_is_told_from_the_home_on(tmp_path: Path) -> None:
    assert in_words(tmp_path / "a" / "b", tmp_path) == os.path.join("~", "a", "b")  # noqa: PTH118
    assert in_words(Path("elsewhere"), tmp_path) == "elsewhere"
