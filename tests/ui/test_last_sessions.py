"""Going on with a session is offered only where there is one."""

import asyncio
from pathlib import Path

from qcc_desktop.ui.last_sessions import LastSessions, is_offered
from tests.helpers.desk_fakes import FakeServices, FakeState, StillClock, four_endpoints

SHOP, EMPTY = str(Path("/shop")), str(Path("/empty"))


async def test_folders_without_a_session_are_told_once_it_is_known() -> None:
    fakes = FakeServices(FakeState(four_endpoints()))
    fakes.without_session = {Path(EMPTY)}
    changed = asyncio.Event()
    sessions = LastSessions(fakes.services().claude_code, StillClock(), changed.set)
    assert is_offered(sessions.known, EMPTY)

    sessions.look((SHOP, EMPTY))
    await asyncio.wait_for(changed.wait(), 5)

    assert is_offered(sessions.known, SHOP)
    assert not is_offered(sessions.known, EMPTY)


async def test_a_session_that_comes_a_moment_later_is_found_without_another_event() -> None:
    fakes = FakeServices(FakeState(four_endpoints()))
    fakes.without_session = {Path(SHOP)}
    changed = asyncio.Event()
    sessions = LastSessions(fakes.services().claude_code, StillClock(), changed.set, pause_s=0.05)
    sessions.look((SHOP,))
    await asyncio.wait_for(changed.wait(), 5)
    changed.clear()

    sessions.look((SHOP,))
    fakes.without_session = set()
    await asyncio.wait_for(changed.wait(), 5)

    assert is_offered(sessions.known, SHOP)
