"""Folders of launches."""

from pathlib import Path

import pytest

from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.services.launch_folders import (
    existing,
    with_choice,
    with_recent,
    without_folder,
)


def _names(count: int) -> tuple[str, ...]:
    return tuple(str(Path(f"/srv/{number}")) for number in range(count))


def test_the_newest_folder_comes_first_and_ten_are_kept() -> None:
    config = Config(recent_folders=_names(10))

    again = with_recent(config, Path("/srv/3"))
    new = with_recent(config, Path("/srv/new"))

    assert again.recent_folders == (_names(10)[3], *_names(3), *_names(10)[4:])
    assert new.recent_folders == (str(Path("/srv/new")), *_names(9))


def test_a_choice_takes_the_place_of_the_one_before_and_an_empty_one_removes_it() -> None:
    first, second = FolderChoice("/a", arguments=("-x",)), FolderChoice("/b", "ep-1")
    config = Config(folders=(first, second))

    changed = with_choice(config, FolderChoice("/a", "ep-2"))

    assert changed.folders == (second, FolderChoice("/a", "ep-2"))
    assert with_choice(changed, FolderChoice("/a")).folders == (second,)


def test_a_forgotten_folder_takes_its_choice_along() -> None:
    name = _names(1)[0]
    config = Config(recent_folders=_names(2), folders=(FolderChoice(name, "ep-1"),))

    forgotten = without_folder(config, Path(name))

    assert (forgotten.recent_folders, forgotten.folders) == (_names(2)[1:], ())


def test_a_folder_that_is_not_there_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for name in ("gone", "file"):
        with pytest.raises(InvalidInput, match=name):
            existing(tmp_path / name)
    assert existing(tmp_path / "gone" / "..") == tmp_path.resolve()
