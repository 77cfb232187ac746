"""How long an endpoint, or one model of it, is left alone after a failure.

A cool-down of the same scope doubles when the endpoint fails again *after* it was over; many
failures of one moment count as one. A time that the upstream named is taken as it is. Each
success takes one doubling back.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace

from qcc_desktop.core.breaker import jittered
from qcc_desktop.core.failure import Cooldown

MODELS_MAX = 64
"""So many models of one endpoint are remembered; the one used longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class Pause:
    """One scope that is or was left alone.

    ``level`` is how often it doubles next time. ``is_firm``: the upstream named the time, or
    asking again cannot help before it; then even the last resort is asked one request at a
    time.
    """

    since_s: float
    until_s: float
    level: int
    reason: str
    is_firm: bool = False


class Cooldowns:
    """All pauses of one endpoint."""

    __slots__ = ("_models", "_whole")

    def __init__(self) -> None:
        self._whole: Pause | None = None
        self._models: OrderedDict[str, Pause] = OrderedDict()

    def start(
        self,
        cooldown: Cooldown,
        now_s: float,
        chance: float,
        *,
        model: str | None = None,
        reason: str = "",
        is_firm: bool = False,
    ) -> Pause:
        """Leave the endpoint (or one ``model`` of it) alone, and return the pause.

        A longer one that runs already stays as it is.
        """
        before = self._whole if model is None else self._models.get(model)
        level = _next_level(before, now_s)
        until_s = now_s + _length_s(cooldown, level, chance)
        if before is not None and before.until_s > until_s:
            pause = replace(before, since_s=now_s)
        else:
            firm = is_firm or cooldown.exact_s is not None
            pause = Pause(now_s, until_s, level, reason, firm)
        self._keep(model, pause)
        return pause

    def active(self, now_s: float, model: str = "") -> Pause | None:
        """Return the pause that lasts longest now for requests of ``model``, if any."""
        whole = self._whole
        if whole is not None and whole.until_s <= now_s:
            whole = None
        own = self._models.get(model) if self._models else None
        if own is None or own.until_s <= now_s:
            return whole
        return own if whole is None or own.until_s > whole.until_s else whole

    def ends_s(self) -> list[float]:
        """Return when each pause ends or ended."""
        pauses = [self._whole, *self._models.values()]
        return [pause.until_s for pause in pauses if pause is not None]

    def succeeded(self, model: str, taken_s: float) -> None:
        """Take back one doubling, for a request that began at ``taken_s``.

        A pause that began after the request did stays: an old stream that ends well does not
        prove that a limit is over.
        """
        if self._whole is not None and self._whole.since_s <= taken_s:
            self._whole = _eased(self._whole)
        own = self._models.get(model) if self._models else None
        if own is not None and own.since_s <= taken_s:
            eased = _eased(own)
            if eased is None:
                del self._models[model]
            else:
                self._models[model] = eased

    def clear(self) -> None:
        """Forget every pause."""
        self._whole = None
        self._models.clear()

    def clear_whole(self) -> None:
        """Forget the pause of the whole endpoint; those of its models stay."""
        self._whole = None

    def memo(self) -> tuple[Pause | None, OrderedDict[str, Pause]]:
        """Return what `restore` needs to undo everything that follows."""
        return self._whole, self._models.copy()

    def restore(self, memo: tuple[Pause | None, OrderedDict[str, Pause]]) -> None:
        """Go back to ``memo``."""
        self._whole, models = memo
        self._models = models.copy()

    @property
    def is_empty(self) -> bool:
        """True when there is no pause, not even a past one."""
        return self._whole is None and not self._models

    def _keep(self, model: str | None, pause: Pause) -> None:
        if model is None:
            self._whole = pause
            return
        self._models[model] = pause
        self._models.move_to_end(model)
        if len(self._models) > MODELS_MAX:
            self._models.popitem(last=False)


def _next_level(before: Pause | None, now_s: float) -> int:
    if before is None:
        return 0
    return before.level if now_s < before.until_s else before.level + 1


def _length_s(cooldown: Cooldown, level: int, chance: float) -> float:
    if cooldown.exact_s is not None:
        return cooldown.exact_s
    grown_s = min(cooldown.base_s * 2.0 ** min(level, 30), cooldown.cap_s)
    return min(jittered(grown_s, chance), cooldown.cap_s)


def _eased(pause: Pause) -> Pause | None:
    if pause.level <= 0:
        return None
    return replace(pause, level=pause.level - 1, until_s=pause.since_s)
