"""Decides what is worth a message on the desktop, and when.

| what is heard                          | what becomes of it                                       |
|----------------------------------------|----------------------------------------------------------|
| an endpoint fails                      | looked at `SETTLE_S` later; nothing if it is well again  |
| its key was refused, its money is gone | `KEY_REFUSED`, `QUOTA`, once until it is back            |
| another endpoint answered for it       | `FAILOVER`, unless one of the two above was told         |
| the one that answered failed, too      | it is not named as the one that answers instead          |
| nothing can answer, at two looks       | `ALL_DOWN`, in the place of everything else              |
| it answers again                       | `RECOVERY`, only of what was told                        |
| the same again within `AGAIN_S`        | told when that time is over, if it is still so           |
| quiet hours                            | nothing, and nothing of it later                         |
| this computer is offline               | nothing: no endpoint is to blame                         |

What comes due together is one message: the most urgent in full, the others by name.
"""

from dataclasses import dataclass, field, replace
from datetime import time
from functools import singledispatchmethod

from qcc_desktop.core.alert import Alert, AlertKind, is_wanted
from qcc_desktop.core.events import (
    AttemptFailed,
    ConfigChanged,
    EndpointProbed,
    EndpointRecovered,
    Event,
    FailedOver,
    ProxyStopped,
    RequestFinished,
)
from qcc_desktop.core.failure import FailureClass, Scope
from qcc_desktop.core.health import CauseKind, Health
from qcc_desktop.core.quiet_hours import is_quiet
from qcc_desktop.core.settings import Settings
from qcc_desktop.core.snapshot import EndpointView, Snapshot

SETTLE_S = 2.0
"""What is over sooner is not told; what comes within it is one message."""
AGAIN_S = 600.0
"""The same of the same endpoint is told once in this time."""
_BURST_S = 2 * SETTLE_S
"""So long the first of a burst waits for the others at most."""

_ABLE = frozenset({Health.HEALTHY, Health.DEGRADED})
_WELL_OR_OFF = frozenset({Health.HEALTHY, Health.DISABLED})
_ANSWERED = frozenset({"ok", "recovered"})


_RANK = {kind: place for place, kind in enumerate(AlertKind)}
_NEEDS_PERSON = {
    FailureClass.AUTH.value: AlertKind.KEY_REFUSED,
    FailureClass.QUOTA.value: AlertKind.QUOTA,
}


@dataclass(slots=True)
class _Trouble:
    """An endpoint that failed and is looked at when ``due_s`` has come."""

    since_s: float
    due_s: float
    to_id: str = ""
    """Who answered instead; empty while nobody had to."""
    kind: AlertKind | None = None
    """What only the person can repair, where the failure said so."""


@dataclass(slots=True)
class _Down:
    """Nothing can answer, since ``since_s``."""

    since_s: float
    is_settled: bool = False
    """It was told, or it is not to be told; a new failure opens the question again."""
    is_told: bool = False


@dataclass(slots=True)
class AlertDesk:
    """Hears events with `note` and says with `look`, at `due_s` or later, what to tell.

    Times are monotonic seconds. Not more is kept than one entry per endpoint and kind.
    """

    _troubles: dict[str, _Trouble] = field(default_factory=dict)
    _back_s: dict[str, float] = field(default_factory=dict)
    """When to look whether an endpoint that answered again still does."""
    _told: dict[str, set[AlertKind]] = field(default_factory=dict)
    """What was told of an endpoint since it was last well."""
    _down: _Down | None = None
    _last_s: dict[tuple[AlertKind, str], float] = field(default_factory=dict)
    _answering: dict[str, None] = field(default_factory=dict)
    """Who answered and has not failed since, the last one last."""
    _edited_s: float | None = None
    """When the configuration was changed, until that was looked at."""

    @property
    def due_s(self) -> float | None:
        """When to `look`; None while there is nothing to look at."""
        moments = [trouble.due_s for trouble in self._troubles.values()]
        moments += self._back_s.values()
        moments += [] if self._edited_s is None else [self._edited_s]
        if self._down is not None and not self._down.is_settled:
            moments.append(self._down_due_s(self._down))
        return min(moments, default=None)

    @singledispatchmethod
    def note(self, event: Event, now_s: float) -> None:
        """Take a fact; those not listed here say nothing about endpoints."""
        del event, now_s

    @note.register
    def _(self, event: AttemptFailed, now_s: float) -> None:
        if event.failure.kind in {FailureClass.CLIENT, FailureClass.CLIENT_ABORT}:
            return
        self._answering.pop(event.endpoint_id, None)
        trouble = self._trouble(event.endpoint_id, now_s)
        if event.failure.scope is Scope.ENDPOINT:
            trouble.kind = _NEEDS_PERSON.get(event.failure.kind.value, trouble.kind)
        if self._down is not None:
            self._down.is_settled = self._down.is_told

    @note.register
    def _(self, event: EndpointProbed, now_s: float) -> None:
        if event.message:
            self._answering.pop(event.endpoint_id, None)
            self._trouble(event.endpoint_id, now_s)

    @note.register
    def _(self, event: FailedOver, now_s: float) -> None:
        self._trouble(event.from_id, now_s).to_id = event.to_id
        self._is_answering(event.to_id)

    @note.register
    def _(self, event: EndpointRecovered, now_s: float) -> None:
        self._answers_again(event.endpoint_id, now_s)

    @note.register
    def _(self, event: RequestFinished, now_s: float) -> None:
        """Hear of an endpoint that was only doubted: its answer ends that without an event."""
        if event.outcome in _ANSWERED:
            self._is_answering(event.endpoint_id)
            self._answers_again(event.endpoint_id, now_s)

    @note.register
    def _(self, event: ConfigChanged, now_s: float) -> None:
        """Look again at what was told: the person may have repaired it."""
        del event
        self._edited_s = now_s if self._told else None

    @note.register
    def _(self, event: ProxyStopped, now_s: float) -> None:
        del event, now_s
        self._troubles.clear()
        self._back_s.clear()
        self._told.clear()
        self._answering.clear()
        self._down = None

    def look(
        self, snapshot: Snapshot, now_s: float, settings: Settings, local: time
    ) -> Alert | None:
        """Return the message that is due, if any; ``local`` is the time of day on the wall."""
        views = {view.endpoint.id: view for view in snapshot.endpoints}
        self._drop_strangers(views)
        if snapshot.cause.kind is CauseKind.OFFLINE:
            self._troubles.clear()
            self._back_s.clear()
            self._down = None
            return None
        if self._is_going_down(snapshot, now_s):
            return None
        if is_quiet(settings, local):
            self._hush(now_s)
            return None
        alert = self._all_down(snapshot, now_s, settings)
        if alert is not None or (self._down is not None and self._down.is_told):
            self._troubles.clear()
            self._back_s.clear()
            return alert
        due = [
            *self._due_troubles(views, now_s, settings),
            *self._due_back(views, now_s),
        ]
        return self._one_of(due, now_s, settings)

    def _trouble(self, endpoint_id: str, now_s: float) -> _Trouble:
        self._back_s.pop(endpoint_id, None)
        known = self._troubles.get(endpoint_id)
        if known is not None:
            return known
        due_s = now_s + SETTLE_S
        for other in self._troubles.values():
            if other.due_s < due_s:  # it waits a little, so that both are one message
                other.due_s = max(other.due_s, min(due_s, other.since_s + _BURST_S))
        return self._troubles.setdefault(endpoint_id, _Trouble(now_s, due_s))

    def _is_answering(self, endpoint_id: str) -> None:
        self._answering.pop(endpoint_id, None)
        self._answering[endpoint_id] = None

    def _answers_again(self, endpoint_id: str, now_s: float) -> None:
        if endpoint_id in self._told:
            self._back_s.setdefault(endpoint_id, now_s + SETTLE_S)

    def _drop_strangers(self, views: dict[str, EndpointView]) -> None:
        """Forget endpoints that are gone or off, and told ones that an edit made well."""
        known = {key for key, view in views.items() if view.health is not Health.DISABLED}
        for kept in (self._troubles, self._back_s, self._told, self._answering):
            for key in kept.keys() - known:
                del kept[key]
        if self._edited_s is not None:
            for key in self._told.keys() - self._back_s.keys():
                if views[key].health is Health.HEALTHY:
                    del self._told[key]
        self._edited_s = None
        for kind, key in [pair for pair in self._last_s if pair[1] and pair[1] not in views]:
            del self._last_s[kind, key]

    def _is_going_down(self, snapshot: Snapshot, now_s: float) -> bool:
        """Tell whether nothing can answer, but not yet for long: everything waits for that."""
        if snapshot.cause.kind is not CauseKind.ALL_DOWN:
            self._down = None
            return False
        self._down = self._down or _Down(now_s)
        settled_s = self._down.since_s + SETTLE_S
        if now_s >= settled_s:
            return False
        for trouble in self._troubles.values():
            trouble.due_s = max(trouble.due_s, settled_s)
        for key, due_s in self._back_s.items():
            self._back_s[key] = max(due_s, settled_s)
        return True

    def _hush(self, now_s: float) -> None:
        """Drop what is due: it is not told, and not later either."""
        for key in [key for key, trouble in self._troubles.items() if trouble.due_s <= now_s]:
            del self._troubles[key]
        for key in [key for key, due_s in self._back_s.items() if due_s <= now_s]:
            del self._back_s[key]
            self._told.pop(key, None)
        if self._down is not None:
            self._down.is_settled = True

    def _down_due_s(self, down: _Down) -> float:
        last_s = self._last_s.get((AlertKind.ALL_DOWN, ""), -AGAIN_S)
        return max(down.since_s + SETTLE_S, last_s + AGAIN_S)

    def _all_down(self, snapshot: Snapshot, now_s: float, settings: Settings) -> Alert | None:
        down = self._down
        if down is None or down.is_settled:
            return None
        if not settings.notify_all_down:
            down.is_settled = True
            return None
        if now_s < self._down_due_s(down):
            return None
        down.is_settled = down.is_told = True
        self._last_s[AlertKind.ALL_DOWN, ""] = now_s
        for view in snapshot.endpoints:  # each of them is told with it, and may be back later
            if view.health not in _WELL_OR_OFF:
                self._told.setdefault(view.endpoint.id, set()).add(AlertKind.FAILOVER)
        cause = snapshot.cause
        worst = next(view for view in snapshot.endpoints if view.endpoint.name == cause.other)
        return replace(_alert(AlertKind.ALL_DOWN, worst), reason=cause.detail)

    def _due_troubles(
        self,
        views: dict[str, EndpointView],
        now_s: float,
        settings: Settings,
    ) -> list[Alert]:
        found = []
        for key, trouble in [*self._troubles.items()]:
            if trouble.due_s > now_s:
                continue
            view, other = views[key], self._instead_of(key, trouble, views)
            kind = self._kind_of(trouble, view, settings)
            if kind is None or (kind is AlertKind.FAILOVER and not other):
                del self._troubles[key]
            elif (again_s := self._last_s.get((kind, key), -AGAIN_S) + AGAIN_S) > now_s:
                trouble.due_s = again_s
            else:
                del self._troubles[key]
                found.append(_alert(kind, view, other))
        return found

    def _instead_of(self, key: str, trouble: _Trouble, views: dict[str, EndpointView]) -> str:
        """Return who answers instead now: the one that took over, else who answered last.

        Only one that really answered, and has not failed since, is named.
        """
        others = [other for other in reversed(self._answering) if other != key]
        others.sort(key=lambda other: other != trouble.to_id)
        able = (views[other] for other in others if views[other].health in _ABLE)
        return next((view.endpoint.name for view in able), "")

    def _kind_of(
        self, trouble: _Trouble, view: EndpointView, settings: Settings
    ) -> AlertKind | None:
        """Return what to tell; None when it is well again, told already or not wanted."""
        if view.health in _WELL_OR_OFF:
            return None
        told = self._told.get(view.endpoint.id, set())
        said = _NEEDS_PERSON.get(view.last_error.kind) if view.last_error else None
        held = trouble.kind or said
        if held is not None and is_wanted(settings, held):
            return None if held in told else held
        if not trouble.to_id or told or not settings.notify_failover:
            return None
        return AlertKind.FAILOVER

    def _due_back(self, views: dict[str, EndpointView], now_s: float) -> list[Alert]:
        found = []
        for key in [key for key, due_s in self._back_s.items() if due_s <= now_s]:
            del self._back_s[key]
            if views[key].health in _ABLE and key in self._told:
                del self._told[key]
                found.append(_alert(AlertKind.RECOVERY, views[key]))
        return found

    def _one_of(self, due: list[Alert], now_s: float, settings: Settings) -> Alert | None:
        """Make one message of all that are due, the most urgent first."""
        found = [alert for alert in due if self._may_be_told(alert, now_s, settings)]
        for alert in found:
            self._last_s[alert.kind, alert.endpoint_id] = now_s
            if alert.kind is not AlertKind.RECOVERY:
                self._told.setdefault(alert.endpoint_id, set()).add(alert.kind)
        if not found:
            return None
        first, *others = sorted(found, key=lambda alert: _RANK[alert.kind])
        is_good = first.kind is AlertKind.RECOVERY
        alike = [alert for alert in others if (alert.kind is AlertKind.RECOVERY) is is_good]
        return replace(first, also=tuple(alert.endpoint for alert in alike))

    def _may_be_told(self, alert: Alert, now_s: float, settings: Settings) -> bool:
        last_s = self._last_s.get((alert.kind, alert.endpoint_id), -AGAIN_S)
        return is_wanted(settings, alert.kind) and now_s - last_s >= AGAIN_S


def _alert(kind: AlertKind, view: EndpointView, other: str = "") -> Alert:
    is_back = kind is AlertKind.RECOVERY
    said = view.reason or (view.last_error.message if view.last_error else "")
    return Alert(
        kind,
        view.endpoint.id,
        view.endpoint.name,
        other,
        "" if is_back else said,
        None if is_back else view.retry_at,
    )
