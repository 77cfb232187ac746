"""What a terminal is to run, in a file that only the user can read.

The words that go through a terminal are then always the same few: no shell, no AppleScript and
no terminal ever reads the folder's name or an argument of Claude Code, whatever is in them.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.system.launcher.private_settings import tidy

CARRIED = ("PATH", "QCC_DESKTOP_HOME", "CLAUDE_CONFIG_DIR", "XDG_CONFIG_HOME")
"""Variables that go along: a terminal may be opened by a server with another environment."""
_GONE = UserFacingError(
    "This launch is over: what was to be started is not noted any more.",
    "Launch Claude Code again.",
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One launch; the variables are those of `CARRIED`."""

    folder: str
    arguments: tuple[str, ...] = ()
    endpoint_id: str | None = None
    strategy: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict, repr=False)


def write_ticket(directory: Path, ticket: Ticket) -> Path:
    """Keep ``ticket`` until it is taken; those older than a week are removed. Blocks."""
    tidy(directory)
    file = directory / f"ticket-{secrets.token_hex(8)}.json"
    write_private(file, json.dumps(asdict(ticket)).encode())
    return file


def take_ticket(file: Path) -> Ticket:
    """Return what is noted there and remove it. Blocks.

    Raises:
        UserFacingError: it was taken before, or is none.
    """
    try:
        document = json.loads(file.read_bytes())
        file.unlink()
        return Ticket(
            folder=str(document["folder"]),
            arguments=tuple(map(str, document["arguments"])),
            endpoint_id=document["endpoint_id"],
            strategy=document["strategy"],
            variables={str(name): str(value) for name, value in document["variables"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _GONE from error


def carried(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that go along."""
    return {name: environ[name] for name in CARRIED if environ.get(name)}


def joined(environ: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """Return ``environ`` with the variables that went along.

    The terminal's own PATH comes first, for it may be richer than the one of a program that
    the desktop started; what only the other has follows.
    """
    own = environ.get("PATH", "").split(os.pathsep)
    further = variables.get("PATH", "").split(os.pathsep)
    path = os.pathsep.join(dict.fromkeys(each for each in (*own, *further) if each))
    return {**environ, **variables, "PATH": path}
