"""The developer's one command: prepares everything, then does the job.

    python3 installers/dev.py run   [ARGS]   the program (a demo while no endpoint is configured)
    python3 installers/dev.py test  [ARGS]   lint and every test; with ARGS only pytest ARGS
    python3 installers/dev.py lint           ruff, mypy and the import contracts
    python3 installers/dev.py bench [ARGS]   the benchmark against direct, nginx and QCC 0.6.0
    python3 installers/dev.py package --target folder|wheel|deb|appimage|windows|macos
                                             what users download, into dist/

`test --quick` leaves out the end-to-end tests. Needs nothing but Python 3.11 or newer; what else
is missing it installs (see dev_env.py and dev_system.py) before the first job.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import IO

import dev_env
import dev_package
import dev_tools

_MYPY = ("mypy", "--no-error-summary", "--platform")
LINTERS: Mapping[str, tuple[str, ...]] = {
    "ruff check": ("ruff", "check", "--quiet", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": (*_MYPY, "linux"),
    "mypy for Windows": (*_MYPY, "win32", "--cache-dir=.mypy_cache/win32", "qcc_desktop"),
    "mypy for macOS": (*_MYPY, "darwin", "--cache-dir=.mypy_cache/darwin", "qcc_desktop"),
    "lint-imports": ("lint-imports",),
}
"""Each check by name; they do not depend on each other and run side by side.

The program's types are checked for all three systems on each of them, so that a slip in code for
Windows is found on Linux; tests may use what only Linux has.
"""

PARALLEL_TESTS = ("tests/unit", "tests/integration", "tests/arch")
E2E_TESTS = "tests/e2e"
SERIAL_TESTS = ("tests/ui", E2E_TESTS)


def main(arguments: Sequence[str]) -> int:
    """Runs one subcommand; 2 on wrong usage, 1 when something could not be installed."""
    job, rest = (arguments[0] if arguments else ""), list(arguments[1:])
    jobs = {"run": run, "test": test, "lint": lint, "bench": bench, "package": dev_package.main}
    if job not in jobs:
        print(__doc__, file=sys.stderr)
        return 0 if job in {"-h", "--help"} else 2
    try:
        dev_env.ensure()
        return jobs[job](rest)
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"dev: `{command}` ended with code {error.returncode}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: Sequence[str]) -> int:
    """Starts the program; without arguments it chooses what makes sense on this machine."""
    chosen = arguments or default_command(has_screen=has_screen(), has_endpoints=has_endpoints())
    return _become([str(dev_env.executable("qcc-desktop")), *chosen])


def default_command(*, has_screen: bool, has_endpoints: bool) -> list[str]:
    """Arguments of `qcc-desktop` for a bare `dev.py run`."""
    if has_endpoints:
        return [] if has_screen else ["serve"]
    return ["demo"] if has_screen else ["demo", "--headless"]


def has_screen(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether windows can be shown: always on Windows and macOS, elsewhere where a display is."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def has_endpoints() -> bool:
    """Whether the installed program lists an endpoint; its own error, if any, is shown."""
    answer = subprocess.run(
        [dev_env.executable("qcc-desktop"), "endpoint", "list", "--json"],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return bool(json.loads(answer.stdout))


def lint(arguments: Sequence[str] = ()) -> int:
    """Runs every linter side by side and shows the output of those that failed."""
    if arguments:
        print("lint takes no arguments", file=sys.stderr)
        return 2
    started_s = time.monotonic()
    with contextlib.ExitStack() as stack:
        running = {name: _start_linter(command, stack) for name, command in LINTERS.items()}
        failed = [name for name, (process, _) in running.items() if process.wait() != 0]
        for name in failed:
            output = running[name][1]
            output.seek(0)
            print(f"--- {name}", output.read().rstrip(), sep="\n", file=sys.stderr)
    verdict = f"failed: {', '.join(failed)}" if failed else f"clean: {', '.join(LINTERS)}"
    print(f"lint {verdict} ({time.monotonic() - started_s:.1f} s)", flush=True)
    return 1 if failed else 0


def _start_linter(
    command: Sequence[str], stack: contextlib.ExitStack
) -> tuple[subprocess.Popen[str], IO[str]]:
    output = stack.enter_context(_scratch_file())
    program = str(dev_env.executable(command[0]))
    process = subprocess.Popen(
        [program, *command[1:]],
        cwd=dev_env.ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=output,
        stderr=output,
        text=True,
    )
    return process, output


def _scratch_file() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")


def test(arguments: Sequence[str]) -> int:
    """Lints, then runs the tests in two parts, ending with pytest's own summary line.

    Tests that own a Qt loop or start the program as a process measure time-outs, so they run one
    by one after the others.
    """
    chosen = [argument for argument in arguments if argument != "--quick"]
    leave_out = [f"--ignore={E2E_TESTS}"] if len(chosen) < len(arguments) else []
    if chosen:
        return _pytest([*leave_out, *chosen])
    parts = [["-n", "2", *PARALLEL_TESTS], [*leave_out, *SERIAL_TESTS]]
    return lint() or next((code for part in parts if (code := _pytest(part))), 0)


def _pytest(arguments: Sequence[str]) -> int:
    command = [str(dev_env.executable("python")), "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=dev_env.ROOT, check=False).returncode


def bench(arguments: Sequence[str]) -> int:
    """Runs the benchmark, or with ``--desk`` that of the tray program and its window.

    See tests/bench/__main__.py and tests/bench/desk.py for their arguments.
    """
    rest = [argument for argument in arguments if argument != "--desk"]
    is_desk = len(rest) < len(arguments)
    if not is_desk:
        dev_tools.qcc()
    os.chdir(dev_env.ROOT)
    module = "tests.bench.desk" if is_desk else "tests.bench"
    return _become([str(dev_env.executable("python")), "-m", module, *rest])


def _become(command: list[str]) -> int:
    """Replaces this process where the system can, so that signals reach the program itself."""
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def _speak_utf8() -> None:
    """Linters draw boxes, which a Windows console's own code page may lack."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    _speak_utf8()
    raise SystemExit(main(sys.argv[1:]))
