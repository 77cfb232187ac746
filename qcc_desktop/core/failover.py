"""What a request does next after an attempt failed, and what its client is told in the end.

We are the only retry loop: Claude Code multiplies every second we lose. So an endpoint is
asked once (plus the free retry its row of the table allows), nothing is asked twice after
content was paid for, and no new attempt begins later than 90 s after the request came in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qcc_desktop.core.failure import Failure, FailureClass, Scope

BEGIN_WITHIN_S = 90.0
"""No new attempt later than this after the request came in; a running one may go on."""
NETWORK_WAITS_S = (1.0, 2.0, 4.0)
"""How long a request waits for this computer's network, again and again, 15 s at most."""
RETRY_AFTER_CAP_S = 20.0
"""Longer waits are announced for rate limits only; Claude Code gives up where it reads 90 s."""
RATE_LIMIT_RETRY_S = 5.0
"""Announced for a rate limit whose end nobody knows."""


@dataclass(frozen=True, slots=True)
class RetrySame:
    """Ask the same endpoint again; ``stripped``: without thinking blocks."""

    delay_s: float = 0.0
    stripped: bool = False


@dataclass(frozen=True, slots=True)
class WaitForNetwork:
    """This computer is offline: ask the same endpoint again after ``delay_s``."""

    delay_s: float


@dataclass(frozen=True, slots=True)
class NextEndpoint:
    """Ask another endpoint, if the budget and the plan have one."""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Tell the client."""


Step = RetrySame | WaitForNetwork | NextEndpoint | GiveUp


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a request stands when an attempt has failed.

    ``attempts_here`` counts the attempts at this endpoint, the failed one included. ``is_last``:
    no well endpoint is left. ``may_have_moved``: the conversation may hold thinking blocks of
    another endpoint. ``is_offline``: the fleet holds this computer to be offline.
    ``has_content``: content reached the client. ``elapsed_s`` is the age of the request.
    ``may_switch``: another endpoint fulfils the failure's ``switch_if``.
    """

    attempts_here: int
    is_last: bool
    may_have_moved: bool = True
    is_offline: bool = False
    has_content: bool = False
    elapsed_s: float = 0.0
    may_switch: bool = False


def next_step(failure: Failure, situation: Situation) -> Step:
    """Return what to do after ``failure``."""
    if (
        situation.has_content
        or failure.kind is FailureClass.CLIENT_ABORT
        or situation.elapsed_s >= BEGIN_WITHIN_S
    ):
        return GiveUp()
    if _is_network_gone(failure, situation):
        return _wait(situation)
    if _may_retry(failure, situation):
        return RetrySame(failure.retry_delay_s, failure.retry_stripped)
    return NextEndpoint() if failure.switch or situation.may_switch else GiveUp()


def _is_network_gone(failure: Failure, situation: Situation) -> bool:
    if failure.switch and not situation.is_last:
        return False
    is_verdict = failure.scope is Scope.LOCAL and failure.row == 1
    is_guess = failure.kind in (FailureClass.TRANSIENT, FailureClass.UNKNOWN)
    return is_verdict or (situation.is_offline and is_guess)


def _wait(situation: Situation) -> Step:
    waits_before = situation.attempts_here - 1
    if waits_before >= len(NETWORK_WAITS_S):
        return GiveUp()
    return WaitForNetwork(NETWORK_WAITS_S[waits_before])


def _may_retry(failure: Failure, situation: Situation) -> bool:
    return (
        situation.attempts_here <= failure.retry_same
        and (situation.is_last or not failure.retry_only_if_last)
        and (situation.may_have_moved or not failure.retry_stripped)
    )


@dataclass(frozen=True, slots=True)
class AttemptBudget:
    """How many endpoints one request may ask, and until when (monotonic)."""

    max_endpoints: int
    started_s: float

    def allows_another(self, asked: int, now_s: float) -> bool:
        """Tell whether one more endpoint may be asked after ``asked`` others."""
        return asked < self.max_endpoints and now_s - self.started_s < BEGIN_WITHIN_S

    def after(self, failure: Failure, asked: int) -> "AttemptBudget":
        """Return what is left when the last of ``asked`` endpoints failed so."""
        if failure.switch_limit is None:
            return self
        limit = min(self.max_endpoints, asked + failure.switch_limit)
        return replace(self, max_endpoints=limit)


@dataclass(frozen=True, slots=True)
class FinalError:
    """What the client is told: ``verbatim`` is the try whose own body it gets, if any.

    ``is_clients``: the request itself is at fault. ``should_retry`` False adds
    ``x-should-retry: false``.
    """

    status: int
    error_type: str
    message: str
    retry_after_s: float | None = None
    should_retry: bool | None = None
    verbatim: int | None = None
    is_clients: bool = False


Named = tuple[str, Failure]
"""An endpoint's name and how it failed."""


def final_error(
    tries: Sequence[Named], retry_after_s: float | None = None, held: Sequence[Named] = ()
) -> FinalError:
    """Return the most useful of all errors.

    ``tries`` failed for this request, ``held`` were not asked because of earlier failures.
    ``retry_after_s`` is when the soonest endpoint may answer again. What waiting can cure comes
    before what needs the person, so that the client tries again; a refused key is told only
    when nothing else is left, and never as 401, which would make Claude Code ask for a login.
    """
    known = [*tries, *held]
    if not known:
        return FinalError(
            503, "api_error", "No endpoint can be asked. Add or enable one.", should_retry=False
        )
    rank, index = min((_rank(failure), index) for index, (_, failure) in enumerate(known))
    if rank == _NEEDS_PERSON:
        return _for_the_person(known)
    name, failure = known[index]
    is_own = failure.verbatim and index < len(tries) and failure.client_status != 401
    return FinalError(
        status=403 if failure.client_status == 401 else failure.client_status,
        error_type=failure.client_error_type,
        message=_sentence(name, failure, known),
        retry_after_s=_retry_after_s(failure, retry_after_s),
        should_retry=failure.should_retry,
        verbatim=index if is_own else None,
        is_clients=failure.kind is FailureClass.CLIENT,
    )


_NEEDS_PERSON = 5
_PERSONS = frozenset({FailureClass.AUTH, FailureClass.QUOTA})


def _rank(failure: Failure) -> int:
    """Return how useful an error is for the client; less is more."""
    if failure.kind is FailureClass.CLIENT:
        return 0
    if failure.scope is Scope.LOCAL:
        return 1
    if failure.kind is FailureClass.RATE_LIMIT:
        return 2
    if failure.kind in _PERSONS:
        return _NEEDS_PERSON
    if failure.kind is FailureClass.PERMANENT or failure.should_retry is False:
        return 6
    return 3 if failure.client_status == 529 else 4


def _for_the_person(known: Sequence[Named]) -> FinalError:
    own = [(name, failure) for name, failure in known if failure.kind in _PERSONS]
    first = next((f for _, f in own if f.kind is FailureClass.AUTH), own[0][1])
    status, error_type = first.client_status, first.client_error_type
    if status == 401:
        status, error_type = 403, "permission_error"
    return FinalError(status, error_type, _listed(own), should_retry=False)


def _sentence(name: str, failure: Failure, known: Sequence[Named]) -> str:
    if failure.kind is FailureClass.CLIENT or failure.scope is Scope.LOCAL:
        return failure.message
    if len(known) == 1:
        return f"{name}: {failure.message}"
    return f"No endpoint can answer. {_listed(known)}"


def _listed(known: Sequence[Named]) -> str:
    latest = {name: failure.message for name, failure in known}
    return " ".join(f"{name}: {message}" for name, message in latest.items())


def _retry_after_s(failure: Failure, soonest_s: float | None) -> float | None:
    if failure.kind is FailureClass.CLIENT or failure.should_retry is False:
        return failure.retry_after_s
    times = [time_s for time_s in (failure.retry_after_s, soonest_s) if time_s is not None]
    if failure.kind is FailureClass.RATE_LIMIT:
        return min(times, default=RATE_LIMIT_RETRY_S)
    return min(*times, RETRY_AFTER_CAP_S) if times else None
