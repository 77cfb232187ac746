"""Where Claude Code has a session to go on with."""

from pathlib import Path

import pytest

from qcc_desktop.system.launcher.claude_sessions import has_session, project_name


def _begin_session(config: Path, folder: Path, said: str = "{}\n") -> None:
    place = config / "projects" / project_name(str(folder.resolve()))
    place.mkdir(parents=True)
    (place / "0b5c.jsonl").write_text(said)


@pytest.mark.parametrize(
    ("folder", "name"),
    [("/home/ada/shop_api.v2", "-home-ada-shop-api-v2"), ("/数 据/𠀀", "-------")],
)
def test_a_folder_s_place_is_its_path_with_dashes(folder: str, name: str) -> None:
    assert project_name(folder) == name


def test_only_a_folder_with_something_said_has_a_session(tmp_path: Path) -> None:
    used, opened, fresh = (tmp_path / name for name in ("used", "opened", "fresh"))
    _begin_session(tmp_path / ".claude", used)
    _begin_session(tmp_path / ".claude", opened, "")

    assert has_session({}, tmp_path, used)
    assert not has_session({}, tmp_path, opened)
    assert not has_session({}, tmp_path, fresh)


def test_the_folder_of_claude_config_dir_counts_alone(tmp_path: Path) -> None:
    _begin_session(tmp_path / "own", tmp_path / "shop")

    assert has_session({"CLAUDE_CONFIG_DIR": str(tmp_path / "own")}, tmp_path, tmp_path / "shop")
    assert not has_session({}, tmp_path, tmp_path / "shop")


def test_a_long_path_is_known_by_its_beginning(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 120) / ("y" * 120)
    name = project_name(str(folder.resolve()))
    place = tmp_path / ".claude" / "projects" / f"{name[:200]}-1a2b"
    place.mkdir(parents=True)
    (place / "s.jsonl").write_text("{}\n")

    assert has_session({}, tmp_path, folder)
