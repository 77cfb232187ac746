"""The verdict on what the proxy knows to have failed."""

import json

import pytest

from qcc_desktop.core.failure import FailureClass, Observation, Phase, TransportFault
from qcc_desktop.proxy.verdicts import judge

MESSAGE = json.dumps(
    {"type": "message", "role": "assistant", "content": [{"type": "text", "text": "hi"}]}
).encode()


@pytest.mark.parametrize(
    "seen",
    [
        Observation(
            phase=Phase.BEFORE_CONTENT,
            status=200,
            body=MESSAGE + b"\n\ndata: [DONE]\n",
            fault=TransportFault.MALFORMED,
        ),
        Observation(phase=Phase.BEFORE_CONTENT, status=200, body=MESSAGE, is_sse_error=True),
    ],
    ids=["a message and more", "a message as an error"],
)
def test_what_was_refused_is_a_failure_though_it_looks_like_an_answer(seen: Observation) -> None:
    failure = judge(seen)

    assert failure.kind is FailureClass.TRANSIENT
    assert failure.switch
