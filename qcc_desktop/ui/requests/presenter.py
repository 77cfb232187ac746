"""Turns requests into rows, details and the text for an issue; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from qcc_desktop.core.redact import redact
from qcc_desktop.core.snapshot import AttemptView, RequestView
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.requests.words import (
    BAD,
    GOOD,
    failed_attempts,
    outcome_picture,
    outcome_word,
    step_detail,
    step_of,
    why,
)
from qcc_desktop.ui.theme.palette import Role


class Show(StrEnum):
    """Which requests are listed."""

    ALL = "all"
    MOVED = "moved"
    """Answered by another endpoint than the one asked first."""
    FAILED = "failed"
    """That Claude Code saw fail."""
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Row:
    """One request as the table shows it."""

    id: str
    time: str
    time_hint: str
    picture: str
    role: Role
    outcome: str
    model: str
    endpoint: str
    session: str
    session_key: str
    tokens: str
    tokens_hint: str
    first_token: str
    duration: str
    view: RequestView


@dataclass(frozen=True, slots=True)
class Step:
    """One endpoint in the decision chain."""

    picture: str
    role: Role
    endpoint: str
    endpoint_id: str
    what: str
    detail: str
    time: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One request in full."""

    id: str
    title: str
    sentence: str
    facts: str
    steps: tuple[Step, ...]
    session: str


def rows_of(
    views: Sequence[RequestView], now: datetime, *, show: Show, wanted: str
) -> tuple[Row, ...]:
    """Return the rows that the filters let through, newest first."""
    needles = wanted.casefold().split()
    chosen = (view for view in views if _is_shown(view, show))
    rows = (_row(view, now) for view in chosen)
    return tuple(row for row in rows if all(needle in _text(row) for needle in needles))


def _is_shown(view: RequestView, show: Show) -> bool:
    if show is Show.MOVED:
        return view.outcome in GOOD and bool(failed_attempts(view))
    if show is Show.FAILED:
        return view.outcome in BAD or view.outcome == "client_error"
    return show is Show.ALL or view.outcome == "running"


def _text(row: Row) -> str:
    names = " ".join(attempt.endpoint for attempt in row.view.attempts)
    parts = (row.outcome, row.model, row.endpoint, row.session, row.session_key, names, row.id)
    return " ".join(parts).casefold()


def _row(view: RequestView, now: datetime) -> Row:
    picture, role = outcome_picture(view)
    usage = view.usage
    return Row(
        id=str(view.id),
        time=view.at.astimezone().strftime("%H:%M:%S"),
        time_hint=f"{words.ago(view.at, now)} · {exact(view.at)}",
        picture=picture,
        role=role,
        outcome=outcome_word(view),
        model=view.model or view.path.rpartition("/")[2],
        endpoint=view.endpoint or "–",
        session=session_name(view),
        session_key=view.session,
        tokens=words.short_count(usage.total) if usage.total else "–",
        tokens_hint=_tokens_hint(view),
        first_token=words.latency(view.first_token_ms),
        duration=words.latency(view.duration_ms),
        view=view,
    )


def session_name(view: RequestView) -> str:
    """Return the folder's name, else the beginning of the session's id."""
    name = PurePath(view.folder).name or view.folder if view.folder else view.session[:8]
    if view.agent:
        return translate("Requests", "{session} · subagent").format(session=name)
    return name or "–"


def exact(moment: datetime) -> str:
    """Return a moment to the second, in local time."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def _tokens_hint(view: RequestView) -> str:
    usage = view.usage
    if not usage.total:
        return translate("Requests", "No token counts were reported.")
    return translate(
        "Requests", "{new} new, {read} from the cache, {written} into the cache, {out} written."
    ).format(
        new=usage.input_tokens,
        read=usage.cache_read,
        written=usage.cache_creation,
        out=usage.output_tokens,
    )


def detail_of(view: RequestView) -> Detail:
    """Return one request in full."""
    facts = [exact(view.at), view.path, view.model]
    if view.first_token_ms is not None:
        facts.append(words.first_token(view.first_token_ms))
    if view.usage.total:
        facts.append(_tokens_hint(view).rstrip("."))
    return Detail(
        id=str(view.id),
        title=outcome_word(view),
        sentence=why(view),
        facts=" · ".join(fact for fact in facts if fact),
        steps=tuple(_step(attempt) for attempt in view.attempts),
        session=view.session,
    )


def _step(attempt: AttemptView) -> Step:
    picture, role = "health/circuit-open", Role.RED
    if attempt.outcome == "ok":
        picture, role = "health/healthy", Role.GREEN
    elif attempt.outcome in {"skipped", "cancelled"}:
        picture, role = "health/disabled", Role.GREY
    return Step(
        picture=picture,
        role=role,
        endpoint=attempt.endpoint,
        endpoint_id=attempt.endpoint_id,
        what=step_of(attempt),
        detail=step_detail(attempt),
        time="" if attempt.outcome == "skipped" else words.latency(attempt.duration_ms),
    )


def issue_text(view: RequestView, *, version: str, secrets: Sequence[str] = ()) -> str:
    """Return one request as text for an issue, in English: no folder, session, key or host."""
    lines = [
        f"QCC Desktop {version}",
        f"Request {view.id} at {view.at.isoformat(timespec='seconds')}: {view.outcome}"
        + (f", status {view.status}" if view.status else ""),
        f"Path {view.path}, model {view.model or 'unknown'}",
        f"Took {view.duration_ms:.0f} ms"
        + (f", first token {view.first_token_ms:.0f} ms" if view.first_token_ms else ""),
        "",
        "Endpoints considered:",
        *(_issue_line(number, attempt) for number, attempt in enumerate(view.attempts, 1)),
    ]
    return redact("\n".join(lines), tuple(secrets)) + "\n"


def _issue_line(number: int, attempt: AttemptView) -> str:
    status = f", status {attempt.status}" if attempt.status else ""
    said = f": {attempt.reason}" if attempt.reason else ""
    return f"{number}. {attempt.outcome}{status}, {attempt.duration_ms:.0f} ms{said}"
