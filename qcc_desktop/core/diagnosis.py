"""What the doctor finds: one verdict for each thing looked at, in words that can be translated."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qcc_desktop.core.redact import redact


class Verdict(StrEnum):
    """How a thing is; only `PROBLEM` asks for something to be done."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing: it may surprise, but nothing is broken."""
    PROBLEM = "problem"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence as its English template and the values (or sentences) that stand in it."""

    template: str
    args: tuple[tuple[str, "str | Text"], ...] = ()

    def plain(self, translate: Callable[[str], str] | None = None) -> str:
        """Return the sentence, in English or as ``translate`` has the template."""
        if not self.template:
            return ""
        template = self.template if translate is None else translate(self.template)
        values = {
            name: value.plain(translate) if isinstance(value, Text) else value
            for name, value in self.args
        }
        return template.format(**values)


NO_TEXT = Text("")


def say(template: str, **args: object) -> Text:
    """Return the sentence of ``template``; whatever looks like a secret in a value is masked."""
    return Text(
        template,
        tuple(
            (name, value if isinstance(value, Text) else redact(str(value)))
            for name, value in args.items()
        ),
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    ``id`` is stable, for scripts. ``remedy`` says what a person can do; ``fix_id`` is set where
    the program can do it (`services.doctor.Doctor.fix`).
    """

    id: str
    title: Text
    verdict: Verdict
    detail: Text
    remedy: Text = NO_TEXT
    fix_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found, in the order of the checks."""

    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """True when nothing is a problem."""
        return self.count(Verdict.PROBLEM) == 0

    def count(self, verdict: Verdict) -> int:
        """Return how many findings have this verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)
