"""Turns the state into what the overview shows; knows no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from qcc_desktop.core.health import OUT, Health
from qcc_desktop.core.snapshot import EndpointView, SessionView, Snapshot
from qcc_desktop.services.activity import Minute
from qcc_desktop.ui import words
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.marks import Mark, mark_of, mark_word

MOST_CARDS = 8
MOST_SESSIONS = 5
_RECENT = 5
"""Minutes that count as now."""


@dataclass(frozen=True, slots=True)
class Card:
    """One endpoint; texts are ready to show."""

    id: str
    name: str
    mark: Mark
    state: str
    figures: str
    figures_hint: str
    trace: tuple[float, ...]
    can_try: bool
    needs_person: bool
    """Only the person can bring it back: its key is refused, or its money is used up."""
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One running conversation."""

    key: str
    title: str
    rest: str


@dataclass(frozen=True, slots=True)
class Charts:
    """The figures of the last hour."""

    counts: tuple[tuple[int, int], ...]
    times: tuple[tuple[float | None, float | None], ...]
    rate: str
    half: str
    """The usual time to the first token, in words; empty where there is none."""
    most: str
    began: str


def cards_of(snapshot: Snapshot, now: datetime) -> tuple[Card, ...]:
    """Return cards for the endpoints that matter most now, in the order they are asked."""
    views = snapshot.endpoints
    if len(views) > MOST_CARDS:
        ranked = sorted(views, key=lambda view: _weight(view, snapshot.active_endpoint))
        chosen = {view.endpoint.id for view in ranked[:MOST_CARDS]}
        views = tuple(view for view in views if view.endpoint.id in chosen)
    return tuple(_card(view, now) for view in views)


def _weight(view: EndpointView, active: str) -> tuple[bool, bool, bool, int]:
    """Return what sorts the one that answers first, then those in use, in trouble, the rest."""
    is_out = view.endpoint.enabled and view.health in OUT
    return (view.endpoint.name != active, view.in_flight == 0, not is_out, -view.requests)


def _card(view: EndpointView, now: datetime) -> Card:
    mark = mark_of(view)
    is_out = view.endpoint.enabled and view.health in OUT
    return Card(
        id=view.endpoint.id,
        name=view.endpoint.name,
        mark=mark,
        state=_state(view, mark, now),
        figures=_figures(view),
        figures_hint=_figures_hint(view),
        trace=view.trace_ms,
        can_try=is_out and view.health is not Health.QUARANTINED,
        needs_person=mark in {Mark.NO_KEY, Mark.QUARANTINED},
        is_waiting=is_out and view.retry_at is not None,
    )


def _state(view: EndpointView, mark: Mark, now: datetime) -> str:
    """Return the health in a word, with the countdown or the reason where it is out."""
    word = mark_word(mark)
    if view.endpoint.enabled and view.health in OUT:
        if view.retry_at is not None and view.retry_at > now:
            return f"{word} · {words.countdown(view.retry_at, now)}"
        said = view.reason or (view.last_error.message if view.last_error else "")
        return f"{word} · {failure_sentence(said)}" if said else word
    if view.in_flight:
        return f"{word} · {words.running_answers(view.in_flight)}"
    return word


def _figures(view: EndpointView) -> str:
    if view.latency_p50_ms is None and view.success_rate is None:
        return ""
    return f"{words.latency(view.latency_p50_ms)} · {words.percent(view.success_rate)}"


def _figures_hint(view: EndpointView) -> str:
    said = [failure_sentence(view.reason)] if view.reason else []
    if view.latency_p50_ms is not None:
        said.append(
            translate("Overview", "Median time to the first token, and share of good answers.")
        )
    return "\n".join(said)


def lines_of(snapshot: Snapshot) -> tuple[SessionLine, ...]:
    """Return the conversations that run now, else those used last."""
    names = {view.endpoint.id: view.endpoint.name for view in snapshot.endpoints}
    running = [view for view in snapshot.sessions if view.in_flight]
    return tuple(_line(view, names) for view in (running or snapshot.sessions)[:MOST_SESSIONS])


def _line(view: SessionView, names: Mapping[str, str]) -> SessionLine:
    title = PurePath(view.folder).name or view.folder if view.folder else view.key[:8]
    tokens = view.usage.total
    parts = (
        view.model,
        names.get(view.endpoint_id, ""),
        words.tokens(tokens) if tokens else "",
    )
    return SessionLine(view.key, title, " · ".join(part for part in parts if part))


def charts_of(minutes: Sequence[Minute]) -> Charts:
    """Return the last hour as figures and words."""
    recent = minutes[-_RECENT:]
    per_minute = sum(minute.requests for minute in recent) / max(1, len(recent))
    known = [m.first_token_p50_ms for m in minutes if m.first_token_p50_ms is not None]
    slow = [m.first_token_p95_ms for m in minutes if m.first_token_p95_ms is not None]
    began = minutes[0].at.astimezone().strftime("%H:%M") if minutes else ""
    return Charts(
        counts=tuple((minute.requests, minute.failures) for minute in minutes),
        times=tuple((m.first_token_p50_ms, m.first_token_p95_ms) for m in minutes),
        rate=translate("Overview", "{count} a minute now").format(count=f"{per_minute:.1f}"),
        half=_first_token(known, slow)[0],
        most=_first_token(known, slow)[1],
        began=began,
    )


def _first_token(known: Sequence[float], slow: Sequence[float]) -> tuple[str, str]:
    if not known or not slow:
        return "", ""
    half = sorted(known)[len(known) // 2]
    return (
        translate("Overview", "median {half}").format(half=words.latency(half)),
        translate("Overview", "95 % within {most}").format(most=words.latency(max(slow))),
    )
