"""``POST /v1/messages``: walks the endpoints until one answers, then relays it.

The only retry loop of the program. Each attempt ends in a value; `core.failover` decides what
comes next, `core.fleet` learns from it before the client sees anything.
"""

import asyncio
import logging
from dataclasses import replace

from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.failover import (
    AttemptBudget,
    NextEndpoint,
    RetrySame,
    Situation,
    Step,
    WaitForNetwork,
    next_step,
)
from qcc_desktop.core.failure import FailureClass, SwitchIf
from qcc_desktop.core.member import Permit
from qcc_desktop.core.models import target_model
from qcc_desktop.core.route import Plan, RouteRequest
from qcc_desktop.proxy.attempt import Attempt, Call, Failed, Outcome, Patience
from qcc_desktop.proxy.delivery import Delivery
from qcc_desktop.proxy.dialect import MOST_LESSONS, refusal
from qcc_desktop.proxy.downstream import Commitment, Downstream
from qcc_desktop.proxy.ledger import Ledger, Try
from qcc_desktop.proxy.recorder import Record
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.proxy.verdicts import local_failure
from qcc_desktop.runtime.clock import utc
from qcc_desktop.wire.headers import header, upstream_headers
from qcc_desktop.wire.launch_wish import wish_of
from qcc_desktop.wire.request_head import read_head, replace_model
from qcc_desktop.wire.session_key import conversation_of
from qcc_desktop.wire.thinking import strip_signed, strip_thinking
from qcc_desktop.wire.translate.request import (
    NEEDS_ANTHROPIC_TOOL,
    NeedsAnthropicTool,
    needs_anthropic_tool,
)
from qcc_desktop.wire.translate.turn import SIGNATURE
from qcc_desktop.wire.working_folder import working_folder

_log = logging.getLogger(__name__)
_LAST_ENDPOINT_FACTOR = 5.0
"""The last endpoint gets 300 s where others get 60 s (streaming design F.11)."""
_CONTENT_FACTOR = 2.0
"""An endpoint that has answered with 200 gets 120 s for its first content (row 32)."""
_RACE_ROW = 4
"""A kept-alive connection was closed just when it was used again."""


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
        self._wish = wish_of(request.raw_headers)
        self._model = self._head.model or ""
        self._downstream = Downstream(request, state.silence, may_keep_alive=self._head.stream)
        self._budget = AttemptBudget(
            max_endpoints=state.settings.routing_max_attempts, started_s=record.started_s
        )
        betas = header(request.raw_headers, b"anthropic-beta") or b""
        self._kind = (self._model, betas)
        self._ledger = Ledger(state, record, self._kind, len(body))
        self._delivery = Delivery(
            state, self._ledger, record, self._downstream, session=conversation.key, body=body
        )
        self._only: frozenset[str] | None = None
        """Where set, no other endpoints are asked."""
        self._unfit: Try | None = None
        """Set when only endpoints of Anthropic's API can do what the request is about. Who answers
        it says nothing about the rest of the conversation, which stays where it is."""
        record.session = conversation.key
        record.agent = conversation.agent_id
        record.model = self._model

    async def run(self) -> web.StreamResponse:
        """Answer the request; `asyncio.CancelledError` means that the client left."""
        if not self._session:
            return await self._run()
        self._enter_in_book()
        try:
            return await self._run()
        finally:
            clock = self._state.clock
            self._state.book.ended(
                self._session, self._agent, self._record.usage, clock.now_s(), utc(clock.wall_s())
            )

    def _enter_in_book(self) -> None:
        record, book = self._record, self._state.book
        book.began(self._session, self._agent, self._model, record.started_s, utc(record.wall_s))
        if book.wants_folder(self._session, self._agent):
            book.set_folder(self._session, working_folder(self._body))
        record.folder = book.folder_of(self._session)

    async def _run(self) -> web.StreamResponse:
        state = self._state
        kept = state.deferred.take(self._session, self._body, self._ledger.now_s)
        if kept is not None:
            self._record.outcome, self._record.status = "client_error", kept.status
            return kept.response()
        if self._model:
            state.last_model = self._model
        self._downstream.expect_silence()
        try:
            return await self._walk()
        except ConnectionError:
            raise  # the client left while it was written to
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
            plan, route = self._plan(asked)
            chosen = self._admit(plan, route)
            if chosen is None:
                return await self._give_up(plan)
            endpoint, permit, is_last = chosen
            if self._is_unfit(endpoint, permit):
                continue
            asked.add(endpoint.id)
            is_last = is_last or len(asked) >= self._budget.max_endpoints
            answer = await self._ask(endpoint, permit, is_last=is_last)
            if answer is not None:
                return answer
            failure = self._ledger.tries[-1].failed.failure
            self._budget = self._budget.after(failure, len(asked))

    def _is_unfit(self, endpoint: Endpoint, permit: Permit) -> bool:
        """Pass over an endpoint that lacks a tool of Anthropic's servers, and all of its kind."""
        if endpoint.protocol is not WireProtocol.OPENAI or not needs_anthropic_tool(self._body):
            return False
        self._state.fleet.neutral(permit, self._ledger.now_s)
        self._ledger.skipped(endpoint, NEEDS_ANTHROPIC_TOOL)
        self._unfit = Try(endpoint, Failed(refusal(NeedsAnthropicTool(NEEDS_ANTHROPIC_TOOL))))
        endpoints = self._state.config.endpoints
        self._only = frozenset(
            each.id for each in endpoints if each.protocol is WireProtocol.ANTHROPIC
        )
        return True

    def _plan(self, asked: set[str]) -> tuple[Plan, RouteRequest]:
        """Return whom to ask next; who is known to refuse a body of this size only at need."""
        route = self._route(asked)
        if not self._budget.allows_another(len(asked), self._ledger.now_s):
            return Plan(), route
        too_small = self._state.body_limits.too_small_for(len(self._body))
        if too_small:
            apt = replace(route, excluded=route.excluded | too_small)
            plan = self._planned(apt)
            if plan.candidates or asked:
                return plan, apt
        return self._planned(route), route

    def _planned(self, route: RouteRequest) -> Plan:
        state = self._state
        return state.fleet.plan(route, self._ledger.now_s, state.rng.random())

    def _route(self, asked: set[str]) -> RouteRequest:
        excluded = frozenset(asked)
        if self._only is not None:
            everyone = {endpoint.id for endpoint in self._state.config.endpoints}
            excluded |= everyone - self._only
        return RouteRequest(
            self._model,
            "" if self._unfit is not None else self._session,
            self._agent,
            excluded,
            self._wish.endpoint_id,
            self._wish.strategy,
        )

    def _admit(self, plan: Plan, route: RouteRequest) -> tuple[Endpoint, Permit, bool] | None:
        for skipped in plan.skipped:
            self._ledger.skipped(skipped.endpoint, skipped.reason)
        for candidate in plan.candidates:
            granted = self._state.fleet.admit(candidate, route, self._ledger.now_s)
            if isinstance(granted, Permit):
                return candidate.endpoint, granted, candidate.is_last
            self._ledger.skipped(candidate.endpoint, granted.reason)
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
                self._state.fleet.neutral(permit, self._ledger.now_s)

    async def _ask_repeatedly(
        self, endpoint: Endpoint, permit: Permit, *, is_last: bool
    ) -> web.StreamResponse | None:
        body, self._record.sent_model = self._body_for(endpoint)
        attempts_here = 0
        lessons = 0
        while True:
            began_s = self._ledger.now_s
            outcome = await self._attempt(endpoint, body, is_last=is_last)
            if lessons < MOST_LESSONS and self._learns(endpoint, body, outcome):
                lessons += 1
                continue
            attempts_here += 1
            if not isinstance(outcome, Failed):
                return await self._delivery.give(endpoint, permit, outcome, began_s)
            failed = self._ledger.heard(endpoint, outcome, began_s)
            step = self._next_step(endpoint, failed, attempts_here, is_last=is_last)
            again = await self._body_again(endpoint, body, failed, step)
            if again is not None:
                body = again
                continue
            self._ledger.failed(permit, failed)
            if isinstance(step, NextEndpoint):
                return None
            return await self._stop_here(failed)

    def _learns(self, endpoint: Endpoint, body: bytes, outcome: Outcome) -> bool:
        """Tell whether a refusal taught how to ask this endpoint so that it may answer."""
        return (
            endpoint.protocol is WireProtocol.OPENAI
            and isinstance(outcome, Failed)
            and self._state.dialect.learns(endpoint, body, self._record.sent_model, outcome)
        )

    async def _stop_here(self, failed: Failed) -> web.StreamResponse:
        """Tell the client: its own error alone, or the most useful of all."""
        if failed.failure.kind is FailureClass.CLIENT:
            return await self._delivery.refuse([self._ledger.tries[-1]])
        return await self._give_up(Plan())

    async def _body_again(
        self, endpoint: Endpoint, body: bytes, failed: Failed, step: Step
    ) -> bytes | None:
        """Wait as ``step`` says and return what to send to the same endpoint, if anything."""
        if not isinstance(step, RetrySame | WaitForNetwork):
            return None
        if isinstance(step, RetrySame) and step.stripped:
            stripped = strip_thinking(body)
            if stripped == body:
                return None  # it would be refused again
            body = stripped
        if failed.failure.row == _RACE_ROW:
            # The other idle connections were closed just as likely: the retry takes a fresh one.
            self._state.upstreams.drop_idle(endpoint.id)
        await asyncio.sleep(step.delay_s)
        return body

    async def _attempt(self, endpoint: Endpoint, body: bytes, *, is_last: bool) -> Outcome:
        state = self._state
        key = state.keys.key_of(endpoint.id)
        call = self._call(endpoint, key, body)
        if isinstance(call, Failed):
            return call
        self._record.asked += 1
        try:
            upstream = await state.upstreams.get(endpoint)
        except (OSError, ValueError) as error:  # the extra certificate file, the proxy's URL
            return Failed(local_failure(error, state.clock.wall_s()))
        patience = self._patience(endpoint, is_last=is_last)
        attempt = Attempt(upstream.transport, call, patience, state.clock, secret=key)
        return await attempt.run(self._on_answering)

    def _call(self, endpoint: Endpoint, key: str | None, body: bytes) -> Call | Failed:
        """Return the request in the endpoint's dialect."""
        if endpoint.protocol is WireProtocol.OPENAI:
            return self._state.dialect.call(endpoint, key, body, self._record.sent_model)
        headers = upstream_headers(
            self._request.raw_headers, endpoint.auth, key or "", endpoint.extra_headers
        )
        return Call(self._request.raw_path, headers, body, self._head.stream, endpoint.base_url)

    def _body_for(self, endpoint: Endpoint) -> tuple[bytes, str]:
        """Return the body for an endpoint, and the model it asks for."""
        model = target_model(endpoint, self._state.settings, self._head.model)
        if endpoint.protocol is WireProtocol.OPENAI:
            return self._body, model or self._model  # the translation names the model
        body = self._body
        if self._state.speaks_openai:
            body = strip_signed(body, SIGNATURE)
        return (replace_model(body, model), model) if model else (body, self._model)

    def _patience(self, endpoint: Endpoint, *, is_last: bool) -> Patience:
        settings = self._state.settings
        first_s = endpoint.first_byte_timeout_s or settings.routing_first_byte_timeout_s
        headers_s = first_s * (_LAST_ENDPOINT_FACTOR if is_last else 1.0)
        total_s = settings.routing_total_timeout_s
        return Patience(
            connect_s=endpoint.connect_timeout_s or settings.routing_connect_timeout_s,
            headers_s=headers_s if self._head.stream else total_s,
            content_s=max(headers_s, first_s * _CONTENT_FACTOR),
            trickle_s=first_s * _LAST_ENDPOINT_FACTOR,
            idle_s=endpoint.stream_idle_timeout_s or settings.routing_stream_idle_timeout_s,
            total_s=total_s,
        )

    def _on_answering(self) -> None:
        self._downstream.expect_silence(is_answering=True)

    # What comes next

    def _next_step(
        self, endpoint: Endpoint, failed: Failed, attempts_here: int, *, is_last: bool
    ) -> Step:
        fleet, now_s = self._state.fleet, self._ledger.now_s
        situation = Situation(
            attempts_here=attempts_here,
            is_last=is_last,
            may_have_moved=fleet.has_moved(self._session, endpoint.id, now_s),
            is_offline=fleet.is_offline,
            elapsed_s=now_s - self._record.started_s,
            may_switch=self._finds_abler(endpoint, failed),
        )
        return next_step(failed.failure, situation)

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
                self._only = self._state.capabilities.proved(self._kind) - {endpoint.id}
        return bool(self._only)

    async def _give_up(self, plan: Plan) -> web.StreamResponse:
        """Nobody is left to ask: say the most useful thing there is."""
        soonest_s = self._state.fleet.soonest_retry_s(self._ledger.now_s, self._model)
        held = [(each.endpoint.name, each.failure) for each in plan.skipped if each.failure]
        tries = self._ledger.tries or ([self._unfit] if self._unfit is not None else [])
        return await self._delivery.refuse(tries, held, retry_after_s=soonest_s)
