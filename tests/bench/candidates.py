"""The programs compared: each as its users start it, in front of the same endpoint.

`direct` is no program: the client talks to the endpoint itself, which is the floor of every figure.
Every process is started by, and only by, this module, in a home of its own, and ended by it.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import linux
from tests.bench.client import BenchError

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "bench-token-0123456789abcdef0123456789abcdef"
_READY_TIMEOUT_S = 30.0
_STOP_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A running program with its port; the processes counted are its own."""

    name: str
    port: int
    processes: Sequence["Process"] = field(default=())

    def cpu_s(self) -> float:
        """CPU time of all its processes since they started."""
        return sum(process.cpu_s() for process in self.processes)

    def rss_mb(self) -> float:
        """Resident memory of all its processes."""
        return sum(process.rss_mb() for process in self.processes)

    def stop(self) -> None:
        """Ends it, the youngest process first; kills what does not end in time."""
        for process in reversed(self.processes):
            process.stop()


class Process:
    """One child process, measured through Linux's per-process clock and /proc."""

    def __init__(
        self, command: Sequence[str | Path], *, environment: Mapping[str, str], log: Path
    ) -> None:
        self._log = log
        with log.open("wb") as output:
            self._child = subprocess.Popen(
                command,
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._child.pid

    def cpu_s(self) -> float:
        """CPU time of all its threads and those of its living children."""
        return sum(linux.cpu_s(pid) for pid in self._family())

    def rss_mb(self) -> float:
        """Resident memory, children included."""
        return sum(linux.rss_mb(pid) for pid in self._family())

    def check_alive(self) -> None:
        """Raises BenchError, with the end of its output, if it has ended."""
        if self._child.poll() is not None:
            tail = self.output()[-2000:]
            raise BenchError(f"it ended with code {self._child.returncode}:\n{tail}")

    def output(self) -> str:
        """What it has printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """Asks it to end, and kills it when it does not."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def _family(self) -> list[int]:
        return [self.pid, *linux.children(self.pid)]


def start_upstream(folder: Path) -> tuple[Process, int]:
    """The endpoint all of them talk to, and its port."""
    process = Process(
        [sys.executable, "-m", "tests.bench.upstream"],
        environment=dict(os.environ),
        log=folder / "upstream.log",
    )
    return process, int(_wait_for(process, lambda: process.output().strip()))


def start_nginx(folder: Path, upstream_port: int) -> Candidate:
    """Debian's nginx with one worker and buffering off: about the least a proxy can cost.

    Raises:
        BenchError: it is not installed or did not start.
    """
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise BenchError("nginx is not installed")
    port, home = free_port(), folder / "nginx"
    home.mkdir()
    (home / "nginx.conf").write_text(_nginx_conf(port, upstream_port), encoding="ascii")
    process = Process(
        [program, "-p", home, "-e", home / "error.log", "-c", home / "nginx.conf"],
        environment=dict(os.environ),
        log=home / "output.log",
    )
    _wait_for(process, lambda: _answers(port))
    return Candidate("nginx", port, [process])


def start_qcc(folder: Path, upstream_port: int, program: Path) -> Candidate:
    """QCC 0.6.0 as `qcc proxy start` with one endpoint in its configuration.

    Raises:
        BenchError: it is not installed or did not start.
    """
    if not program.exists():
        raise BenchError("QCC is not installed; run: python3 installers/dev_tools.py qcc")
    port, home = free_port(), folder / "qcc"
    (home / ".fastcc").mkdir(parents=True)
    cache = json.dumps(_qcc_cache(f"http://127.0.0.1:{upstream_port}"))
    (home / ".fastcc" / "cache.json").write_text(cache, encoding="utf-8")
    process = Process(
        [program, "proxy", "start", "--port", str(port)],
        environment=_clean_environment() | {"HOME": str(home), "PYTHONUTF8": "1"},
        log=home / "output.log",
    )
    _wait_for(process, lambda: _answers(port))
    return Candidate("qcc-0.6.0", port, [process])


def start_ours(folder: Path, upstream_port: int, *, loop: str) -> Candidate:
    """QCC Desktop with one endpoint: the tray program on Qt's loop, or `serve` on asyncio's.

    Raises:
        BenchError: a command of it failed or it did not start.
    """
    home = folder / f"qcc-desktop-{loop}"
    home.mkdir()
    environment = _clean_environment() | {
        "HOME": str(home),
        "QCC_DESKTOP_HOME": str(home / "qcc-desktop"),
        "QCC_DESKTOP_TOKEN": TOKEN,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        "QT_QPA_PLATFORM": "offscreen",
    }
    port = free_port()
    program = [sys.executable, "-m", "qcc_desktop"]
    url = f"http://127.0.0.1:{upstream_port}"
    add = ["endpoint", "add", "--name", "up", "--base-url", url, "--api-key", "k"]
    for arguments in (["config", "set", "server.port", str(port)], add):
        _run([*program, *arguments], environment)
    process = Process(
        [*program, *([] if loop == "qt" else ["serve"])],
        environment=environment,
        log=home / "output.log",
    )
    _wait_for(process, lambda: _answers(port))
    told = json.loads(_wait_for(process, lambda: _told([*program, "env", "--json"], environment)))
    if told["ANTHROPIC_BASE_URL"] != f"http://127.0.0.1:{port}":
        process.stop()
        raise BenchError(f"it listens at {told['ANTHROPIC_BASE_URL']}, not at port {port}")
    return Candidate(f"qcc-desktop ({loop})", port, [process])


def free_port() -> int:
    """A port of the loopback interface that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    answer = subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_READY_TIMEOUT_S,
    )
    if answer.returncode:
        raise BenchError(f"{' '.join(command[2:5])} failed: {answer.stderr.strip()[-2000:]}")
    return answer.stdout


def _told(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """What a command printed, or nothing while it still fails."""
    with contextlib.suppress(BenchError):
        return _run(command, environment)
    return ""


def _wait_for(process: Process, ready: Callable[[], object]) -> str:
    """Polls until `ready` gives something; its answer as text."""
    deadline_s = time.monotonic() + _READY_TIMEOUT_S
    while time.monotonic() < deadline_s:
        process.check_alive()
        if found := ready():
            return str(found)
        time.sleep(0.05)
    process.stop()
    raise BenchError(f"it was not ready in {_READY_TIMEOUT_S:.0f} s:\n{process.output()[-2000:]}")


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _clean_environment() -> dict[str, str]:
    """This environment without what would point a program elsewhere or at a real screen."""
    foreign = ("ANTHROPIC_", "CLAUDE", "QCC_", "XDG_", "DBUS_", "DISPLAY", "WAYLAND_")
    proxies = {"http_proxy", "https_proxy", "all_proxy"}
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(foreign) and name.lower() not in proxies
    }


def _qcc_cache(base_url: str) -> dict[str, object]:
    """QCC's whole configuration: one profile that is a cluster of one endpoint."""
    stamp = "2026-01-01T00:00:00"
    endpoint = {
        "id": "benchend",
        "base_url": base_url,
        "api_key": "k",
        "weight": 100,
        "priority": 1,
        "enabled": True,
        "max_failures": 3,
        "timeout": 30,
        "source_profile": None,
        "metadata": {},
        "created_at": stamp,
    }
    profile = {
        "name": "up",
        "description": "",
        "priority": "primary",
        "enabled": True,
        "created_at": stamp,
        "last_used": None,
        "base_url": base_url,
        "api_key": "k",
        "endpoints": [endpoint],
    }
    settings = {
        "default_profile": "up",
        "auto_sync": False,
        "encryption_enabled": False,
        "storage_backend_type": "local",
        "storage_initialized": True,
    }
    return {"user_id": "local:bench", "settings": settings, "profiles": {"up": profile}}


def _nginx_conf(port: int, upstream_port: int) -> str:
    user = "user root;" if linux.is_root() else ""
    return f"""
{user}
daemon off;
worker_processes 1;
pid nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    client_max_body_size 64m;
    client_body_buffer_size 256k;
    keepalive_requests 100000000;
    upstream endpoint {{
        server 127.0.0.1:{upstream_port};
        keepalive 100;
        keepalive_requests 100000000;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=1024;
        location / {{
            proxy_pass http://endpoint;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
        }}
    }}
}}
"""
