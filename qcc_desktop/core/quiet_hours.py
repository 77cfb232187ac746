"""The hours of the day in which no message is shown."""

from datetime import time

from qcc_desktop.core.settings import Settings


def is_quiet(settings: Settings, local: time) -> bool:
    """Tell whether ``local``, the time of day on the wall, lies in the quiet hours.

    They begin with their first minute and end before their last, may go over midnight, and last
    until midnight when no end is given. Equal ends are no quiet hours.
    """
    start, end = clock_time(settings.notify_quiet_from), clock_time(settings.notify_quiet_to)
    if start is None or start == end:
        return False
    now, end = local.replace(tzinfo=None), end or time()
    if start < end:
        return start <= now < end
    return now >= start or now < end


def clock_time(text: str) -> time | None:
    """Return ``"7:30"`` as a time of day; None for an empty text."""
    if not text:
        return None
    hours, _, minutes = text.partition(":")
    return time(int(hours), int(minutes))
