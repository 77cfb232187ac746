"""Gives the client its answer: whole, streamed, or why there is none.

How an answer ends is settled in the `Ledger` before the client's connection ends.
"""

from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.failover import FinalError, Named, final_error
from qcc_desktop.core.member import Permit
from qcc_desktop.proxy.answers import JSON, Pairs, WholeAnswer, as_text, error_answer, retry_after
from qcc_desktop.proxy.attempt import Answered, Failed, RawHeaders, Streaming
from qcc_desktop.proxy.downstream import Commitment, Downstream
from qcc_desktop.proxy.ledger import Ledger, Try
from qcc_desktop.proxy.recorder import Record
from qcc_desktop.proxy.relay import Relay, Relayed, RelayEnd
from qcc_desktop.proxy.state import EngineState
from qcc_desktop.wire.headers import downstream_headers
from qcc_desktop.wire.openai import as_anthropic_error

_OVERFLOW_ROW = 9
"""The request is longer than the model's context (classification table)."""
EVENT_STREAM = "text/event-stream; charset=utf-8"


class Delivery:
    """The way of one request's answer to its client; ``session`` and ``body`` identify it."""

    def __init__(
        self,
        state: EngineState,
        ledger: Ledger,
        record: Record,
        downstream: Downstream,
        *,
        session: str,
        body: bytes,
    ) -> None:
        self._state = state
        self._ledger = ledger
        self._record = record
        self._downstream = downstream
        self._session = session
        self._body = body

    async def give(
        self, endpoint: Endpoint, permit: Permit, outcome: Answered | Streaming, began_s: float
    ) -> web.StreamResponse:
        """Send what an endpoint answered and settle its permit."""
        self._ledger.answers(endpoint)
        if isinstance(outcome, Streaming):
            return await self._stream(endpoint, permit, outcome, began_s)
        return await self._whole(endpoint, permit, outcome, began_s)

    async def _whole(
        self, endpoint: Endpoint, permit: Permit, answered: Answered, began_s: float
    ) -> web.StreamResponse:
        self._record.usage, self._record.status = answered.usage, answered.status
        headers = self._headers(answered.headers, endpoint, is_decoded=answered.is_decoded)
        if answered.content_type is not None:
            headers = _without(headers, "content-type")
            headers.append(("Content-Type", answered.content_type))
        try:
            # The client first: what is noted about its answer can wait until it is on its way.
            if self._downstream.commitment is Commitment.OPEN:
                answer = WholeAnswer(answered.status, headers, answered.body)
                return await self._downstream.send(answer.response())
            await self._downstream.commit(200, [], answered.body)
            return self._downstream.response
        finally:
            self._ledger.succeeded(endpoint, permit, began_s, "ok")

    async def _stream(
        self, endpoint: Endpoint, permit: Permit, streaming: Streaming, began_s: float
    ) -> web.StreamResponse:
        record, downstream = self._record, self._downstream
        relay = Relay(self._state.clock, secret=self._state.keys.key_of(endpoint.id))
        headers = self._headers(streaming.headers, endpoint, is_decoded=streaming.is_decoded)
        if not any(name.lower() == "content-type" for name, _ in headers):
            headers.append(("Content-Type", EVENT_STREAM))
        try:
            record.status = streaming.response.status_code
            await downstream.commit(200, headers, relay.begin(streaming.held))
            self._ledger.committed(permit)
            relayed = await relay.run(streaming, downstream)
            self._settle(endpoint, permit, relayed, began_s)
            if relayed.failure is None:
                await downstream.finish()
            else:
                downstream.cut()
            if relayed.end is RelayEnd.COMPLETE:
                await relay.drain(streaming.rest)
        finally:
            record.usage = relay.watch.usage
            await streaming.aclose()
        return downstream.response

    def _settle(self, endpoint: Endpoint, permit: Permit, relayed: Relayed, began_s: float) -> None:
        if relayed.failure is None:
            outcome = "ok" if relayed.end is RelayEnd.COMPLETE else "recovered"
            self._ledger.succeeded(endpoint, permit, began_s, outcome)
            return
        broken = Failed(relayed.failure, head_status=self._record.status)
        failed = self._ledger.heard(endpoint, broken, began_s)
        self._ledger.failed(permit, failed)
        self._record.outcome = "cut"

    async def refuse(
        self,
        tries: Sequence[Try],
        held: Sequence[Named] = (),
        *,
        retry_after_s: float | None = None,
    ) -> web.StreamResponse:
        """Say the most useful thing there is, by its status where that is still possible."""
        error = final_error([each.named for each in tries], retry_after_s, held)
        answer = self._as_answer(error, tries)
        self._record.status = answer.status
        self._record.outcome = "client_error" if error.is_clients else "failed"
        if self._downstream.commitment is Commitment.OPEN:
            return answer.response()
        if error.is_clients:
            self._state.deferred.keep(self._session, self._body, answer, self._ledger.now_s)
        self._downstream.cut()
        return self._downstream.response

    def _as_answer(self, error: FinalError, tries: Sequence[Try]) -> WholeAnswer:
        if error.verbatim is None:
            return error_answer(
                error.status,
                error.error_type,
                error.message,
                retry_after_s=error.retry_after_s,
                should_retry=error.should_retry,
            )
        own = tries[error.verbatim]
        if own.endpoint.protocol is WireProtocol.OPENAI:
            own = replace(own, failed=_in_anthropics_shape(own.failed, error.error_type))
        headers = self._headers(own.failed.headers, own.endpoint, is_decoded=own.failed.is_decoded)
        if error.retry_after_s is not None:
            headers = [*_without(headers, "retry-after"), retry_after(error.retry_after_s)]
        return WholeAnswer(error.status, headers, own.failed.body)

    def _headers(self, raw: RawHeaders, endpoint: Endpoint, *, is_decoded: bool) -> Pairs:
        kept = downstream_headers(
            raw, decoded=is_decoded, endpoint_name=endpoint.name, attempts=self._record.asked
        )
        return as_text(kept)


def _in_anthropics_shape(failed: Failed, error_type: str) -> Failed:
    """Return the error of an endpoint that speaks OpenAI's API as Claude Code reads errors."""
    is_overflow = failed.failure.row == _OVERFLOW_ROW
    body = as_anthropic_error(error_type, failed.body, is_overflow=is_overflow)
    kept = [pair for pair in failed.headers if pair[0].lower() != b"content-type"]
    headers = [*kept, (b"Content-Type", JSON.encode())]
    return replace(failed, body=body, headers=headers, is_decoded=True)


def _without(headers: Pairs, name: str) -> Pairs:
    return [pair for pair in headers if pair[0].lower() != name]
