"""Keys in memory."""

import asyncio
import threading

import pytest
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.runtime.tasks import spawn
from qcc_desktop.services.keys import Keys
from qcc_desktop.storage.secrets import MemorySecrets

KEY = "sk-ant-0123456789"


class MoodySecrets(MemorySecrets):
    """A keychain that can be locked."""

    def __init__(self) -> None:
        super().__init__()
        self.is_locked = False

    @override
    def get(self, name: str) -> str | None:
        if self.is_locked:
            raise UserFacingError("The system keychain is locked.", "Unlock it.")
        return super().get(name)


async def test_a_key_is_kept_on_the_disk_and_in_memory() -> None:
    secrets = MemorySecrets()
    keys = Keys(secrets)

    await keys.set("ep-1", KEY)

    assert keys.key_of("ep-1") == KEY
    other = Keys(secrets)
    await other.load(["ep-1", "ep-2"])
    assert (other.key_of("ep-1"), other.key_of("ep-2")) == (KEY, None)
    assert other.secrets() == (KEY,)


async def test_a_deleted_key_is_gone_everywhere() -> None:
    secrets = MemorySecrets()
    keys = Keys(secrets)
    await keys.set("ep-1", KEY)

    await keys.delete("ep-1")

    assert keys.key_of("ep-1") is None
    await keys.load(["ep-1"])
    assert keys.key_of("ep-1") is None


async def test_loading_keeps_the_key_of_an_endpoint_that_is_being_added() -> None:
    keys = Keys(MemorySecrets())
    await keys.set("ep-new", KEY)

    await keys.load(["ep-old"])

    assert keys.key_of("ep-new") == KEY


async def test_a_key_that_another_process_removed_is_gone_after_loading() -> None:
    secrets = MemorySecrets()
    keys = Keys(secrets)
    await keys.set("ep-1", KEY)
    secrets.delete("endpoint-ep-1")

    await keys.load(["ep-1"])

    assert keys.key_of("ep-1") is None


class SlowSecrets(MemorySecrets):
    """Answers only when the test lets it, with what was there when it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.go_on = threading.Event(), threading.Event()

    @override
    def get(self, name: str) -> str | None:
        found = super().get(name)
        self.asked.set()
        assert self.go_on.wait(10)
        return found


async def test_a_key_that_is_set_while_old_ones_are_being_read_wins() -> None:
    secrets = SlowSecrets()
    keys = Keys(secrets)
    await keys.set("ep-1", "sk-old-0000000")
    loading = spawn(keys.load(["ep-1"]), name="load")
    await asyncio.to_thread(secrets.asked.wait, 10)

    setting = spawn(keys.set("ep-1", KEY), name="set")
    secrets.go_on.set()
    await asyncio.gather(loading, setting)

    assert keys.key_of("ep-1") == KEY


@pytest.mark.logs("A key could not be read. The system keychain is locked")
async def test_a_locked_keychain_is_reported_and_known_keys_stay() -> None:
    secrets = MoodySecrets()
    keys = Keys(secrets)
    await keys.set("ep-1", KEY)
    secrets.is_locked = True

    await keys.load(["ep-1", "ep-2"])

    assert keys.key_of("ep-1") == KEY
    assert set(keys.faults) == {"ep-1", "ep-2"}

    secrets.is_locked = False
    await keys.load(["ep-1", "ep-2"])
    assert keys.faults == {}


async def test_whoever_asked_is_told_of_a_key_that_is_another_one_now() -> None:
    secrets = MemorySecrets()
    keys = Keys(secrets)
    told: list[str] = []
    keys.on_change = told.append

    await keys.set("ep-1", KEY)
    await keys.set("ep-1", KEY)
    assert told == []

    await keys.set("ep-1", "sk-other-000000")
    secrets.set("endpoint-ep-1", "sk-third-000000")
    await keys.load(["ep-1"])
    await keys.load(["ep-1"])
    assert told == ["ep-1", "ep-1"]


async def test_no_key_shows_in_a_repr() -> None:
    keys = Keys(MemorySecrets())
    await keys.set("ep-1", KEY)

    assert KEY not in repr(keys)
