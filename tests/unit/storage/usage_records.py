"""Records of what requests used, for the tests of histories."""

from datetime import UTC, datetime

from qcc_desktop.core.usage import Usage, UsageRecord

SONNET = "claude-sonnet-4-5"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def record(at: datetime = NOON, **changes: object) -> UsageRecord:
    """Return a record of a million tokens, with these fields changed."""
    values: dict[str, object] = {
        "endpoint_id": "ep-1",
        "endpoint": "Relay",
        "session": "s1",
        "folder": "",
        "model": SONNET,
        "usage": Usage(1_000_000, 0, 0, 0),
        "ok": True,
    }
    return UsageRecord(at=at, **(values | changes))  # type: ignore[arg-type]
