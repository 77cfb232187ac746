"""The one statement about an endpoint that joins breaker, cool-downs and quarantine."""

from dataclasses import dataclass

from qcc_desktop.core.health import Health


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an endpoint is now.

    ``until_s`` is when it may be asked or is verified again (monotonic, never in the past;
    None: not out, or not before somebody acts). ``reason`` is one sentence, empty when
    healthy. ``since_s`` is when this began, where known.
    """

    health: Health
    until_s: float | None = None
    reason: str = ""
    since_s: float | None = None
