"""The finder with real shells and what the real npm writes."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.machine import Machine, run_quietly, this_machine
from qcc_desktop.system.finder.search import Finder
from qcc_desktop.system.finder.search_path import shell_path
from qcc_desktop.system.finder.shims import Shim, read_shim

_PROFILES = {
    "bash": (".bashrc", 'echo Hello; export PATH="$HOME/my tools:$PATH"\n'),
    "zsh": (".zshrc", 'echo Hello; export PATH="$HOME/my tools:$PATH"\n'),
    "fish": (".config/fish/config.fish", 'echo Hello; set -gx PATH "$HOME/my tools" $PATH\n'),
    "dash": (".profile", 'echo Hello; export PATH="$HOME/my tools:$PATH"\n'),
    "tcsh": (".tcshrc", 'echo Hello; setenv PATH "$HOME/my tools:$PATH"\n'),
}
_NEEDS_NPM = pytest.mark.skipif(
    shutil.which("npm") is None or os.name == "nt", reason="needs npm on Unix"
)

_UNIX = pytest.mark.skipif(os.name == "nt", reason="asks shells of Unix")


def _machine(home: Path, shell: str, root: Path) -> Machine:
    environ = {"PATH": os.defpath, "HOME": str(home)}
    return Machine(sys.platform, environ, home, shell, root, run=run_quietly)


def _write_profile(home: Path, shell: str, extra: str = "") -> None:
    name, content = _PROFILES[shell]
    file = home / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content + extra, encoding="utf-8")
    if shell == "bash":
        (home / ".bash_profile").write_text("[ -f ~/.bashrc ] && . ~/.bashrc\n")


@pytest.mark.parametrize("shell", sorted(_PROFILES))
def test_a_real_login_shell_tells_its_path(home: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    _write_profile(home, shell)

    found = shell_path(_machine(home, program, home))

    assert found[0] == home / "my tools"


@_UNIX
def test_a_profile_that_leaves_a_daemon_behind_is_not_waited_for(home: Path) -> None:
    started = home / "daemon.pid"
    _write_profile(home, "bash", f'sleep 60 & echo $! >"{started}"; disown\n')
    bash = shutil.which("bash")
    assert bash is not None

    found = shell_path(_machine(home, bash, home))

    pid = int(started.read_text())
    os.kill(pid, 9)  # raises unless it still ran: nobody waited for it
    assert found[0] == home / "my tools"


@_UNIX
def test_a_program_that_hangs_is_ended_with_all_it_started(home: Path) -> None:
    started = home / "child.pid"
    words = ("/bin/sh", "-c", f'sleep 60 & echo $! >"{started}"; wait')

    output = run_quietly(words, os.environ, 1.0)

    assert output is None
    if Path("/proc").is_dir():
        assert _is_gone_within(5.0, int(started.read_text()))


def _is_gone_within(patience_s: float, pid: int) -> bool:
    """Wait until a killed process has ended; whoever inherits it may collect it later."""
    deadline_s = time.monotonic() + patience_s
    while time.monotonic() < deadline_s:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").split(") ")[1][0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


@_UNIX
def test_a_program_that_is_not_there_or_fails_says_nothing(home: Path) -> None:
    assert run_quietly(("/nowhere/claude",), {}, 5.0) is None
    assert run_quietly(("/bin/sh", "-c", "echo no; exit 3"), {}, 5.0) is None
    assert run_quietly(("/bin/sh", "-c", "echo yes"), {}, 5.0) == b"yes\n"


@_UNIX
def test_what_only_the_login_shell_knows_is_found_and_is_on_path(
    home: Path, tmp_path: Path
) -> None:
    _write_profile(home, "bash")
    program = home / "my tools" / "claude"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "2.1.77 (Claude Code)"\n')
    program.chmod(0o755)
    bash = shutil.which("bash")
    assert bash is not None

    (found,) = Finder(_machine(home, bash, tmp_path / "root")).find()

    assert (found.path, found.version, found.is_on_path) == (program, "2.1.77", True)


def _npm_package(folder: Path) -> Path:
    """Pack a small package of Claude Code's name; the real one is 380 MB."""
    source = folder / "source"
    (source / "bin").mkdir(parents=True)
    (source / "bin" / "cli.js").write_text(
        "#!/usr/bin/env node\nconsole.log(JSON.stringify(process.argv.slice(2)));\n"
    )
    (source / "package.json").write_text(
        json.dumps(
            {
                "name": "@anthropic-ai/claude-code",
                "version": "9.8.7",
                "bin": {"claude": "bin/cli.js"},
            }
        )
    )
    _npm("pack", "--silent", "--pack-destination", str(folder), cwd=source)
    return next(folder.glob("*.tgz"))


def _npm(*words: str, cwd: Path) -> None:
    npm = shutil.which("npm")
    assert npm is not None
    subprocess.run([npm, *words], cwd=cwd, check=True, capture_output=True, timeout=100)


@_NEEDS_NPM
def test_what_the_real_npm_installs_globally_is_found_and_starts(
    home: Path, tmp_path: Path
) -> None:
    package = _npm_package(tmp_path)
    prefix = home / "npm prefix"
    (home / ".npmrc").write_text(f"prefix={prefix}\n")
    _npm("install", "--global", "--offline", str(package), cwd=tmp_path)
    node = shutil.which("node")
    assert node is not None
    environ = {"PATH": str(Path(node).parent), "HOME": str(home)}

    (found,) = Finder(Machine(sys.platform, environ, home, root=tmp_path / "root")).find()
    hostile = ['a "b" $c', "100% & | ^", "中文\n行"]
    answered = run_quietly((*found.words, *hostile), environ, 30.0)

    assert (found.kind, found.version) == (Kind.NPM, "9.8.7")
    assert found.path == prefix / "bin" / "claude"
    assert answered is not None
    assert json.loads(answered) == hostile


@_NEEDS_NPM
def test_the_shims_that_the_real_npm_writes_for_windows_are_read(tmp_path: Path) -> None:
    npm = Path(os.path.realpath(shutil.which("npm") or "")).parents[1]
    shim_maker = npm / "node_modules" / "cmd-shim"
    if not shim_maker.is_dir():
        pytest.skip("npm keeps cmd-shim elsewhere")
    script = tmp_path / "node_modules" / "@anthropic-ai" / "claude-code" / "cli.js"
    program = script.parent / "bin" / "claude.exe"
    program.parent.mkdir(parents=True)
    script.write_text("#!/usr/bin/env -S node --no-warnings\n")
    program.write_bytes(b"MZ")
    code = f"""
        const shim = require({json.dumps(str(shim_maker))});
        shim({json.dumps(str(script))}, {json.dumps(str(tmp_path / "js"))})
          .then(() => shim({json.dumps(str(program))}, {json.dumps(str(tmp_path / "exe"))}));
    """
    subprocess.run(["node", "-e", code], check=True, capture_output=True, timeout=60)

    read = {
        name: read_shim(tmp_path / name)
        for name in ("js", "js.cmd", "js.ps1", "exe", "exe.cmd", "exe.ps1")
    }

    of_script, of_program = Shim(script, "node", ("--no-warnings",)), Shim(program)
    assert read == {
        **dict.fromkeys(("js", "js.cmd", "js.ps1"), of_script),
        **dict.fromkeys(("exe", "exe.cmd", "exe.ps1"), of_program),
    }


def test_this_computer_can_be_looked_at(home: Path) -> None:
    machine = this_machine({"PATH": os.defpath}, home)

    assert isinstance(Finder(machine).find(ask_versions=False), tuple)
    assert machine.platform == sys.platform
