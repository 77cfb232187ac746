"""The manifests keep to the rules that package managers publish for them.

Those rules are taken from their schemas, as far as our manifests use them: microsoft/winget-cli,
``schemas/JSON/manifests/v1.10.0``, and ScoopInstaller/Scoop, ``schema.json``.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import manifests

_WEB = r"https?://.+"
_ANY = r".{1,256}"
_IDENTIFIER = r"""[^.\s\\/:*?"<>|]{1,32}(\.[^.\s\\/:*?"<>|]{1,32}){1,7}"""
_NUMBER = r"(0|[1-9]\d{0,4})"
_COMMON = {
    "PackageIdentifier": _IDENTIFIER,
    "PackageVersion": r"""[^\\/:*?"<>|]{1,128}""",
    "ManifestVersion": rf"{_NUMBER}(\.{_NUMBER}){{2}}",
}
WINGET: Mapping[str, Mapping[str, str]] = {
    "version": {**_COMMON, "DefaultLocale": r"[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*"},
    "installer": {
        **_COMMON,
        "Platform": r"Windows\.(Desktop|Universal)",
        "MinimumOSVersion": rf"{_NUMBER}(\.{_NUMBER}){{0,3}}",
        "InstallerType": "msix|msi|appx|exe|zip|inno|nullsoft|wix|burn|pwa|portable",
        "Scope": "user|machine",
        "InstallModes": "interactive|silent|silentWithProgress",
        "InstallerSwitches.Silent": r".{1,512}",
        "InstallerSwitches.InstallLocation": r".*<INSTALLPATH>.*",
        "ExpectedReturnCodes.InstallerReturnCode": r"-?[1-9]\d*",
        "ExpectedReturnCodes.ReturnResponse": (
            "packageInUse|packageInUseByApplication|installInProgress|fileInUse|missingDependency|"
            "diskFull|insufficientMemory|invalidParameter|noNetwork|contactSupport|"
            "rebootRequiredToFinish|rebootRequiredForInstall|rebootInitiated|cancelledByUser|"
            "alreadyInstalled|downgrade|blockedByPolicy|systemNotSupported|custom"
        ),
        "UpgradeBehavior": "install|uninstallPrevious|deny",
        "ProductCode": r".{1,255}",
        "ReleaseDate": r"\d{4}-\d{2}-\d{2}",
        "Installers.Architecture": "x86|x64|arm|arm64|neutral",
        "Installers.InstallerUrl": _WEB,
        "Installers.InstallerSha256": r"[A-Fa-f0-9]{64}",
    },
    "defaultLocale": {
        **_COMMON,
        "PackageLocale": r"[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*",
        "Publisher": _ANY,
        "PublisherUrl": _WEB,
        "PackageName": _ANY,
        "PackageUrl": _WEB,
        "License": r".{3,512}",
        "LicenseUrl": _WEB,
        "ShortDescription": r".{3,256}",
        "Moniker": r".{1,40}",
        "Tags": r".{1,40}",
        "ReleaseNotesUrl": _WEB,
    },
}
"""Fields of each kind of file, nested ones after a dot, and how all of their text must look."""

SCOOP_FIELDS = {
    "version",
    "description",
    "homepage",
    "license",
    "architecture",
    "extract_dir",
    "persist",
    "pre_uninstall",
    "bin",
    "shortcuts",
    "checkver",
    "autoupdate",
}


@pytest.fixture(params=["1.2.0", "1.2.0rc1"])
def release(tmp_path: Path, request: pytest.FixtureRequest) -> manifests.Published:
    version = str(request.param)
    for name in (manifests._SETUP, manifests._PORTABLE):
        (tmp_path / name.format(version=version)).write_bytes(b"x")
    return manifests.Published(version, "2026-11-20", "ada/qcc-desktop", tmp_path)


def _read(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield fields and values of the plain YAML that we write."""
    inside = ""
    for line in lines:
        found = re.fullmatch(r"(?P<indent> *(?:- )?)(?P<key>\w+):(?: (?P<value>.+))?", line)
        if found is None:
            yield inside, str(json.loads(line.strip().removeprefix("- ")))
        elif found["value"] is None:
            inside = found["key"]
        else:
            key = f"{inside}.{found['key']}" if found["indent"] else found["key"]
            yield key, str(json.loads(found["value"]))


@pytest.mark.parametrize("kind", list(WINGET))
def test_wingets_files_keep_to_its_schema(release: manifests.Published, kind: str) -> None:
    files = manifests.winget(release).values()
    text = next(text for text in files if f'ManifestType: "{kind}"' in text)
    heading, empty, *lines = text.splitlines()

    found = list(_read(lines))

    rules = {**WINGET[kind], "ManifestType": re.escape(kind)}
    assert heading.endswith(f"winget-manifest.{kind}.{manifests.WINGET_SCHEMA}.schema.json")
    assert empty == ""
    assert {key for key, _ in found} == set(rules)
    assert [(key, text) for key, text in found if not re.fullmatch(rules[key], text)] == []


def test_scoops_manifest_keeps_to_its_schema(release: manifests.Published) -> None:
    found: dict[str, Any] = json.loads(manifests.scoop(release))

    (name,) = found["architecture"]
    assert set(found) == SCOOP_FIELDS
    assert name == "64bit"
    assert set(found["architecture"][name]) == {"url", "hash"}
    assert re.fullmatch(r"[\w\-.+]+", found["version"])
    assert re.fullmatch(r"[a-fA-F0-9]{64}", found["architecture"][name]["hash"])
    assert "$" not in found["architecture"][name]["url"]
    assert set(found["autoupdate"]) == {"architecture", "hash"}
    assert found["autoupdate"]["hash"] == {"url": "$baseurl/SHA256SUMS"}
    assert set(found["checkver"]) == {"github"}
    assert all(2 <= len(shortcut) <= 4 for shortcut in found["shortcuts"])
