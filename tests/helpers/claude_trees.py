"""File trees as the installers of Claude Code leave them, on a computer that is made up."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qcc_desktop.system.finder.machine import Machine

NATIVE = "\x7fELF a program"
EXE = "MZ a program"
PLACEHOLDER = 'echo "Error: claude native binary not installed." >&2\nexit 1\n'
SCRIPT = "#!/usr/bin/env node\n// Claude Code\n"
OLD_SCRIPT = "#!/usr/bin/env -S node --no-warnings --enable-source-maps\n"
PACKAGE = "node_modules/@anthropic-ai/claude-code"


def manifest(version: str) -> str:
    """The part of npm's package.json that tells what it is."""
    return json.dumps({"name": "@anthropic-ai/claude-code", "version": version})


def npm_batch(target: str) -> str:
    """``claude.cmd`` as npm 11's cmd-shim writes it for a program."""
    return (
        "@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\n"
        f'CALL :find_dp0\r\n"%dp0%\\{target}"   %*\r\n'
    )


def npm_node_batch(target: str, flags: str = "") -> str:
    """``claude.cmd`` as npm 11's cmd-shim writes it for a script."""
    return (
        "@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\n"
        'CALL :find_dp0\r\n\r\nIF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n'
        ') ELSE (\r\n  SET "_prog=node"\r\n  SET PATHEXT=%PATHEXT:;.JS;=;%\r\n)\r\n\r\n'
        'endLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"'
        f' {flags} "%dp0%\\{target}" %*\r\n'
    )


def npm_powershell(target: str) -> str:
    """``claude.ps1`` as npm 11's cmd-shim writes it for a script."""
    call = f'"$basedir/{target}" $args'
    return (
        "#!/usr/bin/env pwsh\n$basedir=Split-Path $MyInvocation.MyCommand.Definition -Parent\n\n"
        'if (Test-Path "$basedir/node$exe") {\n  if ($MyInvocation.ExpectingInput) {\n'
        f'    $input | & "$basedir/node$exe"  {call}\n  }} else {{\n'
        f'    & "$basedir/node$exe"  {call}\n  }}\n}} else {{\n    & "node$exe"  {call}\n}}\n'
    )


def npm_shell(target: str) -> str:
    """``claude`` as cmd-shim writes it for shells; pnpm uses it on every system."""
    return (
        '#!/bin/sh\nbasedir=$(dirname "$(echo "$0" | sed -e \'s,\\\\,/,g\')")\n\n'
        'if [ -z "$NODE_PATH" ]; then\n  export NODE_PATH="/x/node_modules"\nfi\n'
        'if [ -x "$basedir/node" ]; then\n'
        f'  exec "$basedir/node"  "$basedir/{target}" "$@"\nelse\n'
        f'  exec node  "$basedir/{target}" "$@"\nfi\n'
    )


def pnpm_batch(target: str) -> str:
    """``claude.cmd`` as @zkochan/cmd-shim 9 (pnpm, Yarn 1) writes it for a program."""
    return f'@SETLOCAL\r\n@"%~dp0\\{target}"   %*\r\n'


def pnpm_node_batch(target: str) -> str:
    """``claude.cmd`` as @zkochan/cmd-shim 9 writes it for a script."""
    return (
        '@SETLOCAL\r\n@IF NOT DEFINED NODE_PATH (\r\n  @SET "NODE_PATH=\\x"\r\n)\r\n'
        f'@IF EXIST "%~dp0\\node.exe" (\r\n  "%~dp0\\node.exe"  "%~dp0\\{target}" %*\r\n'
        f') ELSE (\r\n  @SET PATHEXT=%PATHEXT:;.JS;=;%\r\n  node  "%~dp0\\{target}" %*\r\n)\r\n'
    )


VOLTA_BATCH = "@echo off\r\nvolta run %~n0 %*\r\n"
VOLTA_SHELL = '#!/bin/bash\nvolta run "$(basename $0)" "$@"'
MISE_BATCH = "@echo off\r\nsetlocal\r\nmise x -- claude %*\r\n"
ASDF_SHIM = '#!/usr/bin/env bash\n# asdf-plugin: nodejs 22.1.0\nexec asdf exec "claude" "$@"\n'


@dataclass
class Computer:
    """A made-up computer whose root is a directory of this one."""

    root: Path
    platform: str = "linux"
    environ: dict[str, str] = field(default_factory=dict)
    registry: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: Callable[[Sequence[str]], bytes | None] = lambda _words: None
    shell: str = ""
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Skip the test where paths and modes of Unix cannot be played."""
        if os.name == "nt" and self.platform != "win32":
            pytest.skip("Windows cannot play a Unix")

    @property
    def home(self) -> Path:
        """The person's directory, named in Chinese and with a space as some are."""
        return self.root / ("Users" if self.platform == "win32" else "home") / "王 小明"

    def add(self, files: Mapping[str, str]) -> None:
        """Write files below the root; ``~`` is the home, ``-> x`` makes a link to x."""
        for name, content in files.items():
            path = self.place(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if content.startswith("-> "):
                goal = content.removeprefix("-> ")
                path.symlink_to(self.place(goal) if goal[0] in "~/" else Path(goal))
            else:
                path.write_text(content, encoding="utf-8", newline="")
                path.chmod(0o755)

    def place(self, name: str) -> Path:
        """Return where a name of `add` lies."""
        if name.startswith("~/"):
            return self.home / name[2:]
        return self.root / name.lstrip("/")

    def machine(self) -> Machine:
        """Return it as the finder sees it; variables and registry know ``{root}`` and ``{home}``."""
        return Machine(
            platform=self.platform,
            environ={name: self.named(text) for name, text in self.environ.items()},
            home=self.home,
            shell=self.shell,
            root=self.root,
            registry=lambda key: {
                name: self.named(text) for name, text in self.registry.get(key, {}).items()
            },
            run=self._run,
        )

    def named(self, text: str) -> str:
        """Replace ``{root}`` and ``{home}``."""
        return text.replace("{root}", str(self.root)).replace("{home}", str(self.home))

    def _run(
        self, words: Sequence[str], environ: Mapping[str, str], timeout_s: float
    ) -> bytes | None:
        assert environ is not None
        assert 0 < timeout_s < 60
        self.asked.append(tuple(words))
        return self.answers(words)
