"""What a launch wishes decides whom its requests ask, and goes no further."""

from tests.helpers import sse, steps
from tests.helpers.engine import rig
from tests.helpers.upstream import ScriptedUpstream

ANSWER = sse.Text("Answered.")


async def test_the_preferred_endpoint_is_asked_first_and_does_not_see_the_wish() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    second.script(steps.answer(ANSWER))

    async with rig(first, second) as made:
        made.client.headers["X-QCC-Prefer"] = "B"
        made.client.headers["X-QCC-Strategy"] = "priority_failover"
        response = await made.ask()

    assert response.headers["x-qcc-endpoint"] == "B"
    assert first.messages == []
    assert "qcc-" not in str(second.messages[0].headers).lower()


async def test_while_the_preferred_endpoint_is_down_another_one_answers() -> None:
    first, second = ScriptedUpstream("A"), ScriptedUpstream("B")
    first.script(steps.answer(ANSWER))
    second.script(steps.FAILURES["529"]())

    async with rig(first, second) as made:
        made.client.headers["X-QCC-Prefer"] = "B"
        response = await made.ask()

    assert response.headers["x-qcc-endpoint"] == "A"
    assert len(second.messages) == 1
