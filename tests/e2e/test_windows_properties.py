"""What the made Windows programs and set-up say of themselves: properties, icons, manifest."""

import shutil
import struct
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import dev_tools
from windows import freeze, icon, package, version_info

SETUP, PORTABLE = package.output("setup.exe"), package.output("portable.zip")
PACKAGES = dev_tools.TOOLS / "windows-build" / "Lib" / "site-packages"
"""Where PyInstaller's own reader of programs lies; it is needed on Windows only, and pure Python."""
_ICON_GROUP, _MANIFEST = 14, 24

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (SETUP.exists() and PORTABLE.exists() and PACKAGES.exists()),
        reason="not made: python3 installers/dev.py package --target windows",
    ),
]


@dataclass(frozen=True, slots=True)
class Properties:
    """What a program carries."""

    texts: dict[str, str]
    widths: list[int]
    manifest: str


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Properties]:
    """The properties of both programs and of the set-up."""
    folder = tmp_path_factory.mktemp("programs")
    with zipfile.ZipFile(PORTABLE) as archive:
        for name in freeze.PROGRAMS:
            archive.extract(f"{freeze.NAME}/{name}", folder)
    shutil.copy(SETUP, folder / freeze.NAME / "setup.exe")
    return {file.name: _properties(file) for file in (folder / freeze.NAME).iterdir()}


def _properties(file: Path) -> Properties:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [*sys.path, str(PACKAGES)])
        import pefile  # type: ignore[import-not-found,unused-ignore]
    program: Any = pefile.PE(str(file), fast_load=True)
    program.parse_data_directories(
        directories=[pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]]
    )
    found = {entry.id: entry for entry in program.DIRECTORY_ENTRY_RESOURCE.entries}
    (tables,) = (each for each in program.FileInfo[0] if hasattr(each, "StringTable"))
    texts = tables.StringTable[0].entries
    group = _data(program, found[_ICON_GROUP])
    (count,) = struct.unpack_from("<4xH", group)
    made = Properties(
        {name.decode(): text.decode() for name, text in texts.items()},
        [group[6 + 14 * index] or 256 for index in range(count)],
        _data(program, found[_MANIFEST]).decode(),
    )
    program.close()
    return made


def _data(program: Any, entry: Any) -> bytes:
    place = entry.directory.entries[0].directory.entries[0].data.struct
    return bytes(program.get_data(place.OffsetToData, place.Size))


@pytest.mark.parametrize("name", [*freeze.PROGRAMS, "setup.exe"])
def test_maker_product_version_and_copyright_are_named(
    made: dict[str, Properties], name: str
) -> None:
    version = SETUP.name.split("-")[2]

    assert {
        "CompanyName": version_info.MAKER,
        "ProductName": "QCC Desktop",
        "ProductVersion": version,
        "FileVersion": version,
        "LegalCopyright": version_info.COPYRIGHT,
    }.items() <= made[name].texts.items()


def test_each_program_is_told_from_the_others_by_its_description(
    made: dict[str, Properties],
) -> None:
    described = {name: each.texts["FileDescription"] for name, each in made.items()}

    assert described == {
        "qcc-desktop.exe": "QCC Desktop (command line)",
        "qcc-desktopw.exe": "QCC Desktop",
        "setup.exe": "QCC Desktop Setup",
    }
    for name in freeze.PROGRAMS:
        assert made[name].texts["OriginalFilename"] == name


@pytest.mark.parametrize("name", [*freeze.PROGRAMS, "setup.exe"])
def test_the_icon_is_there_in_every_size(made: dict[str, Properties], name: str) -> None:
    assert made[name].widths == list(icon.WIDTHS)


@pytest.mark.parametrize("name", [*freeze.PROGRAMS, "setup.exe"])
def test_windows_10_is_supported_without_an_administrator_and_with_long_paths(
    made: dict[str, Properties], name: str
) -> None:
    manifest = made[name].manifest

    assert 'level="asInvoker"' in manifest
    assert "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}" in manifest
    assert 'WindowsSettings">true</longPathAware>' in manifest
    assert "Microsoft.Windows.Common-Controls" in manifest


@pytest.mark.parametrize("name", freeze.PROGRAMS)
def test_the_window_is_sharp_on_every_screen(made: dict[str, Properties], name: str) -> None:
    assert ">PerMonitorV2, PerMonitor</dpiAwareness>" in made[name].manifest
    assert "activeCodePage" not in made[name].manifest
