"""What macOS is told is well-formed, known to it, and no more than is needed."""

import plistlib
import re
from pathlib import Path

import pytest

from macos import bundle

_KNOWN = {
    # Apple, "Information Property List": each key and the type of its value.
    "CFBundleName": str,
    "CFBundleDisplayName": str,
    "CFBundleIdentifier": str,
    "CFBundlePackageType": str,
    "CFBundleShortVersionString": str,
    "CFBundleVersion": str,
    "CFBundleDevelopmentRegion": str,
    "CFBundleLocalizations": list,
    "LSApplicationCategoryType": str,
    "LSMinimumSystemVersion": str,
    "LSUIElement": bool,
    "NSAppSleepDisabled": bool,
    "NSSupportsAutomaticTermination": bool,
    "NSSupportsSuddenTermination": bool,
    "NSHighResolutionCapable": bool,
    "NSPrincipalClass": str,
    "NSHumanReadableCopyright": str,
    "NSDesktopFolderUsageDescription": str,
    "NSDocumentsFolderUsageDescription": str,
    "NSDownloadsFolderUsageDescription": str,
    "NSRemovableVolumesUsageDescription": str,
    "NSNetworkVolumesUsageDescription": str,
    "NSLocalNetworkUsageDescription": str,
}


def test_every_key_is_known_and_of_its_type() -> None:
    written = plistlib.loads(plistlib.dumps(bundle.info_plist("1.2.0")))

    assert {key: type(value) for key, value in written.items()} == _KNOWN


def test_the_program_lives_in_the_menu_bar_and_is_never_put_to_sleep() -> None:
    plist = bundle.info_plist("1.2.0")

    assert plist["LSUIElement"] is True
    assert plist["NSAppSleepDisabled"] is True
    assert plist["NSSupportsSuddenTermination"] is False
    assert "LSBackgroundOnly" not in plist  # such a program may show no window


@pytest.mark.parametrize(
    ("version", "number"),
    [("1.2.0", "1.2.0"), ("1.2.0rc1", "1.2.0"), ("0.1", "0.1"), ("2.0.0.dev3+local", "2.0.0")],
)
def test_versions_are_the_numbers_that_macos_compares(version: str, number: str) -> None:
    plist = bundle.info_plist(version)

    assert plist["CFBundleShortVersionString"] == plist["CFBundleVersion"] == number


def test_a_version_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="starts with a number"):
        bundle.info_plist("unknown")


def test_the_identifier_is_one_that_macos_takes() -> None:
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", bundle.IDENTIFIER)


def test_each_usage_text_is_a_sentence_in_both_languages() -> None:
    assert set(bundle.USAGE_TEXTS) == set(bundle.USAGE_TEXTS_ZH)
    assert all(text.endswith(".") for text in bundle.USAGE_TEXTS.values())
    assert all(text.endswith("。") for text in bundle.USAGE_TEXTS_ZH.values())


def test_the_translated_texts_lie_where_macos_looks(tmp_path: Path) -> None:
    [(source, folder)] = bundle.write_strings(tmp_path)

    lines = Path(source).read_text(encoding="utf-8").splitlines()
    assert (folder, Path(source).name) == ("zh-Hans.lproj", "InfoPlist.strings")
    assert all(re.fullmatch(r'"\w+" = "[^"\\]+";', line) for line in lines)
    assert len(lines) == len(bundle.USAGE_TEXTS)


def test_the_hardened_runtime_is_opened_for_one_thing_only(tmp_path: Path) -> None:
    data = bundle.write_entitlements(tmp_path / "build" / "entitlements.plist").read_bytes()

    assert plistlib.loads(data) == {"com.apple.security.cs.allow-jit": True}
    assert b"<!--" not in data  # codesign's reader stumbles over some
