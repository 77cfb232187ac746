"""Imports follow the arrows, and every module can be the first one imported."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

_IMPORT_EACH_FIRST = """
import importlib, json, sys
failed = {}
for name in json.load(sys.stdin):
    for loaded in [m for m in sys.modules if m.partition(".")[0] == "qcc_desktop"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        failed[name] = repr(error)
json.dump(failed, sys.stdout)
"""

_QT = ("PySide6", "shiboken6", "qasync")


def module_names(root: Path) -> list[str]:
    """Every module of the package as an import name."""
    files = sorted((root / "qcc_desktop").rglob("*.py"))
    dotted = [".".join(file.relative_to(root).with_suffix("").parts) for file in files]
    return [name.removesuffix(".__init__") for name in dotted if not name.endswith("__main__")]


def _python(root: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def _loaded(importtime: str) -> set[str]:
    """Module names that `-X importtime` reported."""
    lines = (line for line in importtime.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def _of_qt(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] in _QT}


def test_import_contracts_are_kept(root: Path) -> None:
    answer = _python(root, "-c", "from importlinter.cli import lint_imports_command as run; run()")

    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_module_can_be_imported_before_all_others(root: Path) -> None:
    names = module_names(root)

    answer = _python(root, "-c", _IMPORT_EACH_FIRST, given=json.dumps(names))

    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {}


@pytest.mark.parametrize(
    "package", ["core", "wire", "runtime", "storage", "proxy", "system", "services", "admin"]
)
def test_no_module_below_the_front_ends_loads_qt(root: Path, package: str) -> None:
    names = [name for name in module_names(root) if name.startswith(f"qcc_desktop.{package}")]
    program = f"import sys, {', '.join(names)}; print(*sys.modules)"

    answer = _python(root, "-c", program)

    assert answer.returncode == 0, answer.stderr
    assert not _of_qt(answer.stdout.split())


@pytest.mark.parametrize("command", [["--version"], ["status"], ["endpoint", "list"]])
def test_commands_without_a_window_never_load_qt(
    root: Path, home: Path, command: list[str]
) -> None:
    answer = _python(root, "-X", "importtime", "-m", "qcc_desktop", *command)

    loaded = _loaded(answer.stderr)
    assert "qcc_desktop.app.cli" in loaded, answer.stderr[-2000:]
    assert not _of_qt(loaded)


def test_serve_answers_without_loading_qt(root: Path, home: Path) -> None:
    program = [sys.executable, "-X", "importtime", "-m", "qcc_desktop"]
    with subprocess.Popen(
        [*program, "serve", "--port", "0"],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as serving:
        # Asked in turn until it says where it is: each question is a process of half a second.
        asked = (_python(root, "-m", "qcc_desktop", "env", "--json") for _ in range(30))
        answered = any(answer.returncode == 0 for answer in asked)
        serving.terminate()
        _, importtime = serving.communicate(timeout=60)

    assert answered
    assert "qcc_desktop.app.cli" in _loaded(importtime)
    assert not _of_qt(_loaded(importtime))
