"""Takeovers by real processes on a real disk: killed at every step, and beside other writers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ORIGINAL = '{\n  // mine\n  "env": {"ANTHROPIC_AUTH_TOKEN": "sk-mine", "A": "1"},\n  "n": 0\n}\n'
COMMON = """
import contextlib, json, os, signal, sys, time
from pathlib import Path
from qcc_desktop.storage.file_lock import locked
from qcc_desktop.storage.secrets import UserSecrets
from qcc_desktop.system.claude_settings.disk import RealDisk
from qcc_desktop.system.claude_settings.keeper import SettingsKeeper, Surroundings

folder = Path(sys.argv[1])
settings = folder / ".claude" / "settings.json"
VARIABLES = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": "qcc-token"}

def keeper(disk=None):
    secrets = UserSecrets(
        service="t", file=folder / "secrets.json", lock=folder / "secrets.lock")
    return SettingsKeeper(
        [settings], folder / "takeover.json", disk=disk or RealDisk(), secrets=secrets,
        surroundings=Surroundings(
            lambda: locked(folder / "takeover.lock"), lambda host, port: False,
            lambda: time.sleep(0.02)))
"""
KILLED = """
class Deadly(RealDisk):
    def __init__(self, step):
        self.left = step
    def __getattribute__(self, name):
        method = object.__getattribute__(self, name)
        if name in ("left", "tick") or name.startswith("__"):
            return method
        def call(*args):
            self.tick(name, args)
            return method(*args)
        return call
    def tick(self, name, args):
        if self.left == 0:
            if name == "write":  # half of it is written
                os.write(args[0], args[1][:len(args[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

original = settings.read_bytes()
deaths = 0
for step in range(1000):
    child = os.fork()
    if child == 0:
        one = keeper(Deadly(step))
        one.point(VARIABLES, retake=True)
        one.give_back(wanted=False)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    json.loads(settings.read_bytes().replace(b"// mine", b""))
    keeper().give_back(wanted=False)
    assert settings.read_bytes() == original, (step, settings.read_bytes())
    assert os.listdir(settings.parent) == ["settings.json"], step
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
    deaths += 1
print(deaths)
"""
TOGGLER = """
for _ in range(15):
    keeper().point(VARIABLES, retake=True)
    keeper().give_back(wanted=False)
"""
OTHER = """
seen = lost = 0
for number in range(1, 150):
    document = json.loads(settings.read_bytes())
    lost += document["n"] != seen
    document["n"] = seen = number
    document["env"]["THEIRS"] = str(number)
    temporary = settings.with_name("other.tmp")
    temporary.write_text(json.dumps(document, indent=2))
    while True:
        try:
            os.replace(temporary, settings)
        except PermissionError:  # Windows, while somebody reads it
            time.sleep(0.001)
        else:
            break
    time.sleep(0.01)
print(lost)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".claude").mkdir()
    (tmp_path / ".claude" / "settings.json").write_text(ORIGINAL, encoding="utf-8")
    return tmp_path


def start(script: str, folder: Path) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", COMMON + script, str(folder)]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path.cwd()
    )


def finish(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=100)
    assert process.returncode == 0, errors
    return output.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork of POSIX")
def test_a_process_killed_at_any_step_leaves_a_file_that_can_be_restored(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deaths = int(finish(start(KILLED, folder)))

    with capsys.disabled():
        sys.stdout.write(f" killed at {deaths} steps ")
    assert deaths > 30


def test_two_of_us_and_another_program_write_at_once_and_nothing_of_anyone_is_lost(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = folder / ".claude" / "settings.json"
    settings.write_text(ORIGINAL.replace("// mine", ""), encoding="utf-8")

    processes = [start(script, folder) for script in (TOGGLER, TOGGLER, OTHER)]
    lost = int([finish(process) for process in processes][-1])
    finish(start("keeper().give_back(wanted=False)", folder))

    document = json.loads(settings.read_bytes())
    assert document["n"] == 149
    assert document["env"] == {"ANTHROPIC_AUTH_TOKEN": "sk-mine", "A": "1", "THEIRS": "149"}
    with capsys.disabled():
        sys.stdout.write(f" {lost} of 149 writes of the other program were overwritten ")
    # Between our last look and the rename lie microseconds, on Windows some more.
    assert lost <= (10 if sys.platform == "win32" else 2)
