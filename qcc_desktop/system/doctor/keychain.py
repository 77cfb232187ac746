"""Where the keys lie, and whether they can be read now."""

import contextlib
import importlib
import json
from pathlib import Path
from typing import Any

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.keychain import Keychain, open_keychain

_PROBE = "doctor"
"""A name under which nothing is ever kept: reading it shows whether reading works."""


def check_keychain(service: str, secrets_file: Path) -> tuple[Finding, ...]:
    """Look at the keychain, without making it ask to be unlocked where that can be known. Blocks."""
    keychain = open_keychain(service)
    if keychain is None:
        return (_without(secrets_file),)
    if keychain.name == "Secret Service" and _is_locked():
        detail = say(texts.KEYS_LOCKED, name=keychain.name)
        return (_finding(Verdict.PROBLEM, detail, say(texts.KEYS_LOCKED_DO)),)
    return (_read(keychain),)


def _without(secrets_file: Path) -> Finding:
    elsewhere = names_in_keychain(secrets_file)
    if elsewhere:
        detail = say(texts.KEYS_OUT_OF_REACH, count=elsewhere)
        return _finding(Verdict.PROBLEM, detail, say(texts.KEYS_OUT_OF_REACH_DO))
    return _finding(Verdict.NOTE, say(texts.KEYS_FILE, file=secrets_file), say(texts.KEYS_FILE_DO))


def names_in_keychain(secrets_file: Path) -> int:
    """Return how many secrets the file says lie in a keychain (`storage.secrets`). Blocks."""
    try:
        entries: dict[str, Any] = json.loads(secrets_file.read_bytes())["secrets"]
        return sum(secret is None for secret in entries.values())
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return 0


def _is_locked() -> bool:
    """Ask the Secret Service itself, for reading from a locked one opens its window."""
    with contextlib.suppress(Exception):  # another kind of service, or none: reading will tell
        secretstorage = importlib.import_module("secretstorage")
        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.Collection(
                connection, "/org/freedesktop/secrets/aliases/default"
            )
            return bool(collection.is_locked())
        finally:
            connection.close()
    return False


def _read(keychain: Keychain) -> Finding:
    try:
        keychain.get(_PROBE)
    except UserFacingError as error:
        return _finding(
            Verdict.PROBLEM,
            say(texts.AS_IT_IS, text=error.title),
            say(texts.AS_IT_IS, text=error.hint),
        )
    return _finding(Verdict.OK, say(texts.KEYS_KEYCHAIN, name=keychain.name))


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("keychain", say(texts.KEYS), verdict, detail, remedy)
