"""``POST /v1/messages``: walks the endpoints until one answers, then relays it.

The only retry loop of the program. Each attempt ends in a value; `core.failover` decides what
comes next, `core.fleet` learns from it before the client sees anything.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.events import AttemptFailed, FailedOver, NetworkChanged
from qcc_desktop.core.failover import (
    AttemptBudget,
    FinalError,
    GiveUp,
    Named,
    RetrySame,
    Situation,
    Step,
    WaitForNetwork,
    final_error,
    next_step,
)
from qcc_desktop.core.failure import SwitchIf
from qcc_desktop.core.member import Permit
from qcc_desktop.core.models import target_model
from qcc_desktop.core.route import Plan, RouteRequest
from qcc_desktop.core.snapshot import AttemptView
from qcc_desktop.proxy.answers import WholeAnswer, error_answer, retry_after
from qcc_desktop.proxy.attempt import (
    Answered,
    Attempt,
    Call,
    Failed,
    Outcome,
    Patience,
    RawHeaders,
    Streaming,
    local_failure,
)
from qcc_desktop.proxy.capabilities import Kind
from qcc_desktop.proxy.downstream import Commitment, Downstream
from qcc_desktop.proxy.recorder import Record
from qcc_desktop.proxy.relay import Relay, RelayEnd
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.wire.headers import downstream_headers, header, upstream_headers
from qcc_desktop.wire.request_head import read_head, replace_model
from qcc_desktop.wire.session_key import conversation_of
from qcc_desktop.wire.thinking import strip_thinking

_log = logging.getLogger(__name__)
_LAST_ENDPOINT_FACTOR = 5.0
"""The last endpoint gets 300 s where others get 60 s (streaming design F.11)."""
_CONTENT_FACTOR = 2.0
"""An endpoint that has answered with 200 gets 120 s for its first content (row 32)."""


@dataclass(frozen=True, slots=True)
class _Try:
    """One endpoint asked, and how it failed."""

    endpoint: Endpoint
    failed: Failed


class Inference:
    """One request of a client, from its body to the end of its answer."""

    def __init__(
        self, state: EngineState, request: web.Request, record: Record, body: bytes
    ) -> None:
        self._state = state
        self._request = request
        self._record = record
        self._body = body
        self._head = read_head(body)
        conversation = conversation_of(request.raw_headers, body)
        self._session = conversation.key
        self._agent = conversation.agent_id
        self._model = self._head.model or ""
        self._downstream = Downstream(request, state.silence, may_keep_alive=self._head.stream)
        self._budget = AttemptBudget(
            max_endpoints=state.settings.routing_max_attempts, started_s=record.started_s
        )
        self._tries: list[_Try] = []
        self._skipped: dict[str, AttemptView] = {}
        self._only: frozenset[str] | None = None
        """Where set, no other endpoints are asked."""
        record.session = conversation.key
        record.model = self._model

    async def run(self) -> web.StreamResponse:
        """Answer the request; `asyncio.CancelledError` means that the client left."""
        state = self._state
        kept = state.deferred.take(self._session, self._body, self._now_s())
        if kept is not None:
            self._record.outcome, self._record.status = "client_error", kept.status
            return kept.response()
        if self._model:
            state.last_model = self._model
        self._downstream.expect_silence()
        try:
            return await self._walk()
        except Exception:
            if self._downstream.commitment is Commitment.OPEN:
                raise
            # A second answer cannot follow the first one: end it so that it is seen to be cut.
            _log.exception("Request %d broke within its answer", self._record.id)
            self._record.outcome = "cut"
            self._downstream.cut()
            return self._downstream.response
        finally:
            self._downstream.quieten()

    async def _walk(self) -> web.StreamResponse:
        """Ask one endpoint after the other."""
        asked: set[str] = set()
        while True:
            route = self._route(asked)
            plan = self._plan(route, len(asked))
            chosen = self._admit(plan, route)
            if chosen is None:
                return await self._give_up(plan)
            endpoint, permit, is_last = chosen
            asked.add(endpoint.id)
            answer = await self._ask(endpoint, permit, is_last=is_last)
            if answer is not None:
                return answer
            self._budget = self._budget.after(self._tries[-1].failed.failure, len(asked))

    def _route(self, asked: set[str]) -> RouteRequest:
        excluded = frozenset(asked)
        if self._only is not None:
            everyone = {endpoint.id for endpoint in self._state.config.endpoints}
            excluded |= everyone - self._only
        return RouteRequest(self._model, self._session, self._agent, excluded)

    def _plan(self, route: RouteRequest, asked: int) -> Plan:
        state = self._state
        now_s = self._now_s()
        if not self._budget.allows_another(asked, now_s):
            return Plan()
        return state.fleet.plan(route, now_s, state.rng.random())

    def _admit(self, plan: Plan, route: RouteRequest) -> tuple[Endpoint, Permit, bool] | None:
        for skipped in plan.skipped:
            self._note_skip(skipped.endpoint, skipped.reason)
        for candidate in plan.candidates:
            granted = self._state.fleet.admit(candidate, route, self._now_s())
            if isinstance(granted, Permit):
                return candidate.endpoint, granted, candidate.is_last
            self._note_skip(candidate.endpoint, granted.reason)
        return None

    async def _ask(
        self, endpoint: Endpoint, permit: Permit, *, is_last: bool
    ) -> web.StreamResponse | None:
        """Ask one endpoint, again where its row allows; None means: on to the next one.

        The permit is settled exactly once, whatever happens here.
        """
        try:
            return await self._ask_repeatedly(endpoint, permit, is_last=is_last)
        finally:
            if not permit.is_settled:  # the client left, or we broke
                self._state.fleet.neutral(permit, self._now_s())

    async def _ask_repeatedly(
        self, endpoint: Endpoint, permit: Permit, *, is_last: bool
    ) -> web.StreamResponse | None:
        body = self._body_for(endpoint)
        attempts_here = 0
        while True:
            began_s = self._now_s()
            outcome = await self._attempt(endpoint, body, is_last=is_last)
            attempts_here += 1
            if not isinstance(outcome, Failed):
                return await self._deliver(endpoint, permit, outcome, began_s)
            self._note_failure(endpoint, outcome, began_s)
            step = self._next_step(endpoint, outcome, attempts_here, is_last=is_last)
            if isinstance(step, RetrySame | WaitForNetwork):
                await asyncio.sleep(step.delay_s)
                body = self._body_again(body, step)
                continue
            self._fail(permit, outcome)
            if isinstance(step, GiveUp):
                return await self._refuse([self._tries[-1]])
            return None

    async def _attempt(self, endpoint: Endpoint, body: bytes, *, is_last: bool) -> Outcome:
        state = self._state
        key = state.keys.key_of(endpoint.id)
        headers = upstream_headers(
            self._request.raw_headers, endpoint.auth, key or "", endpoint.extra_headers
        )
        call = Call(self._request.raw_path, headers, body, self._head.stream, endpoint.base_url)
        self._record.asked += 1
        try:
            upstream = await state.upstreams.get(endpoint)
        except OSError as error:  # the extra certificate file
            return Failed(local_failure(error, state.clock.wall_s()))
        patience = self._patience(endpoint, is_last=is_last)
        attempt = Attempt(upstream.transport, call, patience, state.clock, secret=key)
        return await attempt.run(self._on_answering)

    @staticmethod
    def _body_again(body: bytes, step: RetrySame | WaitForNetwork) -> bytes:
        is_stripped = isinstance(step, RetrySame) and step.stripped
        return strip_thinking(body) if is_stripped else body

    def _body_for(self, endpoint: Endpoint) -> bytes:
        model = target_model(endpoint, self._state.settings, self._head.model)
        return replace_model(self._body, model) if model else self._body

    def _patience(self, endpoint: Endpoint, *, is_last: bool) -> Patience:
        settings = self._state.settings
        first_s = endpoint.first_byte_timeout_s or settings.routing_first_byte_timeout_s
        headers_s = first_s * (_LAST_ENDPOINT_FACTOR if is_last else 1.0)
        total_s = settings.routing_total_timeout_s
        return Patience(
            connect_s=endpoint.connect_timeout_s or settings.routing_connect_timeout_s,
            headers_s=headers_s if self._head.stream else max(headers_s, total_s),
            content_s=max(headers_s, first_s * _CONTENT_FACTOR),
            trickle_s=first_s * _LAST_ENDPOINT_FACTOR,
            idle_s=endpoint.stream_idle_timeout_s or settings.routing_stream_idle_timeout_s,
            total_s=total_s,
        )

    def _on_answering(self) -> None:
        self._downstream.expect_silence(is_answering=True)

    # Learning from what came

    def _note_failure(self, endpoint: Endpoint, failed: Failed, began_s: float) -> None:
        state = self._state
        duration_s = self._now_s() - began_s
        self._tries.append(_Try(endpoint, failed))
        failure = failed.failure
        self._record.attempts.append(
            AttemptView(endpoint.name, failure.kind.value, failure.message, duration_s * 1000)
        )
        state.sink.publish(AttemptFailed(self._record.id, endpoint.id, failure, duration_s))

    def _next_step(
        self, endpoint: Endpoint, failed: Failed, attempts_here: int, *, is_last: bool
    ) -> Step:
        state = self._state
        now_s = self._now_s()
        situation = Situation(
            attempts_here=attempts_here,
            is_last=is_last,
            may_have_moved=state.fleet.has_moved(self._session, endpoint.id, now_s),
            is_offline=self._notice(endpoint, failed),
            elapsed_s=now_s - self._record.started_s,
            may_switch=self._finds_abler(endpoint, failed),
        )
        return next_step(failed.failure, situation)

    def _notice(self, endpoint: Endpoint, failed: Failed) -> bool:
        """Tell the fleet how far the attempt came; return whether this computer is offline."""
        fleet = self._state.fleet
        was_offline = fleet.is_offline
        is_offline = fleet.noticed(endpoint.id, failed.fault, self._now_s())
        if is_offline is not was_offline:
            self._state.sink.publish(NetworkChanged(offline=is_offline))
        return is_offline

    def _finds_abler(self, endpoint: Endpoint, failed: Failed) -> bool:
        """Restrict the rest of the walk to endpoints that can do what this one could not."""
        match failed.failure.switch_if:
            case None:
                return False
            case SwitchIf.LARGER_WINDOW:
                window = endpoint.context_window_tokens or 0
                endpoints = self._state.config.endpoints
                self._only = frozenset(
                    each.id for each in endpoints if (each.context_window_tokens or 0) > window > 0
                )
            case SwitchIf.PROVED_CAPABILITY:
                self._only = self._state.capabilities.proved(self._kind()) - {endpoint.id}
        return bool(self._only)

    def _kind(self) -> Kind:
        return self._model, header(self._request.raw_headers, b"anthropic-beta") or b""

    def _fail(self, permit: Permit, failed: Failed) -> None:
        state = self._state
        state.fleet.fail(permit, failed.failure, self._now_s(), state.rng.random())
        state.on_trouble()

    # Delivering

    async def _deliver(
        self,
        endpoint: Endpoint,
        permit: Permit,
        outcome: Answered | Streaming,
        began_s: float,
    ) -> web.StreamResponse:
        record = self._record
        record.endpoint_id, record.endpoint_name = endpoint.id, endpoint.name
        record.first_content_s = self._now_s()
        if self._tries and self._tries[-1].endpoint.id != endpoint.id:
            last = self._tries[-1].endpoint.id
            self._state.sink.publish(FailedOver(record.id, last, endpoint.id))
        if isinstance(outcome, Streaming):
            return await self._stream(endpoint, permit, outcome, began_s)
        return await self._answer_whole(endpoint, permit, outcome, began_s)

    async def _answer_whole(
        self, endpoint: Endpoint, permit: Permit, answered: Answered, began_s: float
    ) -> web.StreamResponse:
        record = self._record
        record.usage, record.status, record.outcome = answered.usage, answered.status, "ok"
        self._succeed(endpoint, permit, began_s)
        headers = self._headers(answered.headers, endpoint, is_decoded=answered.is_decoded)
        if answered.content_type is not None:
            headers = [pair for pair in headers if pair[0].lower() != "content-type"]
            headers.append(("Content-Type", answered.content_type))
        if self._downstream.commitment is Commitment.OPEN:
            return WholeAnswer(answered.status, headers, answered.body).response()
        await self._downstream.commit(200, [], answered.body)
        return self._downstream.response

    async def _stream(
        self, endpoint: Endpoint, permit: Permit, streaming: Streaming, began_s: float
    ) -> web.StreamResponse:
        """Relay a stream; how it ends is settled before the client's connection is closed."""
        record, downstream = self._record, self._downstream
        relay = Relay(self._state.clock, secret=self._state.keys.key_of(endpoint.id))
        try:
            headers = self._headers(streaming.headers, endpoint, is_decoded=streaming.is_decoded)
            record.status = streaming.response.status_code
            await downstream.commit(200, headers, relay.begin(streaming.held))
            self._state.fleet.committed(permit, self._now_s())
            relayed = await relay.run(streaming, downstream)
        finally:
            record.usage = relay.watch.usage
            await streaming.rest.aclose()
            await streaming.response.aclose()
        if relayed.failure is None:
            record.outcome = "ok" if relayed.end is RelayEnd.COMPLETE else "recovered"
            self._succeed(endpoint, permit, began_s)
        else:
            record.outcome = "cut"
            failed = Failed(relayed.failure)
            self._note_failure(endpoint, failed, began_s)
            self._fail(permit, failed)
            downstream.cut()
        return downstream.response

    def _succeed(self, endpoint: Endpoint, permit: Permit, began_s: float) -> None:
        record, now_s = self._record, self._now_s()
        first_s = (record.first_content_s or now_s) - began_s
        record.attempts.append(
            AttemptView(endpoint.name, "ok", duration_ms=(now_s - began_s) * 1000)
        )
        self._state.capabilities.prove(endpoint.id, self._kind())
        self._state.fleet.succeed(permit, now_s, first_content_s=first_s)

    def _headers(
        self, raw: RawHeaders, endpoint: Endpoint, *, is_decoded: bool
    ) -> list[tuple[str, str]]:
        kept = downstream_headers(
            raw, decoded=is_decoded, endpoint_name=endpoint.name, attempts=self._record.asked
        )
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in kept]

    # Refusing

    async def _give_up(self, plan: Plan) -> web.StreamResponse:
        """Nobody is left to ask: say the most useful thing there is."""
        soonest_s = self._state.fleet.soonest_retry_s(self._now_s(), self._model)
        held = [(each.endpoint.name, each.failure) for each in plan.skipped if each.failure]
        return await self._refuse(self._tries, held, retry_after_s=soonest_s)

    async def _refuse(
        self,
        tries: list[_Try],
        held: Sequence[Named] = (),
        *,
        retry_after_s: float | None = None,
    ) -> web.StreamResponse:
        failures = [(each.endpoint.name, each.failed.failure) for each in tries]
        error = final_error(failures, retry_after_s, held)
        answer = self._as_answer(error, tries)
        record = self._record
        record.status = answer.status
        record.outcome = "client_error" if error.is_clients else "failed"
        if self._downstream.commitment is Commitment.OPEN:
            return answer.response()
        if error.is_clients:
            self._state.deferred.keep(self._session, self._body, answer, self._now_s())
        self._downstream.cut()
        return self._downstream.response

    def _as_answer(self, error: FinalError, tries: list[_Try]) -> WholeAnswer:
        if error.verbatim is not None:
            own = tries[error.verbatim]
            headers = self._headers(
                own.failed.headers, own.endpoint, is_decoded=own.failed.is_decoded
            )
            if error.retry_after_s is not None:
                headers = [pair for pair in headers if pair[0].lower() != "retry-after"]
                headers.append(retry_after(error.retry_after_s))
            return WholeAnswer(error.status, headers, own.failed.body)
        return error_answer(
            error.status,
            error.error_type,
            error.message,
            retry_after_s=error.retry_after_s,
            should_retry=error.should_retry,
        )

    def _note_skip(self, endpoint: Endpoint, reason: str) -> None:
        if endpoint.id not in self._skipped:
            skipped = AttemptView(endpoint.name, "skipped", reason)
            self._skipped[endpoint.id] = skipped
            self._record.attempts.append(skipped)

    def _now_s(self) -> float:
        return self._state.clock.now_s()
