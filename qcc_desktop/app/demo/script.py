"""What the demo plays: the cast, the story, and what is talked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qcc_desktop.app.simulation import Mood
from qcc_desktop.core.settings import Settings

AURORA, BIRCH, CEDAR = CAST = ("Aurora", "Birch", "Cedar")
"""The endpoints, in the order in which they are asked."""
SESSIONS = ("web shop", "invoices", "compiler")
FIRST_BYTE_S = 1.5
"""How long an endpoint may be silent before another one is asked."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One part of the story.

    Endpoints not named in ``moods`` are well. It is over once ``turns`` questions have ended and
    ``culprit`` has failed at least one; then those in ``mends`` become well, and the next part
    waits until the program has found that out.
    """

    title: str
    moods: Mapping[str, Mood] = field(default_factory=dict)
    culprit: str = ""
    turns: int = 6
    mends: tuple[str, ...] = ()

    @property
    def title_when_over(self) -> str:
        """What is shown while the program finds out that the trouble is over."""
        return f"{self.title}: over, a check finds that out"


STORY = (
    Beat("All is well"),
    Beat(f"{AURORA} is overloaded", {AURORA: Mood.OVERLOADED}, AURORA, mends=(AURORA,)),
    Beat(f"{BIRCH} limits the rate", {BIRCH: Mood.RATE_LIMITED}, BIRCH, mends=(BIRCH,)),
    Beat(f"{AURORA} is unreachable", {AURORA: Mood.REFUSED}, AURORA),
    Beat(
        f"{BIRCH} hangs as well",
        {AURORA: Mood.REFUSED, BIRCH: Mood.HANGING},
        BIRCH,
        mends=(AURORA, BIRCH),
    ),
    Beat(f"{CEDAR} cuts answers", {CEDAR: Mood.CUT}, CEDAR, mends=(CEDAR,)),
    Beat("All is well again"),
)
"""Each part fails in another way; each but the first and the last has one to blame.

A session stays where it was answered, so each culprit is the endpoint to which the part before
drove the sessions. At the end all of them are back where they began, and the story can be played
again with the same sessions.
"""


def shortened(settings: Settings) -> Settings:
    """Return the options with which a story of a minute shows everything."""
    return replace(
        settings,
        routing_connect_timeout_s=1.0,
        routing_first_byte_timeout_s=FIRST_BYTE_S,
        routing_stream_idle_timeout_s=5.0,
        breaker_failure_threshold=1,
        breaker_open_s=20.0,
        upstream_probe_s=1.5,
    )


_TALK = {
    "Why does the cart differ by a cent?": (
        "The price is rounded twice: for each item and in the sum. Round the sum only."
    ),
    "Does a test cover the empty file?": (
        "Not yet. I added one that reads no bytes and expects an empty list."
    ),
    "Is this loop quadratic?": (
        "Yes. It searches a list each time round; with a set it is linear."
    ),
    "What would you call this function?": (
        "Call it parse_invoice: it reads one invoice and returns its lines."
    ),
    "Why is the build slow?": (
        "Every job installs the same packages again. Cache them by the lock file."
    ),
    "What does this pattern match?": (
        "A date such as 2024-05-17 and nothing around it, for it is anchored."
    ),
    "May I delete this branch?": (
        "Yes, all of it was merged on Tuesday. The tests pass without it."
    ),
}
QUESTIONS = tuple(_TALK)


def answer_to(question: str) -> str:
    """Return what an endpoint says; it has an answer to what it was not asked, too."""
    return _TALK.get(question, "This is a simulated endpoint. It says so to every question.")
