"""The token that clients of this installation's proxy must send."""

import logging
import re
import secrets
from collections.abc import Mapping

from typing_extensions import override

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.ports import SecretStore

TOKEN_VARIABLE = "QCC_DESKTOP_TOKEN"  # noqa: S105 - the name of a variable
_NAME = "install-token"
_log = logging.getLogger(__name__)


class InstallToken:
    """``qcc-`` and 43 random characters, made once and kept in the secret store.

    ``QCC_DESKTOP_TOKEN`` takes its place (containers, benchmarks). `load` before `value`.
    """

    def __init__(self, secret_store: SecretStore, environ: Mapping[str, str]) -> None:
        self._secrets = secret_store
        self._environ = environ
        self._token = ""

    @override
    def __repr__(self) -> str:
        return "InstallToken(***)"

    @property
    def value(self) -> str:
        """The token; empty before `load`, and then no request is allowed."""
        return self._token

    def load(self) -> str:
        """Return the token, making it at the first time. Blocks.

        Where the secret store cannot be used at the moment, the token holds for this run only.

        Raises:
            UserFacingError: ``QCC_DESKTOP_TOKEN`` holds characters that no header may carry.
        """
        if not self._token:
            self._token = self._given() or self._kept()
        return self._token

    def _given(self) -> str:
        token = self._environ.get(TOKEN_VARIABLE, "").strip()
        if token and not re.fullmatch(r"[A-Za-z0-9._~+/=-]{1,512}", token):
            raise UserFacingError(
                f"{TOKEN_VARIABLE} is no usable token.",
                "Take 1 to 512 letters, digits and . _ ~ + / = - only.",
            )
        return token

    def _kept(self) -> str:
        try:
            token = self._secrets.get(_NAME)
            if token is None:
                token = _new_token()
                self._secrets.set(_NAME, token)
        except UserFacingError as error:
            _log.warning("The proxy's token holds for this run only. %s", error)
            return _new_token()
        return token


def _new_token() -> str:
    return f"qcc-{secrets.token_urlsafe(32)}"
