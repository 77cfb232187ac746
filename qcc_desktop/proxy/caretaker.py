"""Works in the background: verifies endpoints that are out, forgets expired sessions.

Sleeps until the next thing is due, so that an idle program does not wake up for it.
"""

import asyncio
import logging

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import (
    EndpointProbed,
    EndpointRecovered,
    HealthReviewed,
)
from qcc_desktop.core.failure import Failure
from qcc_desktop.core.roster import proves_life
from qcc_desktop.proxy.probe import Prober
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.proxy.verdicts import CANCELLED, local_failure
from qcc_desktop.runtime.periodic import Periodic
from qcc_desktop.runtime.tasks import spawn

_log = logging.getLogger(__name__)
_SHORTEST_S = 0.05


class Caretaker:
    """Runs between `start` and `stop`; `wake` makes it look at once."""

    def __init__(self, state: EngineState, prober: Prober) -> None:
        self._state = state
        self._prober = prober
        self._periodic: Periodic | None = None
        self._checks: set[asyncio.Task[None]] = set()
        self._cleaned_s = state.clock.now_s()

    def start(self) -> None:
        """Begin; needs a running loop."""
        if self._periodic is None:
            self._periodic = Periodic("caretaker", self._look, self._delay_s)
            self._periodic.start()

    def wake(self) -> None:
        """Look now: something was asked for, or due times changed."""
        if self._periodic is not None:
            self._periodic.wake()

    async def stop(self) -> None:
        """End, with every check that runs."""
        periodic, self._periodic = self._periodic, None
        if periodic is not None:
            await periodic.stop()
        checks = list(self._checks)
        for check in checks:
            check.cancel()
        await asyncio.gather(*checks, return_exceptions=True)

    async def _look(self) -> None:
        state = self._state
        now_s = state.clock.now_s()
        state.sink.publish(HealthReviewed())
        if now_s - self._cleaned_s >= state.settings.affinity_cleanup_s:
            self._cleaned_s = now_s
            state.fleet.expire(now_s)
            state.book.expire(now_s, state.settings.affinity_ttl_s)
        by_id = {endpoint.id: endpoint for endpoint in state.config.endpoints}
        for endpoint_id in state.fleet.probe_due(now_s):
            if endpoint_id in by_id:
                state.fleet.probe_began(endpoint_id, now_s)
                check = spawn(self._verify(by_id[endpoint_id]), name="verify an endpoint")
                self._checks.add(check)
                check.add_done_callback(self._checks.discard)

    def _delay_s(self) -> float:
        state = self._state
        now_s = state.clock.now_s()
        cleanup_s = self._cleaned_s + state.settings.affinity_cleanup_s - now_s
        moments = (state.fleet.next_due_s(), state.fleet.next_change_s(now_s))
        waits = [max(_SHORTEST_S, moment - now_s) for moment in moments if moment is not None]
        return min([cleanup_s, *waits])

    async def _verify(self, endpoint: Endpoint) -> None:
        state = self._state
        failure: Failure | None = None
        try:
            upstream = await state.upstreams.get(endpoint)
            failure = await self._prober.verify(
                upstream,
                endpoint,
                state.keys.key_of(endpoint.id),
                state.settings.upstream_probe,
            )
        except (OSError, ValueError) as error:
            failure = local_failure(error, state.clock.wall_s())
        except BaseException:
            self._settle(endpoint, CANCELLED)  # or it would never be checked again
            raise
        if self._settle(endpoint, failure):
            _log.info("%s is well again", endpoint.name)
            state.sink.publish(EndpointRecovered(endpoint.id))
        state.sink.publish(EndpointProbed(endpoint.id, failure.message if failure else ""))
        self.wake()

    def _settle(self, endpoint: Endpoint, failure: Failure | None) -> bool:
        state = self._state
        if failure is None or proves_life(failure):
            state.recorder.answered()
        has_recovered = state.fleet.probe_ended(
            endpoint.id, failure, state.clock.now_s(), state.rng.random()
        )
        state.tell_network()
        return has_recovered
