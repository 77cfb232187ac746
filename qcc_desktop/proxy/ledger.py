"""What one request teaches: its attempts go to the record, the fleet, the listeners and the log.

Everything is noted at once and before the client sees the end of its answer, so that its next
request, a moment later, meets what this one found out.
"""

import logging
from dataclasses import dataclass, replace

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import AttemptFailed, EndpointRecovered, FailedOver
from qcc_desktop.core.failover import Named
from qcc_desktop.core.failure import FailureClass
from qcc_desktop.core.member import Permit
from qcc_desktop.core.redact import redact
from qcc_desktop.core.snapshot import AttemptView
from qcc_desktop.proxy.attempt import Failed
from qcc_desktop.proxy.capabilities import Kind
from qcc_desktop.proxy.recorder import Record
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.proxy.verdicts import OFFLINE

_log = logging.getLogger(__name__)
_BODY_LIMIT_ROW = 21
_LOGGED_BYTES = 2048
_GUESSED = frozenset({FailureClass.TRANSIENT, FailureClass.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Try:
    """One endpoint asked, and how it failed."""

    endpoint: Endpoint
    failed: Failed

    @property
    def named(self) -> Named:
        """The pair that `core.failover` takes."""
        return self.endpoint.name, self.failed.failure


class Ledger:
    """Keeps the books of one request; ``kind`` is what it needs an endpoint to be capable of."""

    def __init__(self, state: EngineState, record: Record, kind: Kind, body_bytes: int) -> None:
        self._state = state
        self._record = record
        self._kind = kind
        self._body_bytes = body_bytes
        self._skipped: set[str] = set()
        self.tries: list[Try] = []

    @property
    def now_s(self) -> float:
        """Monotonic time."""
        return self._state.clock.now_s()

    def skipped(self, endpoint: Endpoint, reason: str) -> None:
        """Note that an endpoint is not asked, once."""
        if endpoint.id not in self._skipped:
            self._skipped.add(endpoint.id)
            self._record.attempts.append(
                AttemptView(endpoint.name, "skipped", reason, endpoint_id=endpoint.id)
            )

    def _was_asked(self, endpoint: Endpoint) -> None:
        """Take back that an endpoint is not asked: the last resort is passed over at first."""
        if endpoint.id in self._skipped:
            self._skipped.discard(endpoint.id)
            self._record.attempts[:] = [
                each
                for each in self._record.attempts
                if each.endpoint_id != endpoint.id or each.outcome != "skipped"
            ]

    def heard(self, endpoint: Endpoint, failed: Failed, began_s: float) -> Failed:
        """Note a failed attempt; return it as it looks now that more is known.

        What every endpoint does alike is this computer's fault.
        """
        state = self._state
        now_s = self.now_s
        is_offline = state.fleet.noticed(endpoint.id, failed.fault, now_s)
        state.tell_network()
        if is_offline and failed.fault is not None and failed.failure.kind in _GUESSED:
            failed = replace(failed, failure=OFFLINE)
        failure = failed.failure
        self.tries.append(Try(endpoint, failed))
        self._was_asked(endpoint)
        self._record.attempts.append(
            AttemptView(
                endpoint.name,
                failure.kind.value,
                failure.message,
                (now_s - began_s) * 1000,
                endpoint.id,
                failed.status or failed.head_status,
            )
        )
        state.sink.publish(AttemptFailed(self._record.id, endpoint.id, failure, now_s - began_s))
        self._log_body(endpoint, failed)
        return failed

    def failed(self, permit: Permit, failed: Failed) -> None:
        """Settle the permit of an endpoint that is given up for this request."""
        state = self._state
        if failed.failure.row == _BODY_LIMIT_ROW:
            state.body_limits.refused(permit.endpoint_id, self._body_bytes)
        state.fleet.fail(permit, failed.failure, self.now_s, state.rng.random())
        state.tell_network()
        state.on_trouble()

    def answers(self, endpoint: Endpoint) -> None:
        """Note who begins to answer."""
        record = self._record
        record.endpoint_id, record.endpoint_name = endpoint.id, endpoint.name
        record.first_content_s = self.now_s
        first_id = self.tries[0].endpoint.id if self.tries else endpoint.id
        if first_id != endpoint.id:
            record.has_failed_over = True
            last_id = self.tries[-1].endpoint.id
            self._state.sink.publish(FailedOver(record.id, last_id, endpoint.id))

    def committed(self, permit: Permit) -> None:
        """Note that content has reached the client."""
        self._state.recorder.answered()
        self._rejoice(permit, has_recovered=self._state.fleet.committed(permit, self.now_s))

    def succeeded(self, endpoint: Endpoint, permit: Permit, began_s: float, outcome: str) -> None:
        """Settle the permit of an endpoint whose answer is complete."""
        state, record, now_s = self._state, self._record, self.now_s
        record.outcome = outcome
        self._was_asked(endpoint)
        record.attempts.append(
            AttemptView(
                endpoint.name,
                "ok",
                duration_ms=(now_s - began_s) * 1000,
                endpoint_id=endpoint.id,
                status=record.status,
            )
        )
        state.capabilities.prove(endpoint.id, self._kind)
        state.body_limits.accepted(endpoint.id, self._body_bytes)
        first_s = (record.first_content_s or now_s) - began_s
        has_recovered = state.fleet.succeed(permit, now_s, first_content_s=first_s)
        self._rejoice(permit, has_recovered=has_recovered)

    def _rejoice(self, permit: Permit, *, has_recovered: bool) -> None:
        self._state.tell_network()
        if has_recovered:
            self._state.sink.publish(EndpointRecovered(permit.endpoint_id))

    def _log_body(self, endpoint: Endpoint, failed: Failed) -> None:
        """Write what an endpoint said of its error, if the person wants that."""
        if not (self._state.settings.privacy_log_bodies and failed.body):
            return
        key = self._state.keys.key_of(endpoint.id)
        # Secrets go first: one cut in two at the limit would not be found.
        text = failed.body[: 2 * _LOGGED_BYTES].decode("utf-8", "replace")
        text = redact(text, (key,) if key else ())[:_LOGGED_BYTES]
        _log.info("Request %d: %s said %r", self._record.id, endpoint.name, text)
