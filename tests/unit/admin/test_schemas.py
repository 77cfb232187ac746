"""The JSON of the status pages: keys that were published stay."""

from datetime import UTC, datetime

from qcc_desktop.admin import metrics, schemas
from qcc_desktop.core.snapshot import AgentView, AttemptView, RequestView, SessionView, Snapshot
from qcc_desktop.core.usage import Usage

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TIME = "2026-11-23T12:00:00.000+00:00"
TOKENS = {"input": 10, "output": 2, "cache_read": 70, "cache_write": 20}
USAGE = Usage(10, 2, 70, 20)
SESSION = SessionView(
    "s",
    "ep-1",
    "m",
    3,
    AT,
    agents=1,
    folder="/home/me/secret-project",
    pin_id="ep-2",
    in_flight=1,
    usage=USAGE,
    subagents=(AgentView("a1", "small", 2, AT, 1, USAGE),),
)


def test_a_session_tells_what_it_used_and_who_worked_in_it() -> None:
    assert schemas.sessions([SESSION]) == [
        {
            "key": "s",
            "endpoint_id": "ep-1",
            "model": "m",
            "turns": 3,
            "agents": 1,
            "last_seen": TIME,
            "folder": "/home/me/secret-project",
            "pin_id": "ep-2",
            "home_id": None,
            "in_flight": 1,
            "tokens": TOKENS,
            "cache_hit_rate": 0.7,
            "subagents": [
                {
                    "id": "a1",
                    "model": "small",
                    "turns": 2,
                    "last_seen": TIME,
                    "in_flight": 1,
                    "tokens": TOKENS,
                }
            ],
        }
    ]


def test_a_request_tells_which_endpoints_were_asked_and_what_they_sent() -> None:
    attempt = AttemptView("A", "transient", "It is overloaded.", 12.5, "ep-1", 529)
    request = RequestView(
        1,
        AT,
        "s",
        "m",
        "/v1/messages",
        "ok",
        200,
        "B",
        (attempt,),
        30.0,
        15.0,
        10,
        2,
        70,
        20,
        endpoint_id="ep-2",
        agent="a1",
        folder="/home/me/secret-project",
        sent_model="other",
    )

    (told,) = schemas.requests([request])

    assert told["attempts"] == [
        {
            "endpoint": "A",
            "outcome": "transient",
            "reason": "It is overloaded.",
            "duration_ms": 12.5,
            "endpoint_id": "ep-1",
            "status": 529,
        }
    ]
    assert told["tokens"] == TOKENS
    assert (told["endpoint_id"], told["agent"], told["sent_model"]) == ("ep-2", "a1", "other")
    assert "folder" not in told


def test_the_metrics_name_no_folder() -> None:
    text = metrics.metrics(Snapshot(sessions=(SESSION,)))

    assert "secret-project" not in text
