"""On a Mac the program says that it is at work; elsewhere there is nothing to say."""

import sys
from types import SimpleNamespace

import pytest

from qcc_desktop.system.awake import stay_awake


def test_a_mac_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setitem(sys.modules, "appnope", SimpleNamespace(nope=lambda: told.append("awake")))

    assert stay_awake("darwin")
    assert told == ["awake"]


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_other_systems_are_not(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setitem(sys.modules, "appnope", None)

    assert not stay_awake(platform)


def test_a_mac_that_does_not_take_it_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError("no such library")

    monkeypatch.setitem(sys.modules, "appnope", SimpleNamespace(nope=refuse))

    assert not stay_awake("darwin")


def test_a_build_without_the_library_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "appnope", None)

    assert not stay_awake("darwin")
