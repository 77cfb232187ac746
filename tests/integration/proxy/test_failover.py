"""The first endpoint dies in every way we know; the client sees the second one's answer only."""

import json

import httpx
import pytest

from qcc_desktop.core.settings import Settings
from tests.helpers import sse, steps
from tests.helpers.engine import rig
from tests.helpers.upstream import ScriptedUpstream

IMPATIENT = Settings(
    routing_first_byte_timeout_s=0.3, routing_stream_idle_timeout_s=0.3, routing_connect_timeout_s=1
)
MID_STREAM = sorted(name for name in steps.FAILURES if name.startswith("mid-stream"))
BEFORE_CONTENT = sorted(set(steps.FAILURES) - set(MID_STREAM))
ANSWER = sse.Text("The second endpoint answers.")


def text_of(response: httpx.Response) -> str:
    deltas = [
        json.loads(line[6:]) for line in response.text.splitlines() if line.startswith("data: ")
    ]
    return "".join(
        event["delta"].get("text", "") for event in deltas if event["type"] == "content_block_delta"
    )


@pytest.mark.parametrize("failure", BEFORE_CONTENT)
async def test_a_failure_before_content_is_invisible(failure: str) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.FAILURES[failure]())
    second.script(steps.answer(ANSWER))

    async with rig(first, second, settings=IMPATIENT) as made:
        response = await made.ask()

        assert (response.status_code, text_of(response)) == (200, ANSWER.text)
        assert response.headers["x-qcc-endpoint"] == "B"
        assert len(first.messages) <= 2
        assert len(second.messages) == 1


@pytest.mark.parametrize("failure", MID_STREAM)
async def test_a_failure_after_content_cuts_the_connection_and_moves_the_session(
    failure: str,
) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.FAILURES[failure]())
    second.script(steps.answer(ANSWER))

    async with rig(first, second, settings=IMPATIENT) as made:
        with pytest.raises(httpx.RemoteProtocolError):
            await made.ask()
        again = await made.ask()

        assert text_of(again) == ANSWER.text
        assert len(first.messages) == 1
