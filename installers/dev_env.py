"""The project's own virtual environment: made once, refreshed when its inputs change.

A stamp inside the environment remembers what it was built from, so that the usual call costs one
small hash and no package manager at all.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import dev_progress
import dev_system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "installers" / "constraints.txt"
STAMP_NAME = "qcc-desktop-stamp"
OLDEST_PYTHON = (3, 11)


def executable(name: str, *, environment: Path = VENV) -> Path:
    """Path of a program inside a virtual environment, on any system."""
    if os.name == "nt":
        return environment / "Scripts" / f"{name}.exe"
    return environment / "bin" / name


def fingerprint(*, root: Path = ROOT, version: tuple[int, ...] = sys.version_info[:3]) -> str:
    """Hash of everything the environment is built from."""
    digest = hashlib.sha256()
    for part in (root / "pyproject.toml", root / "installers" / "constraints.txt"):
        digest.update(part.read_bytes())
    digest.update(
        repr((version, str(root), dev_system.QT_PACKAGES, dev_system.TEST_PACKAGES)).encode()
    )
    return digest.hexdigest()


def is_current(environment: Path, expected: str) -> bool:
    """Whether the environment was completed for this fingerprint."""
    stamp = environment / STAMP_NAME
    return (
        stamp.is_file()
        and stamp.read_text(encoding="utf-8").strip() == expected
        and executable("python", environment=environment).exists()
    )


def ensure() -> None:
    """Makes the environment ready, doing nothing when it already is.

    Raises:
        SystemExit: this Python is too old.
        subprocess.CalledProcessError: an installation failed; its own message was shown.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.")
    expected = fingerprint()
    if is_current(VENV, expected):
        return
    dev_system.ensure()
    _make_venv()
    _install_project()
    (VENV / STAMP_NAME).write_text(expected + "\n", encoding="utf-8")


def pip_install(environment: Path, *arguments: str) -> None:
    """Runs pip inside an environment, asking nothing; a person sees how far it is.

    Raises:
        subprocess.CalledProcessError: pip failed; its own message was shown.
    """
    options = ("--disable-pip-version-check", "--no-input", "--no-color", "--progress-bar=off")
    python = str(executable("python", environment=environment))
    dev_progress.run(
        [python, "-m", "pip", "install", *options, *arguments],
        stage=dev_progress.PipStage(),
        cwd=ROOT,
    )


def _make_venv() -> None:
    """Creates `.venv`, replacing one that another Python version left behind."""
    if VENV.exists() and not _fits(VENV):
        _say("The virtual environment belongs to another Python; making a new one.")
        shutil.rmtree(VENV)
    if not VENV.exists():
        _say(f"Making the virtual environment {VENV}")
        venv.create(VENV, with_pip=True)


def _fits(environment: Path) -> bool:
    """Whether the environment's Python starts and is of this interpreter's version."""
    try:
        answer = subprocess.run(
            [
                executable("python", environment=environment),
                "-c",
                "import sys; print(sys.version_info[:2])",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == repr(tuple(sys.version_info[:2]))


def _install_project() -> None:
    _say("Installing the project and its tools (about half a minute)")
    pip_install(VENV, "--constraint", str(CONSTRAINTS), "--editable", ".[dev]")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
