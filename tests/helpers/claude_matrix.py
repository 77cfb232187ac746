"""The table of what Claude Code lived through: one row a failure, one column a version."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PROPERTY = "claude_code_case"


@dataclass(frozen=True)
class Case:
    """One run of Claude Code while endpoint A failed in one way."""

    table: str
    failure: str
    version: str
    finished: bool = False
    """Task done, right answer, exit code 0, nothing complained about."""
    a_asked: int = 0
    own_requests: int = 0
    """Inference requests that Claude Code itself sent; 2 for a tool loop without trouble."""
    seconds_over_healthy: float = 0.0
    """From Claude Code's first request to its last answer, beside a run without trouble."""
    judged: str = ""
    """The class of failure that the program saw."""
    remark: str = ""

    def words(self) -> str:
        seconds = f"{self.seconds_over_healthy:+.2f} s"
        return (
            f"{'yes' if self.finished else 'NO'} / {self.a_asked} / {self.own_requests} / {seconds}"
        )


def cases_of(properties: Iterable[tuple[str, object]]) -> list[Case]:
    """Return the cases among the properties that tests recorded."""
    values = [value for name, value in properties if name == PROPERTY]
    return [Case(**value) for value in values if isinstance(value, dict)]


def recorded(case: Case) -> tuple[str, Mapping[str, Any]]:
    """Return the case as a property of a test."""
    return PROPERTY, asdict(case)


def markdown(cases: Sequence[Case]) -> str:
    """Return one table for each group of cases, in the order they came."""
    tables = dict.fromkeys(case.table for case in cases)
    return "\n\n".join(
        _table(name, [case for case in cases if case.table == name]) for name in tables
    )


def _table(name: str, cases: Sequence[Case]) -> str:
    versions = list(dict.fromkeys(case.version for case in cases))
    found = {(case.failure, case.version): case for case in cases}
    lines = [
        f"### {name}",
        "Cells: finished / how often A was asked / Claude Code's own requests / over a healthy run",
        "",
        f"| failure of A | judged | {' | '.join(versions)} | remark |",
        f"|---|---|{'---|' * (len(versions) + 1)}",
    ]
    for failure in dict.fromkeys(case.failure for case in cases):
        row = [found.get((failure, version)) for version in versions]
        cells = [case.words() if case else "–" for case in row]
        remarks = "; ".join(
            f"{case.version}: {case.remark}" for case in row if case and case.remark
        )
        judged = ", ".join(dict.fromkeys(case.judged for case in row if case and case.judged))
        lines.append(f"| {failure} | {judged} | {' | '.join(cells)} | {remarks} |")
    return "\n".join(lines)


def write(cases: Sequence[Case], folder: Path) -> str:
    """Write the tables as Markdown and JSON below ``folder``; return the Markdown."""
    text = markdown(cases)
    folder.mkdir(exist_ok=True)
    rows = [asdict(case) for case in cases]
    (folder / "claude-code-matrix.md").write_text(text + "\n", encoding="utf-8")
    (folder / "claude-code-matrix.json").write_text(
        json.dumps(rows, indent=2) + "\n", encoding="utf-8"
    )
    return text
