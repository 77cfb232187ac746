"""The configuration as one file, and back."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import InvalidInput, NewerFormat
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.backup import Backup
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.keys import Keys
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.proxy_passwords import without_passwords
from qcc_desktop.storage.secrets import MemorySecrets

CONFIG = Config(
    endpoints=(
        Endpoint(
            id="a",
            name="A",
            base_url="https://a.example",
            extra_headers=(("X-Secret", "sk-header"),),
            proxy="http://me:sk-proxy@host:1",
        ),
        Endpoint(id="b", name="B", base_url="https://b.example"),
    ),
    settings=replace(Settings(), routing_max_attempts=7),
    recent_folders=("/home/me/work",),
)


def now() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


class Computer:
    """One installation."""

    def __init__(self, folder: Path) -> None:
        self.keys = Keys(MemorySecrets())
        store = JsonConfigStore(folder / "config.json", utc_now=now)
        self.configuration = Configuration(
            store, on_change=lambda _: None, lock=folder / "config.lock"
        )
        self.folder = folder / "backups"
        self.backup = Backup(self.configuration, self.keys, self.folder, now)

    async def fill(self) -> None:
        await self.configuration.update(lambda _: CONFIG)
        await self.keys.set("a", "sk-key-of-a")


@pytest.fixture
async def computer(tmp_path: Path) -> Computer:
    full = Computer(tmp_path / "one")
    await full.fill()
    return full


async def test_a_backup_with_keys_makes_another_computer_the_same(
    computer: Computer, tmp_path: Path
) -> None:
    file = tmp_path / "b.json"
    other = Computer(tmp_path / "two")

    written = computer.backup.write(file, with_keys=True)
    report = await other.backup.restore(file)

    assert (written.endpoints, written.keys) == (2, 1)
    assert (report.endpoints, report.keys) == (2, 1)
    assert other.configuration.current == CONFIG
    assert other.keys.key_of("a") == "sk-key-of-a"


async def test_a_backup_without_keys_holds_none_and_leaves_those_that_are_there(
    computer: Computer, tmp_path: Path
) -> None:
    file = tmp_path / "b.json"

    computer.backup.write(file, with_keys=False)
    await computer.backup.restore(file)

    assert "sk-key-of-a" not in file.read_text()
    assert "sk-proxy" not in file.read_text()
    assert computer.keys.key_of("a") == "sk-key-of-a"
    assert computer.configuration.current.endpoints == CONFIG.endpoints


async def test_an_export_holds_nothing_secret_and_nothing_private(
    computer: Computer, tmp_path: Path
) -> None:
    file = tmp_path / "e.json"
    other = Computer(tmp_path / "two")

    computer.backup.export(file)
    await other.backup.restore(file)

    assert "sk-" not in file.read_text()
    assert "/home/me" not in file.read_text()
    assert [item.name for item in other.configuration.current.endpoints] == ["A", "B"]
    assert other.configuration.current.settings == CONFIG.settings


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
async def test_only_the_owner_may_read_a_backup(computer: Computer) -> None:
    report = computer.backup.write(None, with_keys=True)

    assert report.file.parent == computer.folder
    assert report.file.stat().st_mode & 0o777 == 0o600


async def test_what_was_there_before_a_restore_is_kept(computer: Computer, tmp_path: Path) -> None:
    empty = Computer(tmp_path / "two")
    file = tmp_path / "empty.json"
    empty.backup.write(file, with_keys=False)

    report = await computer.backup.restore(file)
    assert computer.configuration.current.endpoints == ()
    assert report.before is not None
    await computer.backup.restore(report.before)

    assert computer.configuration.current == without_passwords(CONFIG)


async def test_a_file_that_is_there_is_not_overwritten(computer: Computer, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("mine")

    with pytest.raises(InvalidInput, match="is there already"):
        computer.backup.write(file, with_keys=False)

    assert file.read_text() == "mine"


async def test_no_folder_is_made_for_a_mistyped_place(computer: Computer, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no folder"):
        computer.backup.export(tmp_path / "nowhere" / "e.json")

    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="devices of POSIX")
async def test_a_device_that_never_ends_is_no_backup(computer: Computer) -> None:
    with pytest.raises(InvalidInput, match="is no backup"):
        await computer.backup.restore(Path("/dev/zero"))


async def test_an_empty_key_of_a_backup_counts_as_none(computer: Computer, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    computer.backup.write(file, with_keys=True)
    file.write_text(file.read_text().replace('"sk-key-of-a"', "null"))

    report = await computer.backup.restore(file)

    assert report.keys == 0
    assert computer.keys.key_of("a") == "sk-key-of-a"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("{", InvalidInput),
        ("[]", InvalidInput),
        ('{"kind": "other", "version": 1, "config": {}}', InvalidInput),
        ('{"kind": "qcc-desktop backup", "version": 1, "config": []}', InvalidInput),
        ('{"kind": "qcc-desktop backup", "version": 2, "config": {}}', NewerFormat),
        (
            f'{{"kind": "qcc-desktop backup", "version": 1, "config": {{}}}}{" " * (16 << 20)}',
            InvalidInput,
        ),
        (
            (
                '{"kind": "qcc-desktop backup", "version": 1, "keys": {"a": "a b"},'
                ' "config": {"endpoints": [{"id": "a", "name": "A", "base_url": "https://a"}]}}'
            ),
            InvalidInput,
        ),
    ],
)
async def test_what_is_no_backup_changes_nothing(
    computer: Computer, tmp_path: Path, content: str, error: type[Exception]
) -> None:
    file = tmp_path / "x.json"
    file.write_text(content)

    with pytest.raises(error):
        await computer.backup.restore(file)

    assert computer.configuration.current == CONFIG
    assert not computer.folder.exists()
