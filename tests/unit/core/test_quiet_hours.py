"""The quiet hours, minute by minute where they begin and end."""

from datetime import time

import pytest

from qcc_desktop.core.quiet_hours import is_quiet
from qcc_desktop.core.settings import Settings


@pytest.mark.parametrize(
    ("start", "end", "now", "quiet"),
    [
        pytest.param("", "", "3:00", False, id="none"),
        pytest.param("", "7:00", "3:00", False, id="an end alone means none"),
        pytest.param("22:00", "", "23:59", True, id="without an end, until midnight"),
        pytest.param("22:00", "", "0:00", False, id="without an end, over at midnight"),
        pytest.param("13:00", "14:30", "12:59", False, id="not yet"),
        pytest.param("13:00", "14:30", "13:00", True, id="the first minute"),
        pytest.param("13:00", "14:30", "14:29", True, id="the last minute"),
        pytest.param("13:00", "14:30", "14:30", False, id="over"),
        pytest.param("22:00", "07:30", "23:10", True, id="before midnight"),
        pytest.param("22:00", "07:30", "0:00", True, id="midnight itself"),
        pytest.param("22:00", "07:30", "7:29", True, id="in the morning"),
        pytest.param("22:00", "07:30", "7:30", False, id="awake"),
        pytest.param("22:00", "07:30", "21:59", False, id="in the evening"),
        pytest.param("8:00", "8:00", "8:00", False, id="equal ends are none"),
    ],
)
def test_messages_rest_in_the_quiet_hours(start: str, end: str, now: str, quiet: bool) -> None:
    settings = Settings(notify_quiet_from=start, notify_quiet_to=end)
    hours, _, minutes = now.partition(":")

    assert is_quiet(settings, time(int(hours), int(minutes))) is quiet
