"""The parts fit together."""

from pathlib import Path

from qcc_desktop.app.container import build_container
from qcc_desktop.storage.paths import paths_below


async def test_claude_code_switches_the_proxy_on_when_it_is_off(qcc_home: Path) -> None:
    container = build_container(paths_below(qcc_home))
    container.proxy_control.ask_for(host="127.0.0.1", port=0)
    await container.configuration.load()
    container.token.load()

    await container.claude_code.ensure_running()
    try:
        port = container.engine.port
        url = container.claude_code.environment()["ANTHROPIC_BASE_URL"]
    finally:
        await container.proxy_control.stop(drain_s=0)
        container.state.close()

    assert url == f"http://127.0.0.1:{port}"
