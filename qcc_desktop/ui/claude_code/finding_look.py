"""What the doctor found, in the language shown; knows no widget."""

from dataclasses import dataclass

from qcc_desktop.core.diagnosis import Finding, Text, Verdict
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class FindingLook:
    """One finding; ``fix_id`` is set where a button can mend it."""

    id: str
    verdict: Verdict
    title: str
    detail: str
    remedy: str
    fix_id: str


def finding_look(finding: Finding) -> FindingLook:
    """Return a finding in words."""
    return FindingLook(
        finding.id,
        finding.verdict,
        _plain(finding.title),
        _plain(finding.detail),
        _plain(finding.remedy),
        finding.fix_id,
    )


def summary(verdicts: list[Verdict]) -> str:
    """Return how many there are of each."""
    problems = sum(verdict is Verdict.PROBLEM for verdict in verdicts)
    notes = sum(verdict in {Verdict.NOTE, Verdict.NOT_CHECKED} for verdict in verdicts)
    if problems:
        sentence = translate("FindingLook", "Problems: {problems} · Notes: {notes}")
        return sentence.format(problems=problems, notes=notes)
    if notes:
        return translate("FindingLook", "No problem · Notes: {notes}").format(notes=notes)
    return translate("FindingLook", "All is well.")


def _plain(text: Text) -> str:
    return _translated(text).plain(lambda template: translate("Doctor", template))


def _translated(text: Text) -> Text:
    """Return the text with the sentences of other rooms among its values translated."""
    return Text(
        text.template,
        tuple(
            (name, _translated(value) if isinstance(value, Text) else _value(value))
            for name, value in text.args
        ),
    )


def _value(value: str) -> str:
    known = failure_sentence(value)
    return known if known != value else translate("Installation", value) if value else ""
