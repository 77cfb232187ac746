"""The command ``serve``: the proxy on a plain asyncio loop, without Qt."""

import asyncio
import os
from collections.abc import Callable
from ipaddress import ip_address

from qcc_desktop.app.commands.output import complain, tell
from qcc_desktop.app.container import Container, build_container
from qcc_desktop.app.lifecycle import Program, stop_on_signals
from qcc_desktop.app.logs import Logs
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.services.claude_code import Target
from qcc_desktop.services.proxy_control import LOOPBACK
from qcc_desktop.storage.paths import find_paths


def run(*, host: str, port: int | None, verbose: bool) -> int:
    """Serve until a signal or ``stop`` ends it; return the exit code.

    Raises:
        UserFacingError: it cannot start.
    """
    host = LOOPBACK if host == "localhost" else host  # which may mean two addresses at once
    _check(host, port)
    container = build_container(find_paths(os.environ))
    try:
        logs = Logs(container.paths.log_file, _secrets_of(container))
    except OSError as error:
        raise UserFacingError(
            f"{container.paths.log_dir} cannot be used for logs: {error.strerror or error}.",
            "Make the directory writable.",
        ) from error
    try:
        asyncio.run(_serve(container, logs, host=host, port=port, verbose=verbose))
    finally:
        logs.close()
    return 0


def _check(host: str, port: int | None) -> None:
    faults: dict[str, str] = {}
    try:
        is_loopback = ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        faults["host"] = (
            f"{host} is no loopback address. The proxy serves this computer only;"
            " take 127.0.0.1 or ::1."
        )
    if port is not None and not 0 <= port <= 65_535:
        faults["port"] = "The port must lie between 0 and 65535; 0 takes a free one."
    if faults:
        raise InvalidInput(faults)


async def _serve(
    container: Container, logs: Logs, *, host: str, port: int | None, verbose: bool
) -> None:
    program = Program(container, host=host, port=port, always_on=True)
    with stop_on_signals(program, asyncio.get_running_loop()):
        await program.start()
        logs.to_stderr(verbose=verbose)
        _announce(container)
        await program.run_until_stopped()


def _announce(container: Container) -> None:
    control = container.proxy_control
    if control.notice:
        complain(control.notice)
    for notice in container.configuration.notices:
        complain(notice)
    for sentence in sorted(set(container.keys.faults.values())):
        complain(sentence)
    if container.secrets.is_fallback:
        complain(f"Keys are kept in {container.secrets.place}.")
    if container.history.notice:
        complain(container.history.notice)
    port = container.engine.port
    if port is not None:
        url = Target(control.host, port, "").base_url
        tell(f"QCC Desktop serves at {url} (process {os.getpid()}). Ctrl-C ends it.")


def _secrets_of(container: Container) -> Callable[[], tuple[str, ...]]:
    return lambda: (container.token.value, *container.keys.secrets())
