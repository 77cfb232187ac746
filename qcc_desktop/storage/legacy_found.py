"""What other programs have stored, as one kind of value whoever stored it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.core.text import QT_TRANSLATE_NOOP

MOST = 500
"""More endpoints than this are not taken from one place; nobody has typed so many."""
_LONGEST = 8000
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")

NO_KEY = QT_TRANSLATE_NOOP("Import", "It has no key. Add the endpoint by hand, with its key.")
NO_ADDRESS = QT_TRANSLATE_NOOP("Import", "It has no address.")
NOT_TEXT = QT_TRANSLATE_NOOP("Import", "Its address or key is not text, or far too long.")
NOT_AN_ENTRY = QT_TRANSLATE_NOOP("Import", "It is not stored the way the program stores an entry.")
PROXY = QT_TRANSLATE_NOOP(
    "Import", "It leads to a proxy on this computer, not to an endpoint, so it is left out."
)
TOO_MANY = QT_TRANSLATE_NOOP("Import", "Only the first 500 entries are shown.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyEndpoint:
    """An endpoint as another program has stored it; nothing about it is checked yet.

    ``name`` may be empty. ``auth`` None: the program does not say. ``problem``, one sentence,
    says why it cannot be taken over. Texts hold no control characters.
    """

    name: str
    base_url: str = ""
    key: str = field(default="", repr=False)
    auth: AuthStyle | None = None
    enabled: bool = True
    weight: int = 100
    extra_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    model_map: tuple[tuple[str, str], ...] = ()
    groups: tuple[str, ...] = ()
    """Names of the groups it belongs to there."""
    note: str = ""
    protocol: WireProtocol = WireProtocol.ANTHROPIC
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LegacySetting:
    """An option of this program that keeps what the other one did; ``why`` is one sentence."""

    key: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class LegacyPlace:
    """One place that was looked at, and what is there; endpoints in the order they are asked."""

    place: str
    """Where, in words: a file, or "the environment"."""
    endpoints: tuple[LegacyEndpoint, ...] = ()
    settings: tuple[LegacySetting, ...] = ()
    remarks: tuple[str, ...] = ()
    """What is only reported, one sentence each."""
    fault: str = ""
    """Why the place could not be read, one sentence."""


def clean(value: object) -> str:
    """Return a text without what could disturb a terminal, a table or a file; "" if it is none.

    Line breaks become blanks; lone surrogates, control and reordering characters go.
    """
    if not isinstance(value, str):
        return ""
    kept = (
        " " if char in "\r\n\t" else char
        for char in value[:_LONGEST]
        if char in "\r\n\t"
        or (char not in _REORDERING and unicodedata.category(char) not in {"Cc", "Cs"})
    )
    return " ".join("".join(kept).split())


def key_text(value: object) -> str:
    """Return a key without the blanks around it; "" if it is no text.

    Unlike `clean` it repairs nothing within: a key that holds a line break is to be refused.
    """
    return value.strip() if isinstance(value, str) else ""


def is_text(*values: object) -> bool:
    """Whether each value is a text of bearable length, or missing."""
    return all(
        value is None or (isinstance(value, str) and len(value) <= _LONGEST) for value in values
    )


def without_doubles(endpoints: Iterable[LegacyEndpoint]) -> tuple[LegacyEndpoint, ...]:
    """Return the endpoints; those with the same address and key become one, in the first place.

    It is on if one of them is, and belongs to the groups of all.
    """
    kept: dict[object, LegacyEndpoint] = {}
    for endpoint in endpoints:
        same = (endpoint.base_url.rstrip("/"), endpoint.key) if endpoint.key else object()
        kept[same] = _merged(kept[same], endpoint) if same in kept else endpoint
    return tuple(kept.values())


def _merged(one: LegacyEndpoint, other: LegacyEndpoint) -> LegacyEndpoint:
    return replace(
        one,
        enabled=one.enabled or other.enabled,
        groups=tuple(dict.fromkeys((*one.groups, *other.groups))),
        note=one.note or other.note,
    )
