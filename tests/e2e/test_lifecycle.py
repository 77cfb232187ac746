"""Start, live change, stop: the program as a process."""

import json
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.helpers import steps
from tests.helpers.program import Cli, InProcess, Serve
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix"),
]
KEY = "sk-ant-key-of-this-test"
BODY = {
    "model": "claude-x",
    "max_tokens": 5,
    "stream": True,
    "messages": [{"role": "user", "content": "hi"}],
}


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


@pytest.fixture
def runtime_file(cli: InProcess) -> Path:
    return cli.home / "data" / "runtime.json"


def _client(cli: InProcess) -> httpx.Client:
    env = cli.json("env", "--json")
    return httpx.Client(
        base_url=env["ANTHROPIC_BASE_URL"],
        headers={"authorization": f"Bearer {env['ANTHROPIC_AUTH_TOKEN']}"},
        trust_env=False,
        timeout=20,
    )


def _add(cli: InProcess, name: str, url: str) -> None:
    cli.ok("endpoint", "add", "--name", name, "--base-url", url, "--api-key-stdin", stdin=KEY)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_ends_it_in_order_and_leaves_nothing_behind(
    cli: InProcess, runtime_file: Path, name: str
) -> None:
    with Serve(cli) as serve:
        assert stat.S_IMODE(runtime_file.stat().st_mode) == 0o600
        serve.process.send_signal(signal.Signals[name])
        code = serve.wait()

    assert code == 0
    assert not runtime_file.exists()
    assert "Traceback" not in serve.stderr
    assert cli("env").returncode == 3


def test_after_a_kill_the_file_left_behind_counts_as_none_and_the_next_start_works(
    cli: InProcess, runtime_file: Path
) -> None:
    with Serve(cli) as serve:
        serve.process.kill()
        serve.wait()

    assert runtime_file.exists()
    assert cli("status").returncode == 3
    with Serve(cli):
        assert cli("status").returncode == 0


def test_a_second_start_names_the_first_and_leaves_it_alone(cli: InProcess) -> None:
    with Serve(cli) as serve:
        done = cli("serve", "--port", "0")
        still = cli("status")

    assert done.returncode == 1
    assert f"running already (process {serve.process.pid}, port " in done.stderr
    assert done.stderr.count("\n") == 1
    assert still.returncode == 0


def test_two_homes_run_side_by_side(cli: InProcess, tmp_path: Path) -> None:
    other = Cli(tmp_path / "other")
    with Serve(cli), Serve(other):
        one, two = cli.json("env", "--json"), other.json("env", "--json")

    assert one["ANTHROPIC_BASE_URL"] != two["ANTHROPIC_BASE_URL"]
    assert one["ANTHROPIC_AUTH_TOKEN"] != two["ANTHROPIC_AUTH_TOKEN"]


def test_the_token_is_the_same_after_a_restart_and_the_variable_replaces_it(cli: InProcess) -> None:
    tokens = []
    for _ in range(2):
        with Serve(cli):
            tokens.append(cli.json("env", "--json")["ANTHROPIC_AUTH_TOKEN"])
    given = Cli(cli.home, {"QCC_DESKTOP_TOKEN": "bench-token"})
    with Serve(given):
        tokens.append(cli.json("env", "--json")["ANTHROPIC_AUTH_TOKEN"])

    assert tokens[0] == tokens[1] != tokens[2] == "bench-token"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_it_serves_on_each_loopback_address(cli: InProcess, host: str) -> None:
    with Serve(cli, "--host", host, "--port", "0"), _client(cli) as client:
        assert client.get("/__qcc__/status").status_code == 200


class Upstream:
    """A scripted endpoint on a loop of its own thread, for tests that wait for processes."""

    def __init__(self) -> None:
        import asyncio

        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.endpoint = ScriptedUpstream("up")
        self._call(self.endpoint.__aenter__())

    def _call(self, coro: object) -> None:
        import asyncio

        asyncio.run_coroutine_threadsafe(coro, self.loop).result(20)  # type: ignore[arg-type] # any coroutine

    def close(self) -> None:
        self._call(self.endpoint.__aexit__(None, None, None))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    upstream = Upstream()
    yield upstream
    upstream.close()


def test_an_endpoint_added_while_it_runs_answers_the_next_request(
    cli: InProcess, upstream: Upstream
) -> None:
    upstream.endpoint.script(steps.answer(Text("hello")))
    with Serve(cli), _client(cli) as client:
        before = client.post("/v1/messages", json=BODY)
        _add(cli, "A", upstream.endpoint.base_url)
        after = client.post("/v1/messages", json=BODY)

    assert before.status_code >= 500
    assert after.status_code == 200
    assert len(upstream.endpoint.messages) == 1
    assert upstream.endpoint.requests[-1].header("authorization") == f"Bearer {KEY}"


def test_a_change_breaks_no_stream(cli: InProcess, upstream: Upstream) -> None:
    import asyncio

    gate = asyncio.Event()
    frames = [
        f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()
        for name, data in _message_events("slowly")
    ]
    upstream.endpoint.script(steps.paced(frames, {4: gate}))
    with Serve(cli), _client(cli) as client:
        _add(cli, "A", upstream.endpoint.base_url)
        with client.stream("POST", "/v1/messages", json=BODY) as response:
            lines = response.iter_lines()
            first = next(line for line in lines if "slowly" in line)
            cli.ok("config", "set", "routing.strategy", "fastest")
            cli.ok("endpoint", "disable", "A")
            cli.ok("endpoint", "remove", "A")
            upstream.loop.call_soon_threadsafe(gate.set)
            rest = "\n".join(lines)

    assert first
    assert "message_stop" in rest


def _message_events(text: str) -> list[tuple[str, dict[str, object]]]:
    message: dict[str, object] = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 0},
    }
    delta = {"type": "text_delta", "text": text}
    return [
        ("message_start", {"message": message}),
        ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
        ("content_block_delta", {"index": 0, "delta": delta}),
        ("content_block_delta", {"index": 0, "delta": delta}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}),
        ("message_stop", {}),
    ]


def test_a_changed_key_is_used_at_once(cli: InProcess, upstream: Upstream) -> None:
    upstream.endpoint.script(*[steps.answer(Text("x"))] * 2)
    with Serve(cli), _client(cli) as client:
        _add(cli, "A", upstream.endpoint.base_url)
        client.post("/v1/messages", json=BODY)
        cli.ok("endpoint", "edit", "A", "--api-key-stdin", stdin="sk-new-key-000000")
        client.post("/v1/messages", json=BODY)

    sent = [request.header("authorization") for request in upstream.endpoint.messages]
    assert sent == [f"Bearer {KEY}", "Bearer sk-new-key-000000"]


def _hanging_request(cli: InProcess, upstream: Upstream) -> subprocess.Popen[bytes]:
    """Start a request that hangs at the endpoint, in a process of its own."""
    upstream.endpoint.script(steps.hang_before_headers())
    env = cli.json("env", "--json")
    script = (
        "import httpx, sys\n"
        f"url = {env['ANTHROPIC_BASE_URL']!r}\n"
        f"headers = {{'x-api-key': {env['ANTHROPIC_AUTH_TOKEN']!r}}}\n"
        "try:\n"
        f"    httpx.post(url + '/v1/messages', json={BODY!r}, headers=headers, timeout=60)\n"
        "except httpx.HTTPError as error:\n"
        "    sys.exit(5)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script])
    upstream._call(upstream.endpoint.requested(1))
    return process


def test_the_second_signal_stops_at_once(
    cli: InProcess, upstream: Upstream, runtime_file: Path
) -> None:
    with Serve(cli) as serve:
        _add(cli, "A", upstream.endpoint.base_url)
        request = _hanging_request(cli, upstream)
        began_s = time.monotonic()
        serve.process.send_signal(signal.SIGTERM)
        _gone(runtime_file)
        assert serve.process.poll() is None
        serve.process.send_signal(signal.SIGTERM)
        code = serve.wait()
        took_s = time.monotonic() - began_s

    request.wait(timeout=20)
    assert code == 0
    assert took_s < 10
    assert "Traceback" not in serve.stderr


def _gone(file: Path) -> None:
    """Return when the file is gone; the first thing a stop does is to remove it."""
    deadline_s = time.monotonic() + 20
    while file.exists():
        assert time.monotonic() < deadline_s
        time.sleep(0)


def test_a_stop_lets_a_running_answer_end(
    cli: InProcess, upstream: Upstream, runtime_file: Path
) -> None:
    import asyncio

    gate = asyncio.Event()
    frames = [
        f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()
        for name, data in _message_events("slowly")
    ]
    upstream.endpoint.script(steps.paced(frames, {4: gate}))
    with Serve(cli) as serve, _client(cli) as client:
        _add(cli, "A", upstream.endpoint.base_url)
        with client.stream("POST", "/v1/messages", json=BODY) as response:
            lines = response.iter_lines()
            assert next(line for line in lines if "slowly" in line)
            serve.process.send_signal(signal.SIGTERM)
            _gone(runtime_file)
            upstream.loop.call_soon_threadsafe(gate.set)
            rest = "\n".join(lines)
        code = serve.wait()

    assert "message_stop" in rest
    assert code == 0


def test_no_key_token_or_body_is_in_the_log(cli: InProcess, upstream: Upstream) -> None:
    upstream.endpoint.script(steps.status(529), steps.answer(Text("answer-of-the-test")))
    with Serve(cli), _client(cli) as client:
        _add(cli, "A", upstream.endpoint.base_url)
        token = cli.json("env", "--json")["ANTHROPIC_AUTH_TOKEN"]
        for _ in range(2):
            client.post("/v1/messages", json=BODY | {"system": "body-of-the-test"})

    log = (cli.home / "logs" / "qcc-desktop.log").read_text()
    assert "A failed after" in log
    for secret in (KEY, token, "body-of-the-test", "answer-of-the-test"):
        assert secret not in log
