"""Sets the demo up: the whole program in a home of its own, with a simulated world around it."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.demo.script import CAST, FIRST_BYTE_S, SESSIONS, answer_to, shortened
from qcc_desktop.app.demo.session import Gate, Line, SimulatedSession, Turn
from qcc_desktop.app.simulation import SimulatedEndpoint
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import DIRECT
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.storage.paths import paths_below

KEPT_TURNS = 5
_PATIENCE_S = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the demo goes: slow enough to be watched, or as fast as it can.

    ``calm_s`` is how long a part without trouble is shown at least, ``trouble_s`` how long one
    is shown after the culprit failed.
    """

    word_s: float
    pause_s: float
    calm_s: float
    trouble_s: float


WATCHED = Pace(word_s=0.05, pause_s=0.4, calm_s=3.0, trouble_s=6.5)
"""Icon and window show amber after 2 s only (`services.state`); four more are to be looked at."""
UNWATCHED = Pace(word_s=0.01, pause_s=0.02, calm_s=0.0, trouble_s=0.0)


class Stage:
    """Everything that takes part; `set_up` before `Program.start`, `strike` at the end."""

    def __init__(self, directory: Path, pace: Pace) -> None:
        self.container: Container = build_container(paths_below(directory), simulated=True)
        self.pace = pace
        self.cast: Mapping[str, SimulatedEndpoint] = {
            name: SimulatedEndpoint(name, pace_s=pace.word_s, speak=answer_to) for name in CAST
        }
        self.gate = Gate(len(SESSIONS))
        self.sessions: tuple[SimulatedSession, ...] = ()
        self.last_turns: deque[Turn] = deque(maxlen=KEPT_TURNS)
        self._client: httpx.AsyncClient | None = None

    async def set_up(self) -> None:
        """Start the endpoints and write the configuration that knows them."""
        for simulated in self.cast.values():
            await simulated.start()
        await self.container.configuration.update(_with_short_times)
        for simulated in self.cast.values():
            await self.container.endpoints.add(_draft(simulated))

    def let_in(self, on_turn: Callable[[Turn], None]) -> None:
        """Bring the sessions in."""
        container = self.container
        client = self._client = httpx.AsyncClient(timeout=_PATIENCE_S, trust_env=False)
        line = Line(client, container.clock, container.claude_code.environment)
        self.sessions = tuple(
            SimulatedSession(
                name,
                line,
                on_turn=on_turn,
                pause_s=self.pace.pause_s,
                first_question=2 * number,
            )
            for number, name in enumerate(SESSIONS)
        )

    async def strike(self) -> None:
        """Close everything; no error where it was not opened."""
        if self._client is not None:
            await self._client.aclose()
        await asyncio.gather(*(simulated.stop() for simulated in self.cast.values()))


def _with_short_times(config: Config) -> Config:
    return replace(config, settings=shortened(config.settings))


def _draft(simulated: SimulatedEndpoint) -> EndpointDraft:
    return EndpointDraft(
        name=simulated.name,
        base_url=simulated.base_url,
        key="demo-key",
        proxy=DIRECT,
        first_byte_timeout_s=FIRST_BYTE_S,
        note="Simulated; gone when the demo ends.",
    )
