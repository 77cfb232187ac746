"""Is Claude Code there, and does it start."""

from collections.abc import Sequence
from dataclasses import dataclass

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say


@dataclass(frozen=True, slots=True)
class FoundClaude:
    """One Claude Code; ``version`` is empty when it does not tell."""

    path: str
    version: str = ""
    words: tuple[str, ...] = ()
    """What starts it; empty: the path itself."""
    problem: str = ""
    """Why it does not start, one sentence; empty when nothing is known against it."""


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
