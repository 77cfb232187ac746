"""Windows: what reaches Claude Code through every kind of shim, under Wine with a Windows Python.

It runs where Wine is installed (``apt-get install wine wine64``, 700 MB, which no other test
needs) and fetches the Python itself. Wine's cmd.exe is a re-implementation, so what passes
through it (the unknown batch file, the Command Prompt) is an indication; all other layouts never
come near it.
"""

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest

import dev_tools
from tests.helpers.hostile import ARGUMENTS, FOLDERS
from tests.helpers.tray_program import ROOT

LAYOUTS = (
    "npm",
    "npm, a script",
    "pnpm",
    "pnpm, a script",
    "nvm-windows",
    "bun, native installer",
    "an unknown batch file",
)
REFUSED = [word for word in ARGUMENTS if set(word) & set('"%\r\n')]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        shutil.which("wine") is None, reason="Wine is not installed: apt-get install wine wine64"
    ),
]


def _launcher() -> Path:
    """Return distlib's launcher, which pip brings along."""
    packages = Path(sysconfig.get_path("purelib"))
    return packages / "pip" / "_vendor" / "distlib" / "t64.exe"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Everything that was tried."""
    directory = tmp_path_factory.mktemp("windows")
    packages = sysconfig.get_path("purelib")
    done = subprocess.run(
        [
            "wine",
            str(dev_tools.windows_python()),
            "-m",
            "tests.helpers.windows_launch",
            str(directory),
            str(_launcher()),
        ],
        cwd=ROOT,
        env={**os.environ, **dev_tools.WINE, "PYTHONPATH": f"Z:{packages}", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # a Windows Python does not start with a file as its output
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    found: dict[str, Any] = json.loads((directory / "outcome.json").read_text("utf-8"))
    _write_table(found)
    return found


@pytest.mark.parametrize("layout", LAYOUTS[:-1])
def test_every_argument_arrives_past_the_shim(outcome: dict[str, Any], layout: str) -> None:
    tried = outcome[layout]

    assert not tried["words"][0].lower().endswith((".cmd", ".bat"))
    assert [start["seen"]["args"] for start in tried["starts"]] == [list(ARGUMENTS)]


def test_through_a_batch_file_an_argument_arrives_or_is_refused_by_name(
    outcome: dict[str, Any],
) -> None:
    tried = outcome["an unknown batch file"]

    assert tried["words"][0].lower().endswith(".cmd")
    for start in tried["starts"]:
        (argument,) = start["args"]
        if argument in REFUSED:
            assert "cannot be given to Claude Code" in start["seen"]
        else:
            assert start["seen"]["args"] == [argument]


def test_it_starts_in_folders_of_any_name(outcome: dict[str, Any]) -> None:
    assert len(outcome["folders"]) == len(FOLDERS)
    for tried in outcome["folders"]:
        assert tried["seen"]["cwd"] == tried["folder"]


def test_the_command_prompt_starts_a_program_with_its_words(outcome: dict[str, Any]) -> None:
    assert outcome["console"]["seen"]["args"] == outcome["console"]["args"]


def _write_table(outcome: dict[str, Any]) -> None:
    rows = ["| what starts it | past cmd.exe | arrived | refused by name |", "|---|---|---|---|"]
    for layout in LAYOUTS:
        tried = outcome[layout]
        seen = [start["seen"] for start in tried["starts"]]
        arrived = sum(len(each["args"]) for each in seen if isinstance(each, dict))
        refused = sum(isinstance(each, str) for each in seen)
        past = "no" if tried["words"][0].lower().endswith(".cmd") else "yes"
        rows.append(f"| {layout} | {past} | {arrived} of {len(ARGUMENTS)} | {refused} |")
    rows.append(f"| folders | yes | {len(outcome['folders'])} of {len(FOLDERS)} | 0 |")
    file = Path(ROOT) / "build" / "launch-windows.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
