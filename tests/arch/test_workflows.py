"""What runs on GitHub's machines, with our secrets, is pinned, says what it may do, and exists."""

import os
import re
import shutil
import subprocess
import sysconfig
from collections import defaultdict
from pathlib import Path

import pytest

_USES = re.compile(r"uses: (?P<action>[^@\s]+)@(?P<commit>[0-9a-f]{40}) # v\d+\.\d+\.\d+$")
_JOB = re.compile(r"^  (?P<name>\w+):\n(?P<body>(?:    .*\n|\n)+)", re.M)
_CONFIGURED = re.compile(r"(?:secrets|vars)\.(\w+)")
_BUILDS = {"wheel", "linux", "windows", "macos"}


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / ".github" / "workflows"


@pytest.fixture(scope="module")
def release(folder: Path) -> str:
    return (folder / "release.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def jobs(release: str) -> dict[str, str]:
    return {job["name"]: job["body"] for job in _JOB.finditer(release.partition("\njobs:\n")[2])}


def _tool(name: str) -> str:
    """A linter of the environment that the tests run in."""
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert found is not None, f"{name} is not installed, see [dev] in pyproject.toml"
    return found


def test_every_action_is_pinned_by_commit_with_its_version_beside_it(folder: Path) -> None:
    lines = [
        line.strip()
        for file in folder.glob("*.yml")
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.match(r"\s*(- )?uses:", line)
    ]

    assert len(lines) > 10
    assert [line for line in lines if not _USES.search(line)] == []


def test_an_action_is_the_same_everywhere(folder: Path) -> None:
    commits: dict[str, set[str]] = defaultdict(set)
    for file in folder.glob("*.yml"):
        for found in re.finditer(_USES.pattern, file.read_text(encoding="utf-8"), re.M):
            commits[found["action"]].add(found["commit"])

    assert {action for action, each in commits.items() if len(each) > 1} == set()


def test_nothing_may_do_anything_unless_its_job_says_so(release: str, jobs: dict[str, str]) -> None:
    assert "\npermissions: {}\n" in release
    assert set(jobs) == {"check", "release", "pypi"} | _BUILDS
    assert [name for name, body in jobs.items() if "    permissions:\n" not in body] == []
    assert {name for name, body in jobs.items() if ": write" in body} == {"release", "pypi"}


def test_every_job_ends_in_time(jobs: dict[str, str]) -> None:
    assert [name for name, body in jobs.items() if "    timeout-minutes: " not in body] == []


def test_nothing_is_published_before_all_systems_are_tested(jobs: dict[str, str]) -> None:
    needs = re.search(r"needs: \[(.+)\]", jobs["release"])

    assert needs is not None
    assert set(needs[1].split(", ")) == {"check"} | _BUILDS
    assert "needs: release\n" in jobs["pypi"]
    assert all("if: github.ref_type == 'tag'" in jobs[name] for name in ("release", "pypi"))


@pytest.mark.parametrize("name", sorted(_BUILDS))
def test_what_was_installed_is_what_is_tested(jobs: dict[str, str], name: str) -> None:
    assert "selftest" in jobs[name] or "test_dmg.sh" in jobs[name]


def test_every_script_that_is_run_exists(root: Path, folder: Path) -> None:
    named = {
        script
        for file in folder.glob("*.yml")
        for script in re.findall(r"installers/[\w/]+\.(?:py|sh)", file.read_text(encoding="utf-8"))
    }

    assert len(named) > 5
    assert [script for script in sorted(named) if not (root / script).is_file()] == []


def test_everything_that_is_configured_is_explained(root: Path, folder: Path) -> None:
    manual = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    names = {
        name
        for file in folder.glob("*.yml")
        for name in _CONFIGURED.findall(file.read_text(encoding="utf-8"))
    }

    assert names
    assert [name for name in sorted(names) if f"`{name}`" not in manual] == []


def _actionlint(file: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.defpath}"}
    command = [_tool("jactionlint"), "--color=never", "--no-hints", str(file)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=environment
    )


@pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
def test_the_workflows_are_what_github_understands(folder: Path, name: str) -> None:
    found = _actionlint(folder / name)

    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("needs: release\n", "needs: releases\n", "releases"),
        ("runs-on: windows-2025", "runs-on: windows-2055", "windows-2055"),
        ("    shell: bash # named", "    shell: bash -e {0} # named", "pipefail"),
        ('key="$RUNNER_TEMP/minisign.key"', "key=$RUNNER_TEMP/minisign.key; ls $key", "SC2086"),
    ],
    ids=["job", "runner", "pipe", "script"],
)
def test_a_workflow_that_github_refuses_would_be_found(
    tmp_path: Path, release: str, old: str, new: str, rule: str
) -> None:
    broken = tmp_path / ".github" / "workflows" / "broken.yml"
    broken.parent.mkdir(parents=True)
    broken.write_text(release.replace(old, new), "utf-8")

    found = _actionlint(broken)

    assert rule in found.stdout


def _zizmor(*files: Path) -> subprocess.CompletedProcess[str]:
    command = [_tool("zizmor"), "--offline", "--no-progress", "--persona", "pedantic"]
    return subprocess.run(
        [*command, *map(str, files)], capture_output=True, encoding="utf-8", check=False
    )


def test_the_workflows_have_no_known_weakness(folder: Path) -> None:
    found = _zizmor(folder)

    assert found.returncode == 0, found.stdout


def test_a_weak_workflow_would_be_found(tmp_path: Path, release: str) -> None:
    weak = tmp_path / ".github" / "workflows" / "weak.yml"
    weak.parent.mkdir(parents=True)
    weak.write_text(release.replace('"$VERSION" --tag', "${{ github.ref_name }} --tag"), "utf-8")

    found = _zizmor(weak)

    assert found.returncode != 0
    assert "template-injection" in found.stdout


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for other systems, with their lines")
def test_every_shell_script_is_clean(root: Path, tracked_texts: dict[str, str]) -> None:
    scripts = [
        name
        for name, text in tracked_texts.items()
        if name.endswith(".sh") and text.startswith("#!")  # others are parts of scripts
    ]

    assert scripts
    found = subprocess.run(
        [_tool("shellcheck"), "--severity", "style", *scripts],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
