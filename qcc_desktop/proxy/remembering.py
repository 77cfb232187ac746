"""Turns the engine's live state into what is kept beyond its end, and back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from qcc_desktop.core.affinity import Binding
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.session_book import Tally
from qcc_desktop.core.usage import Usage
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.runtime.clock import utc


def kept_sessions(state: EngineState, keys: Iterable[str]) -> tuple[KeptSession, ...]:
    """Return those of the sessions that are remembered."""
    now_s = state.clock.now_s()
    wall_s = state.clock.wall_s()
    bindings = (state.fleet.binding_of(key, now_s) for key in keys)
    return tuple(
        _kept(binding, state.book.tally_of(binding.key), state.book.folder_of(binding.key), seen)
        for binding in bindings
        if binding is not None
        for seen in (utc(wall_s - (now_s - binding.last_seen_s)),)
    )


def held_endpoints(state: EngineState) -> tuple[HeldEndpoint, ...]:
    """Return the endpoints that need the person."""
    offset_s = state.clock.wall_s() - state.clock.now_s()
    return tuple(
        HeldEndpoint(endpoint_id, utc(since_s + offset_s), failure)
        for endpoint_id, failure, since_s in state.fleet.held()
    )


def restore(
    state: EngineState, sessions: Iterable[KeptSession], held: Iterable[HeldEndpoint]
) -> None:
    """Take over what an earlier start knew; sessions that rested too long are left out."""
    now_s, now = state.clock.now_s(), utc(state.clock.wall_s())
    for kept in sorted(sessions, key=lambda each: each.last_seen):
        age_s = kept.age_s(now)
        if age_s < state.settings.affinity_ttl_s or kept.pin_id:
            seen = min(kept.last_seen, now)
            _restore_session(state, replace(kept, last_seen=seen), now_s - age_s)
    for hold in held:
        since_s = now_s - max(0.0, (now - hold.since).total_seconds())
        state.fleet.restore_hold(hold.endpoint_id, hold.failure, since_s, now_s)


def _restore_session(state: EngineState, kept: KeptSession, seen_s: float) -> None:
    state.fleet.restore_session(
        Binding(
            kept.key,
            seen_s,
            endpoint_id=kept.endpoint_id or None,
            home_id=kept.home_id or None,
            pin_id=kept.pin_id or None,
            model=kept.model,
            turns=kept.turns,
            confirmed_s=seen_s,
            moves=kept.moves,
        )
    )
    state.book.restore(kept.key, _tally(kept), kept.folder, seen_s)


def _kept(binding: Binding, tally: Tally | None, folder: str, seen: datetime) -> KeptSession:
    return KeptSession(
        key=binding.key,
        last_seen=seen,
        endpoint_id=binding.endpoint_id or "",
        home_id=binding.home_id or "",
        pin_id=binding.pin_id or "",
        moves=binding.moves,
        model=binding.model if tally is None else tally.model,
        folder=folder,
        turns=binding.turns if tally is None else tally.turns,
        usage=Usage() if tally is None else tally.usage,
    )


def _tally(kept: KeptSession) -> Tally:
    usage = kept.usage
    return Tally(
        kept.last_seen,
        kept.model,
        kept.turns,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read=usage.cache_read,
        cache_creation=usage.cache_creation,
    )
