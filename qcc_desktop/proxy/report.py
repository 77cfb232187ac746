"""What the test of an endpoint found."""

from dataclasses import dataclass
from enum import StrEnum


class CheckName(StrEnum):
    """The points of a test, in the order tried."""

    REACH = "reach"
    AUTH = "auth"
    ANSWER = "answer"
    STREAM = "stream"
    FIRST_BYTE = "first_byte"
    TOOLS = "tools"
    COUNT_TOKENS = "count_tokens"
    MODELS = "models"


NOT_TRIED = "not tried"
NOT_OFFERED = "not offered"
NO_MODELS = (
    "Claude Code asks for Claude's models, which this endpoint does not list."
    " Name one of its models under Models."
)
"""The endpoint speaks OpenAI's API, and its own models are not named."""


@dataclass(frozen=True, slots=True)
class Check:
    """One point of a test.

    ``ok`` is None when there is no verdict: it was not tried, or the endpoint does not offer
    what Claude Code can do without; ``message`` says which.
    """

    name: str
    """A `CheckName`."""
    ok: bool | None
    message: str
    duration_ms: float
    """How long it took; 0 where another point's request showed it."""
    count: int | None = None
    """The tokens counted, the models listed."""


@dataclass(frozen=True, slots=True)
class TestReport:
    """What a test found."""

    __test__ = False  # the name makes pytest collect it

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """True when every point that was tried is well."""
        return all(check.ok is not False for check in self.checks)

    @property
    def can_answer(self) -> bool:
        """True when nothing keeps the endpoint from answering, whatever else it lacks."""
        needed = {CheckName.REACH, CheckName.AUTH, CheckName.ANSWER}
        return all(check.ok is not False for check in self.checks if check.name in needed)
