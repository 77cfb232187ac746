"""What a message on the desktop says: what happened first, then what follows from it."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale

from qcc_desktop.core.alert import Alert, AlertKind
from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.ui.contracts import NoticeKind
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.words import shortened

_TITLES = {
    AlertKind.ALL_DOWN: QT_TRANSLATE_NOOP("Alert", "No endpoint can answer"),
    AlertKind.KEY_REFUSED: QT_TRANSLATE_NOOP("Alert", "{endpoint} refused the key"),
    AlertKind.QUOTA: QT_TRANSLATE_NOOP("Alert", "The quota of {endpoint} is used up"),
    AlertKind.FAILOVER: QT_TRANSLATE_NOOP("Alert", "{other} answers instead of {endpoint}"),
    AlertKind.RECOVERY: QT_TRANSLATE_NOOP("Alert", "{endpoint} answers again"),
}
_PROBLEMS = frozenset({AlertKind.ALL_DOWN, AlertKind.KEY_REFUSED, AlertKind.QUOTA})
_NAME_CHARACTERS = 40
_NAMES_AT_MOST = 3
_WORTH_A_TIME = timedelta(minutes=5)
"""A wait that is shorter is over before one looks at the clock."""
_FAR = timedelta(hours=20)


def alert_title(alert: Alert) -> str:
    """Return what happened, in one line."""
    return translate("Alert", _TITLES[alert.kind]).format(
        endpoint=shortened(alert.endpoint, _NAME_CHARACTERS),
        other=shortened(alert.other, _NAME_CHARACTERS),
    )


def alert_hint(alert: Alert, now: datetime) -> str:
    """Return why, who answers meanwhile and what to do, in short sentences; may be empty."""
    said = ""
    for sentence in filter(None, [_why(alert), *_rest(alert, now)]):
        said += sentence if not said or said.endswith("。") else f" {sentence}"
    return said


def alert_notice_kind(alert: Alert) -> NoticeKind:
    """Return how urgent it looks."""
    return NoticeKind.PROBLEM if alert.kind in _PROBLEMS else NoticeKind.NOTE


def _why(alert: Alert) -> str:
    said = failure_sentence(alert.reason)
    match alert.kind:
        case AlertKind.ALL_DOWN if said:
            name = shortened(alert.endpoint, _NAME_CHARACTERS)
            return translate("Alert", "{endpoint}: {reason}").format(endpoint=name, reason=said)
        case AlertKind.KEY_REFUSED | AlertKind.RECOVERY:
            return ""
        case _:
            return said


def _rest(alert: Alert, now: datetime) -> list[str]:
    found = []
    if alert.other and alert.kind is not AlertKind.FAILOVER:
        name = shortened(alert.other, _NAME_CHARACTERS)
        found.append(translate("Alert", "{other} answers instead.").format(other=name))
    if alert.kind is AlertKind.KEY_REFUSED:
        found.append(translate("Alert", "Enter a new key to use it again."))
    elif alert.until is not None and alert.until - now >= _WORTH_A_TIME:
        text = translate("Alert", "It is asked again at {time}.")
        found.append(text.format(time=_clock(alert.until, now)))
    if alert.also:
        is_back = alert.kind is AlertKind.RECOVERY
        text = QT_TRANSLATE_NOOP("Alert", "Also out: {names}.")
        if is_back:
            text = QT_TRANSLATE_NOOP("Alert", "Also back: {names}.")
        found.append(translate("Alert", text).format(names=_names(alert.also)))
    return found


def _names(names: tuple[str, ...]) -> str:
    """Return the first names, and how many more there are."""
    shown = [shortened(name, _NAME_CHARACTERS) for name in names[:_NAMES_AT_MOST]]
    listed = translate("Alert", ", ").join(shown)
    more = len(names) - len(shown)
    if not more:
        return listed
    return translate("Alert", "{names} and {count} more").format(names=listed, count=more)


def _clock(moment: datetime, now: datetime) -> str:
    """Return a moment on the person's clock, with its day when that is not at hand."""
    local = moment.astimezone()
    time = f"{local:%H:%M}"
    if moment - now < _FAR:
        return time
    day = QLocale().toString(
        QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat
    )
    return f"{day} {time}"
