"""Which system packages are missing."""

import shutil

import pytest

import dev_system

_ANSWER = """libegl1 installed
libgl1 not-installed
xvfb config-files
openbox installed
"""


def test_packages_that_dpkg_does_not_call_installed_are_missing() -> None:
    wanted = ("libegl1", "libgl1", "xvfb", "openbox", "never-heard-of")

    assert dev_system.missing_from(wanted, _ANSWER) == ("libgl1", "xvfb", "never-heard-of")


def test_nothing_is_missing_when_all_are_installed() -> None:
    assert dev_system.missing_from(("libegl1", "openbox"), _ANSWER) == ()


@pytest.mark.parametrize("found", [None, "/usr/bin/anything"])
def test_node_is_wanted_only_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: found)

    assert ("nodejs" in dev_system.wanted_packages()) is (found is None)
    assert ("npm" in dev_system.wanted_packages()) is (found is None)
