"""Finds out for how long an endpoint asks to be left alone.

Sources, best first: ``retry-after-ms`` and ``retry-after`` (seconds or an HTTP date, RFC 9110
10.2.3), ``anthropic-ratelimit-*-reset`` (RFC 3339), ``anthropic-ratelimit-unified-*-reset``
(epoch seconds or ISO), ``x-ratelimit-reset*`` (seconds, epoch, ``6m0s``), fields and sentences
of the error body. All results are seconds from now, finite and not negative.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from qcc_desktop.core.classification.body import ErrorBody

_LONGEST_S: Final = 31 * 86400.0
_REJECTED: Final = frozenset(
    {"rejected", "blocked", "queueing_hard", "payment_required", "rate_limited"}
)
_CHINA: Final = timezone(timedelta(hours=8))
_DURATION: Final = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,9}(?:\.\d{1,9})?)s)?")
_IN_TEXT: Final = re.compile(
    r"\b(?:(?:try|retry)(?: \w{1,10})? (?:in|after)|wait|resets? in)\s*:?\s*(?:about )?"
    r"(\d{1,6}(?:\.\d{1,12})?)\s?(ms|milliseconds?|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?)\b"
    r"|(\d{1,5})\s?(秒|分钟|小时)(?:后|之后|以后)",
    re.IGNORECASE,
)
_COMPOUND_IN_TEXT: Final = re.compile(
    r"\b(?:try again|retry) (?:in|after) ((?:\d{1,4}h)?\d{1,4}m\d{1,2}(?:\.\d{1,9})?s)\b"
)
_DATE_IN_TEXT: Final = re.compile(
    r"(\d{4})[-/](\d{2})[-/](\d{2})(?:(?:T| at | )(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?)?"
    r"\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)
_EPOCH_IN_TEXT: Final = re.compile(r"\|(\d{10})\b")
_CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
_UNIT_S: Final = {"ms": 0.001, "mil": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_CHINESE_UNIT_S: Final = {"秒": 1.0, "分钟": 60.0, "小时": 3600.0}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the headers and body say about waiting.

    ``retry_after_s`` is an explicit wish (header or body), ``reset_s`` when a counted window
    ends, ``usage_reset_s`` when the plan's window ends, ``date_s`` a date in the text.
    ``named`` says whether any rate-limit header or hint was there at all.
    """

    retry_after_s: float | None = None
    reset_s: float | None = None
    usage_reset_s: float | None = None
    date_s: float | None = None
    usage_rejected: bool = False
    payment_required: bool = False
    overage_allowed: bool = False
    never_retry: bool = False
    named: bool = False

    @property
    def wait_s(self) -> float | None:
        """The best known time to wait."""
        for seconds in (self.retry_after_s, self.reset_s, self.usage_reset_s, self.date_s):
            if seconds is not None:
                return seconds
        return None


def read_limits(headers: Mapping[str, str], body: ErrorBody, wall_now_s: float) -> Limits:
    """Return what an answer says about waiting; ``headers`` have lower-case names."""
    retry_after_s = _retry_after(headers, wall_now_s)
    if retry_after_s is None:
        retry_after_s = _body_hint(body, wall_now_s)
    unified = headers.get("anthropic-ratelimit-unified-status", "").strip().lower()
    reset_s = _window_reset(headers, wall_now_s)
    date_s = _date_in_text(body.text, wall_now_s)
    return Limits(
        retry_after_s=retry_after_s,
        reset_s=reset_s,
        usage_reset_s=_usage_reset(headers, wall_now_s),
        date_s=date_s,
        usage_rejected=unified in _REJECTED or _window_rejected(headers),
        payment_required=unified == "payment_required",
        overage_allowed=headers.get("anthropic-ratelimit-unified-overage-status", "")
        .strip().lower().startswith("allowed"),
        never_retry=headers.get("x-should-retry", "").strip().lower() == "false",
        named=retry_after_s is not None or date_s is not None or _names_a_limit(headers),
    )  # fmt: skip


def _names_a_limit(headers: Mapping[str, str]) -> bool:
    prefixes = ("anthropic-ratelimit-", "x-ratelimit-", "ratelimit-", "ratelimit")
    return any(name.startswith(prefixes) for name in headers)


def _bounded(seconds: float | None) -> float | None:
    if seconds is None or not math.isfinite(seconds):
        return None
    return min(max(seconds, 0.0), _LONGEST_S)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _retry_after(headers: Mapping[str, str], wall_now_s: float) -> float | None:
    milliseconds = _number(headers.get("retry-after-ms", ""))
    if milliseconds is not None and math.isfinite(milliseconds):
        return _bounded(milliseconds / 1000)
    value = headers.get("retry-after", "").strip()
    seconds = _number(value)
    if seconds is not None:
        return _bounded(seconds)
    return _bounded(_http_date(value, wall_now_s))


def _http_date(value: str, wall_now_s: float) -> float | None:
    try:
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp() - wall_now_s
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _moment(value: str, wall_now_s: float) -> float | None:
    """Read a reset: epoch seconds or milliseconds, seconds from now, ``6m0s`` or ISO 8601."""
    value = value.strip()
    number = _number(value)
    if number is not None:
        return _bounded(_from_number(number, wall_now_s))
    duration = _duration(value)
    if duration is not None:
        return _bounded(duration)
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return _bounded(moment.timestamp() - wall_now_s)
    except (ValueError, OverflowError):
        return _bounded(_http_date(value, wall_now_s))


def _from_number(number: float, wall_now_s: float) -> float:
    if number > 1e11:
        return number / 1000 - wall_now_s
    return number - wall_now_s if number > 1e9 else number


def _duration(value: str) -> float | None:
    if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?ms", value):
        return float(value[:-2]) / 1000
    match = _DURATION.fullmatch(value)
    if not value or match is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _window_reset(headers: Mapping[str, str], wall_now_s: float) -> float | None:
    """The latest reset among exhausted windows, else the soonest of all."""
    exhausted: list[float] = []
    others: list[float] = []
    for name, value in headers.items():
        if "ratelimit" not in name or "reset" not in name or "-unified-" in name:
            continue
        reset_s = _moment(value, wall_now_s)
        if reset_s is not None:
            left = headers.get(name.replace("reset", "remaining"), "").strip()
            (exhausted if left in {"0", "0.0"} else others).append(reset_s)
    return max(exhausted) if exhausted else min(others, default=None)


def _window_rejected(headers: Mapping[str, str]) -> bool:
    return any(
        headers.get(f"anthropic-ratelimit-unified-{window}-status", "").strip().lower() in _REJECTED
        for window in ("5h", "7d")
    )


def _usage_reset(headers: Mapping[str, str], wall_now_s: float) -> float | None:
    """The end of the window that refused, else the reset of the whole plan."""
    prefix = "anthropic-ratelimit-unified-"
    ends = [
        _moment(headers.get(f"{prefix}{window}-reset", ""), wall_now_s)
        for window in ("5h", "7d")
        if headers.get(f"{prefix}{window}-status", "").strip().lower() in _REJECTED
    ]
    known = [end for end in ends if end is not None]
    return max(known) if known else _moment(headers.get(f"{prefix}reset", ""), wall_now_s)


def _body_hint(body: ErrorBody, wall_now_s: float) -> float | None:
    for _, value in body.hints:
        seconds = _moment(value, wall_now_s)
        if seconds is not None:
            return seconds
    if compound := _COMPOUND_IN_TEXT.search(body.text):
        return _bounded(_duration(compound[1]))
    if match := _IN_TEXT.search(body.text):
        return _bounded(_spelled(match))
    if epoch := _EPOCH_IN_TEXT.search(body.text):
        return _bounded(float(epoch[1]) - wall_now_s)
    return None


def _spelled(match: re.Match[str]) -> float:
    if match[3]:
        return float(match[3]) * _CHINESE_UNIT_S[match[4]]
    unit = match[2].lower()
    for start in ("ms", "mil"):
        if unit.startswith(start):
            return float(match[1]) * _UNIT_S[start]
    return float(match[1]) * _UNIT_S[unit[0]]


def _date_in_text(text: str, wall_now_s: float) -> float | None:
    """The first date of ``text`` that lies ahead; without a zone it is UTC, in Chinese UTC+8."""
    for match in _DATE_IN_TEXT.finditer(text):
        try:
            seconds = _text_moment(match, text).timestamp() - wall_now_s
        except (ValueError, OverflowError):
            continue
        if seconds > 0:
            return _bounded(seconds)
    return None


def _text_moment(match: re.Match[str], text: str) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    zone = match[7]
    if zone is None:
        tzinfo: timezone = _CHINA if _CHINESE.search(text) else UTC
    elif zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        digits = zone[1:].replace(":", "")
        tzinfo = timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))
    else:
        tzinfo = UTC
    return datetime(year, month, day, hour, minute, second, tzinfo=tzinfo)
