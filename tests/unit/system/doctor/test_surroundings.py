"""The place this program runs in."""

from pathlib import Path

import pytest

from qcc_desktop import __version__
from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.system.doctor.surroundings import (
    check_surroundings,
    check_versions,
    desktop_name,
    system_name,
)


def _said(root: Path, environ: dict[str, str], *, is_root: bool = False) -> str:
    found = check_surroundings(environ, root=root, is_root=is_root)
    return " ".join(finding.detail.plain() for finding in found)


def test_an_ordinary_session_is_well(tmp_path: Path) -> None:
    (finding,) = check_surroundings({}, root=tmp_path, is_root=False)

    assert finding.verdict is Verdict.OK


def test_wsl_is_known_by_its_kernel(tmp_path: Path) -> None:
    file = tmp_path / "proc/sys/kernel/osrelease"
    file.parent.mkdir(parents=True)
    file.write_text("5.15.167.4-microsoft-standard-WSL2\n")

    assert "WSL" in _said(tmp_path, {})


@pytest.mark.parametrize("name", [".dockerenv", "run/.containerenv"])
def test_containers_are_known_by_their_marks(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).touch()

    assert "container" in _said(tmp_path, {})


@pytest.mark.parametrize(
    ("environ", "word"),
    [
        ({"SSH_CONNECTION": "1 2 3 4"}, "remote shell"),
        ({"SESSIONNAME": "RDP-Tcp#3"}, "remote desktop"),
        ({"XRDP_SESSION": "1"}, "remote desktop"),
    ],
)
def test_remote_sessions_are_noted(tmp_path: Path, environ: dict[str, str], word: str) -> None:
    assert word in _said(tmp_path, environ)


def test_each_oddity_is_told(tmp_path: Path) -> None:
    found = check_surroundings({"SSH_CONNECTION": "x"}, root=tmp_path, is_root=True)

    assert [finding.verdict for finding in found] == [Verdict.NOTE, Verdict.NOTE]


def test_versions_name_this_program_and_qt() -> None:
    said = check_versions()[0].detail.plain()

    assert f"QCC Desktop {__version__}" in said
    assert "Qt 6." in said


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_system_has_a_name(platform: str) -> None:
    assert system_name(platform)


def test_the_desktop_is_named_with_its_session() -> None:
    environ = {"XDG_CURRENT_DESKTOP": "KDE", "XDG_SESSION_TYPE": "wayland"}

    assert desktop_name(environ) == "KDE wayland"
