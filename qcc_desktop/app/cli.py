"""The command line: picks the command, turns errors into one sentence and an exit code.

Imports are late, so that ``--version`` answers at once and ``serve`` never sees Qt.
"""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qcc_desktop import __version__

if TYPE_CHECKING:
    from argparse import Namespace

# ruff: noqa: PLC0415 - see the module's docstring


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well, 1 failed, 2 wrong input, 3 not running."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["guard"]:  # how a frozen program guards itself: it imports nothing more
        from qcc_desktop.system.claude_settings.guard import main as guard

        return guard(words[1:])
    if words[:1] == ["finish-update"]:  # how a frozen program on Windows replaces itself
        from qcc_desktop.system.updating.setup import main as finish_update

        return finish_update(words[1:])
    from qcc_desktop.app.commands.output import speak_utf8

    speak_utf8()
    try:
        return _guarded(lambda: _run(words))
    except SystemExit as end:  # argparse has printed its help
        return int(end.code or 0)


def _run(words: list[str]) -> int:
    from qcc_desktop.app.commands.output import PROGRAM, say

    if words == ["--version"]:
        say(f"{PROGRAM} {__version__}")
        return 0
    from qcc_desktop.app.commands.parser import build_parser
    from qcc_desktop.app.commands.usage import parse, refusal

    words, for_claude = _split_at_dashes(words)
    namespace = parse(build_parser(), words)
    if for_claude and namespace.command != "launch":
        raise refusal("Only launch takes arguments after --.", namespace.prog)
    namespace.claude_args = for_claude
    return _RUNNERS[namespace.command](namespace)


def _split_at_dashes(words: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in words:
        return words, []
    at = words.index("--")
    return words[:at], words[at + 1 :]


def _guarded(run: Callable[[], int]) -> int:
    from qcc_desktop.app.commands.output import complain
    from qcc_desktop.core.errors import UserFacingError

    try:
        return run()
    except UserFacingError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:  # the reader of our output has gone, as in "| head"
        return _after_broken_pipe()
    except Exception as error:  # noqa: BLE001 - the last boundary: a sentence, the rest to the log
        complain(_unexpected(error))
        return 1


def _after_broken_pipe() -> int:
    from qcc_desktop.app.commands.output import leave_stdout

    leave_stdout()
    return 1


def _unexpected(error: Exception) -> str:
    """Write the traceback to the log and return the sentence for the user."""
    import logging
    import os

    from qcc_desktop.app.logs import Logs
    from qcc_desktop.storage.paths import find_paths

    file = find_paths(os.environ).log_file
    try:
        logs = Logs(file, lambda: ())
        logging.getLogger("qcc_desktop.app").error("Unexpected error", exc_info=error)
        logs.close()
    except OSError:
        return f"An unexpected error, {type(error).__name__}: {error}"
    return f"An unexpected error, {type(error).__name__}. Please report it with the log: {file}."


def _collect_later() -> None:
    """Leave the garbage collector out until `Program.start` lets it in: a tenth of a start."""
    import gc

    gc.disable()


def _tray(namespace: "Namespace") -> int:
    import os

    _collect_later()
    from qcc_desktop.app import first_imports  # noqa: F401 - before whatever loads PySide6
    from qcc_desktop.app.gui import run
    from qcc_desktop.storage.paths import find_paths

    return run(find_paths(os.environ), hidden=namespace.hidden)


def _serve(namespace: "Namespace") -> int:
    _collect_later()
    from qcc_desktop.app import lean_aiohttp  # noqa: F401 - before whatever loads aiohttp
    from qcc_desktop.app.serve import run

    return run(host=namespace.host, port=namespace.port, verbose=namespace.verbose)


def _demo(namespace: "Namespace") -> int:
    from qcc_desktop.app.demo.performance import run

    return run(once=namespace.once, headless=namespace.headless)


def _launch(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.launch import run

    return run(namespace)


def _env(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.running import env

    return env(namespace)


def _status(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.running import status

    return status(namespace)


def _stop(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.stop import run

    return run(namespace)


def _endpoint(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.endpoint import run

    return run(namespace)


def _config(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.config import run

    return run(namespace)


def _import(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.legacy_import import run

    return run(namespace)


def _logs(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.logs import run

    return run(namespace)


def _doctor(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.doctor import run

    return run(namespace)


def _takeover(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.takeover import run

    return run(namespace)


def _backup(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.backup import run

    return run(namespace)


def _autostart(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.autostart import run

    return run(namespace)


def _erase(namespace: "Namespace") -> int:
    from qcc_desktop.app.commands.erase import run

    return run(namespace)


def _selftest(namespace: "Namespace") -> int:
    del namespace
    from qcc_desktop.app.selftest import run

    return run()


_RUNNERS: "dict[str | None, Callable[[Namespace], int]]" = {
    None: _tray,
    "serve": _serve,
    "demo": _demo,
    "launch": _launch,
    "env": _env,
    "status": _status,
    "stop": _stop,
    "endpoint": _endpoint,
    "config": _config,
    "import": _import,
    "export": _backup,
    "backup": _backup,
    "restore": _backup,
    "takeover": _takeover,
    "logs": _logs,
    "doctor": _doctor,
    "autostart": _autostart,
    "erase": _erase,
    "selftest": _selftest,
}
