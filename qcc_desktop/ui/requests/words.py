"""The words for how a request ended and for what an endpoint did to it."""

from collections.abc import Mapping

from qcc_desktop.core.failure import FailureClass
from qcc_desktop.core.snapshot import AttemptView, RequestView
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui import words
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.theme.palette import Role

_OUTCOME: Mapping[str, str] = {
    "running": QT_TRANSLATE_NOOP("Requests", "Running"),
    "ok": QT_TRANSLATE_NOOP("Requests", "Answered"),
    "recovered": QT_TRANSLATE_NOOP("Requests", "Answered, end mended"),
    "client_error": QT_TRANSLATE_NOOP("Requests", "Refused as asked"),
    "failed": QT_TRANSLATE_NOOP("Requests", "Failed"),
    "cut": QT_TRANSLATE_NOOP("Requests", "Broke off"),
    "cancelled": QT_TRANSLATE_NOOP("Requests", "Cancelled"),
}
_TOOK_OVER = QT_TRANSLATE_NOOP("Requests", "Answered by another")

_CLASS: Mapping[str, str] = {
    FailureClass.TRANSIENT: QT_TRANSLATE_NOOP("Requests", "passing trouble"),
    FailureClass.RATE_LIMIT: QT_TRANSLATE_NOOP("Requests", "rate limit"),
    FailureClass.AUTH: QT_TRANSLATE_NOOP("Requests", "key refused"),
    FailureClass.QUOTA: QT_TRANSLATE_NOOP("Requests", "quota used up"),
    FailureClass.PERMANENT: QT_TRANSLATE_NOOP("Requests", "cannot do it"),
    FailureClass.UNKNOWN: QT_TRANSLATE_NOOP("Requests", "unknown trouble"),
    FailureClass.CLIENT: QT_TRANSLATE_NOOP("Requests", "the request itself"),
    FailureClass.CLIENT_ABORT: QT_TRANSLATE_NOOP("Requests", "ended by Claude Code"),
}

GOOD = frozenset({"ok", "recovered"})
BAD = frozenset({"failed", "cut"})


def outcome_word(view: RequestView) -> str:
    """Return how a request ended, in a few words."""
    if view.outcome in GOOD and failed_attempts(view):
        return translate("Requests", _TOOK_OVER)
    return translate("Requests", _OUTCOME[view.outcome])


def outcome_picture(view: RequestView) -> tuple[str, Role]:
    """Return the picture and the colour of an outcome: told apart by shape as well."""
    if view.outcome in BAD:
        return "health/circuit-open", Role.RED
    if view.outcome in GOOD and failed_attempts(view):
        return "health/degraded", Role.AMBER
    if view.outcome in GOOD:
        return "health/healthy", Role.GREEN
    if view.outcome == "client_error":
        return "health/quarantined", Role.GREY
    return "health/unasked", Role.GREY


def failed_attempts(view: RequestView) -> tuple[AttemptView, ...]:
    """Return the endpoints that were asked in vain."""
    return tuple(
        attempt
        for attempt in view.attempts
        if attempt.outcome not in {"ok", "skipped", "cancelled"}
    )


def class_word(kind: str) -> str:
    """Return what a failure class is called."""
    return translate("Requests", _CLASS[kind]) if kind in _CLASS else kind


def why(view: RequestView) -> str:
    """Return in plain words what happened to a request, and what it means."""
    teller = _TELLERS.get(view.outcome, _answered)
    return teller(view)


def _answered(view: RequestView) -> str:
    took = words.latency(view.duration_ms)
    failed = failed_attempts(view)
    if not failed:
        said = translate("Requests", "{endpoint} answered in {time}.")
        return said.format(endpoint=view.endpoint, time=took)
    said = translate(
        "Requests",
        "{first} could not answer ({reason}), so {endpoint} did. "
        "The detour took {time}; Claude Code did not notice.",
    )
    return said.format(
        first=failed[0].endpoint,
        reason=reason(failed[0]).rstrip(".。"),
        endpoint=view.endpoint,
        time=words.latency(sum(attempt.duration_ms for attempt in failed)),
    )


def _recovered(view: RequestView) -> str:
    said = translate(
        "Requests",
        "{endpoint} broke off after its last word; the end was added, so that nothing is missing.",
    )
    return said.format(endpoint=view.endpoint)


def _running(view: RequestView) -> str:
    if not view.endpoint:
        return translate("Requests", "No endpoint has begun to answer yet.")
    return translate("Requests", "{endpoint} is answering.").format(endpoint=view.endpoint)


def _refused(view: RequestView) -> str:
    last = failed_attempts(view)[-1:]
    said = translate(
        "Requests",
        "The request itself was refused: {reason} "
        "Any other endpoint would refuse it too, so none was asked and none is blamed.",
    )
    return said.format(reason=reason(last[0]) if last else view.status or "")


def _failed(view: RequestView) -> str:
    failed = failed_attempts(view)
    if not failed:
        return translate(
            "Requests", "No endpoint could be asked: each was out. The list below says why."
        )
    latest = {attempt.endpoint: reason(attempt) for attempt in failed}
    each = " ".join(f"{endpoint}: {why}" for endpoint, why in latest.items())
    return translate("Requests", "No endpoint could answer. {reasons}").format(reasons=each)


def _cut(view: RequestView) -> str:
    said = translate(
        "Requests",
        "{endpoint} broke off in the middle of its answer. Claude Code had seen the beginning, "
        "so no other endpoint could go on; it was told and asks again by itself.",
    )
    return said.format(endpoint=view.endpoint)


def _cancelled(view: RequestView) -> str:
    del view
    return translate("Requests", "Claude Code ended the request before the answer was complete.")


_TELLERS = {
    "running": _running,
    "recovered": _recovered,
    "client_error": _refused,
    "failed": _failed,
    "cut": _cut,
    "cancelled": _cancelled,
}


def reason(attempt: AttemptView) -> str:
    """Return why an endpoint failed or was not asked, as a sentence."""
    return failure_sentence(attempt.reason) if attempt.reason else class_word(attempt.outcome)


def step_of(attempt: AttemptView) -> str:
    """Return what happened at one endpoint."""
    if attempt.outcome == "ok":
        return translate("Requests", "answered")
    if attempt.outcome == "cancelled":
        return translate("Requests", "was being asked when Claude Code ended the request")
    if attempt.outcome == "skipped":
        said = translate("Requests", "not asked: {reason}")
        return said.format(reason=reason(attempt))
    return reason(attempt)


def step_detail(attempt: AttemptView) -> str:
    """Return class and status of a failure, for those who want them; empty for the others."""
    if attempt.outcome in {"ok", "skipped", "cancelled"}:
        return ""
    status = f"HTTP {attempt.status}" if attempt.status else ""
    return " · ".join(part for part in (class_word(attempt.outcome), status) if part)
