"""The real program updates itself from a feed on loopback: it tests, replaces, ends, starts."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest
from typing_extensions import override

from tests.helpers.releases import Signer, signed_release

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="an AppImage runs on Linux"),
]
_ROOT = Path(__file__).parents[2]
_ENDS_S = 90


class Feed(ThreadingHTTPServer):
    """Serves ``files`` by their paths."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Feed)
        content = self.server.files.get(self.path, b"")
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[Feed]:
    with Feed() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def image(version: str, *, is_broken: bool = False) -> bytes:
    """Return an executable file that is the program in that version."""
    broken = '[ "$1" = selftest ] && echo Broken. && exit 1\n' if is_broken else ""
    call = f'exec "{sys.executable}" -m tests.helpers.updating_program {version} "$@"'
    return f'#!/bin/sh\n{broken}cd "{_ROOT}" && {call}\n'.encode()


class Stage:
    def __init__(self, folder: Path, feed: Feed) -> None:
        self.image = folder / "QCC.AppImage"
        self.image.write_bytes(image("1.0"))
        self.image.chmod(0o755)
        self.said = folder / "said"
        self.feed = feed
        self.done = folder / "done"
        os.mkfifo(self.done)
        self.environ = {
            **os.environ,
            "QCC_DESKTOP_HOME": str(folder / "home"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "UPDATED_IMAGE": str(self.image),
            "UPDATED_KEY": Signer().key_file,
            "UPDATED_FEED": f"{feed.url}/feed.json",
            "UPDATED_SAID": str(self.said),
            "UPDATED_DONE": str(self.done),
        }

    def publish(self, version: str, content: bytes) -> None:
        self.feed.files.update(signed_release(version, content, "linux-x86_64-appimage"))

    def run(self) -> list[str]:
        """Start the program, wait for the end of the one that says how it went; return what all
        said."""
        with subprocess.Popen([self.image], env=self.environ) as program:
            last = psutil.Process(int(self._wait_for_word()))
            program.wait(_ENDS_S)
            last.wait(_ENDS_S)
        return self.said.read_text().splitlines()

    def _wait_for_word(self) -> str:
        with ThreadPoolExecutor(1) as pool:
            try:
                return pool.submit(self.done.read_text).result(_ENDS_S)
            except TimeoutError:
                self.done.write_text("nobody")  # lets the reader go
                raise


@pytest.fixture
def stage(tmp_path: Path, feed: Feed) -> Stage:
    return Stage(tmp_path, feed)


def test_the_program_replaces_itself_and_says_so_when_it_is_back(stage: Stage) -> None:
    new = image("1.1")
    stage.publish("1.1", new)

    said = stage.run()

    assert said[0] == "Version 1.1 is there | Calmer."
    assert "Testing version 1.1 and putting it in place… | " in said
    assert "Version 1.1 starts in a moment | Running answers are finished first." in said
    assert said[-1] == "Updated to version 1.1 | "
    assert stage.image.read_bytes() == new


def test_a_version_that_fails_its_self_test_leaves_the_program_running(stage: Stage) -> None:
    old = stage.image.read_bytes()
    stage.publish("1.1", image("1.1", is_broken=True))

    said = stage.run()

    assert said[-1].startswith("The new version was not installed | The new version failed its")
    assert stage.image.read_bytes() == old
    log = Path(said[-1].rpartition(": ")[2])
    assert log.read_text() == "Broken.\n"
