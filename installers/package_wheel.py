"""The wheel and the source archive."""

import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import dev_env
import dev_package


def make() -> Sequence[Path]:
    """Makes both into `dist/`.

    Raises:
        subprocess.CalledProcessError: it failed; the builder's own message was shown.
    """
    dev_package.ensure_tools()
    return [build("wheel", dev_package.DIST), build("sdist", dev_package.DIST)]


def build(kind: str, into: Path) -> Path:
    """Makes the ``"wheel"`` or the ``"sdist"`` into a folder and returns the file."""
    into.mkdir(parents=True, exist_ok=True)
    python = str(dev_env.executable("python"))
    command = [python, "-m", "hatchling", "build", "--target", kind, "--directory", str(into)]
    subprocess.run(command, cwd=dev_env.ROOT, check=True, stdout=subprocess.DEVNULL)
    ending = {"wheel": "-py3-none-any.whl", "sdist": ".tar.gz"}[kind]
    return into / f"qcc_desktop-{dev_package.version()}{ending}"


def metadata(into: Path) -> Path:
    """Returns the `.dist-info` folder that a wheel of this very state has, unpacked below ``into``.

    The one in `.venv` is as old as the environment.
    """
    wheel = build("wheel", into)
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" in name]
        archive.extractall(into, names)
    return into / names[0].partition("/")[0]
