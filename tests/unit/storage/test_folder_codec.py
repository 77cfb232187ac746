"""Choices for folders in the configuration file."""

import json
from pathlib import Path

import pytest

from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.settings import Strategy
from qcc_desktop.runtime.clock import SystemClock, utc
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.folder_codec import decode_folders, encode_folders

CHOICES = (
    FolderChoice("/srv/项目 \"x\" 'y'", "ep-1", Strategy.RANDOM, ("--model", "a b", "")),
    FolderChoice("C:\\code", None, None, ("--verbose",)),
)


def test_choices_come_back_from_the_file_and_unknown_keys_stay_in_it(tmp_path: Path) -> None:
    file = tmp_path / "config.json"
    store = JsonConfigStore(file, utc_now=lambda: utc(SystemClock().wall_s()))
    store.save(Config(folders=CHOICES))
    document = json.loads(file.read_text("utf-8"))
    document["folders"]["C:\\code"]["of_a_newer_program"] = 1
    file.write_text(json.dumps(document), "utf-8")

    config = store.load()
    store.save(config)

    assert config.folders == CHOICES
    assert store.notices == ()
    assert "of_a_newer_program" in json.loads(file.read_text("utf-8"))["folders"]["C:\\code"]


def test_a_folder_without_choices_leaves_the_file() -> None:
    assert encode_folders((), {"/a": {"strategy": "random"}}) == {}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "The choices for folders are no object; none was read."),
        ({"/a": 1}, "The choice for /a is no object; it was left out."),
        ({"/a": {"strategy": []}}, "The strategy for /a, [], is not known; it was left out."),
        ({"/a": {"strategy": "x"}}, "The strategy for /a, 'x', is not known; it was left out."),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(raw: object, said: str) -> None:
    notices: list[str] = []

    assert decode_folders(raw, notices.append) == ()
    assert notices == [said]


def test_what_can_be_read_of_a_choice_is_kept() -> None:
    raw = {"/a": {"endpoint": "ep-1", "strategy": "x", "arguments": ["--a", 1]}, "/b": {}}

    assert decode_folders(raw, lambda _: None) == (FolderChoice("/a", "ep-1", None, ("--a",)),)
