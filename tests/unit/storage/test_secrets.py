"""Where secrets lie, and that none is lost when the keychain comes and goes."""

import json
import stat
import sys
from pathlib import Path

import pytest

from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.storage import secrets
from qcc_desktop.storage.keychain import Keychain
from qcc_desktop.storage.secrets import MemorySecrets, UserSecrets
from tests.unit.storage.test_keychain import Backend

KEY = "sk-ant-0123456789"


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def keychain(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> list[Keychain | None]:
    """The keychain that the next store finds; None for none."""
    found: list[Keychain | None] = [Keychain("service", backend)]
    monkeypatch.setattr(secrets, "open_keychain", lambda _: found[0])
    return found


def _store(directory: Path) -> UserSecrets:
    return UserSecrets(
        service="service", file=directory / "secrets.json", lock=directory / "secrets.lock"
    )


def test_with_a_keychain_no_file_holds_the_key(
    tmp_path: Path, keychain: list[Keychain | None]
) -> None:
    store = _store(tmp_path)

    store.set("a", KEY)

    assert store.get("a") == KEY
    assert not store.is_fallback
    assert "keychain" in store.place
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.rglob("*"))


def test_without_a_keychain_a_private_file_holds_it_and_the_place_says_so(
    tmp_path: Path, keychain: list[Keychain | None]
) -> None:
    keychain[0] = None
    store = _store(tmp_path)

    store.set("a", KEY)

    file = tmp_path / "secrets.json"
    assert _store(tmp_path).get("a") == KEY
    assert store.is_fallback
    assert str(file) in store.place
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_deleted_secret_is_gone_and_deleting_it_again_is_no_error(
    tmp_path: Path, keychain: list[Keychain | None]
) -> None:
    for found in (keychain[0], None):
        keychain[0] = found
        store = _store(tmp_path)
        store.set("a", KEY)

        store.delete("a")
        store.delete("a")

        assert store.get("a") is None


def test_a_key_given_without_a_keychain_moves_into_one_that_appears(
    tmp_path: Path, keychain: list[Keychain | None], backend: Backend
) -> None:
    chain, keychain[0] = keychain[0], None
    _store(tmp_path).set("a", KEY)
    keychain[0] = chain

    assert _store(tmp_path).get("a") == KEY

    assert list(backend.kept.values()) == [KEY]
    assert KEY not in (tmp_path / "secrets.json").read_text()
    assert _store(tmp_path).get("a") == KEY


@pytest.mark.logs("A key stays in")
def test_a_key_stays_in_the_file_while_the_keychain_that_appeared_is_locked(
    tmp_path: Path, keychain: list[Keychain | None], backend: Backend
) -> None:
    chain, keychain[0] = keychain[0], None
    _store(tmp_path).set("a", KEY)
    keychain[0], backend.error = chain, RuntimeError("locked")

    assert _store(tmp_path).get("a") == KEY
    assert KEY in (tmp_path / "secrets.json").read_text()


def test_a_key_in_a_keychain_out_of_reach_is_no_missing_key(
    tmp_path: Path, keychain: list[Keychain | None]
) -> None:
    _store(tmp_path).set("a", KEY)
    keychain[0] = None

    with pytest.raises(UserFacingError, match="keychain, which cannot be reached"):
        _store(tmp_path).get("a")
    assert _store(tmp_path).get("never given") is None


def test_a_key_out_of_reach_can_be_given_again(
    tmp_path: Path, keychain: list[Keychain | None]
) -> None:
    _store(tmp_path).set("a", "sk-old-00000000")
    keychain[0] = None

    _store(tmp_path).set("a", KEY)

    assert _store(tmp_path).get("a") == KEY


def test_a_keychain_that_refuses_keeps_the_old_key(
    tmp_path: Path, keychain: list[Keychain | None], backend: Backend
) -> None:
    store = _store(tmp_path)
    store.set("a", KEY)
    backend.error = RuntimeError("no")

    with pytest.raises(UserFacingError):
        store.set("a", "sk-new-00000000")

    backend.error = None
    assert store.get("a") == KEY


def test_an_empty_secret_is_refused(tmp_path: Path, keychain: list[Keychain | None]) -> None:
    with pytest.raises(InvalidInput):
        _store(tmp_path).set("a", "")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"secrets": 5}', "{}"])
def test_a_broken_file_is_reported_and_never_overwritten(
    tmp_path: Path, keychain: list[Keychain | None], content: str
) -> None:
    keychain[0] = None
    file = tmp_path / "secrets.json"
    file.write_text(content)
    store = _store(tmp_path)

    with pytest.raises(UserFacingError, match="broken"):
        store.get("a")
    with pytest.raises(UserFacingError, match="broken"):
        store.set("a", KEY)

    assert file.read_text() == content


def test_no_secret_shows_in_a_repr(tmp_path: Path, keychain: list[Keychain | None]) -> None:
    keychain[0] = None
    store = _store(tmp_path)
    store.set("a", KEY)

    assert KEY not in repr(store)


def test_other_entries_survive_a_change(tmp_path: Path, keychain: list[Keychain | None]) -> None:
    keychain[0] = None
    _store(tmp_path).set("a", KEY)
    _store(tmp_path).set("b", "sk-b-00000000")
    _store(tmp_path).delete("a")

    assert json.loads((tmp_path / "secrets.json").read_text())["secrets"] == {"b": "sk-b-00000000"}


def test_memory_keeps_for_this_run_only() -> None:
    store = MemorySecrets()
    store.set("a", KEY)

    assert store.get("a") == KEY
    assert MemorySecrets().get("a") is None

    store.delete("a")
    store.delete("a")
    assert store.get("a") is None
