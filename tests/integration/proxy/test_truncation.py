"""An answer that breaks off anywhere is whole for the client, or visibly broken: never cut quietly.

Every frame after which a stream can end, in every way it can end there; protocol.md F.4 says why
a clean end without ``message_stop`` is the worst of all.
"""

import httpx
import pytest

from tests.helpers import sse, steps
from tests.helpers.engine import BODY, Rig, rig
from tests.helpers.steps import Death
from tests.helpers.upstream import ScriptedUpstream

FRAMES = sse.stream(
    sse.Thinking("Where shall this end?"), sse.Text("Anywhere."), sse.bash("true"), sse.Text("So.")
)
FIRST_CONTENT = 1 + next(i for i, frame in enumerate(FRAMES) if b"thinking_delta" in frame)
STOP_REASON = len(FRAMES) - 1
DEATHS: tuple[Death, ...] = ("rst", "fin", "eof", "error", "garbage", "bad_chunk")
GARBAGE = b"\x00\xff\x13garbage\x80\n\n<<<>>>\n\n"
"""What the death of that name sends; it is no event, so clients pass over it."""
SECOND = "The second endpoint answers."


async def streamed(made: Rig) -> tuple[bytes, bool]:
    """Return what came of one answer, and whether it was ended in due form."""
    headers = {"X-Claude-Code-Session-Id": "s1"}
    received = b""
    async with made.client.stream("POST", "/v1/messages", json=BODY, headers=headers) as response:
        try:
            async for chunk in response.aiter_raw():
                received += chunk
        except httpx.RemoteProtocolError:
            return received, False
    return received, True


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("after", range(len(FRAMES)))
async def test_a_stream_that_breaks_off_is_never_cut_quietly(after: int, death: Death) -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    sent = b"".join(FRAMES[:after])
    first.script(steps.dying(FRAMES, death, after))
    second.script(steps.answer(sse.Text(SECOND, pieces=1)))

    async with rig(first, second) as made:
        received, ended = await streamed(made)
        asked_of_first = len(first.messages)
        again, _ = await streamed(made)

    assert asked_of_first == 1
    if after < FIRST_CONTENT:
        assert (ended, SECOND.encode() in received) == (True, True)
    elif after < STOP_REASON:
        assert not ended
        assert received.startswith(sent)
        assert received.removeprefix(sent) in {b"", GARBAGE}
        assert SECOND.encode() in again
    else:
        assert ended
        assert received.startswith(sent)
        assert received.endswith(FRAMES[-1])
