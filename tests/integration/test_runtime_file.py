"""How other processes find the running program."""

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.runtime_file import (
    RuntimeInfo,
    find_running,
    read_runtime,
    remove_runtime,
    write_runtime,
)


@pytest.fixture
def info() -> Iterator[RuntimeInfo]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield RuntimeInfo(
            pid=os.getpid(),
            port=7860,
            host="127.0.0.1",
            version="0.1.0",
            started_at="2026-01-01T00:00:00+00:00",
            control_port=server.getsockname()[1],
            control_token="c",
            token="t",
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "runtime.json"


def test_what_is_written_is_read_and_is_the_owners_alone(file: Path, info: RuntimeInfo) -> None:
    write_runtime(file, info)

    assert read_runtime(file) == info
    assert find_running(file) == info
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_a_newer_program_adds_to_it_is_passed_over(file: Path, info: RuntimeInfo) -> None:
    file.write_text(json.dumps({**asdict(info), "of_tomorrow": 1}))

    assert find_running(file) == info


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, info: RuntimeInfo) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")

    with pytest.raises(UserFacingError, match=r"runtime\.json cannot be written: "):
        write_runtime(tmp_path / "data" / "runtime.json", info)


def test_removing_it_twice_is_no_error(file: Path, info: RuntimeInfo) -> None:
    write_runtime(file, info)
    remove_runtime(file)
    remove_runtime(file)

    assert find_running(file) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked through the port alone")
def test_a_file_of_a_process_that_died_counts_as_none(file: Path, info: RuntimeInfo) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    write_runtime(file, replace(info, pid=process.pid))

    assert find_running(file) is None


def test_a_file_whose_port_does_not_answer_counts_as_none(file: Path, info: RuntimeInfo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    write_runtime(file, replace(info, control_port=closed))

    assert find_running(file) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": 1}', b'{"unknown": 1}', b"\xff"])
def test_a_file_that_makes_no_sense_counts_as_none(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert find_running(file) is None
