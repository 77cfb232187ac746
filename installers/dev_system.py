"""What the project needs from the operating system, and how to get it there.

Only Linux needs anything: Qt's wheels bring Qt itself but not the X11 libraries its `xcb`
platform loads, and the tests drive a real window system, a real tray and a real keychain.

Run as a program (`python installers/dev_system.py`) it installs the packages at once.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable

import dev_progress

QT_PACKAGES = (
    "libegl1",
    "libgl1",
    "libxkbcommon-x11-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxcb-image0",
    "libxcb-render-util0",
    "libxcb-randr0",
    "libxcb-sync1",
    "libxcb-xfixes0",
)
"""Shared libraries that Qt's xcb platform plugin loads."""

TEST_PACKAGES = (
    "xvfb",
    "openbox",
    "trayer",
    "xdotool",
    "imagemagick",
    "nginx-light",
    "xterm",
    "dbus",
    "gnome-keyring",
    "fonts-noto-cjk",
    "fish",
    "tcsh",
    "zsh",
    "osslsigncode",
    "appstream",
    "desktop-file-utils",
    "minisign",
)
"""A screen, a window manager, a tray, terminal, shells and keychain for the tests; signing as on
Windows and as for releases; nginx for the benchmark."""

_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


def wanted_packages() -> tuple[str, ...]:
    """Every Debian package the project uses, node only where no `node` and `npm` are found."""
    extra = []
    if not (shutil.which("node") and shutil.which("npm")):
        extra += ["nodejs", "npm"]
    if not _can_make_venv():
        extra.append("python3-venv")
    return (*QT_PACKAGES, *TEST_PACKAGES, *extra)


def missing_packages() -> tuple[str, ...]:
    """Those of `wanted_packages` that dpkg does not report as installed."""
    wanted = wanted_packages()
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return missing_from(wanted, answer.stdout)


def missing_from(wanted: Iterable[str], dpkg_lines: str) -> tuple[str, ...]:
    """Names of `wanted` without an `installed` line in what dpkg-query printed."""
    installed = {
        fields[0]
        for line in dpkg_lines.splitlines()
        if len(fields := line.split()) == 2 and fields[1] == "installed"
    }
    return tuple(name for name in wanted if name not in installed)


def ensure() -> None:
    """Installs what is missing on Debian as root; elsewhere prints the one command to run."""
    if platform.system() != "Linux":
        return
    if shutil.which("dpkg-query") is None:
        _say(
            "Not a Debian-like system: Qt's xcb libraries (xcb-util-cursor and its kin) must be "
            "there, and for the tests " + " ".join(TEST_PACKAGES)
        )
        return
    missing = missing_packages()
    if not missing:
        return
    if not _is_root():
        _say("These system packages are missing. Install them with this one command:")
        _say("  sudo " + " ".join((*_INSTALL, *missing)))
        return
    install(missing)


def install(packages: Iterable[str]) -> None:
    """Installs Debian packages; refreshes the package lists first. Needs root.

    Raises:
        subprocess.CalledProcessError: apt-get failed; its own message was shown.
    """
    _say("Installing system packages: " + " ".join(packages))
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], [*_INSTALL, "-q", *packages]):
        dev_progress.run(command, env=environment, stage=dev_progress.apt_stage)


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _can_make_venv() -> bool:
    """Debian's own Python comes without ensurepip, which `venv` needs."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - its presence is the question
    except ImportError:
        return False
    return True


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    ensure()
