"""The wire tap passes bytes on unchanged and tells a cut answer from one that pretends."""

import httpx
import pytest

from tests.helpers import sse, steps
from tests.helpers.steps import Death
from tests.helpers.tap import WireTap
from tests.helpers.upstream import ScriptedUpstream

FRAMES = sse.stream(sse.Text("hello"))


async def ask(base_url: str) -> bytes:
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.post(f"{base_url}/v1/messages?beta=true", json={})).content


async def test_a_whole_answer_passes_unchanged_and_is_heard() -> None:
    async with ScriptedUpstream() as upstream, WireTap(upstream.base_url) as tap:
        upstream.script(steps.events(*FRAMES))
        received = await ask(tap.base_url)

    [answer] = tap.inferences
    assert received == bytes(answer.body) == b"".join(FRAMES)
    assert (answer.status, answer.ended, answer.pretends_to_be_whole) == (200, True, False)
    assert answer.last_s >= answer.asked_s > 0


async def test_a_stream_ended_in_due_form_without_its_last_event_pretends_to_be_whole() -> None:
    async with ScriptedUpstream() as upstream, WireTap(upstream.base_url) as tap:
        upstream.script(steps.events(*FRAMES[:-1]))
        await ask(tap.base_url)

    assert [answer.pretends_to_be_whole for answer in tap.inferences] == [True]


@pytest.mark.parametrize("death", ["rst", "fin"])
async def test_a_connection_that_breaks_breaks_for_the_client_too(death: Death) -> None:
    async with ScriptedUpstream() as upstream, WireTap(upstream.base_url) as tap:
        upstream.script(steps.dying(FRAMES[:-1], death))
        with pytest.raises(httpx.RemoteProtocolError):
            await ask(tap.base_url)

    [answer] = tap.inferences
    assert (answer.ended, answer.pretends_to_be_whole) == (False, False)
