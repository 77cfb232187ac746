"""Shows the story in a terminal: light, endpoints, what the sessions hear, the last requests."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from rich.console import Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from qcc_desktop.app.demo.director import Director
from qcc_desktop.app.demo.report import LIGHTS
from qcc_desktop.app.demo.script import Beat
from qcc_desktop.app.demo.session import SimulatedSession, Turn
from qcc_desktop.app.demo.stage import KEPT_TURNS
from qcc_desktop.app.demo.tally import Act, Share, shares_of, sum_of
from qcc_desktop.core.health import Health, Light
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.runtime.tasks import cancel, spawn

_FRAME_S = 0.125
_COLOURS = {
    Light.GREEN: "green",
    Light.AMBER: "yellow",
    Light.RED: "red",
    Light.GREY: "bright_black",
}
_OF_HEALTH = {
    Health.HEALTHY: Light.GREEN,
    Health.DEGRADED: Light.AMBER,
    Health.UNHEALTHY: Light.AMBER,
    Health.CIRCUIT_OPEN: Light.RED,
    Health.QUARANTINED: Light.RED,
    Health.DISABLED: Light.GREY,
}
_DIM = "bright_black"


class LiveView:
    """A narrator that draws the whole story again eight times a second.

    Shows the state of the moment: icon and window wait two seconds before they turn amber, and
    beside the endpoints' own health that would look like a contradiction. The lines of
    ``footer`` stay at the bottom.
    """

    def __init__(self, footer: tuple[str, ...]) -> None:
        self._title = "All is being set up"
        self._footer = footer

    def began(self, number: int, beat: Beat) -> None:
        """Write the title of the part."""
        del number
        self._title = beat.title

    def mending(self, beat: Beat) -> None:
        """Say that the trouble is over."""
        self._title = beat.title_when_over

    def ended(self, number: int, act: Act) -> None:
        """Keep what is shown; the next part begins at once."""

    @asynccontextmanager
    async def shown(self, director: Director) -> AsyncIterator[None]:
        """Draw as long as the block lasts; then the terminal is as it was."""
        with Live(auto_refresh=False, screen=True) as live:
            drawing = spawn(self._draw(live, director), name="draw the demo")
            try:
                yield
            finally:
                await cancel(drawing)

    async def _draw(self, live: Live, director: Director) -> None:
        while True:
            live.update(self.frame(director), refresh=True)
            await asyncio.sleep(_FRAME_S)

    def frame(self, director: Director) -> RenderableType:
        """Return one picture."""
        stage = director.stage
        snapshot = stage.container.state.fresh()
        seen = director.seen
        shares = shares_of(seen)
        return Group(
            Text.assemble(
                ("QCC Desktop demo  ", _DIM), (self._title, "bold"),
                (f"  ({director.number} of {len(director.story)})", _DIM),
                no_wrap=True, overflow="ellipsis",
            ),
            _light_line(snapshot),
            Text(),
            _endpoints(snapshot, shares),
            _sessions(stage.sessions),
            _turns(tuple(stage.last_turns)),
            _total(seen, shares),
            _lines(self._footer),
        )  # fmt: skip


def _light_line(snapshot: Snapshot) -> Text:
    light = snapshot.light
    return Text.assemble(
        (f"{LIGHTS[light]} {light}  ", f"bold {_COLOURS[light]}"),
        snapshot.cause.text(),
        no_wrap=True,
        overflow="ellipsis",
    )


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style=_DIM, expand=True, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, no_wrap=True, overflow="ellipsis")
    return table


def _endpoints(snapshot: Snapshot, shares: Mapping[str, Share]) -> RenderableType:
    table = _table("Endpoint", "Health", "Asked", "Failed", "First word", "Why")
    for column in table.columns[2:5]:
        column.justify = "right"
    table.columns[5].ratio = 1
    for view in snapshot.endpoints:
        table.add_row(*_endpoint_row(view, shares.get(view.endpoint.name, Share())))
    return Group(table, Text())


def _endpoint_row(view: EndpointView, share: Share) -> tuple[RenderableType, ...]:
    light = _OF_HEALTH[view.health]
    words = view.health.value.replace("_", " ")
    first = "-" if view.latency_p50_ms is None else f"{view.latency_p50_ms / 1000:.2f} s"
    return (
        Text(view.endpoint.name, "bold"),
        Text(f"{LIGHTS[light]} {words}", _COLOURS[light]),
        str(share.asked),
        str(share.failed),
        first,
        Text(view.reason, _DIM),
    )


def _sessions(sessions: tuple[SimulatedSession, ...]) -> RenderableType:
    table = _table("Session", "Hears", "")
    table.columns[2].ratio = 1
    for session in sessions:
        said = Text("waits for an answer", _DIM) if session.is_waiting else Text(session.said)
        table.add_row(Text(session.name, "bold"), session.endpoint or "-", said)
    return Group(table, Text())


def _turns(turns: tuple[Turn, ...]) -> RenderableType:
    table = _table("Last requests", "Answered by", "")
    table.columns[2].ratio = 1
    for turn in turns:
        table.add_row(turn.session, turn.endpoint or "nobody", _how(turn))
    for _ in range(KEPT_TURNS - len(turns)):
        table.add_row("", "", "")
    return Group(table, Text())


def _how(turn: Turn) -> Text:
    if turn.error:
        return Text(f"✖ {turn.error}", "red")
    again = ", sent again after a cut" if turn.sends > 1 else ""
    return Text.assemble(("✔ ", "green"), f"first word after {turn.waited_s:.2f} s{again}")


def _total(seen: tuple[Act, ...], shares: Mapping[str, Share]) -> Text:
    """Return what the endpoints' table adds up to, and what came of it for the sessions."""
    asked = sum(share.asked for share in shares.values())
    failed = sum(share.failed for share in shares.values())
    total = sum_of(seen)
    words = (
        f"Endpoints were asked {asked} times and failed {failed}; "
        f"of {total.requests} questions {total.failures} got no answer."
    )
    return Text(words, no_wrap=True, overflow="ellipsis")


def _lines(lines: tuple[str, ...]) -> Text:
    return Text("\n".join(lines), _DIM, no_wrap=True, overflow="ellipsis")
