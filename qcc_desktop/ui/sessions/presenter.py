"""Turns sessions into rows, subagents below their session; knows no widget."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from qcc_desktop.core.health import OUT, Health
from qcc_desktop.core.snapshot import AgentView, SessionView, Snapshot
from qcc_desktop.core.usage import Usage
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate

MOST_AGENTS = 8
"""So many subagents are listed of one session, the ones active last."""
_ID_LETTERS = 8
_NOT_ASKED = OUT | {Health.DISABLED}


@dataclass(frozen=True, slots=True)
class Row:
    """One session, or one subagent of it."""

    id: str
    key: str
    """The session's key; the same for its subagents."""
    name: str
    name_hint: str
    is_agent: bool
    is_running: bool
    model: str
    endpoint: str
    endpoint_id: str
    endpoint_hint: str
    is_pinned: bool
    is_pinned_here: bool
    """The endpoint it is at is the one it is pinned to, not one that stands in."""
    turns: str
    tokens: str
    tokens_hint: str
    cache: str
    last: str
    last_hint: str


def rows_of(snapshot: Snapshot, now: datetime, *, wanted: str = "") -> tuple[Row, ...]:
    """Return the sessions a search shows, the one used last first, each with its subagents."""
    names = {view.endpoint.id: view.endpoint.name for view in snapshot.endpoints}
    out = {view.endpoint.id for view in snapshot.endpoints if view.health in _NOT_ASKED}
    needles = wanted.casefold().split()
    rows: list[Row] = []
    for view in snapshot.sessions:
        row = _session_row(view, names, out, now)
        texts = f"{row.name} {view.folder} {view.key} {row.model} {row.endpoint}".casefold()
        if all(needle in texts for needle in needles):
            rows.append(row)
            rows.extend(
                _agent_row(view, agent, now) for agent in _newest(view.subagents)[:MOST_AGENTS]
            )
    return tuple(rows)


def _newest(agents: tuple[AgentView, ...]) -> list[AgentView]:
    return sorted(agents, key=lambda agent: agent.last_seen, reverse=True)


def session_title(view: SessionView) -> str:
    """Return the folder's name, else the beginning of the session's id."""
    if view.folder:
        return PurePath(view.folder.replace("\\", "/")).name or view.folder
    return view.key[:_ID_LETTERS]


def _session_row(view: SessionView, names: Mapping[str, str], out: Set[str], now: datetime) -> Row:
    return Row(
        id=view.key,
        key=view.key,
        name=session_title(view),
        name_hint="\n".join(part for part in (view.folder, view.key) if part),
        is_agent=False,
        is_running=view.in_flight > 0,
        model=view.model,
        endpoint=_where(view, names),
        endpoint_id=view.endpoint_id,
        endpoint_hint=_endpoint_hint(view, names, out),
        is_pinned=bool(view.pin_id),
        is_pinned_here=bool(view.pin_id) and view.pin_id == view.endpoint_id,
        turns=str(view.turns),
        tokens=_tokens(view.usage),
        tokens_hint=tokens_hint(view.usage),
        cache=words.percent(view.cache_hit_rate),
        last=_last(view.last_seen, now, is_running=view.in_flight > 0),
        last_hint=_exact(view.last_seen),
    )


def _agent_row(view: SessionView, agent: AgentView, now: datetime) -> Row:
    return Row(
        id=f"{view.key}/{agent.id}",
        key=view.key,
        name=translate("Sessions", "Subagent {name}").format(name=agent.id[:_ID_LETTERS]),
        name_hint=agent.id,
        is_agent=True,
        is_running=agent.in_flight > 0,
        model=agent.model,
        endpoint="",
        endpoint_id="",
        endpoint_hint="",
        is_pinned=False,
        is_pinned_here=False,
        turns=str(agent.turns),
        tokens=_tokens(agent.usage),
        tokens_hint=tokens_hint(agent.usage),
        cache=words.percent(agent.usage.cache_hit_rate),
        last=_last(agent.last_seen, now, is_running=agent.in_flight > 0),
        last_hint=_exact(agent.last_seen),
    )


def _where(view: SessionView, names: Mapping[str, str]) -> str:
    """Return where it is, and where it is pinned to if that is elsewhere."""
    here = names.get(view.endpoint_id, "") or translate("Sessions", "not bound")
    pinned = names.get(view.pin_id, "")
    if not pinned or view.pin_id == view.endpoint_id:
        return here
    return translate("Sessions", "{here} · pinned: {pinned}").format(here=here, pinned=pinned)


def _endpoint_hint(view: SessionView, names: Mapping[str, str], out: Set[str]) -> str:
    here = names.get(view.endpoint_id, "")
    if view.pin_id:
        pinned = names.get(view.pin_id, "")
        if view.pin_id != view.endpoint_id and here:
            said = translate("Sessions", "Pinned to {pinned} from its next request on.")
            if view.pin_id in out:
                said = translate("Sessions", "Pinned to {pinned}, which is out; {here} answers.")
            return said.format(pinned=pinned, here=here)
        return translate("Sessions", "Pinned to {pinned}.").format(pinned=pinned)
    if not here:
        return translate("Sessions", "Its next turn is routed anew.")
    if view.home_id and view.home_id != view.endpoint_id:
        said = translate(
            "Sessions", "Moved here from {home} by failover; it goes back after a pause."
        )
        return said.format(home=names.get(view.home_id, "?"))
    return translate("Sessions", "Stays here while its prompt cache is warm.")


def _tokens(usage: Usage) -> str:
    return words.short_count(usage.total) if usage.total else "–"


def tokens_hint(usage: Usage) -> str:
    """Return what the tokens are made of."""
    if not usage.total:
        return translate("Sessions", "No token counts were reported.")
    said = translate(
        "Sessions", "{new} new, {read} from the cache, {written} into the cache, {out} written."
    )
    return said.format(
        new=f"{usage.input_tokens:,}",
        read=f"{usage.cache_read:,}",
        written=f"{usage.cache_creation:,}",
        out=f"{usage.output_tokens:,}",
    )


def _last(moment: datetime, now: datetime, *, is_running: bool) -> str:
    return translate("Sessions", "running") if is_running else words.ago(moment, now)


def _exact(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
