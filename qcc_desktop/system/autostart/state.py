"""Whether the program starts at login, and the port behind which each system keeps that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class AutostartStatus(StrEnum):
    """What happens at the next login."""

    OFF = "off"
    ON = "on"
    STALE = "stale"
    """There is an entry, but it starts another program: ours was moved, or is a second copy."""
    BLOCKED = "blocked"
    """There is an entry, but it was switched off with the system's own tools."""


@dataclass(frozen=True, slots=True)
class AutostartState:
    """What was found; ``place`` is where the entry lies, ``command`` what it starts."""

    status: AutostartStatus
    place: str
    command: str = ""
    is_orphaned: bool = False
    """The program that the entry starts is not there any more."""


@dataclass(frozen=True, slots=True)
class LoginCommand:
    """What is started at login, with the variables that it needs beside the session's own."""

    words: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)


class AutostartEntry(Protocol):
    """One system's way. Blocks; call in a thread.

    Everything may raise OSError; `write` a `core.errors.UserFacingError` too.
    """

    def read(self) -> AutostartState:
        """Look whether there is an entry."""
        ...

    def write(self) -> None:
        """Make the entry, in the place of another one of ours; switch it on if it was off."""
        ...

    def remove(self) -> None:
        """Leave nothing behind; no error when there is no entry."""
        ...
