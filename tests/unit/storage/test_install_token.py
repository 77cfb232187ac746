"""The token of an installation."""

import re

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.install_token import InstallToken
from qcc_desktop.storage.secrets import MemorySecrets


class LockedSecrets(MemorySecrets):
    """A keychain that is locked."""

    def get(self, name: str) -> str | None:  # type: ignore[explicit-override] # a stand-in
        raise UserFacingError("The system keychain is locked.")


def test_it_is_made_once_and_kept() -> None:
    secrets = MemorySecrets()

    token = InstallToken(secrets, {}).load()

    assert re.fullmatch(r"qcc-[A-Za-z0-9_-]{43}", token)
    assert InstallToken(secrets, {}).load() == token
    assert InstallToken(MemorySecrets(), {}).load() != token


def test_the_variable_takes_its_place_and_is_not_stored() -> None:
    secrets = MemorySecrets()

    assert InstallToken(secrets, {"QCC_DESKTOP_TOKEN": " bench-token "}).load() == "bench-token"
    assert InstallToken(secrets, {}).load() != "bench-token"


@pytest.mark.parametrize("token", ["has blank inside", "quote'quote", "zwölf-zwölf"])
def test_a_variable_that_no_header_may_carry_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(UserFacingError, match="QCC_DESKTOP_TOKEN") as caught:
        InstallToken(MemorySecrets(), {"QCC_DESKTOP_TOKEN": token}).load()

    assert token not in str(caught.value)


@pytest.mark.logs("holds for this run only")
def test_a_locked_keychain_gives_a_token_for_this_run() -> None:
    token = InstallToken(LockedSecrets(), {})

    assert token.load() == token.value
    assert token.value.startswith("qcc-")


def test_it_is_empty_before_it_is_loaded_and_never_in_a_repr() -> None:
    token = InstallToken(MemorySecrets(), {})

    assert token.value == ""
    assert token.load() not in repr(token)
