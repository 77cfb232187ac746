"""The keychain: which backends protect something, and what their failures become."""

import sys
from types import ModuleType

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage import keychain
from qcc_desktop.storage.keychain import Keychain, open_keychain


class Backend:
    """A keychain in memory, which can be told to fail."""

    name = "memory"

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        del self.kept[service, username]

    def _fail(self) -> None:
        if self.error is not None:
            raise self.error


class ForgetfulBackend(Backend):
    """Accepts everything and keeps nothing, as keyring's null backend does."""

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def _use(monkeypatch: pytest.MonkeyPatch, backend: object) -> None:
    module = ModuleType("keyring")
    module.get_keyring = lambda: backend  # type: ignore[attr-defined] # a stand-in module
    monkeypatch.setitem(sys.modules, "keyring", module)


def _plain_text_backend() -> object:
    return type("PlaintextKeyring", (), {"__module__": "keyrings.alt.file"})()


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.null.Keyring(),  # type: ignore[no-untyped-call] # keyring is untyped
        keyring.backends.fail.Keyring(),  # type: ignore[no-untyped-call] # keyring is untyped
        type("ChainerBackend", (), {"__module__": "keyring.backends.chainer", "backends": []})(),
        _plain_text_backend(),
    ],
    ids=["null", "fail", "chainer without members", "plain text"],
)
def test_a_backend_that_protects_nothing_counts_as_no_keychain(
    monkeypatch: pytest.MonkeyPatch, backend: object
) -> None:
    _use(monkeypatch, backend)

    assert open_keychain("qcc-desktop") is None


def test_a_chainer_with_a_real_member_counts_as_a_keychain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = [_plain_text_backend(), Backend()]
    _use(
        monkeypatch,
        type("C", (), {"__module__": "keyring.backends.chainer", "backends": members})(),
    )

    assert open_keychain("qcc-desktop") is not None


def test_the_real_chainer_is_the_class_we_recognise() -> None:
    assert keyring.backends.chainer.ChainerBackend.__module__ == "keyring.backends.chainer"


def test_a_secret_comes_back_and_goes_away() -> None:
    chain = Keychain("service", Backend())

    chain.set("name", "secret")
    assert chain.get("name") == "secret"

    chain.delete("name")
    chain.delete("name")
    assert chain.get("name") is None


def test_a_backend_that_forgets_is_found_out_when_the_secret_is_kept() -> None:
    with pytest.raises(UserFacingError, match="did not keep"):
        Keychain("service", ForgetfulBackend()).set("name", "secret")


@pytest.mark.parametrize("verb", ["get", "set", "delete"])
def test_a_locked_keychain_is_told_with_its_remedy(verb: str) -> None:
    backend = Backend()
    backend.error = keyring.errors.KeyringLocked("locked")
    calls = {
        "get": lambda chain: chain.get("name"),
        "set": lambda chain: chain.set("name", "s3cret-value"),
        "delete": lambda chain: chain.delete("name"),
    }

    with pytest.raises(UserFacingError, match=r"locked\. Unlock it") as caught:
        calls[verb](Keychain("service", backend))

    assert "s3cret-value" not in str(caught.value)


def test_a_keychain_that_is_not_set_up_is_told_apart() -> None:
    backend = Backend()
    backend.error = keyring.errors.InitError("Failed to create the collection")

    with pytest.raises(UserFacingError, match="not set up"):
        Keychain("service", backend).set("name", "s3cret-value")


def test_whatever_a_backend_raises_becomes_a_sentence() -> None:
    backend = Backend()
    backend.error = RuntimeError("org.freedesktop.DBus.Error.NoReply s3cret-value")

    with pytest.raises(UserFacingError, match="RuntimeError") as caught:
        Keychain("service", backend).set("name", "s3cret-value")

    assert "s3cret-value" not in str(caught.value)


def test_windows_refuses_a_secret_longer_than_its_blob_before_it_is_cut() -> None:
    windows = type("WinVault", (Backend,), {"__module__": "keyring.backends.Windows"})()
    chain = Keychain("service", windows)
    longest = "k" * (keychain.WINDOWS_LIMIT_BYTES // 2)

    chain.set("name", longest)
    with pytest.raises(UserFacingError, match="1280 characters"):
        chain.set("name", longest + "k")

    assert chain.get("name") == longest
