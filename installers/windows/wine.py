"""A Windows on Linux: what Wine needs to run the program and to freeze it.

Wine 8 (Debian 12) lacks three things that our libraries ask for; each is made good here, in the
Wine prefix or the Python, never in what is shipped:

- ``bcryptprimitives.dll``, from which Rust's standard library (in cryptography) takes chance;
- ``icuuc.dll``, which Qt 6.10 and later load at the start;
- ``crealf`` and its kin in the C library, which NumPy 2 calls at the start: NumPy 1.26 does not.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import dev_env
import dev_tools

NUMPY = "numpy==1.26.4"
NUMPY_KEPT = "numpy.fft numpy.polynomial numpy.random"
"""What NumPy 1.26 imports at the start and NumPy 2 does not."""

TOOLS = ("wine", "wineboot", "x86_64-w64-mingw32-gcc", "makensis")
PACKAGES = "wine wine64 gcc-mingw-w64-x86-64 nsis"
_STAND_INS = {
    "bcryptprimitives": (
        "__declspec(dllimport) unsigned char SystemFunction036(void *, unsigned long);\n"
        "__declspec(dllexport) int ProcessPrng(unsigned char *data, unsigned long long length)\n"
        "{ return SystemFunction036(data, (unsigned long)length); }\n"
    ),
    "icuuc": "",
}
_ENTRY = "int DllMainCRTStartup(void *a, unsigned long b, void *c) { return 1; }\n"
_STAMP = "made-of"


def missing() -> list[str]:
    """Programs that freezing through Wine needs and that are not on the path."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def environ(prefix: Path) -> dict[str, str]:
    """Variables for a program run by Wine; only what is not about our own clone goes along."""
    kept = ("PATH", "HOME", "TMPDIR", "DISPLAY", "XAUTHORITY")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        **dev_tools.WINE,
        "WINEPREFIX": str(prefix),
    }


def prepare(prefix: Path) -> None:
    """Makes ``prefix`` a Windows 10 with the stand-ins; nothing to do when it is one.

    Raises:
        subprocess.CalledProcessError: Wine or the compiler failed.
    """
    system = prefix / "drive_c" / "windows" / "system32"
    if not system.is_dir():
        prefix.parent.mkdir(parents=True, exist_ok=True)  # Wine makes the last folder only
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for command in (("wineboot", "--init"), ("wine", "winecfg", "-v", "win10")):
            subprocess.run(command, env=environ(prefix), check=True, **quiet)
    for name, code in _STAND_INS.items():
        if not (system / f"{name}.dll").exists():
            _compile(code, system / f"{name}.dll")


def _compile(code: str, library: Path) -> None:
    source = library.with_suffix(".c")
    source.write_text(code + _ENTRY, encoding="utf-8")
    words = ("-shared", "-nostdlib", "-O1", "-o", str(library), str(source), "-ladvapi32")
    subprocess.run(["x86_64-w64-mingw32-gcc", *words], check=True)
    source.unlink()


def run(
    prefix: Path,
    words: Sequence[str | Path],
    *,
    extra: Mapping[str, str] | None = None,
    output: int | IO[str] = subprocess.PIPE,
    check: bool = True,
) -> "subprocess.CompletedProcess[str]":
    """Runs a Windows program to its end. It writes to a pipe, for a file it cannot write to.

    Raises:
        subprocess.CalledProcessError: it failed, with ``check``; its words were shown.
    """
    done = subprocess.run(
        ["wine", *map(str, words)],
        env={**environ(prefix), **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if check and done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        done.check_returncode()
    return done


def path(file: Path) -> str:
    """Return a file's name as Windows programs under Wine know it."""
    return "Z:" + str(file.resolve()).replace("/", "\\")


def python() -> Path:
    """Path of a Windows Python that has what the program is built from, and PyInstaller.

    Raises:
        subprocess.CalledProcessError: pip failed.
    """
    wanted = _requirements()
    home = dev_tools.TOOLS / "windows-build"
    stamp = home / _STAMP
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(dev_tools.windows_python().parent, home)
        packages = home / "Lib" / "site-packages"
        shutil.rmtree(packages)
        _install(wanted, packages)
        stamp.write_text(wanted, encoding="utf-8")
    return home / "python.exe"


def _requirements() -> str:
    """Exact versions as on all systems, but for NumPy."""
    command = [dev_env.executable("python"), Path(__file__).with_name("needs.py")]
    listed = subprocess.run(
        [*command, "qcc-desktop", "pyinstaller"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout.splitlines()
    pins = {
        line.partition("==")[0].lower().replace("_", "-").replace(".", "-"): line
        for line in dev_env.CONSTRAINTS.read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    pins["numpy"] = NUMPY
    names = (_name(line) for line in listed)
    return "".join(f"{pins.get(name, name)}\n" for name in sorted(names))


def _name(requirement: str) -> str:
    for sign in "=<>~!":
        requirement = requirement.partition(sign)[0]
    return requirement


def _install(wanted: str, packages: Path) -> None:
    listed = packages.parent / "wanted.txt"
    listed.write_text(wanted, encoding="utf-8")
    system = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary=:all:")
    kinds = ("--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none")
    dev_env.pip_install(
        dev_env.VENV, "--quiet", "--no-deps", "--target", str(packages), *system, *kinds,
        "--requirement", str(listed),
    )  # fmt: skip
