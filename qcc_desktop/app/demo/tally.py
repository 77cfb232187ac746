"""What was seen of a story: who failed, who answered, and what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

from qcc_desktop.app.demo.session import Turn
from qcc_desktop.core.health import Light

_WORDS = {
    "headers_timeout": "no answer",
    "cut_mid_stream": "cut",
    "rate_limit": "limited",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One part of the story as it was seen.

    ``failed`` counts failures by endpoint and reason, ``answered`` answers by endpoint.
    ``added_s`` is the longest time that a failure put before the first word of an answer.
    ``missed`` says what did not happen that should have; empty when all did.
    """

    title: str
    light: Light
    failed: tuple[tuple[str, str, int], ...]
    answered: tuple[tuple[str, int], ...]
    requests: int
    errors: tuple[str, ...]
    elsewhere: int
    """Requests that one endpoint failed and another answered, unseen by the session."""
    cut: int
    """Answers that were cut and asked for again."""
    added_s: float
    mended: tuple[str, ...] = ()
    missed: str = ""

    @property
    def is_well(self) -> bool:
        """Whether everything happened and every request was answered."""
        return not self.errors and not self.missed

    def followed_by(self, later: "Act") -> "Act":
        """Return this part together with the same part of a later round."""
        failed = Counter({(name, why): n for name, why, n in self.failed})
        failed.update({(name, why): n for name, why, n in later.failed})
        answered = Counter(dict(self.answered))
        answered.update(dict(later.answered))
        return replace(
            later,
            light=self.light if later.light is Light.GREY else later.light,
            failed=tuple((name, why, n) for (name, why), n in failed.items()),
            answered=tuple(answered.items()),
            requests=self.requests + later.requests,
            errors=self.errors + later.errors,
            elsewhere=self.elsewhere + later.elsewhere,
            cut=self.cut + later.cut,
            added_s=max(self.added_s, later.added_s),
            missed=self.missed or later.missed,
        )


class Tally:
    """Collects one part of the story; ``elsewhere`` as in `Act`."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.elsewhere = 0
        self._failed: Counter[tuple[str, str]] = Counter()

    def note_failure(self, endpoint: str, reason: str) -> None:
        """Take a failed attempt; ``reason`` is the slug of `core.failure.Failure`."""
        self._failed[endpoint, _WORDS.get(reason, reason.replace("_", " "))] += 1

    def has_failed(self, endpoint: str) -> bool:
        """Tell whether this endpoint failed a request."""
        return any(name == endpoint for name, _ in self._failed)

    @property
    def usual_wait_s(self) -> float:
        """The median time to the first word, 0 when nothing was answered."""
        return median([turn.waited_s for turn in self._answered()] or [0.0])

    def act(
        self,
        title: str,
        light: Light,
        *,
        usual_wait_s: float,
        mended: tuple[str, ...] = (),
        missed: str = "",
    ) -> Act:
        """Return what was seen; ``usual_wait_s`` is the time to the first word without failures."""
        answered = Counter(turn.endpoint for turn in self._answered())
        longest_s = max((turn.waited_s for turn in self._answered()), default=0.0)
        return Act(
            title=title,
            light=light,
            failed=tuple((name, why, n) for (name, why), n in self._failed.items()),
            answered=tuple(answered.items()),
            requests=len(self.turns),
            errors=tuple(turn.error for turn in self.turns if turn.error),
            elsewhere=self.elsewhere,
            cut=sum(turn.sends - 1 for turn in self.turns),
            added_s=max(0.0, longest_s - usual_wait_s) if self._failed else 0.0,
            mended=mended,
            missed=missed,
        )

    def _answered(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.error]


@dataclass(frozen=True, slots=True)
class Sum:
    """Several acts together."""

    requests: int
    failures: int
    elsewhere: int
    cut: int
    added_s: float


@dataclass(frozen=True, slots=True)
class Share:
    """What the sessions had of one endpoint; background checks do not count."""

    asked: int = 0
    failed: int = 0


def shares_of(acts: Iterable[Act]) -> Mapping[str, Share]:
    """Return the share of each endpoint that was asked, by name."""
    asked: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for act in acts:
        asked.update(dict(act.answered))
        for name, _, count in act.failed:
            asked[name] += count
            failed[name] += count
    return {name: Share(asked[name], failed[name]) for name in asked}


def sum_of(acts: Iterable[Act]) -> Sum:
    """Return the sum of a story."""
    parts = tuple(acts)
    return Sum(
        requests=sum(act.requests for act in parts),
        failures=sum(len(act.errors) for act in parts),
        elsewhere=sum(act.elsewhere for act in parts),
        cut=sum(act.cut for act in parts),
        added_s=max((act.added_s for act in parts), default=0.0),
    )
