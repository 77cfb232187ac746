"""Writes what package managers want to know about a release: winget, Homebrew and Scoop.

    python installers/manifests.py FOLDER --version V --date DAY --repository OWNER/NAME --output O

FOLDER holds the published files, whose checksums are taken; DAY is like 2026-11-20, O a folder.
A person hands the manifests in to the package managers' own collections.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import feed
from macos import bundle

WINGET_ID = "QCCDesktop.QCCDesktop"
WINGET_SCHEMA = "1.10.0"
_DESCRIPTION = "Keeps Claude Code working through a local failover proxy"
_NAME = "QCC Desktop"
_PUBLISHER = "QCC Desktop contributors"
_SETUP = "qcc-desktop-{version}-windows-x86_64-setup.exe"
_PORTABLE = "qcc-desktop-{version}-windows-x86_64-portable.zip"
_IMAGE = "qcc-desktop-{version}-macos-{machine}.dmg"
_RETURN_CODES = {
    1: "cancelledByUser",
    4: "packageInUse",
    6: "systemNotSupported",
    7: "downgrade",
}
"""Of the set-up, see installers/windows/setup.nsi, in winget's words."""
_MACOS_NAMES = {"13": "ventura", "14": "sonoma", "15": "sequoia"}


@dataclass(frozen=True, slots=True)
class Published:
    """A release: where its files lie, and when it was made (``YYYY-MM-DD``)."""

    version: str
    date: str
    repository: str
    folder: Path

    @property
    def home(self) -> str:
        """The project's page."""
        return f"https://github.com/{self.repository}"

    def url(self, name: str, *, version: str | None = None, machine: str = "") -> str:
        """Return the address of a file, by the pattern of its name."""
        shown = self.version if version is None else version
        file_name = name.format(version=shown, machine=machine)
        return f"{self.home}/releases/download/v{shown}/{file_name}"

    def sha256(self, name: str, *, machine: str = "") -> str:
        """Return the checksum of a file, by the pattern of its name."""
        return feed.sha256(self.folder / name.format(version=self.version, machine=machine))


def winget(release: Published) -> dict[str, str]:
    """Return winget's three files by name.

    microsoft/winget-cli, ``schemas/JSON/manifests``: version, installer and default locale.
    """
    return {
        f"{WINGET_ID}.yaml": _winget_file("version", release, {"DefaultLocale": "en-US"}),
        f"{WINGET_ID}.installer.yaml": _winget_file("installer", release, _installer(release)),
        f"{WINGET_ID}.locale.en-US.yaml": _winget_file("defaultLocale", release, _locale(release)),
    }


def _installer(release: Published) -> Mapping[str, object]:
    return {
        "Platform": ["Windows.Desktop"],
        "MinimumOSVersion": "10.0.17763.0",
        "InstallerType": "nullsoft",
        "Scope": "user",
        "InstallModes": ["interactive", "silent"],
        # NSIS, "Command line usage": the folder comes last and without quotes.
        "InstallerSwitches": {"Silent": "/S", "InstallLocation": "/D=<INSTALLPATH>"},
        "ExpectedReturnCodes": [
            {"InstallerReturnCode": code, "ReturnResponse": meaning}
            for code, meaning in _RETURN_CODES.items()
        ],
        "UpgradeBehavior": "install",
        "ProductCode": _NAME,
        "ReleaseDate": release.date,
        "Installers": [
            {
                "Architecture": "x64",
                "InstallerUrl": release.url(_SETUP),
                "InstallerSha256": release.sha256(_SETUP).upper(),
            }
        ],
    }


def _locale(release: Published) -> Mapping[str, object]:
    return {
        "PackageLocale": "en-US",
        "Publisher": _PUBLISHER,
        "PublisherUrl": release.home,
        "PackageName": _NAME,
        "PackageUrl": release.home,
        "License": "MIT",
        "LicenseUrl": f"{release.home}/blob/v{release.version}/LICENSE",
        "ShortDescription": _DESCRIPTION,
        "Moniker": "qcc-desktop",
        "Tags": ["claude-code", "failover", "proxy", "tray"],
        "ReleaseNotesUrl": f"{release.home}/releases/tag/v{release.version}",
    }


def _winget_file(kind: str, release: Published, values: Mapping[str, object]) -> str:
    schema = f"https://aka.ms/winget-manifest.{kind}.{WINGET_SCHEMA}.schema.json"
    whole = {
        "PackageIdentifier": WINGET_ID,
        "PackageVersion": release.version,
        **values,
        "ManifestType": kind,
        "ManifestVersion": WINGET_SCHEMA,
    }
    return f"# yaml-language-server: $schema={schema}\n\n" + "".join(_yaml(whole))


def _yaml(values: Mapping[str, object]) -> list[str]:
    """Return lines of YAML; every text is in quotes, so that none is read as a number or date."""
    lines = []
    for key, value in values.items():
        if isinstance(value, list):
            lines += [f"{key}:\n", *(line for item in value for line in _item(item))]
        elif isinstance(value, dict):
            lines += [f"{key}:\n", *(f"  {line}" for line in _yaml(value))]
        else:
            lines.append(f"{key}: {json.dumps(value)}\n")
    return lines


def _item(item: object) -> list[str]:
    if not isinstance(item, dict):
        return [f"  - {json.dumps(item)}\n"]
    first, *others = _yaml(item)
    return [f"  - {first}", *(f"    {line}" for line in others)]


def cask(release: Published) -> str:
    """Return Homebrew's cask (docs.brew.sh, "Cask Cookbook").

    A quit gives Claude Code's settings back, so ``uninstall`` asks for no more; what ``zap``
    takes away belongs to the person until they say so.
    """
    image = release.url(_IMAGE, version="#{version}", machine="#{arch}")
    arm, intel = (release.sha256(_IMAGE, machine=machine) for machine in ("arm64", "x86_64"))
    oldest = _MACOS_NAMES[bundle.MINIMUM_SYSTEM.partition(".")[0]]
    return f'''\
cask "qcc-desktop" do
  arch arm: "arm64", intel: "x86_64"

  version "{release.version}"
  sha256 arm:   "{arm}",
         intel: "{intel}"

  url "{image}"
  name "{_NAME}"
  desc "{_DESCRIPTION}"
  homepage "{release.home}"

  auto_updates true
  depends_on macos: ">= :{oldest}"

  app "{bundle.BUNDLE_NAME}"
  binary "#{{appdir}}/{bundle.BUNDLE_NAME}/Contents/MacOS/qcc-desktop"

  uninstall quit: "{bundle.IDENTIFIER}"

  zap trash: [
    "~/Library/Application Support/qcc-desktop",
    "~/Library/Caches/qcc-desktop",
    "~/Library/LaunchAgents/qcc-desktop.plist",
    "~/Library/Logs/qcc-desktop",
    "~/Library/Saved Application State/{bundle.IDENTIFIER}.savedState",
  ]
end
'''


def scoop(release: Published) -> str:
    """Return Scoop's manifest (ScoopInstaller/Scoop, ``schema.json``) of the portable program."""
    manifest = {
        "version": release.version,
        "description": f"{_DESCRIPTION}.",
        "homepage": release.home,
        "license": "MIT",
        "architecture": {
            "64bit": {"url": release.url(_PORTABLE), "hash": release.sha256(_PORTABLE)}
        },
        "extract_dir": "qcc-desktop",
        "persist": "home",  # where the portable program keeps everything, beside itself
        "pre_uninstall": [
            "# Gives Claude Code's own settings back before the program is gone.",
            "if ($cmd -eq 'uninstall') { & \"$dir\\qcc-desktop.exe\" restore | Out-Null }",
        ],
        "bin": "qcc-desktop.exe",
        "shortcuts": [["qcc-desktopw.exe", _NAME]],
        "checkver": {"github": release.home},
        "autoupdate": {
            "architecture": {"64bit": {"url": release.url(_PORTABLE, version="$version")}},
            "hash": {"url": f"$baseurl/{feed.CHECKSUMS}"},
        },
    }
    return json.dumps(manifest, indent=4) + "\n"


def write(release: Published, output: Path) -> list[Path]:
    """Write all of them below ``output``, each where its package manager expects it.

    Raises:
        OSError: a published file is missing.
    """
    texts = {f"winget/{name}": text for name, text in winget(release).items()}
    texts |= {"homebrew/qcc-desktop.rb": cask(release), "scoop/qcc-desktop.json": scoop(release)}
    for name, text in texts.items():
        file = output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return [output / name for name in texts]


def main(arguments: Sequence[str]) -> int:
    """Write the manifests and say where."""
    parser = argparse.ArgumentParser(description="Manifests for winget, Homebrew and Scoop.")
    parser.add_argument("folder", type=Path)
    for name in ("--version", "--date", "--repository"):
        parser.add_argument(name, required=True)
    parser.add_argument("--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    release = Published(chosen.version, chosen.date, chosen.repository, chosen.folder)
    for file in write(release, chosen.output):
        print(file)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
