"""The words for the result of a test."""

from collections.abc import Mapping, Sequence

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.contracts import CheckView, ReportView
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.words import latency

_CHECKS: Mapping[str, str] = {
    "reach": QT_TRANSLATE_NOOP("ReportWords", "Connection"),
    "auth": QT_TRANSLATE_NOOP("ReportWords", "Key"),
    "answer": QT_TRANSLATE_NOOP("ReportWords", "Answer"),
    "stream": QT_TRANSLATE_NOOP("ReportWords", "Stream"),
    "first_byte": QT_TRANSLATE_NOOP("ReportWords", "First token"),
    "tools": QT_TRANSLATE_NOOP("ReportWords", "Tool use"),
    "count_tokens": QT_TRANSLATE_NOOP("ReportWords", "Token count"),
    "models": QT_TRANSLATE_NOOP("ReportWords", "Model list"),
}
CHECK_NAMES: Sequence[str] = tuple(_CHECKS)
"""The points of a test, in the order tried."""
_NO_TOOL = QT_TRANSLATE_NOOP(
    "ReportWords", "The endpoint answered, but did not use the tool it was given."
)
_NOT_OFFERED = "not offered"


def name_word(name: str) -> str:
    """Return what a point of a test is called."""
    known = _CHECKS.get(name)
    return translate("ReportWords", known) if known else name


def check_word(check: CheckView) -> str:
    """Return what a point of a test is called."""
    return name_word(check.name)


def check_value(check: CheckView) -> str:
    """Return what a point showed, without its name: a time, a number, or the reason."""
    if check.ok is None:
        if check.message == _NOT_OFFERED:
            return translate("ReportWords", "not offered, not needed")
        return translate("ReportWords", "not tried")
    if not check.ok:
        return _reason(check)
    time = latency(check.duration_ms) if check.duration_ms else ""
    if check.name == "models" and check.count is not None:
        return translate("ReportWords", "{count} models").format(count=check.count)
    return time


def check_line(check: CheckView) -> str:
    """Return the verdict on one point: its name, how it went, how long it took."""
    value = check_value(check)
    if check.ok is None:
        return translate("ReportWords", "{check}: {value}").format(
            check=check_word(check), value=value
        )
    if not check.ok:
        return translate("ReportWords", "{check}: no. {message}").format(
            check=check_word(check), message=value
        )
    return f"{check_word(check)} · {value}" if value else check_word(check)


def summary(report: ReportView) -> str:
    """Return the whole test in a few words, for beside the endpoint's name."""
    for check in report.checks:
        if check.ok is False:
            return translate("ReportWords", "Not well")
    return translate("ReportWords", "Well · {time}").format(time=latency(_total_ms(report)))


def _total_ms(report: ReportView) -> float:
    """Return what the requests took together; the first token came within one of them."""
    return sum(check.duration_ms for check in report.checks if check.name != "first_byte")


def _reason(check: CheckView) -> str:
    if check.message == _NO_TOOL:
        return translate("ReportWords", _NO_TOOL)
    return failure_sentence(check.message)
