"""What macOS is told about the program: its Info.plist, entitlements and translated texts.

Apple, "Information Property List" and "Entitlements". The spec for PyInstaller asks here, so that
tests can look at all of it without a Mac.
"""

import plistlib
import re
from collections.abc import Mapping
from pathlib import Path

BUNDLE_NAME = "QCC Desktop.app"
IDENTIFIER = "io.github.qcc-desktop.qcc-desktop"
"""Names the program to the system for good: permissions given to it hang on this."""
MINIMUM_SYSTEM = "13.0"
"""What the oldest wheel of Qt that is shipped needs."""

_FOLDERS = {
    "NSDesktopFolderUsageDescription": ("on your desktop", "桌面上的"),
    "NSDocumentsFolderUsageDescription": ("in your documents", "“文稿”里的"),
    "NSDownloadsFolderUsageDescription": ("in your downloads", "“下载”里的"),
    "NSRemovableVolumesUsageDescription": ("on this volume", "该移动磁盘上的"),
    "NSNetworkVolumesUsageDescription": ("on this volume", "该网络磁盘上的"),
}
_NETWORK = "NSLocalNetworkUsageDescription"

USAGE_TEXTS: Mapping[str, str] = {
    **{
        key: f"Claude Code is opened in a folder {english}, if you choose one there."
        for key, (english, _) in _FOLDERS.items()
    },
    _NETWORK: "An endpoint that you added is a computer in your own network.",
}
"""Shown by the system when it asks the person for the first time."""

USAGE_TEXTS_ZH: Mapping[str, str] = {
    **{
        key: f"如果你选择了{chinese}文件夹，Claude Code 会在那里打开。"
        for key, (_, chinese) in _FOLDERS.items()
    },
    _NETWORK: "你添加的某个端点是你自己网络里的一台电脑。",
}

ENTITLEMENTS: Mapping[str, bool] = {"com.apple.security.cs.allow-jit": True}
"""What the hardened runtime must let the program do, and nothing more.

- ``allow-jit``: Qt's regular expressions are compiled to machine code by PCRE2, which asks for
  memory that is meant for that (``MAP_JIT``).

Left out on purpose: ``allow-unsigned-executable-memory`` (ctypes made a callback at import before
Python 3.11, nothing here makes one), ``disable-library-validation`` (PyInstaller signs every
library with the program's own identity), ``allow-dyld-environment-variables`` (the starter sets
none on macOS), ``automation.apple-events`` (terminals are opened with a file, not scripted) and
the sandbox (the program starts what the person has installed).

Written to a file without comments: codesign's strict reader of entitlements stumbles over some.
"""


def info_plist(version: str) -> dict[str, object]:
    """Return the Info.plist's values for this version, beside those that PyInstaller fills in."""
    number = _number(version)
    return {
        "CFBundleName": "QCC Desktop",
        "CFBundleDisplayName": "QCC Desktop",
        "CFBundleIdentifier": IDENTIFIER,
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": number,
        "CFBundleVersion": number,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "LSApplicationCategoryType": "public.app-category.developer-tools",
        "LSMinimumSystemVersion": MINIMUM_SYSTEM,
        # Lives in the menu bar, without an icon in the Dock.
        "LSUIElement": True,
        # A proxy must answer while nobody looks at it: no App Nap (see also system/awake.py), no
        # sudden end.
        "NSAppSleepDisabled": True,
        "NSSupportsAutomaticTermination": False,
        "NSSupportsSuddenTermination": False,
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "MIT licence, QCC Desktop contributors",
        **USAGE_TEXTS,
    }


def write_entitlements(file: Path) -> Path:
    """Write what codesign takes with ``--entitlements``."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(plistlib.dumps(dict(ENTITLEMENTS)))
    return file


def write_strings(folder: Path) -> list[tuple[str, str]]:
    """Write the translated texts; returned as PyInstaller's ``datas`` wants them."""
    lproj = folder / "zh-Hans.lproj"
    lproj.mkdir(parents=True, exist_ok=True)
    file = lproj / "InfoPlist.strings"
    lines = [f'"{key}" = "{text}";\n' for key, text in USAGE_TEXTS_ZH.items()]
    file.write_text("".join(lines), encoding="utf-8")
    return [(str(file), lproj.name)]


def _number(version: str) -> str:
    """Return up to three numbers: all that the system compares (``1.2.0rc1`` is ``1.2.0``)."""
    found = re.match(r"\d+(?:\.\d+){0,2}", version)
    if found is None:
        raise ValueError(f"a version starts with a number, {version!r} does not")
    return found.group()
