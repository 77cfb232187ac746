"""One owner of the configuration in each process, and no process undoes another's change."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services import configuration as module
from qcc_desktop.storage import atomic
from qcc_desktop.storage.file_lock import locked
from tests.helpers.configured import Configured


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    return Configured(tmp_path)


def _adding(number: int) -> module.Change:
    endpoint = Endpoint(id=f"ep-{number}", name=f"E{number}", base_url="https://e.example")
    return lambda now: replace(now, endpoints=(*now.endpoints, endpoint))


def _names(config: Config) -> list[str]:
    return sorted(endpoint.name for endpoint in config.endpoints)


async def test_a_change_is_saved_and_in_force_when_the_call_returns(configured: Configured) -> None:
    config = await configured.configuration.update(_adding(1))

    assert configured.configuration.current is config
    assert configured.seen == [config]
    assert await configured.another_process().load() == config


async def test_a_change_applies_to_what_another_process_has_written_meanwhile(
    configured: Configured,
) -> None:
    await configured.configuration.load()
    await configured.another_process().update(_adding(1))

    config = await configured.configuration.update(_adding(2))

    assert _names(config) == ["E1", "E2"]


async def test_changes_at_the_same_time_all_survive(configured: Configured) -> None:
    owners = [configured.configuration, configured.another_process()]

    await asyncio.gather(*(owners[number % 2].update(_adding(number)) for number in range(10)))

    assert _names(await configured.configuration.load()) == [f"E{number}" for number in range(10)]


async def test_a_change_that_changes_nothing_writes_nothing(configured: Configured) -> None:
    await configured.configuration.update(lambda now: now)

    assert not configured.paths.config_file.exists()


async def test_a_change_that_raises_changes_nothing(configured: Configured) -> None:
    def fails(_: Config) -> Config:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await configured.configuration.update(fails)

    assert configured.configuration.current == Config()
    assert configured.seen == []


async def test_a_save_that_fails_leaves_the_old_configuration_in_force(
    configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await configured.configuration.update(_adding(1))

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "_write_synced", full_disk)
    with pytest.raises(UserFacingError, match="No space left on device"):
        await configured.configuration.update(_adding(2))

    assert configured.configuration.current == before


async def test_a_reload_publishes_even_an_equal_configuration_since_a_key_may_differ(
    configured: Configured,
) -> None:
    await configured.configuration.update(_adding(1))
    configured.secrets.set("endpoint-ep-1", "sk-new-00000000")

    await configured.configuration.reload()

    assert len(configured.seen) == 2
    assert configured.keys.key_of("ep-1") == "sk-new-00000000"


async def test_keys_are_read_before_the_configuration_takes_effect(tmp_path: Path) -> None:
    keys_then: list[str | None] = []
    home = Configured(tmp_path, lambda _: keys_then.append(home.keys.key_of("ep-1")))
    await home.another_process().update(_adding(1))
    home.secrets.set("endpoint-ep-1", "sk-1-00000000")

    await home.configuration.load()

    assert keys_then == [None, "sk-1-00000000"]


async def test_notices_of_the_file_are_handed_on(configured: Configured) -> None:
    configured.paths.config_dir.mkdir(parents=True)
    configured.paths.config_file.write_text("{broken")

    await configured.configuration.load(puts_aside=True)

    assert len(configured.configuration.notices) == 1


async def test_a_file_broken_meanwhile_stays_and_what_is_in_force_too(
    configured: Configured,
) -> None:
    good = await configured.configuration.update(_adding(1))
    text = configured.paths.config_file.read_text()
    configured.paths.config_file.write_text("{broken")

    with pytest.raises(UserFacingError, match=r"is broken .*Repair it"):
        await configured.configuration.reload()
    with pytest.raises(UserFacingError, match=r"is broken .*Repair it"):
        await configured.configuration.update(_adding(2))

    assert configured.configuration.current == good
    assert configured.paths.config_file.read_text() == "{broken"
    configured.paths.config_file.write_text(text.replace("E1", "Mended"))
    assert _names(await configured.configuration.reload()) == ["Mended"]


def test_a_lock_that_another_holds_too_long_is_told_with_a_remedy(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "x.lock"),
        pytest.raises(UserFacingError, match=r"x\.lock .*Try again"),
        locked(tmp_path / "x.lock", wait_s=0),
    ):
        pass
