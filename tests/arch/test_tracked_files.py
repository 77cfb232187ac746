"""What must not stand in the project, and what must stand in one place only."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

# Each pattern has a bracket where it would otherwise find itself.
_FORBIDDEN = {
    "registry host": r"registry[.]npmjs|files[.]pythonhosted|pypi[.]org/simple|deb[.]debian",
    "path of one machine": r"(?<![\w.])/(wor[k]|roo[t])/|/home/(?!you\b|user\b|me\b|ada\b)[a-z]+/",
    "key of a vendor": r"sk-an[t]-[\w-]{40,}",
}
_LINE = re.compile(r"^[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*$")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, object]:
    parsed = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    table = parsed["project"]
    assert isinstance(table, dict)
    return table


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    lines = (root / "installers" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_tracked_file_names(tracked_texts: dict[str, str], what: str) -> None:
    pattern = re.compile(_FORBIDDEN[what])

    found = [
        f"{name}: {match.group()}"
        for name, text in tracked_texts.items()
        for match in pattern.finditer(text)
    ]

    assert not found


def test_the_version_is_written_once(
    tracked_texts: dict[str, str], project: dict[str, object]
) -> None:
    places = [
        name for name, text in tracked_texts.items() if re.search(r"^__version__ *[:=]", text, re.M)
    ]

    assert places == ["qcc_desktop/__init__.py"]
    assert project["dynamic"] == ["version"]


def test_constraints_are_exact_versions_without_hosts(root: Path) -> None:
    lines = (root / "installers" / "constraints.txt").read_text(encoding="utf-8").splitlines()

    odd = [line for line in lines if not line.startswith("#") and not _LINE.match(line)]

    assert not odd


def test_every_dependency_is_pinned_within_its_bounds(
    project: dict[str, object], pins: dict[str, str]
) -> None:
    declared = project["dependencies"]
    extras = project["optional-dependencies"]
    assert isinstance(declared, list)
    assert isinstance(extras, dict)
    requirements = [Requirement(text) for text in declared + extras["dev"]]

    loose = [
        str(requirement)
        for requirement in requirements
        if (pin := pins.get(canonicalize_name(requirement.name))) is None
        or Version(pin) not in requirement.specifier
    ]

    assert requirements
    assert not loose


def test_ci_runs_the_command_of_the_readme(tracked_texts: dict[str, str]) -> None:
    command = "installers/dev.py test"

    assert f"python3 {command}" in tracked_texts["README.md"]
    assert f"python3 {command}" in tracked_texts[".ci/run"]
    assert f"python {command}" in tracked_texts[".github/workflows/ci.yml"]
