"""The last job of the release workflow, step by step on small files, up to a program's update.

The steps are read from the workflow and run as they stand there. Only GitHub is played: its files
by a server on loopback, its command ``gh`` by a script.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from typing_extensions import override

import release_places
from qcc_desktop.core.settings import Settings
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.services.release_feed import HttpFeed
from qcc_desktop.services.update_install import Computer, UpdateInstall
from qcc_desktop.services.update_state import UpdateStep
from qcc_desktop.services.updates import Updates
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.system.installation import Installation, InstallationKind
from qcc_desktop.system.updating.release_key import release_key
from tests.helpers import steps
from tests.helpers.releases import packed, ranged, script
from tests.helpers.upstream import ScriptedUpstream

pytestmark = pytest.mark.skipif(
    shutil.which("minisign") is None, reason="what signs is on Linux only"
)
_ROOT = Path(__file__).parents[2]
_GITHUB = "https://github.com"
_REPOSITORY = "ada/qcc-desktop"
_STEP = re.compile(r"^      - name: (?P<name>.+)\n(?P<body>(?:        .*\n|\n)+)", re.M)
_FILES = (
    "qcc-desktop-{}-linux-arm64.AppImage",
    "qcc-desktop-{}-macos-arm64.dmg",
    "qcc-desktop-{}-macos-arm64.tar.gz",
    "qcc-desktop-{}-macos-x86_64.dmg",
    "qcc-desktop-{}-macos-x86_64.tar.gz",
    "qcc-desktop-{}-windows-x86_64-portable.zip",
    "qcc-desktop-{}-windows-x86_64-setup.exe",
    "qcc-desktop-{}.cdx.json",
    "qcc_desktop-{}-py3-none-any.whl",
    "qcc_desktop_{}_amd64.deb",
)
_GH = """\
#!/bin/sh
echo "$*" >>"$GH_SAID"
if [ "$1 $2" = "release view" ]; then
    case "$GH_HAS" in
        nothing) exit 1 ;;
        draft) echo false ;;
        release) echo true ;;
    esac
fi
"""


def release_steps() -> dict[str, str]:
    """Return what the workflow's last job runs, by the names of its steps."""
    text = (_ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    job = text.partition("\n  release:\n")[2].partition("\n  pypi:\n")[0]
    found = {}
    for step in _STEP.finditer(job + "\n"):
        block = re.search(r"^        run: (?:\|\n)?(?P<run>.+)", step["body"], re.M | re.S)
        if block is not None:
            found[step["name"]] = re.sub(r"^ {10}", "", block["run"], flags=re.M)
    return found


class Maker:
    """A clone in which one version is published."""

    def __init__(self, folder: Path, server: ScriptedUpstream, version: str = "2.0.0") -> None:
        self.folder = folder / "clone"
        self.server = server
        self.version = version
        self.publish = self.folder / "publish"
        self.said = folder / "gh-said"
        self.said.touch()
        shutil.copytree(_ROOT / "installers", self.folder / "installers")
        (self.folder / "resources").mkdir()
        shutil.copy(_ROOT / "pyproject.toml", self.folder)
        notes = f"# Changelog\n\n## [Unreleased]\n\n## [{version}] - 2026-11-23\n\nCalmer 端点.\n"
        (self.folder / "CHANGELOG.md").write_text(notes, encoding="utf-8")
        self._files()
        self.environ = self._environ(folder)

    def _files(self) -> None:
        self.publish.mkdir()
        for name in _FILES:
            (self.publish / name.format(self.version)).write_bytes(name.encode())
        start = f"qcc-desktop-{self.version}-linux-x86_64"
        (self.publish / f"{start}.AppImage").write_bytes(script(self.version))
        folder = packed("qcc-desktop", "qcc-desktop", script(self.version))
        (self.publish / f"{start}.tar.gz").write_bytes(folder)

    def _environ(self, folder: Path) -> dict[str, str]:
        programs, scratch = folder / "bin", folder / "runner"
        programs.mkdir()
        scratch.mkdir()
        for name, text in {
            "sudo": "#!/bin/sh\n",
            "gh": _GH,
            "python": f'#!/bin/sh\nexec "{sys.executable}" "$@"\n',
        }.items():
            (programs / name).write_text(text, encoding="utf-8")
            (programs / name).chmod(0o755)
        key = folder / "minisign"
        words = ("minisign", "-G", "-W", "-p", f"{key}.pub", "-s", f"{key}.key")
        subprocess.run(words, check=True, capture_output=True)
        return {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "RUNNER_TEMP": str(scratch),
            "REPOSITORY": _REPOSITORY,
            "PUBLIC_KEY": Path(f"{key}.pub").read_text(encoding="ascii").splitlines()[1],
            "MINISIGN_SECRET_KEY": Path(f"{key}.key").read_text(encoding="ascii").rstrip(),
            "VERSION": self.version,
            "TAG": f"v{self.version}",
            "PUBLISHED": "2026-11-23T10:00:00Z",
            "PRERELEASE": "false",
            "GH_SAID": str(self.said),
            "GH_HAS": "nothing",
        }

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a step as GitHub does."""
        text = release_steps()[name].replace(_GITHUB, self.server.base_url)
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", text],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )

    def run_all(self) -> None:
        """Run every step."""
        for name in release_steps():
            done = self.run(name)
            assert done.returncode == 0, f"{name}: {done.stderr}"

    def serve(self) -> None:
        """Be where the files are had, with GitHub's two redirects to the newest."""
        for file in self.publish.iterdir():
            path = f"/{_REPOSITORY}/releases/download/v{self.version}/{file.name}"
            stored = f"/stored/{file.name}"
            there = self.server.base_url.replace("127.0.0.1", "localhost")
            self.server.on(stored, ranged(file.read_bytes()))
            self.server.on(path, steps.redirect(f"{there}{stored}?signed=yes"))
            newest = f"/{_REPOSITORY}/releases/latest/download/{file.name}"
            self.server.on(newest, steps.redirect(path))

    def calls(self) -> list[str]:
        """Return what ``gh`` was asked to do."""
        return self.said.read_text(encoding="utf-8").splitlines()


@pytest_asyncio.fixture
async def maker(tmp_path: Path) -> AsyncIterator[Maker]:
    async with ScriptedUpstream("github") as server:
        yield Maker(tmp_path, server)


@pytest.mark.parametrize(
    ("kind", "program"),
    [
        (InstallationKind.APPIMAGE, "QCC.AppImage"),
        (InstallationKind.FOLDER, "current/qcc-desktop"),
    ],
)
async def test_a_program_takes_what_the_workflow_publishes(
    maker: Maker, tmp_path: Path, kind: InstallationKind, program: str
) -> None:
    maker.run_all()
    maker.serve()
    release_places.stamp(maker.folder, _REPOSITORY, maker.environ["PUBLIC_KEY"])
    place = tmp_path / "apps"
    old = place / ("versions/1.9.0/qcc-desktop" if kind == "folder" else program)
    old.parent.mkdir(parents=True)
    old.write_bytes(script("1.9.0"))
    old.chmod(0o755)
    (place / "current").symlink_to("versions/1.9.0")
    updates = _program(maker, kind, place if kind == "folder" else old, tmp_path)

    found = await updates.check_now()
    state = await updates.install()

    assert found.update is not None
    assert (found.update.version, found.update.summary) == ("2.0.0", "Calmer 端点.")
    assert found.update.notes_url.endswith(f"/{_REPOSITORY}/releases/tag/v2.0.0")
    assert (state.step, state.trouble) == (UpdateStep.RESTARTING, "")
    assert (place / program).read_bytes() == script("2.0.0")


def _program(maker: Maker, kind: InstallationKind, place: Path, folder: Path) -> Updates:
    """Return the updates of a program that was built in this clone, as version 1.9.0."""
    key = release_key((maker.folder / "resources",))
    url = release_places.FEED.format(repository=_REPOSITORY)
    paths = paths_below(folder / "home")
    return Updates(
        lambda: HttpFeed(url.replace(_GITHUB, maker.server.base_url), key),
        current="1.9.0",
        settings=Settings,
        clock=SystemClock(),
        rng=Random(1),
        memory=paths.cache_dir / "updates.json",
        ways=_Waiting(
            paths,
            "1.9.0",
            find=lambda: Installation(kind, place),
            key=lambda: key,
            computer=lambda: Computer("Linux", "x86_64", {}, "qcc-desktop"),
        ),
    )


class _Waiting(UpdateInstall):
    """Starts nothing in the end: the test goes on instead of ending."""

    @override
    async def restart(self) -> None:
        """Do nothing."""


def test_every_file_is_signed_and_summed_and_none_is_left_out(maker: Maker) -> None:
    maker.run_all()

    names = {file.name for file in maker.publish.iterdir()}
    signed = {name for name in names if f"{name}.minisig" in names}
    create = next(call for call in maker.calls() if call.startswith("release create"))
    assert {name for name in names if not name.endswith(".minisig")} == signed
    assert {"release.json", "SHA256SUMS", "qcc-desktop-2.0.0-manifests.tar.gz"} < signed
    assert all(f"publish/{name}" in create.split() for name in names)
    words = ("sha256sum", "--check", "--strict", "SHA256SUMS")
    subprocess.run(words, cwd=maker.publish, check=True, capture_output=True)


def test_nobody_sees_a_release_before_all_of_it_is_there(maker: Maker, tmp_path: Path) -> None:
    maker.run_all()

    notes = (tmp_path / "runner/notes.md").read_text(encoding="utf-8")
    assert notes.startswith("Calmer 端点.\n")
    assert f"key {maker.environ['PUBLIC_KEY']}." in notes
    looked, made, shown = maker.calls()
    assert looked.startswith("release view v2.0.0 ")
    assert made.startswith("release create v2.0.0 ")
    assert " --draft --verify-tag " in made
    assert shown == f"release edit v2.0.0 --repo {_REPOSITORY} --draft=false"


def test_what_an_attempt_that_failed_has_left_is_thrown_away_first(maker: Maker) -> None:
    maker.environ["GH_HAS"] = "draft"

    maker.run_all()

    verbs = [call.split()[1] for call in maker.calls()]
    assert verbs == ["view", "delete", "create", "edit"]
    assert "--cleanup-tag" not in maker.calls()[1]


def test_a_release_that_is_out_is_never_replaced(maker: Maker) -> None:
    maker.environ["GH_HAS"] = "release"

    done = maker.run("Publish")

    assert done.returncode == 1
    assert "is published, and is not replaced" in done.stdout
    assert len(maker.calls()) == 1


def test_a_secret_key_that_is_not_the_one_in_the_programs_ends_the_release(
    maker: Maker, tmp_path: Path
) -> None:
    words = ("minisign", "-G", "-W", "-p", tmp_path / "other.pub", "-s", tmp_path / "other.key")
    subprocess.run(words, check=True, capture_output=True)
    maker.environ["PUBLIC_KEY"] = (tmp_path / "other.pub").read_text().splitlines()[1]

    done = maker.run("Sign")

    assert done.returncode != 0
    assert not list((tmp_path / "runner").glob("*.key"))


async def test_a_preview_is_published_without_manifests(tmp_path: Path) -> None:
    async with ScriptedUpstream("github") as server:
        maker = Maker(tmp_path, server, "2.0.0rc1")
        for name in release_steps():
            if not name.startswith("Manifests"):
                assert maker.run(name).returncode == 0, name
        maker.serve()
        url = f"{server.base_url}/{_REPOSITORY}/releases/download/v2.0.0rc1/release.json"

        release = await HttpFeed(url).release()

    assert release.version == "2.0.0rc1"
    assert release.assets["linux-x86_64-appimage"].url.endswith(
        "/v2.0.0rc1/qcc-desktop-2.0.0rc1-linux-x86_64.AppImage"
    )
