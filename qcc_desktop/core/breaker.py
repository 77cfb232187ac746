"""Circuit breaker of one endpoint, as a transition table.

Theory of operation. Evidence about an endpoint comes in as `BreakerInput`; the table says for
every pair of state and input which `Action` follows, and nothing else changes the state.

- *Closed*: requests flow. The circuit opens after so many consecutive failures, or when at
  least half of six or more outcomes within 60 s were bad, or at once where a failure says so.
- *Open*: nothing flows, except the one request at a time that `core.fleet` sends as the last
  resort. The time doubles with every trip up to ten times the configured one; jitter keeps
  several proxies from knocking at the same moment.
- *Half-open*: exactly one permit. Whoever holds it decides: success closes, failure opens
  again, a neutral outcome gives the permit back. A permit that is kept longer than its lease
  is taken back, so that a request that hangs cannot keep the endpoint out for ever.

``epoch`` changes with every opening and closing. A request that began in an earlier epoch
says nothing about this one; the owner compares before it reports.
"""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto

from qcc_desktop.core.errors import BugError

WINDOW_S = 60.0
WINDOW_MINIMUM = 6
"""So many outcomes the window needs before its rate means anything."""
WINDOW_RATE = 0.5
LEASE_S = 120.0
"""So long a half-open permit may stay out."""
GROWTH_CAP = 10.0
"""An open circuit lasts at most so many times as long as configured."""
JITTER = 0.2


class BreakerState(StrEnum):
    """The three states."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class BreakerInput(Enum):
    """What can happen to a breaker."""

    SUCCESS = auto()
    COUNT = auto()
    """One failure."""
    HALF = auto()
    """Half a failure (overload)."""
    NEUTRAL = auto()
    """An outcome that says nothing about the endpoint."""
    OPEN_NOW = auto()
    """A failure that needs no second one."""
    TIMER_DUE = auto()
    PERMIT_TAKEN = auto()
    LEASE_EXPIRED = auto()
    RESET = auto()


class Action(Enum):
    """What follows."""

    NOTHING = auto()
    CALM = auto()
    """The row of failures is broken."""
    TALLY = auto()
    """Count one, and trip if that is enough."""
    TALLY_HALF = auto()
    TRIP = auto()
    TRY = auto()
    """Become half-open."""
    LEND = auto()
    """The one permit is out."""
    TAKE_BACK = auto()
    CLOSE = auto()
    CLEAR = auto()
    """Close and forget everything."""
    FORBIDDEN = auto()
    """Our own mistake: raises and changes nothing."""


_C, _O, _H = BreakerState.CLOSED, BreakerState.OPEN, BreakerState.HALF_OPEN
TABLE: Mapping[tuple[BreakerState, BreakerInput], Action] = {
    (_C, BreakerInput.SUCCESS): Action.CALM,
    (_C, BreakerInput.COUNT): Action.TALLY,
    (_C, BreakerInput.HALF): Action.TALLY_HALF,
    (_C, BreakerInput.NEUTRAL): Action.NOTHING,
    (_C, BreakerInput.OPEN_NOW): Action.TRIP,
    (_C, BreakerInput.TIMER_DUE): Action.FORBIDDEN,
    (_C, BreakerInput.PERMIT_TAKEN): Action.NOTHING,
    (_C, BreakerInput.LEASE_EXPIRED): Action.FORBIDDEN,
    (_C, BreakerInput.RESET): Action.CLEAR,
    (_O, BreakerInput.SUCCESS): Action.CLOSE,
    (_O, BreakerInput.COUNT): Action.NOTHING,
    (_O, BreakerInput.HALF): Action.NOTHING,
    (_O, BreakerInput.NEUTRAL): Action.NOTHING,
    (_O, BreakerInput.OPEN_NOW): Action.NOTHING,
    (_O, BreakerInput.TIMER_DUE): Action.TRY,
    (_O, BreakerInput.PERMIT_TAKEN): Action.NOTHING,
    (_O, BreakerInput.LEASE_EXPIRED): Action.FORBIDDEN,
    (_O, BreakerInput.RESET): Action.CLEAR,
    (_H, BreakerInput.SUCCESS): Action.CLOSE,
    (_H, BreakerInput.COUNT): Action.TRIP,
    (_H, BreakerInput.HALF): Action.TRIP,
    (_H, BreakerInput.NEUTRAL): Action.TAKE_BACK,
    (_H, BreakerInput.OPEN_NOW): Action.TRIP,
    (_H, BreakerInput.TIMER_DUE): Action.FORBIDDEN,
    (_H, BreakerInput.PERMIT_TAKEN): Action.LEND,
    (_H, BreakerInput.LEASE_EXPIRED): Action.TAKE_BACK,
    (_H, BreakerInput.RESET): Action.CLEAR,
}
_TALLIES = {Action.TALLY: 1.0, Action.TALLY_HALF: 0.5}


def jittered(length_s: float, chance: float) -> float:
    """Return ``length_s`` plus or minus 20 %; ``chance`` lies in [0, 1)."""
    return length_s * (1.0 - JITTER + 2.0 * JITTER * chance)


class RateWindow:
    """Counts outcomes of the last 60 s in slots of 5 s; constant cost, whatever the traffic."""

    __slots__ = ("_slots",)
    _SLOT_S = 5.0

    def __init__(self) -> None:
        self._slots: list[tuple[int, int, float]] = []

    def add(self, badness: float, now_s: float) -> None:
        """Record one outcome: 0 good, 1 bad, or between."""
        slot = int(now_s // self._SLOT_S)
        slots = self._slots
        if slots and slots[-1][0] == slot:
            _, total, bad = slots[-1]
            slots[-1] = (slot, total + 1, bad + badness)
            return
        slots.append((slot, 1, badness))
        oldest = slot - int(WINDOW_S // self._SLOT_S)
        while slots[0][0] <= oldest:
            del slots[0]

    def is_bad(self, now_s: float) -> bool:
        """Tell whether enough outcomes are known and at least half of them were bad."""
        oldest = int(now_s // self._SLOT_S) - int(WINDOW_S // self._SLOT_S)
        recent = [item for item in self._slots if item[0] > oldest]
        total = sum(count for _, count, _ in recent)
        bad = sum(badness for _, _, badness in recent)
        return total >= WINDOW_MINIMUM and bad >= WINDOW_RATE * total

    def clear(self) -> None:
        """Forget every outcome."""
        self._slots.clear()

    def memo(self) -> list[tuple[int, int, float]]:
        """Return a copy of the counts for `restore`."""
        return list(self._slots)

    def restore(self, memo: list[tuple[int, int, float]]) -> None:
        """Take the counts of an earlier moment back."""
        self._slots = list(memo)


BreakerMemo = tuple[BreakerState, float, int, float, float, list[tuple[int, int, float]]]


class Breaker:
    """State of one circuit; `step` is the only way to change it.

    ``until_s`` is meaningful while open; ``since_s`` is when the state began; ``consecutive``
    counts failures in a row (halves possible); ``lease`` numbers the half-open permits.
    """

    __slots__ = (
        "_window",
        "consecutive",
        "epoch",
        "lease",
        "lease_until_s",
        "open_s",
        "since_s",
        "state",
        "threshold",
        "trips",
        "until_s",
    )

    def __init__(self, threshold: int = 3, open_s: float = 60.0) -> None:
        self.threshold = threshold
        self.open_s = open_s
        self.state = BreakerState.CLOSED
        self.consecutive = 0.0
        self.trips = 0
        self.since_s = 0.0
        self.until_s = 0.0
        self.lease = 0
        self.lease_until_s: float | None = None
        self.epoch = 0
        self._window = RateWindow()

    @property
    def permit_is_free(self) -> bool:
        """True while half-open and nobody holds the permit."""
        return self.state is BreakerState.HALF_OPEN and self.lease_until_s is None

    def holds(self, lease: int) -> bool:
        """Tell whether permit number ``lease`` is the one that is out."""
        return self.lease_until_s is not None and self.lease == lease

    def step(self, what: BreakerInput, now_s: float, chance: float = 0.5) -> None:
        """Take one input; ``chance`` in [0, 1) jitters the open time.

        Raises:
            BugError: when the pair is forbidden, or a second permit is asked for.
        """
        action = TABLE[self.state, what]
        if action is Action.CALM:
            self.consecutive = 0.0
            self._window.add(0.0, now_s)
        elif action in _TALLIES:
            self._tally(_TALLIES[action], now_s, chance)
        elif action is Action.TRIP:
            self._trip(now_s, chance)
        elif action is not Action.NOTHING:
            self._follow(action, what, now_s)

    def tick(self, now_s: float) -> None:
        """Let time pass: an open circuit becomes half-open, a lease runs out."""
        if self.state is BreakerState.OPEN and now_s >= self.until_s:
            self.step(BreakerInput.TIMER_DUE, now_s)
        elif self.lease_until_s is not None and now_s >= self.lease_until_s:
            self.step(BreakerInput.LEASE_EXPIRED, now_s)

    def memo(self) -> BreakerMemo:
        """Return what `restore` needs to undo everything that follows."""
        return (
            self.state,
            self.consecutive,
            self.trips,
            self.since_s,
            self.until_s,
            self._window.memo(),
        )

    def restore(self, memo: BreakerMemo) -> None:
        """Go back to ``memo``; permits that are out count no more."""
        self.state, self.consecutive, self.trips, self.since_s, self.until_s, window = memo
        self._window.restore(window)
        self.lease_until_s = None
        self.epoch += 1

    def _follow(self, action: Action, what: BreakerInput, now_s: float) -> None:
        match action:
            case Action.TRY:
                self._enter(BreakerState.HALF_OPEN, now_s)
            case Action.LEND:
                self._lend(now_s)
            case Action.TAKE_BACK:
                self.lease_until_s = None
            case Action.CLOSE:
                self._close(now_s)
            case Action.CLEAR:
                self._close(now_s)
                self.trips = 0
            case _:
                raise BugError(f"A breaker that is {self.state} got {what.name}.")

    def _tally(self, badness: float, now_s: float, chance: float) -> None:
        self.consecutive += badness
        self._window.add(badness, now_s)
        if self.consecutive >= self.threshold or self._window.is_bad(now_s):
            self._trip(now_s, chance)

    def _trip(self, now_s: float, chance: float) -> None:
        calm_s = now_s - self.since_s
        if self.state is BreakerState.CLOSED and calm_s > GROWTH_CAP * self.open_s:
            self.trips = 0
        factor = min(2.0 ** min(self.trips, 10), GROWTH_CAP)
        self.trips += 1
        self.until_s = now_s + jittered(self.open_s * factor, chance)
        self._enter(BreakerState.OPEN, now_s)
        self.epoch += 1

    def _close(self, now_s: float) -> None:
        self._enter(BreakerState.CLOSED, now_s)
        self.consecutive = 0.0
        self._window.clear()
        self.epoch += 1

    def _lend(self, now_s: float) -> None:
        if self.lease_until_s is not None:
            raise BugError("The half-open permit was taken twice.")
        self.lease += 1
        self.lease_until_s = now_s + LEASE_S

    def _enter(self, state: BreakerState, now_s: float) -> None:
        self.state = state
        self.since_s = now_s
        self.lease_until_s = None
