"""Reading what shims run."""

from pathlib import Path

import pytest

from qcc_desktop.system.finder.shims import (
    Shim,
    parse_batch,
    parse_powershell,
    parse_scoop,
    parse_shell,
    read_shim,
    shebang,
)
from tests.helpers.claude_trees import (
    ASDF_SHIM,
    MISE_BATCH,
    OLD_SCRIPT,
    VOLTA_BATCH,
    VOLTA_SHELL,
    npm_batch,
    npm_node_batch,
    npm_powershell,
    npm_shell,
    pnpm_batch,
    pnpm_node_batch,
)

JS = "node_modules/@anthropic-ai/claude-code/cli.js"
PROGRAM = "node_modules/@anthropic-ai/claude-code/bin/claude.exe"
HERE = Path("/npm")
OLD_NPM = '@IF EXIST "%~dp0\\node.exe" (\r\n  "%~dp0\\node.exe"  "%~dp0\\x\\cli.js" %*\r\n) ELSE (\r\n  node  "%~dp0\\x\\cli.js" %*\r\n)'
NIX = '#!/bin/bash -e\nexport X=1\nexec -a "$0" "/nix/store/y/.claude-wrapped"  "$@"\n'


def _back(path: str) -> str:
    return path.replace("/", "\\")


@pytest.mark.parametrize(
    ("script", "shim"),
    [
        pytest.param(npm_batch(_back(PROGRAM)), Shim(HERE / PROGRAM), id="npm program"),
        pytest.param(npm_node_batch(_back(JS)), Shim(HERE / JS, "node"), id="npm script"),
        pytest.param(
            npm_node_batch(_back(JS), "--no-warnings --enable-source-maps"),
            Shim(HERE / JS, "node", ("--no-warnings", "--enable-source-maps")),
            id="npm script with flags",
        ),
        pytest.param(OLD_NPM, Shim(HERE / "x/cli.js", "node"), id="npm 5"),
        pytest.param(pnpm_batch(_back(PROGRAM)), Shim(HERE / PROGRAM), id="pnpm program"),
        pytest.param(pnpm_node_batch(_back(JS)), Shim(HERE / JS, "node"), id="pnpm script"),
        pytest.param(
            pnpm_batch("..\\Data\\global\\a b\\claude.exe"),
            Shim(HERE / "../Data/global/a b/claude.exe"),
            id="yarn, folder with a space",
        ),
        pytest.param(
            '@"D:\\store\\claude.exe"   %*', Shim(Path("D:/store/claude.exe")), id="another drive"
        ),
        pytest.param(
            '@"D:\\R&D x\\claude.exe"   %*', Shim(Path("D:/R&D x/claude.exe")), id="an ampersand"
        ),
        pytest.param(
            npm_node_batch(_back(JS)).replace("_prog=node", "_prog=bun"),
            Shim(HERE / JS, "bun"),
            id="bun",
        ),
        pytest.param(VOLTA_BATCH, Shim(manager=("volta", "run", "claude")), id="volta"),
        pytest.param(MISE_BATCH, Shim(manager=("mise", "x", "--", "claude")), id="mise"),
        pytest.param("@echo off\r\nclaude.exe\r\n", None, id="passes nothing on"),
        pytest.param('@powershell -File "%~dp0\\claude.ps1" %*', None, id="another program"),
        pytest.param('@"%MY_TOOLS%\\claude.exe" %*', None, id="a variable"),
        pytest.param("", None, id="empty"),
    ],
)
def test_what_a_batch_file_runs(script: str, shim: Shim | None) -> None:
    assert parse_batch(script, HERE / "claude.cmd") == shim


@pytest.mark.parametrize(
    ("script", "shim"),
    [
        pytest.param(npm_shell(JS), Shim(HERE / JS, "node"), id="npm or pnpm script"),
        pytest.param(
            '#!/bin/sh\nbasedir=x\n\nexec "$basedir/' + PROGRAM + '"   "$@"\n',
            Shim(HERE / PROGRAM),
            id="npm program",
        ),
        pytest.param(
            '#!/bin/sh\nbasedir=x\n\n"$basedir/' + PROGRAM + '"   "$@"\nexit $?\n',
            Shim(HERE / PROGRAM),
            id="pnpm program",
        ),
        pytest.param(
            '#!/bin/bash\nexec "/Users/王 明/.claude/local/node_modules/.bin/claude" "$@"',
            Shim(Path("/Users/王 明/.claude/local/node_modules/.bin/claude")),
            id="migrate-installer",
        ),
        pytest.param(ASDF_SHIM, Shim(manager=("asdf", "exec", "claude")), id="asdf"),
        pytest.param(VOLTA_SHELL, Shim(manager=("volta", "run", "claude")), id="volta, Git Bash"),
        pytest.param(NIX, None, id="a wrapper that sets variables"),
        pytest.param('#!/usr/bin/env python3\nx("$@")\n', None, id="no shell"),
        pytest.param('#!/bin/sh\nsudo -u me claude "$@"\n', None, id="a wrapper of one's own"),
    ],
)
def test_what_a_shell_script_runs(script: str, shim: Shim | None) -> None:
    assert parse_shell(script, HERE / "claude") == shim


def test_what_a_powershell_script_runs() -> None:
    shim = parse_powershell(npm_powershell(JS), HERE / "claude.ps1")

    assert shim == Shim(HERE / JS, "node")


def test_a_powershell_script_of_a_program_runs_it() -> None:
    script = f'if ($x) {{\n  $input | & "$basedir/{PROGRAM}"   $args\n}} else {{\n  & "$basedir/{PROGRAM}"   $args\n}}'

    assert parse_powershell(script, HERE / "claude.ps1") == Shim(HERE / PROGRAM)


@pytest.mark.parametrize(
    ("description", "shim"),
    [
        ('path = "C:\\scoop\\apps\\x\\claude.exe"\r\n', Shim(Path("C:/scoop/apps/x/claude.exe"))),
        ("path = C:\\a b\\claude.exe", Shim(Path("C:/a b/claude.exe"))),
        ("path = C:\\claude.exe\nargs = --x", None),
        ("", None),
    ],
    ids=["quoted", "bare", "with arguments", "empty"],
)
def test_what_scoop_runs(description: str, shim: Shim | None) -> None:
    assert parse_scoop(description) == shim


def test_the_file_tells_its_form(tmp_path: Path) -> None:
    shell, program, dead = tmp_path / "claude", tmp_path / "claude.exe", tmp_path / "x.cmd"
    shell.write_text(npm_shell(JS))
    program.write_bytes(b"MZ")

    assert read_shim(shell) == Shim(tmp_path / JS, "node")
    assert read_shim(program) is None
    assert read_shim(dead) is None


def test_a_scripts_first_line_names_runtime_and_flags(tmp_path: Path) -> None:
    script = tmp_path / "cli.js"
    script.write_text(OLD_SCRIPT)
    plain = tmp_path / "plain.js"
    plain.write_text("// no first line\n")

    assert shebang(script) == ("node", ("--no-warnings", "--enable-source-maps"))
    assert shebang(plain) == ("node", ())
