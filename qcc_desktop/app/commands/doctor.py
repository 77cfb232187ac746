"""The command ``doctor``."""

import asyncio
import os
from argparse import Namespace
from typing import Any

from qcc_desktop.app.commands.output import complain, say, say_json, say_table, tell
from qcc_desktop.app.commands.speech import spoken, word
from qcc_desktop.app.container import Container, build_container
from qcc_desktop.core.diagnosis import Finding, Report, Text, Verdict
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.doctor import Doctor
from qcc_desktop.storage.paths import find_paths

_LOAD_S = 15.0
_MARKS = {
    Verdict.OK: "✔",
    Verdict.NOTE: "▲",
    Verdict.PROBLEM: "✖",
    Verdict.NOT_CHECKED: "-",
}
_PIPED_COLUMNS = 110


def run(namespace: Namespace) -> int:
    """Print what was found, mend what can be mended if asked to; 0 when nothing is a problem."""
    return asyncio.run(_run(namespace))


async def _run(namespace: Namespace) -> int:
    container = build_container(find_paths(os.environ))
    await _load(container)
    if namespace.report:
        say(await container.diagnostics.text(), end="")
        return 0
    report = await container.doctor.run()
    done: list[dict[str, Any]] = []
    if namespace.fix:
        done = await _mend(container.doctor, report)
        report = await container.doctor.run() if done else report
    if namespace.json:
        say_json(_described(report, done if namespace.fix else None))
    else:
        _tell(report, done, asked_to_fix=namespace.fix)
    return 0 if report.ok else 1


async def _load(container: Container) -> None:
    """Read configuration and keys as far as they can be read; a finding says what cannot."""
    try:
        async with asyncio.timeout(_LOAD_S):
            await container.configuration.load()
    except (UserFacingError, TimeoutError):
        return


async def _mend(doctor: Doctor, report: Report) -> list[dict[str, Any]]:
    done: list[dict[str, Any]] = []
    for fix_id in dict.fromkeys(finding.fix_id for finding in report.findings if finding.fix_id):
        try:
            done.append({"fix": fix_id, "ok": True, "message": await doctor.fix(fix_id)})
        except UserFacingError as error:
            done.append({"fix": fix_id, "ok": False, "message": str(error)})
    return done


def _described(report: Report, done: list[dict[str, Any]] | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "ok": report.ok,
        "findings": [_finding(finding) for finding in report.findings],
    }
    return described if done is None else {**described, "fixes": done}


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "id": finding.id,
        "title": finding.title.plain(),
        "verdict": str(finding.verdict),
        "detail": finding.detail.plain(),
        "remedy": finding.remedy.plain(),
        "fix": finding.fix_id,
    }


def _tell(report: Report, done: list[dict[str, Any]], *, asked_to_fix: bool) -> None:
    for each in done:
        if each["ok"]:
            say(f"{_MARKS[Verdict.OK]} {spoken(each['message'])}")
        else:
            complain(each["message"])
    rows = [_row(finding) for finding in report.findings]
    say_table("", ("", "Looked at", "Found"), rows, piped_columns=_PIPED_COLUMNS)
    say(_summary(report))
    if not asked_to_fix and any(finding.fix_id for finding in report.findings):
        tell("Some of it can be mended for you: qcc-desktop doctor --fix")


def _row(finding: Finding) -> tuple[str, ...]:
    remedy = _said(finding.remedy)
    found = _said(finding.detail) + (f"\n→ {remedy}" if remedy else "")
    return (_MARKS[finding.verdict], _said(finding.title), found)


def _said(text: Text) -> str:
    """Return a text of the doctor in the person's language, with the sentences in it."""
    values = {
        name: _said(value) if isinstance(value, Text) else spoken(value)
        for name, value in text.args
    }
    return word("Doctor", text.template).format(**values) if text.template else ""


def _summary(report: Report) -> str:
    problems, notes = report.count(Verdict.PROBLEM), report.count(Verdict.NOTE)
    if problems == notes == 0:
        return spoken("All is well.")
    counts = (_counted(problems, "problem"), _counted(notes, "note"))
    said = word("Command", ", ").join(spoken(count) for count in counts if count)
    return said + word("Command", ".")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}" if count else ""
