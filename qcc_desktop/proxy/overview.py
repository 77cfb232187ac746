"""Builds the snapshot that front ends show from the engine's live state."""

from datetime import datetime

from qcc_desktop.core.fleet import MemberView
from qcc_desktop.core.health import CauseKind, Health, overall_light
from qcc_desktop.core.snapshot import EndpointView, LastError, Snapshot
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.runtime.clock import utc

_ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
_MOST_SESSIONS = 200
"""So many sessions are listed, the ones used last; all are counted."""


class _Times:
    """Turns monotonic seconds into wall time, all against the same moment."""

    def __init__(self, state: EngineState) -> None:
        self.now_s = state.clock.now_s()
        self._offset_s = state.clock.wall_s() - self.now_s

    def wall(self, monotonic_s: float) -> datetime:
        return utc(monotonic_s + self._offset_s)


def snapshot_of(state: EngineState, *, port: int | None, is_running: bool) -> Snapshot:
    """Return everything there is to see at this moment."""
    times = _Times(state)
    fleet = state.fleet
    views = fleet.views(times.now_s)
    light, cause = overall_light(
        fleet.grades(times.now_s),
        running=is_running,
        offline=fleet.is_offline,
        configured=len(views),
        has_outage=state.recorder.has_outage,
    )
    sessions = fleet.sessions(times.now_s)
    return Snapshot(
        running=is_running,
        port=port,
        light=light,
        cause=cause,
        strategy=state.settings.routing_strategy,
        endpoints=tuple(_endpoint_view(state, view, times) for view in views),
        active_endpoint="" if cause.kind is CauseKind.ALL_DOWN else _active(state, views),
        in_flight=state.recorder.in_flight,
        sessions=tuple(
            state.book.view(binding, times.wall) for binding in sessions[:_MOST_SESSIONS]
        ),
        requests=tuple(state.recorder.views()),
        totals=state.recorder.totals,
    )


def _endpoint_view(state: EngineState, view: MemberView, times: _Times) -> EndpointView:
    verdict = view.verdict
    failure = view.last_failure
    return EndpointView(
        endpoint=view.endpoint,
        health=verdict.health,
        breaker=view.breaker.value,
        consecutive_failures=view.consecutive_failures,
        retry_at=None if verdict.until_s is None else times.wall(verdict.until_s),
        reason=verdict.reason,
        last_error=None
        if failure is None
        else LastError(failure.kind.value, failure.message, times.wall(view.last_failure_s)),
        requests=view.requests,
        failures=view.failures,
        in_flight=view.in_flight,
        sessions=view.sessions,
        latency_p50_ms=_ms(view.p50_s),
        latency_p95_ms=_ms(view.p95_s),
        success_rate=view.success_rate,
        has_key=state.keys.key_of(view.endpoint.id) is not None,
        pinned=view.is_pinned,
        trace_ms=view.trace_ms,
    )


def _active(state: EngineState, views: tuple[MemberView, ...]) -> str:
    """Return who answered last, while it still can, else who would be asked first."""
    able = [view for view in views if view.verdict.health in _ABLE]
    for view in able:
        if view.endpoint.id == state.recorder.last_endpoint_id:
            return view.endpoint.name
    pinned = [view for view in able if view.is_pinned]
    return (pinned or able)[0].endpoint.name if able else ""


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1000
