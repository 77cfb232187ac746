"""`dev.py package --target windows`: the set-up and the portable program, into `dist/`."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import dev_env
import dev_package
from windows import freeze, signing, version_info, wine

SCRIPT = Path(__file__).with_name("setup.nsi")
MARK = "portable.txt"
"""Beside the program it says: keep everything here. The program looks for it when it starts."""

_MARK_WORDS = """\
As long as this file is here, QCC Desktop keeps everything it needs in the folder "home" beside it.
Only your keys stay in the Credential Manager of this computer; elsewhere enter them once more.
只要这个文件在这里，QCC Desktop 就会把所有数据保存在旁边的 "home" 文件夹中。
只有密钥保存在这台电脑的“凭据管理器”里；换一台电脑时需要重新填写。
"""
_MACHINE = "x86_64"


def refuse(
    platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> str | None:
    """Return why the set-up cannot be made here, in one sentence; None where it can."""
    if platform == "win32":
        return None if _makensis(which) else "The target windows needs NSIS: nsis.sourceforge.io."
    missing = [tool for tool in wine.TOOLS if which(tool) is None]
    if platform.startswith("linux") and missing:
        return (
            f"The target windows needs {', '.join(missing)} here: apt-get install {wine.PACKAGES}."
        )
    if not platform.startswith("linux"):
        return "The target windows is made on Windows only, or on Linux through Wine."
    return None


def make() -> Sequence[Path]:
    """Makes the set-up and the portable program.

    Raises:
        RefusedError: a certificate is configured, but cannot be used.
        subprocess.CalledProcessError: a tool failed; its own words were shown.
    """
    if os.name != "nt":
        print("Freezing through Wine, with a Windows Python for tests: try it, do not publish it.")
    try:
        signer = signing.configured()
        print(signing.NOT_SIGNED if signer is None else "Signing with the configured certificate.")
        with tempfile.TemporaryDirectory(prefix="qcc-desktop-windows-") as directory:
            return _make(Path(directory), signer)
    except signing.SigningError as error:
        raise dev_package.RefusedError(str(error)) from error


def _make(scratch: Path, signer: signing.Signer | None) -> Sequence[Path]:
    folder = freeze.freeze(scratch / "frozen", scratch)
    if signer is not None:
        for name in freeze.PROGRAMS:
            signer.sign(folder / name)
    dev_package.DIST.mkdir(exist_ok=True)
    made = output("setup.exe"), output("portable.zip")
    setup(folder, made[0], freeze.icon(scratch), dev_package.version(), is_signed=bool(signer))
    portable(folder, made[1])
    return made


def output(kind: str, version: str | None = None) -> Path:
    """Return where the ``"setup.exe"`` or the ``"portable.zip"`` lies when it is made."""
    name = f"qcc-desktop-{version or dev_package.version()}-windows-{_MACHINE}-{kind}"
    return dev_package.DIST / name


def setup(
    folder: Path,
    target: Path,
    icon: Path,
    version: str,
    *,
    is_signed: bool,
    is_quick: bool = False,
) -> None:
    """Makes a set-up of the frozen ``folder``; a quick one is not compressed.

    Raises:
        subprocess.CalledProcessError: makensis failed; its own words were shown.
    """
    quad = version_info.quad(version)
    values = {
        "VERSION": version,
        "QUAD": ".".join(map(str, quad)),
        "HIGH": str(quad[0] << 16 | quad[1]),
        "LOW": str(quad[2] << 16 | quad[3]),
        "SOURCE": str(folder),
        "OUTPUT": str(target),
        "ICON": str(icon),
        "SIDE": str(icon.with_suffix(".bmp")),
        "MAKER": version_info.MAKER,
        "COPYRIGHT": version_info.COPYRIGHT,
        "SIZE_KB": str(dev_package.size_bytes(folder) // 1024),
    }
    if home := home_page():
        values["HOME_PAGE"] = home
    if is_quick:
        values["QUICK"] = "1"
    if is_signed:
        values["SIGN"] = _sign_words()
    defines = [f"-D{name}={value}" for name, value in values.items()]
    words = ("-V2", "-WX", "-INPUTCHARSET", "UTF8", *defines, str(SCRIPT))
    subprocess.run([_makensis() or "makensis", *words], check=True, stdout=sys.stderr)


def home_page() -> str:
    """Return the project's page, where pyproject.toml names one."""
    project = tomllib.loads((dev_env.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"].get("urls", {}).get("Homepage", ""))


def _sign_words() -> str:
    """What NSIS runs for the uninstaller and the set-up; it adds the file's name."""
    words = [str(dev_env.executable("python")), str(Path(signing.__file__))]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def _makensis(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The compiler on the path, or where its own set-up puts it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
    return which("makensis") or (str(usual) if usual.is_file() else None)


def portable(folder: Path, target: Path) -> None:
    """Packs the frozen ``folder`` with the mark that makes it keep its data beside it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, Path(freeze.NAME) / file.relative_to(folder))
        archive.writestr(f"{freeze.NAME}/{MARK}", _MARK_WORDS.replace("\n", "\r\n"))
