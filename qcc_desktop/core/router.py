"""The order in which one request asks the endpoints."""

from collections.abc import Sequence
from typing import TypeVar

from qcc_desktop.core.affinity import Binding
from qcc_desktop.core.balancer.strategies import Choice, arranged
from qcc_desktop.core.balancer.tiers import by_tier
from qcc_desktop.core.config import Config
from qcc_desktop.core.health import Health
from qcc_desktop.core.member import Member
from qcc_desktop.core.roster import ABLE, Roster
from qcc_desktop.core.route import Candidate, Plan, RouteRequest, Skipped
from qcc_desktop.core.settings import Strategy

_C = TypeVar("_C", bound=Choice)


class Router:
    """Plans requests over a roster; ``config`` brings the strategy and the pinned endpoint."""

    __slots__ = ("_roster", "config")

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self.config = Config()

    def plan(
        self, route: RouteRequest, binding: Binding | None, now_s: float, chance: float
    ) -> Plan:
        """Return whom one request should ask; ``binding`` is that of its session."""
        able: list[tuple[Health, Member]] = []
        out: list[Member] = []
        for member in self._roster.order:
            if member.endpoint.id in route.excluded:
                continue
            health = member.health(now_s, route.model)
            if health in ABLE:
                able.append((health, member))
            else:
                out.append(member)
        order = arrangement(able, self._strategy(route), chance)
        if binding is not None or self._pinned_id(route) is not None:
            order = self._preferred(order, route, binding, now_s)
        if out:
            return self._with_outages(order, out, route, now_s)
        return Plan(_candidates(order))

    def _strategy(self, route: RouteRequest) -> Strategy:
        return route.strategy or self.config.settings.routing_strategy

    def _pinned_id(self, route: RouteRequest) -> str | None:
        return route.preferred_id or self.config.pinned_id

    def _preferred(
        self, order: list[Member], route: RouteRequest, binding: Binding | None, now_s: float
    ) -> list[Member]:
        home = self._roster.find(None if binding is None else binding.home_id)
        wanted = favourites(
            binding,
            now_s,
            strategy=self._strategy(route),
            pinned_id=self._pinned_id(route),
            is_home_well=home is not None and home.health(now_s, route.model) is Health.HEALTHY,
        )
        front: list[Member] = []
        for endpoint_id in wanted:
            member = self._roster.find(endpoint_id)
            if member is not None and member in order and member not in front:
                front.append(member)
        return front + [member for member in order if member not in front]

    def _with_outages(
        self, order: list[Member], out: list[Member], route: RouteRequest, now_s: float
    ) -> Plan:
        roster, model = self._roster, route.model
        trials = [member for member in out if member.may_try(now_s, model)]
        rest = [member for member in out if member not in trials]
        candidates = _candidates(order + trials)
        retry_after_s = None if candidates else roster.soonest_s(rest, now_s, model)
        last = roster.last_resort(rest, now_s, model)
        # With others before it the last resort is not asked by this plan: say why, too.
        kept = None if candidates else last
        skipped = [self._skipped(member, now_s, model) for member in rest if member is not kept]
        if last is not None:
            candidates += (Candidate(last.endpoint, is_last=True, is_last_resort=True),)
        return Plan(candidates, tuple(skipped), retry_after_s)

    def _skipped(self, member: Member, now_s: float, model: str) -> Skipped:
        verdict = self._roster.verdict(member, now_s, model)
        failure = member.last_failure if member.is_usable else None
        return Skipped(member.endpoint, verdict, failure)


def arrangement(graded: Sequence[tuple[Health, _C]], strategy: Strategy, chance: float) -> list[_C]:
    """Return the endpoints tier by tier, each tier as the strategy wants it."""
    first_health = graded[0][0] if graded else None
    if all(health is first_health for health, _ in graded):
        return arranged(strategy, [choice for _, choice in graded], chance)
    return [choice for tier in by_tier(graded) for choice in arranged(strategy, tier, chance)]


def favourites(
    binding: Binding | None,
    now_s: float,
    *,
    strategy: Strategy,
    pinned_id: str | None,
    is_home_well: bool,
) -> tuple[str | None, ...]:
    """Return who comes before the strategy's order, if able to answer.

    A conversation stays where its cache is warm, then where it was before. After a natural
    pause it goes where the user wants it: to the pinned endpoint, by priority, or home.
    """
    if binding is None:
        return (pinned_id,)
    if not binding.is_paused(now_s):
        return binding.pin_id, binding.endpoint_id, binding.home_id, pinned_id
    if strategy is Strategy.PRIORITY_FAILOVER:
        return binding.pin_id, pinned_id
    home_id = binding.home_id if is_home_well else None
    return binding.pin_id, pinned_id, home_id, binding.endpoint_id


def _candidates(members: list[Member]) -> tuple[Candidate, ...]:
    last = len(members) - 1
    return tuple(Candidate(m.endpoint, index == last) for index, m in enumerate(members))
