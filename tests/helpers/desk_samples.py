"""A working day as the window shows it: sessions, requests with their chains, an hour's figures."""

import math
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from qcc_desktop.core.snapshot import (
    AgentView,
    AttemptView,
    EndpointView,
    RequestView,
    SessionView,
    Snapshot,
)
from qcc_desktop.core.usage import Grouping, Usage, UsageQuery, UsageRecord, UsageRow
from qcc_desktop.services.activity import Minute
from qcc_desktop.storage.usage_memory import MemoryUsageHistory
from tests.helpers.desk_fakes import NOW, four_endpoints

OPUS, SONNET, HAIKU = "claude-opus-4-8", "claude-sonnet-4-6", "claude-haiku-4-5"
_OVERLOADED = "The endpoint is overloaded."
_LIMITED = "The endpoint limits the request rate."
_TOO_LONG = "The endpoint refused the request: prompt is too long."


def busy_day(now: datetime = NOW) -> Snapshot:
    """Four endpoints in use, three sessions, eight requests of every outcome."""
    snapshot = four_endpoints(now)
    views = tuple(
        replace(view, trace_ms=_trace(place, view)) for place, view in enumerate(snapshot.endpoints)
    )
    return replace(
        snapshot, endpoints=views, sessions=sessions(now), requests=requests(now), in_flight=2
    )


def sessions(now: datetime = NOW) -> tuple[SessionView, ...]:
    """One with subagents and running, one pinned, one old without a known folder."""
    return (
        SessionView(
            "7f3c1d52-6a0e-4f6e-9a55-2f0d6c1b7a10",
            "ep-deepseek",
            OPUS,
            42,
            now - timedelta(seconds=3),
            agents=2,
            folder="/home/ada/projects/shop-api",
            home_id="ep-deepseek",
            in_flight=2,
            usage=Usage(41_200, 18_900, 1_830_000, 96_000),
            subagents=(
                AgentView(
                    "a1f3", SONNET, 9, now - timedelta(seconds=5), 1, Usage(9_100, 3_300, 210_000)
                ),
                AgentView(
                    "b771", HAIKU, 3, now - timedelta(minutes=2), 0, Usage(2_000, 400, 31_000)
                ),
            ),
        ),
        SessionView(
            "0b9e4a77-1c2d-43aa-8f01-93f5d0aa0c21",
            "ep-relay-a",
            SONNET,
            11,
            now - timedelta(minutes=4),
            folder="/home/ada/项目/数据 管道",
            home_id="ep-relay-a",
            pin_id="ep-relay-a",
            usage=Usage(12_000, 5_100, 402_000, 30_000),
        ),
        SessionView(
            "c4d1e0aa-77b1-4f0c-b0de-5a1cf2aa9f00",
            "ep-deepseek",
            HAIKU,
            1,
            now - timedelta(hours=2),
            usage=Usage(800, 90),
        ),
    )


def requests(now: datetime = NOW) -> tuple[RequestView, ...]:
    """Newest first: running, ok, failed over, the client's own error, failed, cut, cancelled."""
    key = "7f3c1d52-6a0e-4f6e-9a55-2f0d6c1b7a10"
    path, folder = "/v1/messages", "/home/ada/projects/shop-api"

    def ago(seconds: float) -> datetime:
        return now - timedelta(seconds=seconds)

    def ok(name: str, took_ms: float, endpoint_id: str) -> AttemptView:
        return AttemptView(name, "ok", "", took_ms, endpoint_id, 200)

    limited = AttemptView("Relay A", "rate_limit", _LIMITED, 212, "ep-relay-a", 429)
    skipped = AttemptView("Relay A", "skipped", "It is cooling down.", 0, "ep-relay-a")
    moonshot = AttemptView("Moonshot", "skipped", "It needs a new key.", 0, "ep-moonshot")
    overloaded = AttemptView("DeepSeek", "transient", _OVERLOADED, 930, "ep-deepseek", 529)
    return (
        RequestView(
            118, ago(2), key, OPUS, path, "running", None, "DeepSeek", (skipped,), 2100, 810,
            endpoint_id="ep-deepseek", folder=folder,
        ),
        RequestView(
            117, ago(20), key, OPUS, path, "ok", 200, "DeepSeek",
            (limited, ok("DeepSeek", 6200, "ep-deepseek")),
            6420, 1010, 1200, 640, 84_000, 1_500, "ep-deepseek", folder=folder,
        ),
        RequestView(
            116, ago(48), key, SONNET, path, "ok", 200, "DeepSeek",
            (skipped, ok("DeepSeek", 4100, "ep-deepseek")),
            4104, 790, 900, 300, 40_000, 0, "ep-deepseek", agent="a1f3", folder=folder,
        ),
        RequestView(
            115, ago(95), key, OPUS, path, "client_error", 400, "DeepSeek",
            (AttemptView("DeepSeek", "client", _TOO_LONG, 320, "ep-deepseek", 400),), 330, None,
            endpoint_id="ep-deepseek", folder=folder,
        ),
        RequestView(
            114, ago(180), key, OPUS, path, "failed", 503, "",
            (limited, moonshot, overloaded), 1160, None, folder=folder,
        ),
        RequestView(
            113, ago(420), key, OPUS, path, "cut", 200, "Relay A",
            (AttemptView("Relay A", "transient", "The answer broke off.", 9100, "ep-relay-a", 200),),
            9100, 700, 300, 120, 12_000, 0, "ep-relay-a", folder=folder,
        ),
        RequestView(
            112, ago(600), key, HAIKU, "/v1/messages/count_tokens", "ok", 200, "DeepSeek",
            (ok("DeepSeek", 90, "ep-deepseek"),), 92, None, endpoint_id="ep-deepseek",
            folder=folder,
        ),
        RequestView(
            111, ago(1800), key, OPUS, path, "cancelled", None, "Relay A",
            (AttemptView("Relay A", "cancelled", "", 800, "ep-relay-a"),), 800, None,
            endpoint_id="ep-relay-a", folder=folder,
        ),
    )  # fmt: skip


def hour(now: datetime = NOW) -> tuple[Minute, ...]:
    """Sixty minutes: a burst, a pause, a burst with failures."""
    return tuple(_minute(number, now - timedelta(minutes=59 - number)) for number in range(60))


def _minute(number: int, at: datetime) -> Minute:
    if 18 <= number < 27:
        return Minute(at)
    wave = math.sin(number / 5) + math.sin(number / 2.3) / 2
    count = max(0, round(6 + 5 * wave))
    failed = 2 if number in {40, 41, 43} else 0
    half = 780 + 180 * math.sin(number / 4) + (900 if number in {40, 41} else 0)
    return Minute(
        at, count + failed, failed, half if count else None, half * 2.2 if count else None
    )


def _trace(place: int, view: EndpointView) -> tuple[float, ...]:
    if view.latency_p50_ms is None:
        return ()
    middle = view.latency_p50_ms
    return tuple(middle * (1 + 0.35 * math.sin(i * (place + 2) / 3)) for i in range(30))


T = TypeVar("T")
_SESSIONS = tuple(view.key for view in sessions())
_USED = (
    (OPUS, "DeepSeek", _SESSIONS[0], 1.0),
    (SONNET, "Relay A", _SESSIONS[1], 0.7),
    (HAIKU, "DeepSeek", _SESSIONS[0], 0.2),
    ("glm-4.7", "智谱 GLM", "5d1f2b90-0000-4000-8000-2b6f7a9c0d11", 0.35),
    ("relay-house-blend-preview-with-a-very-long-name", "Relay A", _SESSIONS[2], 0.15),
)
"""Model, endpoint, session, how much of it."""


def usage_month(now: datetime = NOW) -> dict[tuple[Grouping, ...], tuple[UsageRow, ...]]:
    """What `FakeUsage.found` holds after thirty days of work: weekends off, one failing day."""
    return usage_of([record for day in range(30) for record in _used_on(day, now)], now)


def usage_of(
    records: list[UsageRecord], now: datetime = NOW
) -> dict[tuple[Grouping, ...], tuple[UsageRow, ...]]:
    """Every sum of these records that the usage page asks for; hours are of today."""
    history = MemoryUsageHistory()
    for record in records:
        history.add(record)
    midnight = now.astimezone().replace(hour=0, minute=0)
    groups = (Grouping.MODEL, Grouping.ENDPOINT, Grouping.SESSION)
    wanted = [(group,) for group in groups]
    found: dict[tuple[Grouping, ...], tuple[UsageRow, ...]] = {}
    for time, since in ((Grouping.DAY, None), (Grouping.HOUR, midnight)):
        for by in (*wanted, (time,), *((time, group) for group in groups)):
            if by not in found:
                found[by] = _result_of(history.totals(UsageQuery(by, since)))
    return found


def _used_on(days_ago: int, now: datetime) -> list[UsageRecord]:
    start = now - timedelta(days=days_ago)
    if start.weekday() >= 5:
        return []
    records = []
    for hour in range(8):
        at = start - timedelta(hours=hour)
        for place, (model, endpoint, session, weight) in enumerate(_USED):
            much = weight * (1 + math.sin(days_ago / 3 + place) / 2) * (1 + math.cos(hour) / 3)
            usage = Usage(
                round(40_000 * much),
                round(28_000 * much),
                round(900_000 * much),
                round(70_000 * much),
            )
            is_ok = not (days_ago == 6 and hour < 3 and endpoint == "Relay A")
            records.append(UsageRecord(at, endpoint, endpoint, session, "", model, usage, is_ok))
    return records


def _result_of(work: Coroutine[object, None, T]) -> T:
    """Run what only lets others run, without a loop."""
    while True:
        try:
            work.send(None)
        except StopIteration as done:
            result: T = done.value
            return result
