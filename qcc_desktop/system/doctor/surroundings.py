"""What this program and the system are, and oddities of the place it runs in."""

import os
import platform
import sys
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop import __version__
from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import Finding, Verdict, say

_QT = ("PySide6_Essentials", "PySide6")


def check_versions() -> tuple[Finding, ...]:
    """Return the versions that a report of a fault must name. Blocks."""
    detail = say(
        texts.VERSIONS_ARE,
        own=__version__,
        python=platform.python_version(),
        qt=qt_version(),
        system=system_name(),
    )
    return (Finding("versions", say(texts.VERSIONS), Verdict.OK, detail),)


def qt_version() -> str:
    """Return Qt's version without loading Qt. Blocks."""
    from importlib import metadata  # noqa: PLC0415 - 10 ms that no start need wait for

    for name in _QT:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return "?"


def system_name(name_of_platform: str = sys.platform) -> str:
    """Return the system, its version and processor, as people call it. Blocks."""
    processor = platform.machine()
    if name_of_platform == "linux":
        try:
            name = platform.freedesktop_os_release()["PRETTY_NAME"]
        except (OSError, KeyError):
            name = "Linux"
        return f"{name} ({platform.release()}, {processor})"
    if name_of_platform == "darwin":
        return f"macOS {platform.mac_ver()[0]} ({processor})"
    return f"{platform.system()} {platform.release()} ({platform.version()}, {processor})"


def desktop_name(environ: Mapping[str, str]) -> str:
    """Return the desktop and the kind of its session; empty where there is none."""
    words = (environ.get("XDG_CURRENT_DESKTOP", ""), environ.get("XDG_SESSION_TYPE", ""))
    return " ".join(filter(None, words))


def check_surroundings(
    environ: Mapping[str, str], *, root: Path = Path("/"), is_root: bool | None = None
) -> tuple[Finding, ...]:
    """Look for WSL, containers, remote sessions and root. Blocks."""
    if is_root is None:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    odd = [
        template
        for template, holds in (
            (texts.SURROUNDINGS_WSL, _is_wsl(root)),
            (texts.SURROUNDINGS_CONTAINER, _is_container(root)),
            (texts.SURROUNDINGS_SSH, bool(environ.get("SSH_CONNECTION"))),
            (texts.SURROUNDINGS_RDP, _is_remote_desktop(environ)),
            (texts.SURROUNDINGS_ROOT, is_root),
        )
        if holds
    ]
    title = say(texts.SURROUNDINGS)
    if not odd:
        return (Finding("surroundings", title, Verdict.OK, say(texts.SURROUNDINGS_PLAIN)),)
    return tuple(Finding("surroundings", title, Verdict.NOTE, say(template)) for template in odd)


def _is_wsl(root: Path) -> bool:
    try:
        return "microsoft" in (root / "proc/sys/kernel/osrelease").read_text().lower()
    except OSError:
        return False


def _is_container(root: Path) -> bool:
    return any((root / name).exists() for name in (".dockerenv", "run/.containerenv"))


def _is_remote_desktop(environ: Mapping[str, str]) -> bool:
    return environ.get("SESSIONNAME", "").upper().startswith("RDP-") or bool(
        environ.get("XRDP_SESSION")
    )
