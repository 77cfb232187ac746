"""What Debian makes of our versions."""

import shutil
import subprocess
from itertools import pairwise

import pytest

import package_linux


@pytest.mark.parametrize(
    ("version", "written"),
    [
        ("1.2.0", "1.2.0"),
        ("1.2.0rc1", "1.2.0~rc1"),
        ("1.2.0b12", "1.2.0~b12"),
        ("2.0.0a1", "2.0.0~a1"),
    ],
)
def test_a_preview_is_marked_as_one_and_only_once(version: str, written: str) -> None:
    assert package_linux.debian_version(version) == written
    assert package_linux.debian_version(written) == written


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is on Debian only")
def test_dpkg_takes_a_release_for_newer_than_its_previews() -> None:
    order = ["1.1.9", "1.2.0a1", "1.2.0b1", "1.2.0rc1", "1.2.0rc2", "1.2.0", "1.10.0rc1"]
    written = [package_linux.debian_version(version) for version in order]

    for older, newer in pairwise(written):
        subprocess.run(["dpkg", "--compare-versions", older, "lt", newer], check=True)
