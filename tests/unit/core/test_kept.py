"""What is known beyond the end of the program."""

from datetime import UTC, datetime, timedelta

import pytest

from qcc_desktop.core.kept import KeptSession

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seen", "age_s"),
    [(NOW - timedelta(minutes=1), 60.0), (NOW, 0.0), (NOW + timedelta(hours=1), 0.0)],
    ids=["a minute ago", "now", "the clock was set back"],
)
def test_a_session_has_rested_since_it_was_seen(seen: datetime, age_s: float) -> None:
    assert KeptSession("s", seen).age_s(NOW) == age_s
