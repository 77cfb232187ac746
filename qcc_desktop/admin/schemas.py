"""The JSON of the status pages, which is also what ``status --json`` prints: a stable contract."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qcc_desktop.core.snapshot import (
    AgentView,
    AttemptView,
    EndpointView,
    RequestView,
    SessionView,
    Snapshot,
    Totals,
)
from qcc_desktop.core.usage import Usage

Json = dict[str, Any]


def dump(data: object) -> bytes:
    """Write ``data`` as JSON; half a character pair, as a client's model may hold, becomes ``?``."""
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def status(snapshot: Snapshot, *, version: str, pid: int) -> Json:
    """Return the whole status."""
    return {
        "version": version,
        "pid": pid,
        "port": snapshot.port,
        "light": str(snapshot.light),
        "cause": snapshot.cause.text(),
        "endpoints": endpoints(snapshot.endpoints),
        "sessions": sessions(snapshot.sessions),
        "totals": totals(snapshot.totals),
    }


def endpoints(views: Sequence[EndpointView]) -> list[Json]:
    """Return the endpoints as in the status; never a key, a header or a password."""
    return [_endpoint(view) for view in views]


def _endpoint(view: EndpointView) -> Json:
    endpoint = view.endpoint
    return {
        "id": endpoint.id,
        "name": endpoint.name,
        "base_url": endpoint.base_url,
        "protocol": str(endpoint.protocol),
        "enabled": endpoint.enabled,
        "health": str(view.health),
        "breaker": _breaker(view),
        "last_error": _last_error(view),
        "requests": view.requests,
        "failures": view.failures,
        "latency_ms": {"p50": _rounded(view.latency_p50_ms), "p95": _rounded(view.latency_p95_ms)},
        "sessions": view.sessions,
    }


def _breaker(view: EndpointView) -> Json:
    return {
        "state": view.breaker,
        "failures": _whole_or_half(view.consecutive_failures),
        "retry_at": _time(view.retry_at),
    }


def _whole_or_half(count: float) -> float:
    return int(count) if count == int(count) else count


def _last_error(view: EndpointView) -> Json | None:
    if view.last_error is None:
        return None
    return {
        "class": view.last_error.kind,
        "message": view.last_error.message,
        "at": _time(view.last_error.at),
    }


def breakers(views: Sequence[EndpointView]) -> list[Json]:
    """Return the circuit breaker of each endpoint."""
    return [
        {
            "id": view.endpoint.id,
            "name": view.endpoint.name,
            "health": str(view.health),
            "reason": view.reason,
            **_breaker(view),
        }
        for view in views
    ]


def sessions(views: Sequence[SessionView]) -> list[Json]:
    """Return which conversation is bound where."""
    return [
        {
            "key": view.key,
            "endpoint_id": view.endpoint_id,
            "model": view.model,
            "turns": view.turns,
            "agents": view.agents,
            "last_seen": _time(view.last_seen),
            "folder": view.folder,
            "pin_id": view.pin_id or None,
            "home_id": view.home_id or None,
            "in_flight": view.in_flight,
            "tokens": _tokens(view.usage),
            "cache_hit_rate": _rounded(view.cache_hit_rate),
            "subagents": [_agent(agent) for agent in view.subagents],
        }
        for view in views
    ]


def _agent(view: AgentView) -> Json:
    return {
        "id": view.id,
        "model": view.model,
        "turns": view.turns,
        "last_seen": _time(view.last_seen),
        "in_flight": view.in_flight,
        "tokens": _tokens(view.usage),
    }


def requests(views: Sequence[RequestView]) -> list[Json]:
    """Return the last requests, newest first, each with its decision chain."""
    return [request(view) for view in views]


def request(view: RequestView) -> Json:
    """Return one request with its decision chain."""
    return {
        "id": view.id,
        "at": _time(view.at),
        "session": view.session,
        "model": view.model,
        "path": view.path,
        "outcome": view.outcome,
        "status": view.status,
        "endpoint": view.endpoint,
        "attempts": [_attempt(attempt) for attempt in view.attempts],
        "duration_ms": _rounded(view.duration_ms),
        "first_token_ms": _rounded(view.first_token_ms),
        "tokens": _tokens(view.usage),
        "endpoint_id": view.endpoint_id,
        "agent": view.agent,
        "sent_model": view.sent_model,
    }


def _tokens(usage: Usage) -> Json:
    return {
        "input": usage.input_tokens,
        "output": usage.output_tokens,
        "cache_read": usage.cache_read,
        "cache_write": usage.cache_creation,
    }


def _attempt(view: AttemptView) -> Json:
    return {
        "endpoint": view.endpoint,
        "outcome": view.outcome,
        "reason": view.reason,
        "duration_ms": _rounded(view.duration_ms),
        "endpoint_id": view.endpoint_id,
        "status": view.status,
    }


def totals(counts: Totals) -> Json:
    """Return the counts since the start."""
    return {
        "requests": counts.requests,
        "failures": counts.failures,
        "failovers": counts.failovers,
        "cancelled": counts.cancelled,
        "input_tokens": counts.input_tokens,
        "output_tokens": counts.output_tokens,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds")


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
