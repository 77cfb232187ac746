"""Is Claude Code there, and does it start."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.locate import find_claude, start_command

_VERSION_S = 15.0


@dataclass(frozen=True, slots=True)
class FoundClaude:
    """One Claude Code; ``version`` is empty when it does not tell."""

    path: str
    version: str = ""
    words: tuple[str, ...] = ()
    """What starts it; empty: the path itself."""
    problem: str = ""
    """Why it does not start, one sentence; empty when nothing is known against it."""


def find_installed(environ: Mapping[str, str], home: Path) -> tuple[FoundClaude, ...]:
    """Return the Claude Code that a launch starts, with its version. Blocks for seconds."""
    try:
        program = find_claude(environ, home)
    except UserFacingError:
        return ()
    words = start_command(program)
    return (FoundClaude(str(program), version_of(words), words),)


def version_of(words: Sequence[str]) -> str:
    """Return what ``claude --version`` says, empty when it fails. Blocks for a second or more."""
    try:
        done = subprocess.run(  # noqa: S603 - the program that a launch starts too
            [*words, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_VERSION_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(rb"\d+\.\d+\.\d+[0-9A-Za-z.+-]*", done.stdout)
    return found[0].decode() if found is not None and done.returncode == 0 else ""


def check_claude_code(installed: Sequence[FoundClaude]) -> tuple[Finding, ...]:
    """Judge what was found; the first one is the one that a launch starts."""
    if not installed:
        missing = say(texts.CLAUDE_MISSING)
        return (_finding(Verdict.PROBLEM, missing, say(texts.CLAUDE_MISSING_DO)),)
    first, *others = installed
    if first.problem:
        detail = say(
            texts.CLAUDE_BROKEN, path=first.path, problem=say(texts.AS_IT_IS, text=first.problem)
        )
        return (_finding(Verdict.PROBLEM, detail, say(texts.CLAUDE_MISSING_DO)),)
    if not first.version:
        command = " ".join(first.words) or first.path
        detail = say(texts.CLAUDE_NO_VERSION, path=first.path)
        return (
            _finding(Verdict.PROBLEM, detail, say(texts.CLAUDE_NO_VERSION_DO, command=command)),
        )
    if others:
        rest = ", ".join(f"{each.path} {each.version}".strip() for each in others)
        detail = say(texts.CLAUDE_SEVERAL, version=first.version, path=first.path, others=rest)
        return (_finding(Verdict.OK, detail),)
    return (_finding(Verdict.OK, say(texts.CLAUDE_FOUND, version=first.version, path=first.path)),)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("claude_code", say(texts.CLAUDE), verdict, detail, remedy)
