"""Where files lie."""

import sys
from pathlib import Path

import pytest

from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.storage.paths import HOME_VARIABLE, find_paths, paths_below


def test_everything_lies_below_the_home_that_the_variable_names(tmp_path: Path) -> None:
    paths = find_paths({"QCC_DESKTOP_HOME": str(tmp_path)})

    for place in (
        paths.config_file,
        paths.config_lock,
        paths.secrets_file,
        paths.runtime_file,
        paths.instance_lock,
        paths.launch_dir,
        paths.cache_dir,
        paths.log_file,
    ):
        assert place.is_relative_to(tmp_path.resolve())


def test_naming_paths_creates_nothing(tmp_path: Path) -> None:
    find_paths({"QCC_DESKTOP_HOME": str(tmp_path / "new")})

    assert list(tmp_path.iterdir()) == []


def test_without_the_variable_the_systems_places_are_used() -> None:
    paths = find_paths({})

    assert paths.home is None
    assert paths.keyring_service == "qcc-desktop"
    assert all("qcc-desktop" in str(place) for place in (paths.config_file, paths.log_file))


def test_two_homes_do_not_share_their_secrets(tmp_path: Path) -> None:
    one, other = paths_below(tmp_path / "one"), paths_below(tmp_path / "other")

    assert one.keyring_service != other.keyring_service
    assert one.keyring_service == paths_below(tmp_path / "x" / ".." / "one").keyring_service


@pytest.mark.skipif(sys.platform == "win32", reason="there every name stands for a folder")
def test_a_home_of_a_user_who_is_not_known_is_refused_with_a_sentence() -> None:
    with pytest.raises(InvalidInput, match="~no-such-user/x names no folder"):
        find_paths({HOME_VARIABLE: "~no-such-user/x"})
