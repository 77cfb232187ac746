"""The command line as scripts use it: real processes, exit codes, stable output."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcc_desktop import __version__
from tests.helpers.program import COMMAND, Cli, Serve

pytestmark = pytest.mark.e2e
KEY = "sk-ant-key-of-this-test"
ADD = ("endpoint", "add", "--name", "A", "--base-url", "http://127.0.0.1:9", "--api-key-stdin")


@pytest.fixture
def cli(qcc_home: Path) -> Cli:
    return Cli(qcc_home)


def test_the_version_is_told_in_under_a_tenth_of_a_second(cli: Cli) -> None:
    times_s = []
    for _ in range(5):
        began_s = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "qcc_desktop", "--version"],
            capture_output=True,
            text=True,
            env=cli.environ,
            check=True,
        )
        times_s.append(time.perf_counter() - began_s)
        assert done.stdout == f"qcc-desktop {__version__}\n"

    assert min(times_s) < 0.1, statistics.median(times_s)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    "words", [("--version",), ("config", "list"), ("config", "list", "--json")]
)
def test_output_that_cannot_be_written_is_told_in_one_sentence(
    cli: Cli, words: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=cli.environ,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr.startswith("qcc-desktop: The output cannot be written: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_a_real_terminal_asks_for_the_key_and_does_not_show_it(cli: Cli) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, *ADD],
        env=cli.environ,
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        said = b""
        while b"Key of A: " not in said:
            said += os.read(ours, 1000)
        while termios.tcgetattr(theirs)[3] & termios.ECHO:
            time.sleep(0.01)  # the prompt comes a moment before the echo ends
        os.write(ours, f"{KEY}\n".encode())
        assert process.wait(timeout=30) == 0
    said += os.read(ours, 1000)
    os.close(theirs)
    os.close(ours)

    assert KEY.encode() not in said
    assert KEY in (cli.home / "data" / "secrets.json").read_text()


def test_two_processes_that_add_endpoints_at_the_same_time_lose_none(cli: Cli) -> None:
    script = (
        "import sys\n"
        "from qcc_desktop.app.cli import main\n"
        "for number in range(20):\n"
        "    name = f'{sys.argv[1]}{number}'\n"
        "    code = main(['endpoint', 'add', '--name', name, '--base-url', 'http://127.0.0.1:9',"
        " '--api-key', f'sk-{name}-000000'])\n"
        "    assert code == 0, code\n"
    )

    processes = [
        subprocess.Popen([sys.executable, "-c", script, letter], env=cli.environ, stdout=-3)
        for letter in "xy"
    ]
    codes = [process.wait(timeout=100) for process in processes]

    found = cli.json("endpoint", "list", "--json")
    assert codes == [0, 0]
    assert {item["name"] for item in found} == {f"{a}{n}" for a in "xy" for n in range(20)}
    assert all(item["has_key"] for item in found)


def test_a_process_killed_while_it_saves_leaves_the_old_or_the_new_file(cli: Cli) -> None:
    script = (
        "from qcc_desktop.app.cli import main\n"
        "import itertools\n"
        "print('ready', flush=True)\n"
        "for number in itertools.count(1):\n"
        "    main(['config', 'set', 'routing.max_attempts', str(number % 20 + 1)])\n"
    )
    config = cli.home / "config" / "config.json"
    for delay_s in (0.0, 0.01, 0.02, 0.05, 0.1):
        process = subprocess.Popen(
            [sys.executable, "-c", script], env=cli.environ, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        while not process.stdout.readline().startswith("routing"):
            pass
        time.sleep(delay_s)  # the moment of the kill, not a wait for something
        process.kill()
        process.communicate()

        assert 1 <= json.loads(config.read_text())["settings"].get("routing.max_attempts", 4) <= 20
        assert cli("config", "get", "routing.max_attempts").stderr == ""


@pytest.mark.parametrize("shell", ["sh", "fish"])
def test_a_real_shell_takes_the_variables_as_they_are(cli: Cli, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    with Serve(cli):
        wanted = cli.json("env", "--json")
        lines = cli.ok("env", "--shell", shell)
    shown = subprocess.run(
        [program, "-c", f'{lines}\nprintf "%s\\n" "$ANTHROPIC_BASE_URL" "$ANTHROPIC_AUTH_TOKEN"'],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": os.environ["PATH"], "HOME": str(cli.home)},
    ).stdout

    assert shown.split() == [wanted["ANTHROPIC_BASE_URL"], wanted["ANTHROPIC_AUTH_TOKEN"]]


def test_the_status_for_people_names_light_endpoints_and_counts(cli: Cli) -> None:
    cli.ok(*ADD, stdin=KEY)
    with Serve(cli):
        text = cli.ok("status")

    assert "green  Ready. A is asked first." in text
    assert "0 requests" in text
    assert "healthy" in text


def test_the_self_test_passes_and_touches_nothing(cli: Cli) -> None:
    done = cli("selftest")

    assert done.returncode == 0, done.stderr
    assert "All is well." in done.stdout
    assert not cli.home.exists()


def test_the_log_is_printed_and_followed(cli: Cli) -> None:
    log = cli.home / "logs" / "qcc-desktop.log"
    assert cli("logs").returncode == 0
    log.parent.mkdir(parents=True)
    log.write_text("one\ntwo\nthree\n")

    assert cli.ok("logs", "--lines", "2") == "two\nthree\n"
    with subprocess.Popen(
        [*COMMAND, "logs", "--follow", "--lines", "1"],
        env=cli.environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "three\n"
        with log.open("a") as file:
            file.write("four\n")
        assert process.stdout.readline() == "four\n"
        process.terminate()


def test_a_reader_that_goes_away_causes_no_traceback(cli: Cli) -> None:
    process = subprocess.Popen(
        [*COMMAND, "config", "list", "--json"],
        env=cli.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    stderr = process.stderr.read()
    process.stderr.close()

    assert process.wait(timeout=30) == 1
    assert "Traceback" not in stderr


def test_serving_imports_no_qt(cli: Cli) -> None:
    script = (
        "import sys, threading\n"
        "from qcc_desktop.app import lifecycle\n"
        "start = lifecycle.Program.start\n"
        "async def start_and_stop(self):\n"
        "    await start(self)\n"
        "    self.request_stop()\n"
        "lifecycle.Program.start = start_and_stop\n"
        "from qcc_desktop.app.cli import main\n"
        "code = main(['serve', '--port', '0'])\n"
        "print(code, [name for name in sys.modules if 'PySide' in name or 'qasync' in name])\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], env=cli.environ, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "0 []"


def test_a_taken_default_port_gives_way_and_env_tells_the_true_one(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        cli.ok("config", "set", "server.port", str(port))
        with Serve(cli, "--verbose") as serve:
            url = cli.json("env", "--json")["ANTHROPIC_BASE_URL"]

    assert not url.endswith(f":{port}")
    assert f"Port {port} is taken by another program" in serve.stderr


def test_a_taken_port_that_was_asked_for_is_an_error(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = cli("serve", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert not (cli.home / "data" / "runtime.json").exists()
