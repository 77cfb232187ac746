"""Keeps the values that a takeover replaces: secrets in the secret store, the rest in the journal."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from qcc_desktop.core.ports import SecretStore
from qcc_desktop.system.claude_settings.edits import Place
from qcc_desktop.system.claude_settings.journal import FileRecord, KeyRecord
from qcc_desktop.system.claude_settings.placeholders import loopback_of, owner_of
from qcc_desktop.system.claude_settings.plan import TOKEN, URL

_PLAIN = ("CLAUDE_CODE_USE_", "ANTHROPIC_UNIX_SOCKET", "NO_PROXY", "no_proxy")
_URL_ENDS = "_BASE_URL"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The former values of a file's members."""

    values: Mapping[Place, str | None] = field(repr=False)
    missing: frozenset[Place] = frozenset()
    """Members whose value should lie in the secret store, and does not."""
    notes: tuple[str, ...] = ()


class Formers:
    """What stood in the files; ``answers`` tells whether anybody listens at a place."""

    def __init__(self, secrets: SecretStore, answers: Callable[[str, int], bool]) -> None:
        self._secrets = secrets
        self._answers = answers

    def keep(self, record: FileRecord) -> tuple[FileRecord, list[str]]:
        """Bring what may be a secret to the secret store; return the record without it.

        Raises:
            UserFacingError: the secret store did not take it.
        """
        keys = tuple(self._kept(record, key) for key in record.keys)
        owners = sorted({owner for key in record.keys if (owner := owner_of(key.former))})
        notes = [
            f"{record.path} held a placeholder of {owner}. It will be put back only if"
            f" {owner} answers then."
            for owner in owners
        ]
        return replace(record, keys=keys), notes

    def fetch(self, record: FileRecord) -> Fetched:
        """Return the former values, without placeholders of a program that is not there.

        Raises:
            UserFacingError: a secret cannot be read at the moment.
        """
        formers = {key.place: self._former(record, key) for key in record.keys}
        missing = frozenset(
            key.place for key in record.keys if key.is_secret and formers[key.place] is None
        )
        owners = {place: owner for place, raw in formers.items() if (owner := owner_of(raw))}
        if not owners or self.is_alive(record, formers.get(URL)):
            return Fetched(formers, missing)
        stale = set(owners)
        if TOKEN in owners and loopback_of(formers.get(URL)) is not None:
            stale.add(URL)
        who = ", ".join(sorted(set(owners.values())))
        note = f"{record.path}: the placeholder of {who} was not put back; {who} does not answer."
        kept = {place: None if place in stale else raw for place, raw in formers.items()}
        return Fetched(kept, missing, (note,))

    def forget(self, record: FileRecord) -> None:
        """Remove what was kept of a file from the secret store."""
        for key in record.keys:
            if key.is_secret:
                self._secrets.delete(record.secret_name(key.place))

    def _kept(self, record: FileRecord, key: KeyRecord) -> KeyRecord:
        if key.former is None or not may_be_secret(key.place, key.former):
            return key
        self._secrets.set(record.secret_name(key.place), key.former)
        return replace(key, former=None, is_secret=True)

    def _former(self, record: FileRecord, key: KeyRecord) -> str | None:
        if not key.is_secret:
            return key.former
        return self._secrets.get(record.secret_name(key.place))

    def is_alive(self, record: FileRecord, raw: str | None) -> bool:
        """Whether another program's proxy listens at an address; ours does not count."""
        place = loopback_of(raw)
        if place is None:
            return False
        names = ("127.0.0.1", "localhost", "[::1]")
        ours = (json.dumps(f"http://{name}:{place[1]}") for name in names)
        return not any(record.wrote(URL, url) for url in ours) and self._answers(*place)


def may_be_secret(place: Place, raw: str) -> bool:
    """Whether a value may hold a key; addresses do when they carry a user or a query."""
    if place[-1].startswith(_PLAIN):
        return False
    if place[-1].endswith(_URL_ENDS):
        return any(mark in raw for mark in "@?#")
    return True
