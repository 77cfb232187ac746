"""A launch that waits for Claude Code while an update replaces the program beneath it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qcc_desktop.system.launcher.ticket import Ticket, write_ticket
from tests.helpers.program import Cli, Serve

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script"),
]
_END = "Claude Code has ended"
_IMPORTED = "import time:"


@pytest.mark.parametrize("code", [0, 3])
def test_nothing_of_the_program_is_loaded_once_claude_code_has_ended(
    tmp_path: Path, qcc_home: Path, code: int
) -> None:
    """By then another version may lie where the parts of this one were."""
    stand_in = tmp_path / "bin" / "claude"
    stand_in.parent.mkdir()
    stand_in.write_text(f"#!/bin/sh\necho '{_END}' >&2\nexit {code}\n")
    stand_in.chmod(0o755)
    (tmp_path / "work").mkdir()
    cli = Cli(qcc_home, {"PATH": f"{stand_in.parent}{os.pathsep}{os.environ['PATH']}"})
    ticket = write_ticket(tmp_path / "launch", Ticket(str(tmp_path / "work")))
    words = ("-X", "importtime", "-m", "qcc_desktop", "launch", "--ticket", str(ticket))

    with Serve(cli):
        done = subprocess.run(
            [sys.executable, *words],
            env=dict(cli.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    before, end, after = done.stderr.partition(_END)
    assert end, before[-2000:]
    assert done.returncode == code
    assert _IMPORTED in before
    assert [line for line in after.splitlines() if line.startswith(_IMPORTED)] == []
