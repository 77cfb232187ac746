"""The values that front ends show."""

from datetime import UTC, datetime

from qcc_desktop.core.snapshot import RequestView
from qcc_desktop.core.usage import Usage


def test_the_tokens_of_a_request_come_in_one_value() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    request = RequestView(
        1,
        at,
        "s",
        "m",
        "/v1/messages",
        "ok",
        input_tokens=1,
        output_tokens=2,
        cache_read_tokens=3,
        cache_write_tokens=4,
    )

    assert request.usage == Usage(1, 2, 3, 4)
