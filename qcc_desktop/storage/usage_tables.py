"""The tables of what requests used, as `storage.database` makes them.

Three shapes were weighed. A row per request answers every question, but sums of a year take
seconds and nobody asks it. Sums per hour of everything are a million rows a year of heavy use.
So there are sums per day for as long as the option says, a few thousand rows a month; the same of
all sessions together, which most questions are about and which are ten times fewer; and sums per
hour of the last days alone, for the chart of today.

Costs are those of the day: a price that changes, or becomes known, later changes no sum.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any

from qcc_desktop.core.usage import Grouping, UsageQuery
from qcc_desktop.storage.usage_sums import Cells, Key, Rows, Sum, hour_name, hour_of

if TYPE_CHECKING:
    from sqlite3 import Connection

_TEXT_MAX = 4096
_COUNT_MAX = 10**12
"""More tokens than these in one sum are nonsense of an endpoint, and would overflow sums."""
_FIGURES = (
    "requests",
    "failures",
    "input",
    "output",
    "cache_read",
    "cache_creation",
    "cost_usd",
    "is_priced",
    "has_unpriced",
)
_FLAGS = {"is_priced", "has_unpriced"}
_HOUR = "hour_s, offset_s"
_COLUMNS = {
    Grouping.HOUR: _HOUR,
    Grouping.DAY: "day",
    Grouping.MODEL: "model",
    Grouping.ENDPOINT: "endpoint",
    Grouping.SESSION: "session",
}
_SUMS = tuple(f"max({name})" if name in _FLAGS else f"sum({name})" for name in _FIGURES)
_TABLES = ("endpoint", "session", "model")
_ADDED = ", ".join(
    f"{name} = max({name}, excluded.{name})"
    if name in _FLAGS
    else f"{name} = {name} + excluded.{name}"
    for name in _FIGURES
)


def _adding(table: str, *keys: str) -> str:
    """Return the statement that adds figures to a row, new or not."""
    columns = (*keys, *_FIGURES)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names of this module
        f"VALUES ({', '.join('?' * len(columns))}) "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {_ADDED}"
    )


_ADD_TO_DAY = _adding("day_sum", "day", *_TABLES)
_ADD_TO_TOTAL = _adding("day_total", "day", "endpoint", "model")
_ADD_TO_HOUR = _adding("hour_sum", "hour_s", "offset_s", *_TABLES)


def begin(connection: "Connection", since: datetime) -> None:
    """Note since when there is a history, unless that is known."""
    if connection.execute("SELECT 1 FROM coverage").fetchone() is None:
        connection.execute("INSERT INTO coverage VALUES (?)", (int(since.timestamp()),))


def add_sums(connection: "Connection", cells: Cells) -> None:
    """Add new sums to those of the file."""
    items = cells.items()
    folders = {key.session: cells.folders.get(key.session, "") for key, _ in items}
    endpoints = _ids(connection, "endpoint", cells.names)
    sessions = _ids(connection, "session", folders)
    models = _ids(connection, "model", {key.model: "" for key, _ in items})

    def whose(key: Key) -> tuple[int, int, int]:
        return endpoints[key.endpoint_id], sessions[key.session], models[key.model]

    connection.executemany(
        _ADD_TO_DAY, [(day_of(key.hour), *whose(key), *_figures(cell)) for key, cell in items]
    )
    connection.executemany(
        _ADD_TO_TOTAL,
        [
            (day_of(key.hour), endpoints[key.endpoint_id], models[key.model], *_figures(cell))
            for key, cell in items
        ],
    )
    connection.executemany(
        _ADD_TO_HOUR, [(*_moment(key.hour), *whose(key), *_figures(cell)) for key, cell in items]
    )


def add_stored(
    connection: "Connection", query: UsageQuery, zone: tzinfo | None, rows: Rows
) -> None:
    """Add what the file knows to the rows of an answer; ``zone`` is that of local days."""
    is_hourly = Grouping.HOUR in query.by
    columns = {**_COLUMNS, Grouping.DAY: _HOUR} if is_hourly else _COLUMNS
    wanted = list(dict.fromkeys(columns[grouping] for grouping in query.by))
    bounds, values = _bounds(query, zone, is_hourly=is_hourly)
    statement = (
        f"SELECT {', '.join((*wanted, *_SUMS))} "  # noqa: S608 - names of this module
        f"FROM {_table_of(query)}{bounds}"
        f"{' GROUP BY ' if wanted else ''}{', '.join(wanted)}"
    )
    namers = _namers(connection, query.by, wanted)
    for row in connection.execute(statement, values):
        figures = row[-len(_FIGURES) :]
        if figures[0] is not None:  # without groups, nothing at all is one row of nothing
            rows.add(tuple(namer(row) for namer in namers), _sum_of(figures))


def delete_before(connection: "Connection", first: datetime, first_hour: datetime) -> None:
    """Delete earlier days, earlier hours, and what nothing refers to any more."""
    for table in ("day_sum", "day_total"):
        connection.execute(
            f"DELETE FROM {table} WHERE day < ?",  # noqa: S608 - named just above
            (day_of(first),),
        )
    connection.execute("DELETE FROM hour_sum WHERE hour_s < ?", (int(first_hour.timestamp()),))
    connection.execute("UPDATE coverage SET since_s = max(since_s, ?)", (int(first.timestamp()),))
    _delete_unused(connection)


def delete_all(connection: "Connection") -> None:
    """Delete everything, for good."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for table in ("day_sum", "day_total", "hour_sum", "coverage"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - named just above
        _delete_unused(connection)
    # Deleted rows stay readable in free pages and in the log until both are rewritten.
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def day_of(local: datetime) -> str:
    """Return the day of a local time, as it is stored."""
    return local.date().isoformat()


def storable(text: str) -> str:
    """Return what the file takes: no half characters, and nothing endless."""
    return text[:_TEXT_MAX].encode("utf-8", "replace").decode()


def _table_of(query: UsageQuery) -> str:
    if Grouping.HOUR in query.by:
        return "hour_sum"
    return "day_sum" if Grouping.SESSION in query.by else "day_total"


def _bounds(
    query: UsageQuery, zone: tzinfo | None, *, is_hourly: bool
) -> tuple[str, list[str | int]]:
    conditions: list[str] = []
    values: list[str | int] = []
    for moment, sign in ((query.since, ">="), (query.until, "<")):
        if moment is None:
            continue
        conditions.append(f"{'hour_s' if is_hourly else 'day'} {sign} ?")
        start = hour_of(moment) if sign == ">=" else moment
        values.append(int(start.timestamp()) if is_hourly else day_of(moment.astimezone(zone)))
    return f" WHERE {' AND '.join(conditions)}" if conditions else "", values


def _ids(connection: "Connection", table: str, names: Mapping[str, str]) -> dict[str, int]:
    """Return the row of each key, made where it is new; a name that is known now is kept."""
    found = {}
    for key, name in names.items():
        stored = storable(key)
        connection.execute(
            f"INSERT INTO {table} (key, name) VALUES (?, ?) "  # noqa: S608 - named by the caller
            "ON CONFLICT (key) DO UPDATE SET name = excluded.name WHERE excluded.name != ''",
            (stored, storable(name)),
        )
        (found[key],) = connection.execute(
            f"SELECT id FROM {table} WHERE key = ?",  # noqa: S608 - the same
            (stored,),
        ).fetchone()
    return found


def _delete_unused(connection: "Connection") -> None:
    for table in _TABLES:
        connection.execute(
            f"DELETE FROM {table} WHERE id NOT IN (SELECT {table} FROM day_sum) "  # noqa: S608
            f"AND id NOT IN (SELECT {table} FROM hour_sum)"
        )


def _figures(cell: Sum) -> tuple[float, ...]:
    return (
        cell.requests,
        cell.failures,
        *(
            min(count, _COUNT_MAX)
            for count in (
                cell.input_tokens,
                cell.output_tokens,
                cell.cache_read,
                cell.cache_creation,
            )
        ),
        cell.cost_usd,
        cell.is_priced,
        cell.has_unpriced,
    )


def _sum_of(figures: tuple[Any, ...]) -> Sum:
    requests, failures, sent, answered, read, written, cost, is_priced, has_unpriced = figures
    tokens = (sent, answered, read, written)
    return Sum(requests, failures, *tokens, cost, bool(is_priced), bool(has_unpriced))


def _moment(hour: datetime) -> tuple[int, int]:
    return int(hour.timestamp()), int((hour.utcoffset() or timedelta()).total_seconds())


def _hour(hour_s: int, offset_s: int) -> datetime:
    return datetime.fromtimestamp(hour_s, timezone(timedelta(seconds=offset_s)))


def _namers(
    connection: "Connection", by: Iterable[Grouping], columns: list[str]
) -> list[Callable[[tuple[Any, ...]], str]]:
    """Return what makes the keys of an answer's row from the row that was found."""
    places = {}
    place = 0
    for column in columns:
        places[column] = place
        place += column.count(",") + 1
    return [_namer(connection, grouping, places) for grouping in by]


def _namer(
    connection: "Connection", grouping: Grouping, places: Mapping[str, int]
) -> Callable[[tuple[Any, ...]], str]:
    hour = places.get(_HOUR, 0)
    if grouping is Grouping.HOUR:
        return lambda row: hour_name(_hour(row[hour], row[hour + 1]))
    if grouping is Grouping.DAY and "day" not in places:
        return lambda row: _hour(row[hour], row[hour + 1]).date().isoformat()
    if grouping is Grouping.DAY:
        return lambda row: str(row[places["day"]])
    table = _COLUMNS[grouping]
    column = "name" if grouping is Grouping.ENDPOINT else "key"
    names = dict(connection.execute(f"SELECT id, {column} FROM {table}"))  # noqa: S608 - as above
    return lambda row: str(names[row[places[table]]])
