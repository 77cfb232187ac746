"""The scripts for macOS, run by bash with the Mac's own programs played by small stand-ins.

What they ask of those programs, in which order, and what becomes of secrets and failures shows
here; what the programs answer on a Mac, only the release workflow can show.
"""

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a Mac has the real programs")
_SCRIPTS = Path(__file__).parents[2] / "installers/macos"
_APP = "QCC Desktop.app"
_PROGRAM = """\
#!/bin/sh
case "$1" in
--version) echo "qcc-desktop 1.2.0" ;;
selftest) echo "tested in $HOME" ;;
esac
"""
_STAND_INS = {
    "codesign": "",
    "spctl": "",
    "sleep": "",
    "ditto": '[ "$1" = -c ] && touch "$5" || cp -R "$1" "$2"',
    "hdiutil": """
case "$1" in
attach) cp -R "$VOLUME/." "$5" ;;
create) [ -e "$BUSY" ] && rm "$BUSY" && exit 1; touch "${@: -1}" ;;
esac""",
    "plutil": 'case "$1 $2" in "-extract status") echo "$STATUS" ;; "-extract id") echo 77 ;; esac',
    "security": """
case "$1" in
find-identity) echo '  1) ABC "Developer ID Application: Ada (T1)"' ;;
create-keychain) touch "${@: -1}" ;;
delete-keychain) rm "$2" ;;
esac""",
    "xcrun": '[ "$2" = submit ] && echo "{}"; exit 0',
}


class Mac:
    """A folder with the stand-ins; each notes what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "asked"
        self.notes.touch()
        programs = folder / "bin"
        programs.mkdir()
        for name, script in _STAND_INS.items():
            text = f'#!/bin/bash\necho "{name} $*" >>"$ASKED"\n{script}\n'
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        self.volume = folder / "volume"
        self.app = self.make_app(self.volume)
        (self.volume / "Applications").symlink_to("/Applications")
        self.runner = folder / "runner"
        self.runner.mkdir()
        self.environ = {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "ASKED": str(self.notes),
            "VOLUME": str(self.volume),
            "BUSY": str(folder / "busy"),
            "STATUS": "Accepted",
            "RUNNER_TEMP": str(self.runner),
            "GITHUB_ENV": str(folder / "github-env"),
            "TMPDIR": str(self._scratch(folder)),
        }

    def _scratch(self, folder: Path) -> Path:
        self.scratch = folder / "scratch"
        self.scratch.mkdir()
        return self.scratch

    def make_app(self, where: Path) -> Path:
        """Make an application whose program is a script."""
        app = where / _APP
        program = app / "Contents/MacOS/qcc-desktop"
        program.parent.mkdir(parents=True)
        program.write_text(_PROGRAM, encoding="utf-8")
        program.chmod(0o755)
        (app / "Contents/Info.plist").touch()
        return app

    def run(self, script: str, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        """Run one of the scripts."""
        return subprocess.run(
            ["bash", _SCRIPTS / script, *map(str, words)],
            env=self.environ | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self, program: str) -> list[str]:
        """Return what a program was asked, in order."""
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        start = f"{program} "
        return [line.removeprefix(start) for line in lines if line.startswith(start)]

    def archive(self) -> Path:
        """Return the application as a program updates itself from it."""
        made = shutil.make_archive(str(self.folder / "update"), "gztar", self.volume, _APP)
        return Path(made)


@pytest.fixture
def mac(tmp_path: Path) -> Mac:
    return Mac(tmp_path)


NOTARY = {
    "QCC_DESKTOP_SIGN_IDENTITY": "Developer ID Application: Ada (T1)",
    "QCC_DESKTOP_NOTARY_KEY": "/key.p8",
    "QCC_DESKTOP_NOTARY_KEY_ID": "K1",
    "QCC_DESKTOP_NOTARY_ISSUER": "I1",
}


def test_image_and_archive_are_installed_and_test_themselves(mac: Mac) -> None:
    done = mac.run("test_dmg.sh", mac.folder / "x.dmg", mac.archive(), "1.2.0")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("qcc-desktop 1.2.0\n") == 2
    assert done.stdout.count("tested in ") == 2
    assert [words.split()[0] for words in mac.asked("codesign")] == ["--verify"] * 2
    assert mac.asked("spctl") == []
    assert mac.asked("hdiutil")[-1].startswith("detach ")
    assert list(mac.scratch.iterdir()) == []


def test_gatekeeper_is_asked_about_all_that_is_notarised(mac: Mac) -> None:
    done = mac.run("test_dmg.sh", mac.folder / "x.dmg", mac.archive(), "1.2.0", **NOTARY)

    assert done.returncode == 0, done.stderr
    kinds = [words.split()[2] for words in mac.asked("spctl")]
    assert kinds == ["open", "execute", "execute"]
    assert len([words for words in mac.asked("xcrun") if words.startswith("stapler")]) == 2


def test_another_version_than_was_built_ends_the_release(mac: Mac) -> None:
    done = mac.run("test_dmg.sh", mac.folder / "x.dmg", mac.archive(), "1.3.0")

    assert done.returncode == 1
    assert "installed is: qcc-desktop 1.2.0" in done.stderr
    assert mac.asked("hdiutil")[-1].startswith("detach ")


def test_a_busy_volume_is_waited_for(mac: Mac) -> None:
    (mac.folder / "busy").touch()

    done = mac.run("make_dmg.sh", mac.app, mac.folder / "x.dmg")

    assert done.returncode == 0, done.stderr
    verbs = [words.split()[0] for words in mac.asked("hdiutil")]
    assert verbs == ["create", "create", "verify"]
    assert list(mac.scratch.iterdir()) == []


def test_what_apple_accepts_gets_its_ticket(mac: Mac) -> None:
    done = mac.run("notarise.sh", mac.app, **NOTARY)

    assert done.returncode == 0, done.stderr
    verbs = [words.split()[:2] for words in mac.asked("xcrun")]
    assert verbs == [["notarytool", "submit"], ["stapler", "staple"], ["stapler", "validate"]]
    assert mac.asked("ditto")[0].startswith("-c -k --keepParent ")


def test_what_apple_refuses_ends_the_release_with_its_reasons(mac: Mac) -> None:
    done = mac.run("notarise.sh", mac.app, **NOTARY, STATUS="Invalid")

    assert done.returncode == 1
    assert mac.asked("xcrun")[1].startswith("notarytool log 77 ")
    assert not any(words.startswith("stapler") for words in mac.asked("xcrun"))


@pytest.mark.parametrize(
    ("script", "words"), [("notarise.sh", ("x.app",)), ("use_certificate.sh", ())]
)
def test_without_secrets_it_is_said_and_nothing_is_done(
    mac: Mac, script: str, words: tuple[str, ...]
) -> None:
    done = mac.run(script, *words)

    assert done.returncode == 0
    assert "is configured" in done.stdout
    assert mac.notes.read_text(encoding="utf-8") == ""


def test_the_certificate_is_used_and_forgotten_and_nothing_secret_is_printed(mac: Mac) -> None:
    secrets = {
        "MACOS_CERTIFICATE": base64.b64encode(b"certificate").decode(),
        "MACOS_CERTIFICATE_PASSWORD": "open-sesame",
        "MACOS_NOTARY_KEY": base64.b64encode(b"notary").decode(),
    }

    done = mac.run("use_certificate.sh", **secrets)

    signing = mac.runner / "signing"
    assert done.returncode == 0, done.stderr
    assert (mac.folder / "github-env").read_text(encoding="utf-8").splitlines() == [
        "QCC_DESKTOP_SIGN_IDENTITY=Developer ID Application: Ada (T1)",
        f"QCC_DESKTOP_NOTARY_KEY={signing}/notary.p8",
    ]
    assert {file.name for file in signing.iterdir()} == {"notary.p8", "release.keychain-db"}
    assert (signing / "notary.p8").stat().st_mode & 0o077 == 0
    assert not any(secret in done.stdout + done.stderr for secret in secrets.values())

    forgotten = mac.run("forget_certificate.sh")

    assert forgotten.returncode == 0, forgotten.stderr
    assert not signing.exists()
    assert mac.asked("security")[-1] == f"delete-keychain {signing}/release.keychain-db"


def test_where_nothing_was_used_nothing_is_forgotten(mac: Mac) -> None:
    assert mac.run("forget_certificate.sh").returncode == 0
    assert mac.asked("security") == []
