"""Token counts are found wherever the API puts them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.usage import Usage
from qcc_desktop.wire.usage_reader import usage_from, usage_of_body, usage_of_event

COUNTS = {
    "input_tokens": 1,
    "output_tokens": 2,
    "cache_read_input_tokens": 3,
    "cache_creation_input_tokens": 4,
}
READ = Usage(1, 2, 3, 4)


def test_counts_are_read_from_events_and_bodies() -> None:
    assert usage_from(COUNTS) == READ
    assert usage_of_event({"type": "message_delta", "usage": COUNTS}) == READ
    assert usage_of_event({"type": "message_start", "message": {"usage": COUNTS}}) == READ
    assert usage_of_body(json.dumps({"usage": COUNTS}).encode()) == READ


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"usage": 3}', b"\xff", b"[" * 100_000])
def test_bodies_without_counts_count_nothing(body: bytes) -> None:
    assert usage_of_body(body) == Usage()


def test_nonsense_counts_as_zero() -> None:
    nonsense = {"input_tokens": "7", "output_tokens": True, "cache_read_input_tokens": -4}

    assert usage_from({**nonsense, "cache_creation_input_tokens": 1.5}) == Usage()
    assert usage_from({"input_tokens": 10**400, "output_tokens": 2**63}) == Usage()


@given(st.binary(max_size=100))
def test_garbage_never_raises(body: bytes) -> None:
    assert usage_of_body(body) == Usage()
