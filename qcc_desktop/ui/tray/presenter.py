"""Turns the state of the program into what the tray shows; knows no widget."""

from datetime import datetime

from qcc_desktop.core.config import Config
from qcc_desktop.core.health import CauseKind
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.last_sessions import is_offered
from qcc_desktop.ui.marks import SIGNS, Mark, mark_of, mark_word
from qcc_desktop.ui.tray.look import EndpointEntry, TrayLook, look_of

STATUS_LENGTH = 64
TOOLTIP_LENGTH = 127
"""Windows cuts a tooltip here (NOTIFYICONDATAW.szTip holds 128 characters with the zero)."""
_NAME_LENGTH = 40
_SILENT = frozenset({Mark.HEALTHY, Mark.DEGRADED, Mark.DISABLED})


def present(
    snapshot: Snapshot,
    config: Config,
    now: datetime,
    *,
    is_quitting: bool = False,
    is_still: bool = False,
    continuable: frozenset[str] | None = None,
) -> TrayLook:
    """Return the look for this moment; ``is_still`` where the system asks for less motion."""
    return TrayLook(
        icon=look_of(snapshot.light, snapshot.cause.kind),
        tooltip=_tooltip(snapshot, is_quitting=is_quitting),
        status=_status(snapshot, is_quitting=is_quitting),
        is_on=snapshot.cause.kind is not CauseKind.OFF,
        can_launch=snapshot.running and bool(snapshot.endpoints),
        is_busy=snapshot.in_flight > 0,
        is_still=is_still or config.settings.ui_reduced_motion,
        endpoints=tuple(_entry(view, now) for view in snapshot.endpoints),
        strategy=snapshot.strategy,
        recent_folders=config.recent_folders,
        can_continue=all(is_offered(continuable, each) for each in config.recent_folders[:1]),
        is_quitting=is_quitting,
    )


def _status(snapshot: Snapshot, *, is_quitting: bool) -> str:
    if is_quitting:
        return words.draining(snapshot.in_flight)
    return words.shortened(words.cause_sentence(snapshot.cause), STATUS_LENGTH)


def _tooltip(snapshot: Snapshot, *, is_quitting: bool) -> str:
    """Return state and cause, then the figures for which the cause leaves room."""
    if is_quitting:
        return words.draining(snapshot.in_flight)
    title = translate("Tray", "QCC Desktop: {state}").format(state=words.title_of(snapshot.cause))
    said = f"{title}\n{words.cause_in(snapshot.cause, TOOLTIP_LENGTH - len(title) - 1)}"
    for figure in _figures(snapshot):
        longer = f"{said}\n{figure}"
        if figure and len(longer) <= TOOLTIP_LENGTH:
            said = longer
    return said


def _figures(snapshot: Snapshot) -> tuple[str, str]:
    active = active_view(snapshot)
    waiting = words.first_token(active.latency_p50_ms) if active and snapshot.running else ""
    return words.running_answers(snapshot.in_flight), waiting


def active_view(snapshot: Snapshot) -> EndpointView | None:
    """Return the endpoint that answers at the moment."""
    for view in snapshot.endpoints:
        if view.endpoint.name == snapshot.active_endpoint:
            return view
    return None


def _entry(view: EndpointView, now: datetime) -> EndpointEntry:
    name = words.shortened(view.endpoint.name, _NAME_LENGTH)
    return EndpointEntry(
        id=view.endpoint.id,
        name=name,
        label=_label(name, view, now),
        mark=mark_of(view),
        is_enabled=view.endpoint.enabled,
        is_pinned=view.pinned,
    )


def _label(name: str, view: EndpointView, now: datetime) -> str:
    mark = mark_of(view)
    return f"{SIGNS[mark]}  {_said(name, mark, view, now)}"


def _said(name: str, mark: Mark, view: EndpointView, now: datetime) -> str:
    if mark in _SILENT:
        return name
    word = mark_word(mark)
    if view.retry_at is None:
        return translate("Tray", "{name}: {health}").format(name=name, health=word)
    if view.retry_at <= now:
        return translate("Tray", "{name}: {health}, tried any moment").format(
            name=name, health=word
        )
    return translate("Tray", "{name}: {health}, tried again in {time}").format(
        name=name, health=word, time=words.countdown(view.retry_at, now)
    )
