"""The command ``selftest``: a streamed request through a proxy and an endpoint of its own.

Then the window, which is shown on no screen. It needs no key, no network and no stored
configuration, and touches none.
"""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from qcc_desktop.app.commands.output import complain, say
from qcc_desktop.app.container import build_container
from qcc_desktop.app.lifecycle import Program
from qcc_desktop.app.simulation import SimulatedEndpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.storage.paths import paths_below

if TYPE_CHECKING:
    from qcc_desktop.app.selftest_window import WindowChecks

Check = Callable[[Program], Awaitable[str]]
"""Looks at one thing and returns what it saw; raises `UserFacingError` when it is wrong."""

_WHOLE_S = 75.0
"""A slow disk under a virus scanner takes its time; an update gives up after 90 s."""
_REQUEST = {
    "model": "claude-selftest",
    "max_tokens": 16,
    "stream": True,
    "messages": [{"role": "user", "content": "Say something."}],
}


def run(extra_checks: Sequence[Check] = (), *, with_window: bool = True) -> int:
    """Run every check, print what it saw, and return 0 if all were well.

    ``extra_checks`` come after those of the proxy and of the window.
    """
    # Windows deletes no file that is open still, as after a test that took too long.
    with tempfile.TemporaryDirectory(
        prefix="qcc-desktop-selftest-", ignore_cleanup_errors=True
    ) as directory:
        if not with_window:
            return asyncio.run(_run(Path(directory), extra_checks))
        window = _window()
        if window is None:
            return asyncio.run(_failing(Path(directory), extra_checks))
        checks = (window.paints_the_icon, window.shows_every_page, window.speaks_chinese)
        with asyncio.Runner(loop_factory=window.new_loop) as runner:
            return runner.run(_run(Path(directory), (*checks, *extra_checks), window.close))


def _window() -> "WindowChecks | None":
    """Return the checks of the window; None, and a sentence why, where Qt cannot be loaded."""
    try:
        from qcc_desktop.app.selftest_window import WindowChecks  # noqa: PLC0415 - it may fail
    except ImportError as error:
        complain(f"✖ The window cannot be shown here: {error}")
        return None
    return WindowChecks()


async def _failing(directory: Path, checks: Sequence[Check]) -> int:
    return await _run(directory, checks) or 1


async def _run(
    directory: Path, extra_checks: Sequence[Check], close: Callable[[], None] = lambda: None
) -> int:
    failed = 0
    try:
        async with asyncio.timeout(_WHOLE_S), _running(directory) as program:
            try:
                for check in (_streams, _refuses_strangers, *extra_checks):
                    failed += not await _passes(check, program)
            finally:
                close()
    except TimeoutError:
        complain(f"The self-test took longer than {_WHOLE_S:g} s.")
        failed += 1
    say("The self-test failed." if failed else "All is well.")
    return 1 if failed else 0


@asynccontextmanager
async def _running(directory: Path) -> AsyncIterator[Program]:
    """Run a program with one simulated endpoint, below ``directory``."""
    upstream = SimulatedEndpoint("Self-test", pace_s=0.0)
    container = build_container(paths_below(directory), simulated=True)
    program = Program(container, port=0, always_on=True)
    await upstream.start()
    try:
        await program.start()
        draft = EndpointDraft(name="Self-test", base_url=upstream.base_url, key="selftest-key")
        await container.endpoints.add(draft)
        yield program
    finally:
        await program.stop(drain_s=0)
        await upstream.stop()


async def _passes(check: Check, program: Program) -> bool:
    try:
        say(f"✔ {await check(program)}")
    except (UserFacingError, httpx.HTTPError, ImportError, OSError) as error:
        complain(f"✖ {error}")
        return False
    return True


async def _streams(program: Program) -> str:
    """Send a streamed request through the proxy and read the answer to its end."""
    environment = program.container.claude_code.environment()
    headers = {
        "authorization": f"Bearer {environment['ANTHROPIC_AUTH_TOKEN']}",
        "anthropic-version": "2023-06-01",
    }
    text, ended = "", False
    async with (
        httpx.AsyncClient(base_url=environment["ANTHROPIC_BASE_URL"], trust_env=False) as client,
        client.stream("POST", "/v1/messages", json=_REQUEST, headers=headers) as response,
    ):
        async for line in response.aiter_lines():
            if line.startswith("data:"):
                data = json.loads(line.removeprefix("data:"))
                text += data.get("delta", {}).get("text", "")
                ended = ended or data.get("type") == "message_stop"
    if response.status_code != httpx.codes.OK or not text or not ended:
        raise UserFacingError(
            f"The streamed answer was not whole (status {response.status_code},"
            f" {len(text)} characters, {'ended' if ended else 'not ended'})."
        )
    return f"A streamed answer of {len(text)} characters came through the proxy."


async def _refuses_strangers(program: Program) -> str:
    """See that nothing is answered without the token."""
    base_url = program.container.claude_code.environment()["ANTHROPIC_BASE_URL"]
    async with httpx.AsyncClient(base_url=base_url, trust_env=False) as client:
        response = await client.get("/__qcc__/status")
    if response.status_code != httpx.codes.UNAUTHORIZED:
        raise UserFacingError(f"A request without token was answered {response.status_code}.")
    return "A request without the token was refused."
