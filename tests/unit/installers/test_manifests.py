"""Each package manager is told the right file, its checksum and how it is installed."""

import hashlib
import json
import re
from pathlib import Path

import pytest

import manifests

_NAMES = {
    "setup": "qcc-desktop-1.2.0-windows-x86_64-setup.exe",
    "portable": "qcc-desktop-1.2.0-windows-x86_64-portable.zip",
    "arm": "qcc-desktop-1.2.0-macos-arm64.dmg",
    "intel": "qcc-desktop-1.2.0-macos-x86_64.dmg",
}
_SUMS = {what: hashlib.sha256(what.encode()).hexdigest() for what in _NAMES}
_FILES = "https://github.com/ada/qcc-desktop/releases/download/v1.2.0"


@pytest.fixture
def release(tmp_path: Path) -> manifests.Published:
    for what, name in _NAMES.items():
        (tmp_path / name).write_bytes(what.encode())
    return manifests.Published("1.2.0", "2026-11-20", "ada/qcc-desktop", tmp_path)


def _winget(release: manifests.Published, kind: str) -> str:
    return manifests.winget(release)[f"{manifests.WINGET_ID}{kind}.yaml"]


def test_winget_gets_the_set_up_of_one_user(release: manifests.Published) -> None:
    assert _winget(release, ".installer") == (
        "# yaml-language-server: "
        "$schema=https://aka.ms/winget-manifest.installer.1.10.0.schema.json\n"
        "\n"
        'PackageIdentifier: "QCCDesktop.QCCDesktop"\n'
        'PackageVersion: "1.2.0"\n'
        "Platform:\n"
        '  - "Windows.Desktop"\n'
        'MinimumOSVersion: "10.0.17763.0"\n'
        'InstallerType: "nullsoft"\n'
        'Scope: "user"\n'
        "InstallModes:\n"
        '  - "interactive"\n'
        '  - "silent"\n'
        "InstallerSwitches:\n"
        '  Silent: "/S"\n'
        '  InstallLocation: "/D=<INSTALLPATH>"\n'
        "ExpectedReturnCodes:\n"
        "  - InstallerReturnCode: 1\n"
        '    ReturnResponse: "cancelledByUser"\n'
        "  - InstallerReturnCode: 4\n"
        '    ReturnResponse: "packageInUse"\n'
        "  - InstallerReturnCode: 6\n"
        '    ReturnResponse: "systemNotSupported"\n'
        "  - InstallerReturnCode: 7\n"
        '    ReturnResponse: "downgrade"\n'
        'UpgradeBehavior: "install"\n'
        'ProductCode: "QCC Desktop"\n'
        'ReleaseDate: "2026-11-20"\n'
        "Installers:\n"
        '  - Architecture: "x64"\n'
        f'    InstallerUrl: "{_FILES}/{_NAMES["setup"]}"\n'
        f'    InstallerSha256: "{_SUMS["setup"].upper()}"\n'
        'ManifestType: "installer"\n'
        'ManifestVersion: "1.10.0"\n'
    )


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("", {"PackageIdentifier", "PackageVersion", "DefaultLocale"}),
        (".installer", {"PackageIdentifier", "PackageVersion", "Installers"}),
        (
            ".locale.en-US",
            {
                "PackageIdentifier",
                "PackageVersion",
                "PackageLocale",
                "Publisher",
                "PackageName",
                "License",
                "ShortDescription",
            },
        ),
    ],
)
def test_winget_gets_every_field_that_it_asks_for(
    release: manifests.Published, kind: str, needed: set[str]
) -> None:
    fields = set(re.findall(r"^(\w+):", _winget(release, kind), re.M))

    assert fields >= needed | {"ManifestType", "ManifestVersion"}


def test_wingets_short_description_and_identifier_are_within_their_limits(
    release: manifests.Published,
) -> None:
    text = _winget(release, ".locale.en-US")
    found = re.search(r'^ShortDescription: "(.+)"$', text, re.M)

    assert found is not None
    assert 3 <= len(found[1]) <= 256
    assert re.fullmatch(r"[^.\s]{1,32}(\.[^.\s]{1,32}){1,7}", manifests.WINGET_ID)


def test_homebrew_gets_one_image_for_each_processor(release: manifests.Published) -> None:
    text = manifests.cask(release)

    assert f'sha256 arm:   "{_SUMS["arm"]}",\n         intel: "{_SUMS["intel"]}"' in text
    assert (
        'url "https://github.com/ada/qcc-desktop/releases/download/'
        'v#{version}/qcc-desktop-#{version}-macos-#{arch}.dmg"'
    ) in text
    assert 'depends_on macos: ">= :ventura"' in text
    assert 'app "QCC Desktop.app"' in text
    assert 'uninstall quit: "io.github.qcc-desktop.qcc-desktop"' in text


def test_homebrews_description_follows_its_rules(release: manifests.Published) -> None:
    found = re.search(r'^  desc "(.+)"$', manifests.cask(release), re.M)

    assert found is not None
    assert len(found[1]) < 80
    assert not found[1].startswith(("A ", "An ", "The ", "QCC"))
    assert not found[1].endswith(".")


def test_scoop_gets_the_portable_program(release: manifests.Published) -> None:
    found = json.loads(manifests.scoop(release))

    assert found["architecture"]["64bit"] == {
        "url": f"{_FILES}/{_NAMES['portable']}",
        "hash": _SUMS["portable"],
    }
    assert found["autoupdate"]["architecture"]["64bit"]["url"] == (
        "https://github.com/ada/qcc-desktop/releases/download/"
        "v$version/qcc-desktop-$version-windows-x86_64-portable.zip"
    )
    assert set(found) >= {"version", "homepage", "license"}  # what its schema requires


def test_scoop_has_the_settings_given_back_when_it_removes_but_not_when_it_updates(
    release: manifests.Published,
) -> None:
    lines = json.loads(manifests.scoop(release))["pre_uninstall"]

    assert "if ($cmd -eq 'uninstall')" in lines[-1]
    assert "restore" in lines[-1]


def test_scoop_keeps_what_the_portable_program_keeps_beside_itself(
    release: manifests.Published,
) -> None:
    assert json.loads(manifests.scoop(release))["persist"] == "home"


def test_the_command_writes_all_of_them(release: manifests.Published, tmp_path: Path) -> None:
    words = ["--version", "1.2.0", "--date", "2026-11-20", "--repository", "ada/qcc-desktop"]
    output = tmp_path / "manifests"

    assert manifests.main([str(release.folder), *words, "--output", str(output)]) == 0
    assert sorted(path.name for path in output.rglob("*.*")) == [
        "QCCDesktop.QCCDesktop.installer.yaml",
        "QCCDesktop.QCCDesktop.locale.en-US.yaml",
        "QCCDesktop.QCCDesktop.yaml",
        "qcc-desktop.json",
        "qcc-desktop.rb",
    ]


def test_a_file_that_was_not_published_stops_the_manifests(
    release: manifests.Published, tmp_path: Path
) -> None:
    (release.folder / _NAMES["setup"]).unlink()

    with pytest.raises(FileNotFoundError):
        manifests.write(release, tmp_path)
