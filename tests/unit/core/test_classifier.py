"""The classifier as a whole: it never raises, never stalls and reads phases in order."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.core.classifier import classify
from qcc_desktop.core.failure import (
    BreakerEffect,
    FailureClass,
    Observation,
    Phase,
    Scope,
    TransportFault,
)

OVERLOADED = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'

_HEADER_NAMES = st.sampled_from(
    [
        "retry-after", "retry-after-ms", "content-type", "x-should-retry", "cf-ray", "server",
        "anthropic-ratelimit-unified-status", "anthropic-ratelimit-unified-reset",
        "anthropic-ratelimit-unified-5h-status", "anthropic-ratelimit-unified-5h-reset",
        "anthropic-ratelimit-requests-reset", "x-ratelimit-reset", "x-amzn-errortype",
    ]
)  # fmt: skip
_HEADER_VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["rejected", "allowed", "1e308", "-1", "nan", "9999-12-31T23:59:59Z"]),
    st.integers().map(str),
)
_WORDS = st.sampled_from(
    [
        "model not found",
        "余额不足",
        "rate limit",
        "invalid api key",
        "prompt is too long",
        "status 429",
    ]
)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), _WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["error", "type", "message", "code", "detail", "status", "content"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)
_BODIES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    _JSON.map(lambda value: json.dumps(value).encode()),
)
_OBSERVATIONS = st.builds(
    Observation,
    phase=st.sampled_from(Phase),
    fault=st.none() | st.sampled_from(TransportFault),
    status=st.none() | st.integers(-1, 1000),
    headers=st.dictionaries(_HEADER_NAMES, _HEADER_VALUES, max_size=5),
    body=_BODIES,
    is_inference=st.booleans(),
    is_sse_error=st.booleans(),
    reused_connection=st.booleans(),
    response_bytes=st.integers(0, 10),
    request_body_bytes=st.integers(0, 2**26),
    stop_reason_seen=st.booleans(),
    client_gone=st.booleans(),
    wall_now_s=st.floats(0, 4e9),
)


@settings(max_examples=300, deadline=None)
@given(_OBSERVATIONS)
def test_anything_at_all_gets_a_sound_verdict(seen: Observation) -> None:
    failure = classify(seen)

    if failure is None:
        return
    assert 1 <= failure.row <= 36
    assert failure.message
    if seen.client_gone:
        assert failure.kind is FailureClass.CLIENT_ABORT
    if seen.phase is Phase.MID_STREAM and seen.is_inference:
        assert not failure.switch
        assert failure.retry_same == 0
    if not seen.is_inference:
        assert failure.breaker is BreakerEffect.NEUTRAL
        assert failure.cooldown is None
    if failure.kind is FailureClass.CLIENT:
        assert failure.breaker is BreakerEffect.NEUTRAL
    if failure.cooldown and failure.cooldown.exact_s is not None:
        assert 0 <= failure.cooldown.exact_s <= 31 * 86400


@settings(max_examples=50, deadline=None)
@given(_OBSERVATIONS)
def test_the_same_observation_gets_the_same_verdict(seen: Observation) -> None:
    assert classify(seen) == classify(seen)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize(
    "atom",
    [
        " ", "\n", "a", "model ", "「", "“", "'", '"', "`", "{", '{"a":', "[", "<", "余额", "额度",
        "signature thinking ", "upstream a ", "request id: ", "quota a a a ", "insufficient a_",
        "2026-09-21 ", "no accounts for ", "status code ", "api key ", "context window ",
    ],
)  # fmt: skip
def test_64_hostile_kilobytes_cost_no_noticeable_time(status: int, atom: str) -> None:
    plain = (atom * 65536).encode()[:65536]
    wrapped = json.dumps({"error": {"message": (atom * 65536)[:20000]}}, ensure_ascii=False)

    started_s = time.process_time()
    classify(Observation(Phase.STATUS, status=status, body=plain))
    classify(Observation(Phase.STATUS, status=status, body=wrapped.encode()))

    assert time.process_time() - started_s < 1.0


def test_header_names_in_any_case_are_understood() -> None:
    failure = classify(Observation(Phase.STATUS, status=429, headers={"Retry-After": "7"}))

    assert failure is not None
    assert failure.retry_after_s == 7


def test_a_client_that_left_is_nobodys_fault_whatever_else_was_seen() -> None:
    failure = classify(
        Observation(Phase.HEADERS, fault=TransportFault.OFFLINE, status=401, client_gone=True)
    )

    assert failure is not None
    assert (failure.row, failure.breaker, failure.cooldown) == (35, BreakerEffect.NEUTRAL, None)


def test_an_answer_with_its_stop_reason_is_whole_only_if_content_came() -> None:
    broken = TransportFault.EOF

    late = classify(Observation(Phase.MID_STREAM, fault=broken, stop_reason_seen=True))
    early = classify(
        Observation(Phase.BEFORE_CONTENT, fault=broken, status=200, stop_reason_seen=True)
    )

    assert late is None
    assert early is not None
    assert early.row == 30


def test_a_status_counts_although_its_body_broke_off() -> None:
    failure = classify(
        Observation(Phase.STATUS, status=529, fault=TransportFault.EOF, body=OVERLOADED[:40])
    )

    assert failure is not None
    assert failure.row == 25


def test_a_relays_500_hands_the_client_the_nested_status_and_the_original_body() -> None:
    body = (
        b'{"error":{"type":"upstream_error","message":"prompt is too long: 9 tokens > 8 maximum"}}'
    )

    failure = classify(Observation(Phase.STATUS, status=500, body=body))

    assert failure is not None
    assert (failure.client_status, failure.verbatim, failure.switch) == (400, True, False)


def test_the_broken_stream_of_an_overloaded_endpoint_blames_it_for_the_next_request() -> None:
    failure = classify(
        Observation(Phase.MID_STREAM, status=200, is_sse_error=True, body=OVERLOADED)
    )

    assert failure is not None
    assert (failure.reason, failure.scope, failure.breaker, failure.switch) == (
        "overloaded",
        Scope.ENDPOINT,
        BreakerEffect.COUNT,
        False,
    )


def test_another_path_may_move_on_only_while_nothing_was_sent() -> None:
    def other_path(phase: Phase, fault: TransportFault) -> bool:
        failure = classify(Observation(phase, fault=fault, is_inference=False))
        assert failure is not None
        return failure.switch

    assert other_path(Phase.CONNECT, TransportFault.REFUSED)
    assert not other_path(Phase.CONNECT, TransportFault.OFFLINE)
    assert not other_path(Phase.HEADERS, TransportFault.RESET)


def test_a_complete_json_message_on_another_path_is_no_failure_of_its_own_kind() -> None:
    failure = classify(
        Observation(
            Phase.BEFORE_CONTENT,
            status=200,
            fault=TransportFault.MALFORMED,
            is_inference=False,
            body=b'{"type":"message","content":[{"type":"text","text":"x"}]}',
        )
    )

    assert failure is not None
    assert failure.row == 18


def test_no_message_names_a_secret_of_the_body() -> None:
    body = b'{"error":{"message":"invalid api key sk-ant-api03-abcdefgh"}}'

    failure = classify(Observation(Phase.STATUS, status=401, body=body))

    assert failure is not None
    assert "sk-ant" not in repr(failure)
