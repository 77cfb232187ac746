"""What the inner rooms need from the outer ones, as protocols."""

from collections.abc import Mapping
from typing import Protocol

from qcc_desktop.core.events import Event
from qcc_desktop.core.usage import Coverage, UsageQuery, UsageRecord, UsageRow


class KeySource(Protocol):
    """Gives the engine the key of an endpoint, from memory (never blocks)."""

    def key_of(self, endpoint_id: str) -> str | None:
        """Return the key, or None when there is none."""
        ...


class SecretStore(Protocol):
    """Keeps keys out of every file that other programs read. May block: call in a thread."""

    @property
    def place(self) -> str:
        """Where secrets lie, in words for the user."""
        ...

    @property
    def is_fallback(self) -> bool:
        """True when no keychain is usable and a private file is used instead."""
        ...

    def get(self, name: str) -> str | None:
        """Return the secret called ``name``, or None."""
        ...

    def set(self, name: str, secret: str) -> None:
        """Keep ``secret`` under ``name``."""
        ...

    def delete(self, name: str) -> None:
        """Forget ``name``; no error when it is not there."""
        ...


class EventSink(Protocol):
    """Takes the engine's facts; must return at once and never raise."""

    def publish(self, event: Event) -> None:
        """Tell every listener, in order of subscription."""
        ...


class UsageHistory(Protocol):
    """Keeps what finished requests used."""

    def add(self, record: UsageRecord) -> None:
        """Take a record; returns at once, whatever keeping it costs."""
        ...

    async def totals(self, query: UsageQuery) -> tuple[UsageRow, ...]:
        """Return the sums, sorted by their keys."""
        ...

    async def folders(self) -> Mapping[str, str]:
        """Return where sessions worked, of those that told."""
        ...

    async def coverage(self) -> Coverage:
        """Return how far back it goes, and what is wrong with it."""
        ...

    async def forget(self) -> None:
        """Delete everything, for good.

        Raises:
            UserFacingError: it cannot be deleted.
        """
        ...
