"""Runs under a Windows Python: finds and starts a stand-in, and tells what arrived.

``python windows_launch.py DIRECTORY LAUNCHER`` builds every layout of shims below DIRECTORY, with
a stand-in made of distlib's launcher (a real ``.exe``), has the finder find what starts it and
the launcher start it, and writes the outcome to ``DIRECTORY/outcome.json``.
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from qcc_desktop.system.finder.machine import this_machine
from qcc_desktop.system.finder.search import Finder
from qcc_desktop.system.launcher.command import build_command
from qcc_desktop.system.launcher.here import run_here
from qcc_desktop.system.launcher.quoting import UnsafeArgumentError
from qcc_desktop.system.launcher.terminals import Terminal
from qcc_desktop.system.launcher.windows import line_of, terminal_words
from tests.helpers.claude_trees import npm_batch, npm_node_batch, pnpm_batch, pnpm_node_batch
from tests.helpers.hostile import ARGUMENTS, FOLDERS

_TELL = (
    "import json, os, sys\n"
    "seen = json.dumps({'args': sys.argv[1:], 'cwd': os.getcwd()})\n"
    "open(os.environ['SEEN'], 'w', encoding='utf-8').write(seen)\n"
)
_NODE = "import sys\nsys.argv = sys.argv[1:]\nexec(open(sys.argv[0], encoding='utf-8').read())\n"
_PACKAGE = "node_modules\\@anthropic-ai\\claude-code"
_BATCH = '@ECHO off\r\nSETLOCAL\r\nSET "REAL={target}"\r\n"%REAL%" %*\r\n'


class Computer:
    """Folders as installers leave them."""

    def __init__(self, directory: Path, launcher: bytes) -> None:
        self._directory = directory
        self._launcher = launcher
        self._seen = directory / "seen.json"
        tools = directory / "tools"
        self.program(tools / "node.exe", _NODE)
        self.environ = {
            **{name: os.environ[name] for name in ("SYSTEMROOT", "COMSPEC", "TEMP")},
            "PATH": str(tools),
            "SEEN": str(self._seen),
        }

    def program(self, file: Path, code: str) -> None:
        """Make an ``.exe`` that runs ``code``."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("__main__.py", code)
        shebang = f'#!"{sys.executable}"\r\n'.encode()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self._launcher + shebang + packed.getvalue())

    def layouts(self) -> dict[str, Path]:
        """Build every layout; return the file that a person would call ``claude``."""
        inside = f"{_PACKAGE}\\bin\\claude.exe"
        made = {}
        for name, shim in (
            ("npm", npm_batch(inside)),
            ("npm, a script", npm_node_batch(f"{_PACKAGE}\\cli.js")),
            ("pnpm", pnpm_batch(inside)),
            ("pnpm, a script", pnpm_node_batch(f"{_PACKAGE}\\cli.js")),
            ("nvm-windows", npm_batch(inside)),
            ("an unknown batch file", ""),
        ):
            folder = self._directory / "it's 项目 & 100%" / name
            self.program(folder / inside.replace("\\", "/"), _TELL)
            script = folder / _PACKAGE.replace("\\", "/") / "cli.js"
            script.write_text(_TELL, encoding="utf-8")
            made[name] = folder / "claude.cmd"
            made[name].write_bytes(shim.encode())
        made["an unknown batch file"] = self._unknown(inside)
        native = self._directory / "it's 项目 & 100%" / "bun or native" / "claude.exe"
        self.program(native, _TELL)
        return {**made, "bun, native installer": native}

    def _unknown(self, inside: str) -> Path:
        """Make a batch file that is no shim of a known form."""
        folder = self._directory / "own tools & more"
        self.program(folder / "claude-real.exe", _TELL)
        file = folder / "claude.cmd"
        target = folder / "claude-real.exe"
        file.write_bytes(_BATCH.format(target=target).encode())
        return file

    def in_console(self) -> object:
        """Start a program as the terminal "Command Prompt" would; return what it saw."""
        program = self._directory / "it's 项目 & (b); c^" / "qcc desktop.exe"
        self.program(program, _TELL)
        command = (str(program), "launch", "--ticket", str(program.parent / "a!.json"))
        cmd = Terminal("cmd", "Command Prompt", (self.environ["COMSPEC"],))
        line = line_of(terminal_words(cmd, "", command))
        subprocess.run(line, env=self.environ, check=False)
        return {"args": list(command[1:]), "seen": self._taken()}

    def start(self, words: Sequence[str], arguments: Sequence[str], folder: Path) -> object:
        """Start the program and return what it saw, or why it was not started."""
        command = build_command(words, arguments, self.environ, {})
        try:
            run_here(command, command.words, folder)
        except UnsafeArgumentError as error:
            return str(error)
        return self._taken()

    def _taken(self) -> object:
        if not self._seen.exists():
            return None
        seen = json.loads(self._seen.read_text(encoding="utf-8"))
        self._seen.unlink()
        return seen


def main() -> None:
    """Try all, and write down what came of it."""
    directory, launcher = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    computer = Computer(directory, launcher.read_bytes())
    outcome: dict[str, object] = {}
    for name, shim in computer.layouts().items():
        finder = Finder(this_machine(computer.environ, directory / "home"))
        words = finder.words(str(shim))
        is_batch = words[0].lower().endswith(".cmd")
        batches = [[argument] for argument in ARGUMENTS] if is_batch else [list(ARGUMENTS)]
        outcome[name] = {
            "words": words,
            "starts": [
                {"args": batch, "seen": computer.start(words, batch, directory)}
                for batch in batches
            ],
        }
        if name == "npm":
            outcome["folders"] = [
                _in_folder(computer, words, directory / "folders" / name) for name in FOLDERS
            ]
    outcome["console"] = computer.in_console()
    (directory / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _in_folder(computer: Computer, words: Sequence[str], folder: Path) -> object:
    folder.mkdir(parents=True)
    return {"folder": str(folder), "seen": computer.start(words, ["--continue"], folder)}


if __name__ == "__main__":
    main()
