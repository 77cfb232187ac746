"""The words for states, times and figures: one noun for one thing, wherever it is shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from qcc_desktop.core.health import CAUSE_TEXTS, Cause, CauseKind
from qcc_desktop.core.settings import Strategy
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate

_STRATEGY: Mapping[Strategy, str] = {
    Strategy.PRIORITY_FAILOVER: QT_TRANSLATE_NOOP("Words", "In order, next on failure"),
    Strategy.WEIGHTED: QT_TRANSLATE_NOOP("Words", "By weight"),
    Strategy.ROUND_ROBIN: QT_TRANSLATE_NOOP("Words", "In turn"),
    Strategy.LEAST_BUSY: QT_TRANSLATE_NOOP("Words", "Least busy"),
    Strategy.RANDOM: QT_TRANSLATE_NOOP("Words", "At random"),
    Strategy.FASTEST: QT_TRANSLATE_NOOP("Words", "Fastest"),
}

_TITLE: Mapping[CauseKind, str] = {
    CauseKind.OFF: QT_TRANSLATE_NOOP("Words", "Off"),
    CauseKind.OFFLINE: QT_TRANSLATE_NOOP("Words", "Offline"),
    CauseKind.NO_ENDPOINTS: QT_TRANSLATE_NOOP("Words", "No endpoint yet"),
    CauseKind.ALL_DISABLED: QT_TRANSLATE_NOOP("Words", "Every endpoint is off"),
    CauseKind.PROXY_FAILED: QT_TRANSLATE_NOOP("Words", "The proxy cannot start"),
    CauseKind.ALL_DOWN: QT_TRANSLATE_NOOP("Words", "No endpoint can answer"),
    CauseKind.FAILOVER: QT_TRANSLATE_NOOP("Words", "Another endpoint has taken over"),
    CauseKind.RECOVERING: QT_TRANSLATE_NOOP("Words", "An endpoint failed just now"),
    CauseKind.DEGRADED: QT_TRANSLATE_NOOP("Words", "Answering, but not well"),
    CauseKind.ENDPOINT_OUT: QT_TRANSLATE_NOOP("Words", "An endpoint is out"),
    CauseKind.ALL_WELL: QT_TRANSLATE_NOOP("Words", "All well"),
    CauseKind.READY: QT_TRANSLATE_NOOP("Words", "Ready"),
}


_BESIDE_TITLE: Mapping[CauseKind, str] = {
    CauseKind.OFF: QT_TRANSLATE_NOOP("Words", "Claude Code gets no answer until you switch it on."),
    CauseKind.OFFLINE: QT_TRANSLATE_NOOP(
        "Words", "This computer has no network. No endpoint is blamed for it."
    ),
    CauseKind.ALL_DISABLED: QT_TRANSLATE_NOOP("Words", "Tick one to go on."),
    CauseKind.PROXY_FAILED: "{detail}",
    CauseKind.ALL_DOWN: QT_TRANSLATE_NOOP("Words", "{other}: {detail}"),
    CauseKind.READY: QT_TRANSLATE_NOOP("Words", "{endpoint} is asked first."),
}
"""What to say beside a title that says the beginning of the whole sentence already."""


def strategy_word(strategy: Strategy) -> str:
    """Return what a strategy is called."""
    return translate("Words", _STRATEGY[strategy])


def title_of(cause: Cause) -> str:
    """Return the state of the whole proxy in a few words."""
    return translate("Words", _TITLE[cause.kind])


def cause_sentence(cause: Cause) -> str:
    """Return why the light is as it is, as a whole sentence that stands alone."""
    return _filled(cause, translate("Cause", CAUSE_TEXTS[cause.kind]))


def sentence_beside_title(cause: Cause) -> str:
    """Return what `title_of` leaves to say."""
    short = _BESIDE_TITLE.get(cause.kind)
    return _filled(cause, translate("Words", short)) if short else cause_sentence(cause)


def cause_in(cause: Cause, room: int) -> str:
    """Return `sentence_beside_title` in ``room`` characters: the detail goes first, then words."""
    whole = sentence_beside_title(cause)
    if len(whole) <= room:
        return whole
    without = sentence_beside_title(replace(cause, detail=""))
    return shortened(without or whole, room)


def _filled(cause: Cause, template: str) -> str:
    said = replace(cause, detail=failure_sentence(cause.detail)).text(template)
    return said if cause.detail else said.rstrip(" :：")


def latency(value_ms: float | None) -> str:
    """Return a latency: ``320 ms`` below a second, else ``1.2 s``; a dash for none."""
    if value_ms is None:
        return "–"
    if value_ms < 999.5:
        return translate("Words", "{count} ms").format(count=round(value_ms))
    return translate("Words", "{count} s").format(count=f"{value_ms / 1000:.1f}")


def percent(share: float | None) -> str:
    """Return a share as per cent; less than all is never rounded up to ``100 %``."""
    if share is None:
        return "–"
    value = round(share * 100) if share in {0.0, 1.0} else min(99, max(1, round(share * 100)))
    return translate("Words", "{count} %").format(count=value)


def countdown(until: datetime, now: datetime) -> str:
    """Return the time left as ``0:42``, or ``1:02:03`` from an hour on."""
    seconds = max(0, round((until - now).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def ago(moment: datetime, now: datetime) -> str:
    """Return how long ago ``moment`` was, in one coarse unit."""
    seconds = max(0, int((now - moment).total_seconds()))
    if seconds < 60:
        return translate("Words", "just now")
    if seconds < 3600:
        return translate("Words", "{count} min ago").format(count=seconds // 60)
    if seconds < 86_400:
        return translate("Words", "{count} h ago").format(count=seconds // 3600)
    return translate("Words", "{count} d ago").format(count=seconds // 86_400)


def tokens(count: int) -> str:
    """Return a number of tokens in three figures at most: ``980``, ``41 k``, ``1.2 M``."""
    return translate("Words", "{count} tokens").format(count=short_count(count))


def short_count(count: int) -> str:
    """Return a count with three significant figures at most: ``980``, ``41.3 k``, ``1.2 M``."""
    for power, letter in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if count >= power * 0.9995:
            value = count / power
            return f"{value:.0f} {letter}" if value >= 99.95 else f"{value:.1f} {letter}"
    return str(count)


def running_answers(count: int) -> str:
    """Return how many requests are being answered; empty for none."""
    if count == 0:
        return ""
    if count == 1:
        return translate("Words", "1 request running")
    return translate("Words", "{count} requests running").format(count=count)


def draining(count: int) -> str:
    """Return what quitting still waits for."""
    if count == 0:
        return translate("Words", "Quitting…")
    if count == 1:
        return translate("Words", "Quitting: 1 answer is still running")
    return translate("Words", "Quitting: {count} answers are still running").format(count=count)


def first_token(value_ms: float | None) -> str:
    """Return the time to the first token as a phrase; empty when it is not known."""
    if value_ms is None:
        return ""
    return translate("Words", "{time} to first token").format(time=latency(value_ms))


def shortened(text: str, limit: int) -> str:
    """Return ``text``, cut at a word with an ellipsis where it is longer than ``limit``."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rstrip()
    at_word = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return at_word.rstrip(" ,;:.") + "…"
