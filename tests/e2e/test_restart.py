"""What a restart of the program keeps: where sessions are bound, who is refused, what was used."""

import asyncio
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.helpers import steps
from tests.helpers.program import InProcess, Serve
from tests.helpers.sse import Text
from tests.helpers.upstream import ScriptedUpstream

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform == "win32", reason="signals as on Unix"),
]
KEY = "sk-ant-key-of-this-test"
FOLDER = "/home/me/folder-of-this-test"
BODY = {
    "model": "claude-sonnet-4-5",
    "max_tokens": 5,
    "stream": True,
    "system": f"prompt-of-this-test\n<env>\nWorking directory: {FOLDER}\n</env>",
    "messages": [{"role": "user", "content": "question-of-this-test"}],
}


class Upstreams:
    """Two scripted endpoints on a loop of their own thread; A is preferred."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()
        self.a, self.b = ScriptedUpstream("A"), ScriptedUpstream("B")
        for upstream in (self.a, self.b):
            asyncio.run_coroutine_threadsafe(upstream.__aenter__(), self.loop).result(20)

    def close(self) -> None:
        for upstream in (self.a, self.b):
            gone = upstream.__aexit__(None, None, None)
            asyncio.run_coroutine_threadsafe(gone, self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@pytest.fixture
def upstreams() -> Iterator[Upstreams]:
    made = Upstreams()
    yield made
    made.close()


@pytest.fixture
def cli(
    qcc_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    upstreams: Upstreams,
) -> InProcess:
    made = InProcess(qcc_home, capsys, monkeypatch)
    for upstream in (upstreams.a, upstreams.b):
        made.ok(
            "endpoint", "add", "--name", upstream.name, "--base-url", upstream.base_url,
            "--api-key-stdin", stdin=KEY,
        )  # fmt: skip
    return made


def ask(cli: InProcess, session: str) -> httpx.Response:
    env = cli.json("env", "--json")
    return httpx.post(
        f"{env['ANTHROPIC_BASE_URL']}/v1/messages",
        json=BODY,
        headers={"x-api-key": env["ANTHROPIC_AUTH_TOKEN"], "X-Claude-Code-Session-Id": session},
        trust_env=False,
        timeout=20,
    )


def history_of(cli: InProcess) -> Path:
    return cli.home / "data" / "history.sqlite3"


def count(cli: InProcess, table: str) -> int:
    """How many rows are in the file now, read as another program would; none before it is there."""
    if not history_of(cli).exists():
        return 0
    connection = sqlite3.connect(history_of(cli))
    try:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.OperationalError:  # its tables are being made
        found = 0
    connection.close()
    return found


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_session_goes_on_where_a_failover_has_led_it(
    cli: InProcess, upstreams: Upstreams, end: str
) -> None:
    a, b = upstreams.a, upstreams.b
    a.script(steps.status(529))
    b.script(*[steps.answer(Text("x"))] * 2)
    with Serve(cli) as serve:
        ask(cli, "session-1")
        if end == "kill":
            time.sleep(3)  # the promise is about time: a sudden end costs two seconds at most
            serve.process.kill()
    assert (len(a.messages), len(b.messages)) == (1, 1)
    a.script(steps.answer(Text("x")))

    with Serve(cli):
        (known,) = cli.json("status", "--json")["sessions"]
        ask(cli, "session-1")
        assert (len(a.messages), len(b.messages)) == (1, 2)
        ask(cli, "session-2")
        assert (len(a.messages), len(b.messages)) == (2, 2)

    assert known["key"] == "session-1"
    assert known["turns"] == 1
    assert count(cli, "bound_session") == 2
    assert count(cli, "day_sum") == 2


def test_a_refused_key_is_checked_and_not_tried_with_a_real_request(
    cli: InProcess, upstreams: Upstreams
) -> None:
    refusals = [steps.status(401)] * 20
    upstreams.a.script(*refusals)
    upstreams.b.script(*[steps.answer(Text("from B"))] * 2)
    with Serve(cli):
        ask(cli, "session-1")
    before = len(upstreams.a.messages)

    with Serve(cli):
        health = {
            view["name"]: view["health"] for view in cli.json("status", "--json")["endpoints"]
        }
        ask(cli, "session-2")

    assert health["A"] == "quarantined"
    asked = [request.body for request in upstreams.a.messages[before:]]
    assert not [body for body in asked if b"question-of-this-test" in body]


def test_the_file_is_private_and_holds_no_key_and_no_word_of_a_request(
    cli: InProcess, upstreams: Upstreams
) -> None:
    upstreams.a.script(steps.answer(Text("answer-of-this-test")))
    with Serve(cli):
        token = cli.json("env", "--json")["ANTHROPIC_AUTH_TOKEN"]
        ask(cli, "session-1")

    assert count(cli, "day_sum") == 1
    content = history_of(cli).read_bytes()
    assert FOLDER.encode() in content
    for secret in (KEY, token, "question-of-this-test", "prompt-of-this-test", "answer-of-this"):
        assert secret.encode() not in content
    assert stat.S_IMODE(history_of(cli).stat().st_mode) == 0o600


def test_erase_deletes_the_history_also_after_a_sudden_end(
    cli: InProcess, upstreams: Upstreams
) -> None:
    upstreams.a.script(steps.answer(Text("x")))
    with Serve(cli) as serve:
        ask(cli, "session-1")
        while count(cli, "day_sum") == 0:
            time.sleep(0.02)
        serve.process.kill()
    assert history_of(cli).with_name("history.sqlite3-wal").exists()

    cli.ok("erase", "--yes")
    assert not list(cli.home.rglob("history*"))


def test_a_damaged_history_is_said_once_and_serving_goes_on(
    cli: InProcess, upstreams: Upstreams
) -> None:
    history_of(cli).write_bytes(b"no database at all " * 99)
    upstreams.a.script(steps.answer(Text("x")))
    with Serve(cli) as first:
        assert ask(cli, "session-1").status_code == 200
    with Serve(cli) as second:
        pass

    assert first.stderr.count("The history was damaged and begins anew.") == 1
    assert "begins anew" not in second.stderr
    assert count(cli, "day_sum") == 1
    assert history_of(cli).with_name("history.sqlite3.broken").exists()
