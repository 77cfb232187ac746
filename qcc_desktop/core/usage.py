"""Token counts of one answer, and the records and sums a usage history is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request, split the way the Messages API bills them.

    ``input_tokens`` are the full-price ones only: what was read from or written to the prompt
    cache is counted apart (Anthropic's ``usage`` object).
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read: int = 0
    cache_creation: int = 0

    @property
    def total(self) -> int:
        """All tokens, whatever their price."""
        return self.input_tokens + self.output_tokens + self.cache_read + self.cache_creation

    @property
    def cache_hit_rate(self) -> float | None:
        """Share of the prompt's tokens that came from a cache; None where there were none."""
        prompt = self.input_tokens + self.cache_read + self.cache_creation
        return self.cache_read / prompt if prompt else None

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read + other.cache_read,
            self.cache_creation + other.cache_creation,
        )

    def updated(self, later: "Usage") -> "Usage":
        """Merge a later report about the same answer.

        The counts of a stream are cumulative, and relays send zeros in one of the two places
        that report them; so the larger figure is the true one.
        """
        return Usage(
            max(self.input_tokens, later.input_tokens),
            max(self.output_tokens, later.output_tokens),
            max(self.cache_read, later.cache_read),
            max(self.cache_creation, later.cache_creation),
        )


class Grouping(StrEnum):
    """What sums of usage are told apart by; hours and days are of local time."""

    HOUR = "hour"
    DAY = "day"
    MODEL = "model"
    ENDPOINT = "endpoint"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """What one finished request used.

    ``endpoint`` is the name of ``endpoint_id`` at that time (both empty when nobody answered),
    ``model`` what that endpoint was asked for. ``ok`` is False when the client saw the request
    fail for a reason not its own.
    """

    at: datetime
    endpoint_id: str
    endpoint: str
    session: str
    folder: str
    model: str
    usage: Usage
    ok: bool


@dataclass(frozen=True, slots=True)
class UsageQuery:
    """Which sums are wanted: a row for each combination of ``by``.

    ``since`` is included, ``until`` is not; None leaves that side open. A history may keep whole
    hours only, so both are read to the hour they lie in; where ``by`` has no hour, to the local
    day, and hours of days long gone may not be told apart any more.
    """

    by: tuple[Grouping, ...]
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class UsageRow:
    """One sum; ``keys`` are the values of `UsageQuery.by`, in that order.

    A day reads ``2026-11-23``, an hour ``2026-11-23T14:00+08:00``.
    """

    keys: tuple[str, ...]
    requests: int
    failures: int
    usage: Usage
    cost_usd: float | None
    """What the priced models of this sum cost; None when none of them has a known price."""
    has_unpriced: bool
    """True when tokens of a model without a known price are in this sum but not in its cost."""


class HistoryTrouble(StrEnum):
    """Why the history is not, or not wholly, in its file."""

    FULL = "full"
    """The disk is full; it is tried again."""
    UNWRITABLE = "unwritable"
    """The file cannot be opened or written; it is tried again."""
    BUSY = "busy"
    """Another program holds the file; it is tried again."""
    NEWER = "newer"
    """A newer version of the program wrote the file: it is left alone."""
    RENEWED = "renewed"
    """The file was damaged; it was put aside and begun anew."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far back a history goes; ``trouble`` says what is wrong with its file, if anything."""

    since: datetime | None = None
    """None where nothing was ever noted."""
    trouble: HistoryTrouble | None = None
