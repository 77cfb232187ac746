"""Updates end to end: a signed feed on loopback, real files, real programs that test themselves."""

import asyncio
import os
import plistlib
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio

from macos import package as macos_package
from qcc_desktop.core.settings import Settings
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.services.release_feed import HttpFeed
from qcc_desktop.services.update_install import Computer, UpdateInstall
from qcc_desktop.services.update_state import UpdateState, UpdateStatus, UpdateStep
from qcc_desktop.services.updates import Updates
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.system.installation import Installation, InstallationKind
from qcc_desktop.system.updating.journal import Outcome
from tests.helpers import steps
from tests.helpers.releases import FEED, PUBLISHED, Publisher, Signer, packed, ranged, script
from tests.helpers.upstream import Exchange, ScriptedUpstream, Step

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts"),
    pytest.mark.may_log("was not installed"),
]
IMAGE = "linux-x86_64-appimage"
FOLDER = "linux-x86_64-folder"
OLD = script("1.0")
NEW = script("1.1")


class Stage:
    """One installation of version 1.0, and who publishes what comes next."""

    def __init__(self, home: Path, server: ScriptedUpstream) -> None:
        self.paths = paths_below(home / "home")
        self.publisher = Publisher(server, IMAGE)
        self.started = home / "started"
        os.mkfifo(self.started)
        self.place = home / "apps"
        self.place.mkdir()
        self.image = self.place / "QCC.AppImage"
        self.image.write_bytes(OLD)
        self.image.chmod(0o755)
        self.installation = Installation(InstallationKind.APPIMAGE, self.image)
        self.program = self.image
        self.updates, self.ways = self.start("1.0")

    def use_folder(self) -> None:
        """Be installed as a folder of versions instead."""
        program = self.place / "versions/1.0/qcc-desktop"
        program.parent.mkdir(parents=True)
        program.write_bytes(OLD)
        program.chmod(0o755)
        self.image.unlink()
        (self.place / "current").symlink_to("versions/1.0")
        self.installation = Installation(InstallationKind.FOLDER, self.place)
        self.program = self.place / "current/qcc-desktop"
        self.publisher.asset_name = FOLDER

    def start(self, current: str) -> tuple[Updates, UpdateInstall]:
        """Start the program as ``current``."""
        environ = {"PATH": os.environ["PATH"], "STARTED": str(self.started)}
        self.ways = UpdateInstall(
            self.paths,
            current,
            find=lambda: self.installation,
            key=lambda: self.publisher.signer.key,
            computer=lambda: Computer("Linux", "x86_64", environ, "qcc-desktop"),
        )
        self.updates = Updates(
            lambda: HttpFeed(self.publisher.url, Signer().key),
            current=current,
            settings=Settings,
            clock=SystemClock(),
            rng=Random(1),
            memory=self.paths.cache_dir / "updates.json",
            ways=self.ways,
        )
        return self.updates, self.ways

    async def end(self) -> str:
        """End the program as far as others can see; return what the next one says it is."""
        held_back = self.ways._held_back
        assert held_back is not None
        self.ways._held_back = None
        os.close(held_back)
        async with asyncio.timeout(20):
            return (await asyncio.to_thread(self.started.read_text)).strip()

    async def running_version(self) -> str:
        """Return what the installed program says."""
        process = await asyncio.create_subprocess_exec(
            self.program, "--version", stdout=asyncio.subprocess.PIPE
        )
        said, _ = await process.communicate()
        return said.decode().strip()

    def leftovers(self) -> list[str]:
        """Return what lies in the program's place and does not belong there."""
        kept = {"QCC.AppImage", "current", "versions", "versions/1.0"}
        names = {str(path.relative_to(self.place)) for path in self.place.rglob("*")}
        return sorted(name for name in names - kept if not name.startswith("versions/1.0/"))


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with ScriptedUpstream("releases") as server:
        made = Stage(tmp_path, server)
        yield made
        await made.updates.stop()
        if made.ways._held_back is not None:
            await made.end()  # else the next program would wait for a reader for ever


async def test_an_appimage_is_replaced_and_the_new_one_starts_after_the_old(stage: Stage) -> None:
    stage.publisher.publish("1.1", NEW, file="QCC.AppImage")

    found = await stage.updates.check_now()
    state = await stage.updates.install()
    started = await stage.end()
    updates, _ = stage.start("1.1")
    await updates.check_now()
    told = updates.state.past
    updates._began_s = -10_000.0
    await updates._look()

    assert found.status is UpdateStatus.AVAILABLE
    assert found.update is not None
    assert found.update.notes.startswith("## What is new")
    assert state.step is UpdateStep.RESTARTING
    assert started == "1.1"
    assert stage.image.read_bytes() == NEW
    assert told is not None
    assert (told.outcome, told.former, told.version) == (Outcome.SWITCHED, "1.0", "1.1")
    assert stage.leftovers() == []
    assert not (stage.paths.cache_dir / "updates").exists()
    assert await stage.ways.past() is None


async def test_a_folder_gets_the_version_beside_the_old_one(stage: Stage) -> None:
    stage.use_folder()
    archive = packed("qcc-desktop-1.1", "qcc-desktop", NEW)
    stage.publisher.publish("1.1", archive, file="qcc.tar.gz")

    await stage.updates.install()
    both = sorted(path.name for path in (stage.place / "versions").iterdir())
    started = await stage.end()
    await stage.ways.tidy()

    assert both == ["1.0", "1.1"]
    assert started == await stage.running_version() == "1.1"
    assert (stage.place / "current").readlink() == Path("versions/1.1")
    assert [path.name for path in (stage.place / "versions").iterdir()] == ["1.1"]


def application(folder: Path, content: bytes) -> Path:
    """Make a macOS application whose program is a script."""
    made = folder / "QCC Desktop.app"
    program = made / "Contents/MacOS/qcc-desktop"
    program.parent.mkdir(parents=True)
    program.write_bytes(content)
    program.chmod(0o755)
    facts = plistlib.dumps({"CFBundleExecutable": "qcc-desktop"})
    (made / "Contents/Info.plist").write_bytes(facts)
    return made


@pytest.mark.parametrize(
    ("content", "version", "trouble"),
    [
        pytest.param(NEW, "1.1", "", id="well"),
        pytest.param(
            script("1.1", selftest='case "$0" in *.update/*) exit 0;; *) exit 1;; esac'),
            "1.0",
            "The new version failed its self-test.",
            id="failing in its place",
        ),
    ],
)
async def test_a_macos_application_changes_places_with_the_new_one(
    stage: Stage, tmp_path: Path, content: bytes, version: str, trouble: str
) -> None:
    place = application(stage.place, OLD)
    stage.installation = Installation(InstallationKind.APP, place)
    stage.program = place / "Contents/MacOS/qcc-desktop"
    stage.publisher.asset_name = "linux-x86_64-app"
    packing = tmp_path / "packing"
    packed_file = tmp_path / "new.tar.gz"
    macos_package.pack(application(packing, content), packed_file)
    stage.publisher.publish("1.1", packed_file.read_bytes(), file="qcc.tar.gz")

    state = await stage.updates.install()
    running = await stage.running_version()
    started = await stage.end() if stage.ways._held_back is not None else None
    await stage.ways.tidy()

    assert (running, state.trouble) == (version, trouble)
    assert started == (version if not trouble else None)
    assert sorted(path.name for path in stage.place.iterdir()) == [
        "QCC Desktop.app",
        "QCC.AppImage",
    ]


async def test_downloads_are_for_this_user_alone(stage: Stage) -> None:
    stage.publisher.publish("1.1", script("1.1", selftest="exit 1"), file="a")

    await stage.updates.install()

    folder = stage.paths.cache_dir / "updates"
    (file,) = folder.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    assert file.stat().st_mode & 0o177 == 0


async def test_no_request_of_an_update_says_anything_about_the_person(stage: Stage) -> None:
    stage.publisher.publish("1.1", NEW + b"#" * 3_000_000)
    content = NEW + b"#" * 3_000_000
    stage.publisher.server.on("/files/program.bin", partly(content, 2_500_000, then_hang=False))
    await stage.updates.install()
    stage.publisher.server.on("/files/program.bin", ranged(content))

    await stage.updates.install()

    asked = stage.publisher.server.requests
    names = {name.decode().lower() for request in asked for name, _ in request.headers}
    plain = {"host", "connection", "user-agent", "accept", "accept-encoding"}
    assert len(asked) >= 7
    assert names == plain | {"range"}
    assert {request.header("user-agent") for request in asked} == {"qcc-desktop"}
    assert {request.method for request in asked} == {"GET"}
    assert not any("?" in request.target for request in asked)


def unsigned_document(publisher: Publisher) -> None:
    publisher.signer = Signer(9)
    publisher.publish("1.1", NEW)
    publisher.signer = Signer()


def other_document(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    body = publisher.document.replace(b"Calmer.", b"Faster.")
    publisher.serve(FEED, body)


def signature_of_another_version(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.serve(
        "/files/program.bin.minisig", publisher.signer.sign(NEW, "version:1.0 file:program.bin")
    )


def signature_of_another(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.serve(
        "/files/program.bin.minisig", Signer(9).sign(NEW, "version:1.1 file:program.bin")
    )


def without_asset_signature(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.server.on("/files/program.bin.minisig", steps.respond(404, b"", []))


def truncated(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.serve("/files/program.bin", NEW[:-7])


def broken_off(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.server.on("/files/program.bin", partly(NEW, len(NEW) // 2, then_hang=False))


def too_long(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW)
    publisher.serve("/files/program.bin", NEW + b"x")


def another_checksum(publisher: Publisher) -> None:
    publisher.publish("1.1", NEW, facts={"sha256": "ab" * 32})


def other_computer(publisher: Publisher) -> None:
    publisher.asset_name = "linux-riscv64-appimage"
    publisher.publish("1.1", NEW)


def downgrade(publisher: Publisher) -> None:
    publisher.publish("0.9", script("0.9"))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (unsigned_document, "not that of this program's makers"),
        (other_document, "not that of this program's makers"),
        (signature_of_another, "not that of this program's makers"),
        (signature_of_another_version, "belongs to another file"),
        (without_asset_signature, "cannot be downloaded"),
        (truncated, "not what was published"),
        (broken_off, "cannot be downloaded"),
        (too_long, "cannot be downloaded"),
        (another_checksum, "not what was published"),
        (other_computer, "not there for this computer"),
        (downgrade, "no newer version"),
    ],
)
async def test_what_is_not_as_it_was_signed_changes_nothing(
    stage: Stage, spoil: Callable[[Publisher], None], sentence: str
) -> None:
    spoil(stage.publisher)

    state = await stage.updates.install()

    assert sentence in state.trouble
    assert state.step is UpdateStep.NONE
    assert stage.image.read_bytes() == OLD
    assert stage.leftovers() == []
    assert stage.ways._held_back is None
    assert await stage.ways.past() is None


async def test_a_document_that_was_signed_once_is_refused_after_a_newer_one(stage: Stage) -> None:
    stage.publisher.publish("1.2", NEW, published="2026-11-21T10:00:00Z")
    await stage.updates.check_now()
    stage.publisher.publish("1.1", NEW, published=PUBLISHED)

    state = await stage.updates.install()

    assert "older than one that was seen" in state.trouble
    assert stage.image.read_bytes() == OLD


async def test_a_redirect_of_the_file_is_followed_for_its_signature_counts(stage: Stage) -> None:
    stage.publisher.publish("1.1", NEW)
    stage.publisher.serve("/store/x", NEW)
    there = stage.publisher.server.base_url.replace("127.0.0.1", "localhost")
    stage.publisher.server.on("/files/program.bin", steps.redirect(f"{there}/store/x"))

    await stage.updates.install()

    assert await stage.end() == "1.1"


FAILS = "echo It is broken.; exit 1"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(script("1.1", selftest=FAILS), id="its self-test fails"),
        pytest.param(
            script("1.1", selftest=f'case "$0" in *.new) exit 0;; *) {FAILS};; esac'),
            id="it fails in its place only",
        ),
        pytest.param(b"\x7fELF nonsense", id="it does not start"),
    ],
)
async def test_an_appimage_that_fails_its_self_test_is_put_back(
    stage: Stage, content: bytes
) -> None:
    stage.publisher.publish("1.1", content)

    state = await stage.updates.install()

    log = stage.paths.log_dir / "update-selftest.log"
    assert state.trouble == "The new version failed its self-test."
    assert state.hint.endswith(str(log))
    assert log.read_text()
    assert stage.image.read_bytes() == OLD
    assert stage.leftovers() == []
    assert await stage.ways.past() is None


@pytest.mark.parametrize(
    "selftest", [FAILS, f'case "$0" in */current/*) {FAILS};; esac'], ids=["beside", "in its place"]
)
async def test_a_folder_goes_back_to_its_version_when_the_new_one_fails(
    stage: Stage, selftest: str
) -> None:
    stage.use_folder()
    archive = packed("x", "qcc-desktop", script("1.1", selftest=selftest))
    stage.publisher.publish("1.1", archive, file="qcc.tar.gz")

    state = await stage.updates.install()

    assert state.trouble == "The new version failed its self-test."
    assert "It is broken." in (stage.paths.log_dir / "update-selftest.log").read_text()
    assert await stage.running_version() == "1.0"
    assert stage.leftovers() == []


@pytest.mark.parametrize("content", [b"no archive", packed("..", "x", b""), packed("/x", "y", b"")])
async def test_an_archive_that_is_none_of_ours_is_not_unpacked(
    stage: Stage, content: bytes
) -> None:
    stage.use_folder()
    stage.publisher.publish("1.1", content, file="qcc.tar.gz")

    state = await stage.updates.install()

    assert state.trouble
    assert await stage.running_version() == "1.0"
    assert stage.leftovers() == []


def partly(content: bytes, count: int, *, then_hang: bool = True) -> Step:
    """Send the first bytes of a file and then nothing, or the end."""

    async def play(exchange: Exchange) -> None:
        await exchange.head(200, [(b"content-length", str(len(content)).encode())])
        await exchange.send(content[:count])
        if then_hang:
            await exchange.hang()
        exchange.fin()

    return Step("partly", play)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB; skips where this user may not mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)]
    if (
        shutil.which("mount") is None
        or subprocess.run(words, capture_output=True, check=False).returncode
    ):
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("size", [180_000, 1_000_000], ids=["for both", "for the new one"])
async def test_without_room_beside_the_old_version_nothing_changes(
    stage: Stage, small_disk: Path, size: int
) -> None:
    stage.image = stage.program = small_disk / "QCC.AppImage"
    stage.image.write_bytes(OLD + b"#" * 120_000)
    stage.image.chmod(0o755)
    stage.installation = Installation(InstallationKind.APPIMAGE, stage.image)
    stage.publisher.publish("1.1", NEW + b"#" * size)

    state = await stage.updates.install()

    assert state.trouble == "There is not enough room on the disk."
    assert await stage.running_version() == "1.0"
    assert os.listdir(small_disk) == ["QCC.AppImage"]  # noqa: PTH208 - a name is enough


async def test_without_room_for_the_download_nothing_is_asked_for(
    stage: Stage, small_disk: Path
) -> None:
    stage.ways._downloads._folder = small_disk / "updates"
    stage.publisher.publish("1.1", NEW + b"#" * 1_000_000)

    state = await stage.updates.install()

    assert state.trouble == "There is not enough room on the disk."
    assert not any(r.path.endswith(".bin") for r in stage.publisher.server.requests)


async def test_a_slow_download_is_cancelled_at_once_and_continued_later(stage: Stage) -> None:
    content = NEW + b"#" * 3_000_000
    stage.publisher.publish("1.1", content)
    stage.publisher.server.on("/files/program.bin", partly(content, 2_500_000))
    arrived = asyncio.Event()

    def listen(state: UpdateState) -> None:
        if state.share > 0.6:
            arrived.set()

    stage.updates.subscribe(listen)
    installing = asyncio.ensure_future(stage.updates.install())  # noqa: TID251 - beside the test
    async with asyncio.timeout(20):
        await arrived.wait()
        stage.updates.cancel()
        cancelled = await installing
    stage.publisher.server.on("/files/program.bin", ranged(content))

    await stage.updates.install()

    asked = [r.header("range") for r in stage.publisher.server.requests if r.path.endswith(".bin")]
    assert cancelled.step is UpdateStep.NONE
    assert cancelled.trouble == ""
    assert asked[0] is None
    assert asked[1] is not None
    assert int(asked[1].removeprefix("bytes=").rstrip("-")) >= 1_800_000
    assert stage.image.read_bytes() == content


async def test_a_server_that_stands_still_is_given_up(stage: Stage) -> None:
    stage.publisher.publish("1.1", NEW)
    stage.publisher.server.on("/files/program.bin", partly(NEW, 10))
    stage.ways._downloads._idle_s = 0.2

    state = await stage.updates.install()

    assert state.trouble == "The download stands still."


async def test_a_server_that_cannot_continue_is_asked_for_the_whole(stage: Stage) -> None:
    stage.publisher.publish("1.1", NEW)
    server = stage.publisher.server
    server.on("/files/program.bin", partly(NEW, 10))
    stage.ways._downloads._idle_s = 0.2
    await stage.updates.install()
    server.on("/files/program.bin", steps.respond(200, NEW, []))
    stage.ways._downloads._idle_s = 20

    await stage.updates.install()

    assert stage.image.read_bytes() == NEW
