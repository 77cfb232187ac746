"""The words for the result of a test."""

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.contracts import CheckView, ReportView
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.words import latency

_CHECKS = {
    "reach": QT_TRANSLATE_NOOP("ReportWords", "Reachable"),
    "answer": QT_TRANSLATE_NOOP("ReportWords", "Answers"),
    "stream": QT_TRANSLATE_NOOP("ReportWords", "Streams"),
}


def check_word(check: CheckView) -> str:
    """Return what a point of a test is called."""
    known = _CHECKS.get(check.name)
    return translate("ReportWords", known) if known else check.name


def check_line(check: CheckView) -> str:
    """Return the verdict on one point: its name, how it went, how long it took."""
    if check.ok is None:
        return translate("ReportWords", "{check}: not tried").format(check=check_word(check))
    if check.ok:
        return translate("ReportWords", "{check} · {time}").format(
            check=check_word(check), time=latency(check.duration_ms)
        )
    return translate("ReportWords", "{check}: no. {message}").format(
        check=check_word(check), message=failure_sentence(check.message)
    )


def verdict_sentence(name: str, report: ReportView) -> str:
    """Return the whole test in one sentence: the first fault, or the time it took."""
    for check in report.checks:
        if check.ok is False:
            return translate("ReportWords", "{name}: {message}").format(
                name=name, message=failure_sentence(check.message)
            )
    total_ms = sum(check.duration_ms for check in report.checks)
    return translate("ReportWords", "{name} is well. The test took {time}.").format(
        name=name, time=latency(total_ms)
    )
