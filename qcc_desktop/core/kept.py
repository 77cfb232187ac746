"""What is known of sessions and endpoints beyond the end of the program.

- Where sessions are bound, and their pins: an update or a login would otherwise cost every
  conversation its prompt cache, and a pin its meaning.
- Which endpoints need the person (a refused key, no balance): without that, each start would send
  them real requests again, and the icon would be green until one failed. They are checked in the
  background at once, so that a mended endpoint is back within a second or so.

Circuits, cool-downs and doubts are not kept: they last a minute, and whoever limits the rate for
longer says so again, at the cost of one quick answer.
"""

from dataclasses import dataclass, field
from datetime import datetime

from qcc_desktop.core.failure import Failure
from qcc_desktop.core.usage import Usage


@dataclass(frozen=True, slots=True)
class KeptSession:
    """One conversation as `core.affinity` and `core.session_book` know it; ids may be empty."""

    key: str
    last_seen: datetime
    endpoint_id: str = ""
    home_id: str = ""
    pin_id: str = ""
    moves: int = 0
    model: str = ""
    folder: str = ""
    turns: int = 0
    usage: Usage = field(default_factory=Usage)

    def age_s(self, now: datetime) -> float:
        """Return how long it has rested; nothing where the clock was set back meanwhile."""
        return max(0.0, (now - self.last_seen).total_seconds())


@dataclass(frozen=True, slots=True)
class HeldEndpoint:
    """An endpoint that needs the person, and the failure that said so."""

    endpoint_id: str
    since: datetime
    failure: Failure
