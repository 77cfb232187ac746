"""Whether an endpoint that failed has shown since that it is well.

Time alone proves nothing about an endpoint that refused a connection, broke off or said that it
is overloaded: after such a failure it is doubted until it answers, to a request or to a
background check. One answer is enough, unless it failed twice within 60 s: then two in a row are
needed, so that an endpoint that fails every other request is not shown as healthy in between.

A rate limit or a model that is not offered is another matter: the endpoint lives and said itself
what it cannot do now, and for how long. The doubt ends with the pause that follows (guessed where
the endpoint named no time; the next one is twice as long if it was too short), for other models
after 60 s at the latest. A check would cost money, and a part of the very limit it asks about.
"""

from dataclasses import dataclass, replace
from math import inf

FLAPPING_S = 60.0
"""Two failures within this time make two answers necessary."""
EXCUSED_S = 60.0
"""So long at most a failure that proves nothing against the endpoint itself is held against it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is held against one endpoint; the default is nothing.

    ``failed_s`` is its last failure that no answer has made good (None: there is none),
    ``until_s`` when the doubt ends by itself, ``answers`` how many it gave since. ``latest_s``
    and ``before_s`` are its last two failures that only an answer makes good; they are known
    beyond the doubt, to notice flapping.
    """

    failed_s: float | None = None
    until_s: float = inf
    answers: int = 0
    latest_s: float = -inf
    before_s: float = -inf

    @property
    def needs_proof(self) -> bool:
        """True while only an answer can end it."""
        return self.failed_s is not None and self.until_s == inf

    def holds(self, now_s: float) -> bool:
        """Tell whether there is a doubt now."""
        return self.failed_s is not None and now_s < self.until_s

    def blamed(self, now_s: float) -> "Doubt":
        """Return the doubt after a failure that only an answer makes good."""
        return Doubt(now_s, latest_s=now_s, before_s=self.latest_s)

    def excused(self, now_s: float, pause_until_s: float) -> "Doubt":
        """Return the doubt after a failure that is over when its pause is."""
        until_s = inf if self.needs_proof else min(pause_until_s, now_s + EXCUSED_S)
        return replace(self, failed_s=now_s, until_s=until_s, answers=0)

    def answered(self, taken_s: float, now_s: float) -> "Doubt":
        """Return the doubt after an answer to a request that began at ``taken_s``.

        One that began before the last failure proves nothing.
        """
        if self.failed_s is None or taken_s < self.failed_s:
            return self
        is_flapping = self.before_s > now_s - FLAPPING_S
        if is_flapping and self.needs_proof and self.answers == 0:
            return replace(self, answers=1)
        return self.settled()

    def settled(self) -> "Doubt":
        """Return no doubt; when it failed stays known."""
        return Doubt(latest_s=self.latest_s, before_s=self.before_s)


TRUSTED = Doubt()
"""Nothing is held against it, and nothing is known."""
