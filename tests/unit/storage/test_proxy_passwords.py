"""The password of a proxy lies where the keys are, never in the configuration's file."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.proxy_passwords import (
    PasswordlessConfigStore,
    joined,
    split,
    with_passwords_of,
    without_passwords,
)
from qcc_desktop.storage.secrets import MemorySecrets

PASSWORD = "s3:cr@t%20"
RELAY = Endpoint(
    "a", "Relay", "https://relay.example.com", proxy=f"http://me:{PASSWORD}@proxy.example:3128"
)


class LockedSecrets(MemorySecrets):
    """A keychain that is locked."""

    @override
    def get(self, name: str) -> str | None:
        raise UserFacingError("The system keychain is locked.", "Unlock it and try again.")

    @override
    def set(self, name: str, secret: str) -> None:
        raise UserFacingError("The system keychain is locked.", "Unlock it and try again.")


class Scene:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "config.json"
        self.plain = JsonConfigStore(self.file, utc_now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        self.secrets = MemorySecrets()
        self.store = PasswordlessConfigStore(self.plain, self.secrets)

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_a_password_is_kept_apart_and_is_there_again(scene: Scene) -> None:
    scene.store.save(Config((RELAY,)))

    assert "s3" not in scene.text
    assert "http://me@proxy.example:3128" in scene.text
    assert scene.store.load().endpoints == (RELAY,)


def test_a_password_of_an_earlier_file_is_moved_by_the_program_that_starts(scene: Scene) -> None:
    scene.plain.save(Config((RELAY,)))

    assert scene.store.load().endpoints == (RELAY,)
    assert PASSWORD in scene.text

    assert scene.store.load(puts_aside=True).endpoints == (RELAY,)
    assert "s3" not in scene.text
    assert scene.store.load().endpoints == (RELAY,)


def test_a_new_password_takes_the_place_of_the_former(scene: Scene) -> None:
    scene.store.save(Config((RELAY,)))
    newer = replace(RELAY, proxy="http://me:other@proxy.example:3128")

    scene.store.save(Config((newer,)))

    assert scene.store.load().endpoints == (newer,)


@pytest.mark.parametrize(
    "now",
    [
        (),
        (replace(RELAY, proxy=None),),
        (replace(RELAY, proxy="http://me@proxy.example:3128"),),
    ],
)
def test_a_password_nobody_needs_is_forgotten(scene: Scene, now: tuple[Endpoint, ...]) -> None:
    scene.store.save(Config((RELAY,)))

    scene.store.save(Config(now))

    assert scene.secrets.get("proxy-a") is None


def test_a_configuration_without_passwords_gets_those_of_the_same_endpoints() -> None:
    bare = without_passwords(Config((RELAY, replace(RELAY, id="b"))))

    found = with_passwords_of(bare, Config((RELAY,)))

    assert found.endpoints == (RELAY, replace(bare.endpoints[1]))


@pytest.mark.logs("could not be removed. The system keychain is locked")
def test_a_locked_keychain_keeps_what_it_has(scene: Scene) -> None:
    scene.store.save(Config((RELAY,)))
    locked = PasswordlessConfigStore(scene.plain, LockedSecrets())

    locked.save(replace(locked.load(), enabled=False))

    assert scene.secrets.get("proxy-a") == PASSWORD
    assert not scene.store.load().enabled
    assert scene.store.load().endpoints == (RELAY,)


def test_a_locked_keychain_leaves_the_password_out_and_is_told(scene: Scene) -> None:
    scene.store.save(Config((RELAY,)))
    locked = PasswordlessConfigStore(scene.plain, LockedSecrets())

    found = locked.load()

    assert found.endpoints[0].proxy == "http://me@proxy.example:3128"
    assert locked.notices == ("The system keychain is locked. Unlock it and try again.",)


@pytest.mark.logs("stays in the configuration. The system keychain is locked")
def test_what_cannot_be_moved_stays_where_it_was(scene: Scene) -> None:
    scene.plain.save(Config((RELAY,)))
    locked = PasswordlessConfigStore(scene.plain, LockedSecrets())

    assert locked.load(puts_aside=True).endpoints == (RELAY,)
    assert PASSWORD in scene.text


def test_what_cannot_be_kept_is_not_saved_without_it(scene: Scene) -> None:
    locked = PasswordlessConfigStore(scene.plain, LockedSecrets())

    with pytest.raises(UserFacingError, match="locked"):
        locked.save(Config((RELAY,)))

    assert not scene.file.exists()


@pytest.mark.parametrize(
    "proxy", ["http://proxy:3128", "socks5://me@proxy:1080", "direct", "http://[::1]:3128", ""]
)
def test_an_address_without_a_password_stays_as_it_is(proxy: str) -> None:
    assert split(proxy) == (proxy, "")


@given(st.text(min_size=1).filter(lambda text: not set(text) & set("/?#")))
def test_any_password_comes_out_as_it_went_in(password: str) -> None:
    whole = f"http://me:{password}@proxy:3128"

    assert split(whole) == ("http://me@proxy:3128", password)
    assert joined("http://me@proxy:3128", password) == whole
