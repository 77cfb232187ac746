"""Turns endpoints into rows of the table; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.health import Health
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.ui import words
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.marks import Mark, mark_of, mark_word

_OUT = frozenset({Health.UNHEALTHY, Health.CIRCUIT_OPEN, Health.QUARANTINED})


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint as the table shows it; texts are ready to paint."""

    id: str
    name: str
    address: str
    address_hint: str
    mark: Mark
    health_word: str
    is_enabled: bool
    is_pinned: bool
    latency: str
    latency_hint: str
    success: str
    success_hint: str
    in_flight: str
    sessions: str
    trouble: str
    """Why it is out and when it is tried again; else what went wrong last."""
    trouble_hint: str
    is_out: bool
    is_waiting: bool
    """The text changes as time passes."""
    note: str = ""


def rows_of(snapshot: Snapshot, now: datetime) -> tuple[Row, ...]:
    """Return a row for each endpoint, in the order in which they are asked."""
    return tuple(_row(view, now) for view in snapshot.endpoints)


class RowMaker:
    """Makes rows like `rows_of`, but only those anew whose endpoint or time texts changed."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[EndpointView, Row]] = {}

    def forget(self) -> None:
        """Make every row anew: the language is another one."""
        self._made = {}

    def rows(self, snapshot: Snapshot, now: datetime) -> tuple[Row, ...]:
        """Return a row for each endpoint, in the order in which they are asked."""
        before, self._made = self._made, {}
        for view in snapshot.endpoints:
            kept = before.get(view.endpoint.id)
            if kept is None or kept[0] != view:
                kept = (view, _row(view, now))
            elif kept[1].is_waiting:
                kept = (view, _at(now, kept[1], view))
            self._made[view.endpoint.id] = kept
        return tuple(row for _, row in self._made.values())


def _at(now: datetime, row: Row, view: EndpointView) -> Row:
    """Return the row with what it says of the time brought up to ``now``."""
    trouble = _trouble(view, now, is_out=row.is_out)
    return row if trouble == row.trouble else replace(row, trouble=trouble)


def matching(rows: Sequence[Row], text: str) -> tuple[Row, ...]:
    """Return the rows in whose name, address or note every word of ``text`` stands."""
    words = text.casefold().split()
    if not words:
        return tuple(rows)
    return tuple(
        row
        for row in rows
        if all(word in f"{row.name}\n{row.address_hint}\n{row.note}".casefold() for word in words)
    )


def _row(view: EndpointView, now: datetime) -> Row:
    endpoint = view.endpoint
    is_out = endpoint.enabled and view.health in _OUT
    mark = mark_of(view)
    return Row(
        id=endpoint.id,
        name=endpoint.name,
        address=shown_address(endpoint.base_url),
        address_hint=_address_hint(endpoint),
        mark=mark,
        health_word=mark_word(mark),
        is_enabled=endpoint.enabled,
        is_pinned=view.pinned,
        latency=words.latency(view.latency_p50_ms),
        latency_hint=_latency_hint(view),
        success=words.percent(view.success_rate),
        success_hint=_success_hint(view),
        in_flight=str(view.in_flight) if view.in_flight else "–",
        sessions=str(view.sessions) if view.sessions else "–",
        trouble=_trouble(view, now, is_out=is_out),
        trouble_hint=_trouble_hint(view),
        is_out=is_out,
        is_waiting=view.last_error is not None or view.retry_at is not None,
        note=endpoint.note,
    )


def _address_hint(endpoint: Endpoint) -> str:
    """Return the whole address, and what is spoken there where it is not Anthropic's API."""
    if endpoint.protocol is WireProtocol.ANTHROPIC:
        return endpoint.base_url
    return translate(
        "Endpoints", "{address}\nSpeaks OpenAI's API; requests are translated."
    ).format(address=endpoint.base_url)


def shown_address(base_url: str) -> str:
    """Return an address without what goes without saying; an unencrypted one keeps ``http``."""
    return base_url.removeprefix("https://").rstrip("/")


def _latency_hint(view: EndpointView) -> str:
    if view.latency_p95_ms is None:
        return translate("Endpoints", "No answer has been timed yet.")
    return translate(
        "Endpoints", "Time to the first token: half within {half}, 95 % within {most}."
    ).format(half=words.latency(view.latency_p50_ms), most=words.latency(view.latency_p95_ms))


def _success_hint(view: EndpointView) -> str:
    return translate("Endpoints", "{requests} requests, {failures} failed.").format(
        requests=view.requests, failures=view.failures
    )


def _trouble(view: EndpointView, now: datetime, *, is_out: bool) -> str:
    if not view.endpoint.enabled:
        return ""
    if view.lacks_key:
        return translate("Endpoints", "Edit it and enter the key.")
    if is_out or view.reason:
        return _waiting(view, now)
    if view.last_error is not None:
        return translate("Endpoints", "{when}: {what}").format(
            when=words.ago(view.last_error.at, now),
            what=failure_sentence(view.last_error.message),
        )
    return ""


def _waiting(view: EndpointView, now: datetime) -> str:
    said = view.reason or (view.last_error.message if view.last_error else "")
    what = failure_sentence(said)
    if view.retry_at is None:
        return what
    if view.retry_at <= now:
        return translate("Endpoints", "Tried any moment · {what}").format(what=what)
    return translate("Endpoints", "Again in {time} · {what}").format(
        time=words.countdown(view.retry_at, now), what=what
    )


def _trouble_hint(view: EndpointView) -> str:
    parts = [failure_sentence(view.reason)] if view.reason else []
    if view.last_error is not None:
        parts.append(
            translate("Endpoints", "Last failure {time}: {what} ({kind})").format(
                time=_clock_time(view.last_error.at),
                what=failure_sentence(view.last_error.message),
                kind=view.last_error.kind,
            )
        )
    if view.retry_at is not None:
        parts.append(
            translate("Endpoints", "Tried again at {time}.").format(time=_clock_time(view.retry_at))
        )
    return "\n".join(parts)


def _clock_time(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def moved(ids: Sequence[str], moving: Sequence[str], place: int) -> tuple[str, ...]:
    """Return the order after ``moving`` were dropped together before the row ``place``."""
    taken = set(moving)
    above = [other for other in ids[:place] if other not in taken]
    below = [other for other in ids[place:] if other not in taken]
    return (*above, *(each for each in ids if each in taken), *below)


def woven(whole: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Return the order of ``whole`` after its part ``shown`` was put into another order.

    What is not shown keeps its place; the shown ones share the places they had.
    """
    part = set(shown)
    following = iter(shown)
    return tuple(next(following) if each in part else each for each in whole)
