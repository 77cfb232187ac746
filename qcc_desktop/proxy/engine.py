"""The engine as the rest of the program sees it: start, stop, reconfigure, look."""

import asyncio
import logging
import random
from collections.abc import Callable, Iterable

from aiohttp import web

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.events import ConfigChanged, ProxyStarted, ProxyStopped
from qcc_desktop.core.fleet import Fleet
from qcc_desktop.core.kept import HeldEndpoint, KeptSession
from qcc_desktop.core.models import target_model
from qcc_desktop.core.ports import EventSink, KeySource
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.proxy import remembering
from qcc_desktop.proxy.capabilities import Capabilities
from qcc_desktop.proxy.caretaker import Caretaker
from qcc_desktop.proxy.deferred import DeferredAnswers
from qcc_desktop.proxy.dialect import OpenAIDialect
from qcc_desktop.proxy.downstream import Silence
from qcc_desktop.proxy.handlers import add_routes
from qcc_desktop.proxy.overview import snapshot_of
from qcc_desktop.proxy.probe import Check, Prober, TestReport
from qcc_desktop.proxy.recorder import Recorder
from qcc_desktop.proxy.server import Server
from qcc_desktop.proxy.small_talk import DEFAULT_MODEL
from qcc_desktop.proxy.state import ENGINE_STATE, EngineState
from qcc_desktop.proxy.upstreams import Upstreams, one_off
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.runtime.tasks import cancel, spawn

_log = logging.getLogger(__name__)
ExtraRoutes = Callable[[web.Application], None]


class Engine:
    """The proxy. Belongs to one loop; survives any number of starts and stops.

    ``extra_routes`` adds what the engine knows nothing of (the status pages); they are behind
    the same token.
    """

    def __init__(  # noqa: PLR0913 - keyword-only parts, joined in one place
        self,
        *,
        keys: KeySource,
        sink: EventSink,
        clock: Clock,
        rng: random.Random,
        token: Callable[[], str],
        extra_routes: ExtraRoutes | None = None,
        silence: Silence | None = None,
    ) -> None:
        dialect = OpenAIDialect(rng)
        self._state = EngineState(
            fleet=Fleet(),
            upstreams=Upstreams(),
            keys=keys,
            recorder=Recorder(clock, sink),
            sink=sink,
            clock=clock,
            rng=rng,
            deferred=DeferredAnswers(),
            capabilities=Capabilities(),
            dialect=dialect,
            silence=silence or Silence(),
        )
        self._extra_routes = extra_routes
        self._server = Server(token, self._add_routes)
        prober = Prober(clock, rng, self._model_at, dialect)
        self._prober = prober
        self._caretaker = Caretaker(self._state, prober)
        self._state.on_trouble = self._caretaker.wake
        self._turning = asyncio.Lock()
        self._resumed = asyncio.Event()
        self._turn = 0
        """Counts starts and stops: a stop that was overtaken while it drained leaves the rest."""

    @property
    def is_running(self) -> bool:
        """True while the proxy takes requests."""
        return self._server.port is not None and not self._state.is_draining

    @property
    def port(self) -> int | None:
        """The bound port while the proxy listens."""
        return self._server.port

    @property
    def in_flight(self) -> int:
        """How many requests are being answered."""
        return self._state.recorder.in_flight

    async def idle(self) -> None:
        """Wait until no request is being answered."""
        await self._state.recorder.idle()

    def apply(self, config: Config) -> None:
        """Take over endpoints and options; running answers are not touched.

        The port is the one thing that needs a new start.
        """
        state = self._state
        state.config = config
        state.without_count_tokens.clear()
        state.body_limits.keep_only(endpoint.id for endpoint in config.endpoints)
        state.fleet.configure(config, state.clock.now_s())
        state.upstreams.configure(config)
        self._caretaker.wake()
        state.sink.publish(ConfigChanged())

    def key_changed(self, endpoint_id: str) -> None:
        """Forgive an endpoint whose key was edited: it starts afresh."""
        self._state.fleet.reset(endpoint_id, self._state.clock.now_s())

    async def start(self, *, host: str = "127.0.0.1", port: int) -> int:
        """Listen; return the bound port. Where answers of a stop still run, it goes on.

        Raises:
            UserFacingError: when the port cannot be had or ``host`` is not of this computer.
        """
        async with self._turning:
            if self.is_running and self._server.port is not None:
                return self._server.port
            bound = await self._server.start(host, port)
            self._turn += 1
            self._state.is_draining = False
            self._resumed.set()
            self._caretaker.start()
        _log.info("The proxy listens on %s port %d", host, bound)
        self._state.sink.publish(ProxyStarted(bound))
        return bound

    async def stop(self, *, drain_s: float = 30.0) -> None:
        """Take no new requests, let running answers end, abort them after ``drain_s``.

        Started again meanwhile, it does not stop; the last call counts.
        """
        async with self._turning:
            if self._server.port is None:
                return
            self._turn += 1
            turn = self._turn
            self._state.is_draining = True
            self._resumed.clear()
            await self._server.close_door()
            await self._caretaker.stop()
        await self._drained(drain_s)
        async with self._turning:
            if turn != self._turn:
                return
            await self._server.stop()
            await self._state.upstreams.aclose()
            self._state.is_draining = False
        _log.info("The proxy has stopped")
        self._state.sink.publish(ProxyStopped())

    async def _drained(self, drain_s: float) -> None:
        """Wait until nothing is answered any more, or the proxy was started again."""
        recorder = self._state.recorder
        waiting = {
            spawn(recorder.idle(), name="the last answers"),
            spawn(self._resumed.wait(), name="a start while it drains"),
        }
        try:
            done, _ = await asyncio.wait(
                waiting, timeout=drain_s, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for task in waiting:
                await cancel(task)
        if not done:
            _log.warning("%d answers were still running and are cut", recorder.in_flight)

    def snapshot(self) -> Snapshot:
        """Return everything a front end shows."""
        return snapshot_of(self._state, port=self._server.port, is_running=self.is_running)

    async def test(
        self,
        endpoint: Endpoint,
        key: str | None,
        on_check: Callable[[Check], None] | None = None,
    ) -> TestReport:
        """Check an endpoint, saved or not, over a connection of its own.

        ``on_check`` is told each verdict as it comes.
        """
        upstream = await one_off(endpoint, self._state.settings)
        async with upstream.client:
            return await self._prober.test(upstream, endpoint, key, on_check)

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint at once rather than at its due time."""
        self._state.fleet.try_now(endpoint_id, self._state.clock.now_s())
        self._caretaker.wake()

    def knows_session(self, session: str) -> bool:
        """Tell whether a session is remembered."""
        return self._state.fleet.knows_session(session, self._state.clock.now_s())

    def pin_session(self, session: str, endpoint_id: str | None) -> None:
        """Prefer an endpoint for one session as long as it can answer; None ends that."""
        self._state.fleet.pin_session(session, endpoint_id, self._state.clock.now_s())

    def move_session(self, session: str, endpoint_id: str) -> None:
        """Bind one session to an endpoint from its next request on, without a pin."""
        self._state.fleet.move_session(session, endpoint_id, self._state.clock.now_s())

    def release_session(self, session: str) -> None:
        """Have the next request of one session routed as if it were new."""
        self._state.fleet.release_session(session)

    def session_keys(self) -> tuple[str, ...]:
        """Return the sessions that are remembered, the one used last first."""
        bindings = self._state.fleet.sessions(self._state.clock.now_s())
        return tuple(binding.key for binding in bindings)

    def kept_sessions(self, keys: Iterable[str]) -> tuple[KeptSession, ...]:
        """Return what should outlive the program of these sessions, of those still remembered."""
        return remembering.kept_sessions(self._state, keys)

    def held_endpoints(self) -> tuple[HeldEndpoint, ...]:
        """Return the endpoints that need the person."""
        return remembering.held_endpoints(self._state)

    def restore(self, sessions: Iterable[KeptSession], held: Iterable[HeldEndpoint]) -> None:
        """Take over what an earlier start knew; call it between `apply` and `start`."""
        remembering.restore(self._state, sessions, held)

    def drop_idle(self) -> None:
        """Forget idle connections, as after the computer slept."""
        self._state.upstreams.refresh()
        self._caretaker.wake()

    def _model_at(self, endpoint: Endpoint) -> str:
        """Return what the last request would ask ``endpoint`` for; empty before the first."""
        settings = self._state.settings
        asked = self._state.last_model
        if endpoint.protocol is WireProtocol.OPENAI:
            # Claude's own names say nothing there: one that the endpoint lists does for a check.
            return target_model(endpoint, settings, asked or DEFAULT_MODEL) or ""
        return target_model(endpoint, settings, asked) or asked

    def _add_routes(self, app: web.Application) -> None:
        app[ENGINE_STATE] = self._state
        if self._extra_routes is not None:
            self._extra_routes(app)
        add_routes(app)
