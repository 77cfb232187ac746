"""The developer's command: what a bare `run` starts, and what `test` hands to pytest."""

import subprocess
from pathlib import Path

import pytest

import dev
import dev_env


class Calls:
    """Records the commands instead of running them; each ends with the next of `codes`."""

    def __init__(self, *codes: int) -> None:
        self.commands: list[list[str]] = []
        self._codes = list(codes)

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(
            [Path(part).stem if "/" in part else part for part in command[:1]] + command[1:]
        )
        return subprocess.CompletedProcess(command, self._codes.pop(0) if self._codes else 0)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    recorded = Calls()
    monkeypatch.setattr(subprocess, "run", recorded)
    monkeypatch.setattr(dev, "lint", lambda: 0)
    return recorded


@pytest.mark.parametrize(
    ("screen", "endpoints", "command"),
    [
        pytest.param(True, True, [], id="the tray program"),
        pytest.param(False, True, ["serve"], id="the proxy alone without a screen"),
        pytest.param(True, False, ["demo"], id="a demo without endpoints"),
        pytest.param(False, False, ["demo", "--headless"], id="a demo in the terminal"),
    ],
)
def test_a_bare_run_starts(screen: bool, endpoints: bool, command: list[str]) -> None:
    assert dev.default_command(has_screen=screen, has_endpoints=endpoints) == command


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_found_by(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert dev.has_screen(platform, environment) is expected


def test_all_tests_run_in_two_parts_the_second_one_by_one(calls: Calls) -> None:
    assert dev.test([]) == 0

    parallel, serial = (command[3:] for command in calls.commands)
    assert parallel == ["-n", "2", "tests/unit", "tests/integration", "tests/arch"]
    assert serial == ["tests/ui", "tests/e2e"]


def test_every_folder_of_tests_belongs_to_a_part() -> None:
    tests = dev_env.ROOT / "tests"

    found = {
        f"tests/{path.parent.relative_to(tests).parts[0]}" for path in tests.rglob("test_*.py")
    }

    assert found <= {*dev.PARALLEL_TESTS, *dev.SERIAL_TESTS}


def test_quick_leaves_out_the_end_to_end_tests(calls: Calls) -> None:
    dev.test(["--quick"])

    assert all("--quick" not in command for command in calls.commands)
    assert "--ignore=tests/e2e" in calls.commands[-1]


def test_arguments_reach_pytest_and_nothing_else_runs(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "lint", lambda: pytest.fail("linted"))

    dev.test(["tests/unit", "-k", "x"])

    assert [command[3:] for command in calls.commands] == [["tests/unit", "-k", "x"]]


def test_no_test_runs_after_lint_failed(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "lint", lambda: 1)

    assert dev.test([]) == 1
    assert calls.commands == []


def test_the_second_part_does_not_run_after_the_first_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = Calls(5)
    monkeypatch.setattr(subprocess, "run", calls)
    monkeypatch.setattr(dev, "lint", lambda: 0)

    assert dev.test([]) == 5
    assert len(calls.commands) == 1


def test_an_unknown_job_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert "dev.py run" in capsys.readouterr().err


def test_a_failed_installation_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise subprocess.CalledProcessError(7, ["pip", "install"])

    monkeypatch.setattr(dev_env, "ensure", fail)

    assert dev.main(["lint"]) == 1
    assert capsys.readouterr().err == "dev: `pip install` ended with code 7\n"
