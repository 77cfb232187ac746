"""Turns sums of usage into headline figures and rows; knows no widget."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from pathlib import PurePath

from qcc_desktop.core.prices import AS_OF
from qcc_desktop.core.snapshot import SessionView
from qcc_desktop.core.usage import Grouping, Usage, UsageRow
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.bars import ChartLook, chart_of, value_of
from qcc_desktop.ui.usage.choices import Measure
from qcc_desktop.ui.usage.reach import Reach, reach_of
from qcc_desktop.ui.usage.sums import Found

ROWS_MAX = 200
"""Of more groups than these, the rest shares the last line; a file has them all."""
OTHERS = "\0others"
"""The key of that line; no name has this character."""
_NAMES_MAX = 12
"""So many models without a price are named."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the large figures: its title, its value, a line below, and more on request."""

    title: str
    value: str
    note: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; its figures are put into words when they are drawn."""

    key: str
    name: str
    hint: str
    sums: UsageRow

    @property
    def requests(self) -> str:
        """How many were made."""
        return figures.count(self.sums.requests)

    @property
    def failed(self) -> str:
        """How many of them failed."""
        return figures.count(self.sums.failures) if self.sums.failures else "–"

    @property
    def input(self) -> str:
        """Tokens sent that were not in the cache."""
        usage = self.sums.usage
        return words.short_count(usage.input_tokens + usage.cache_creation)

    @property
    def input_hint(self) -> str:
        """The same, exactly."""
        return _input_hint(self.sums.usage)

    @property
    def cached(self) -> str:
        """Tokens that came from the cache."""
        return words.short_count(self.sums.usage.cache_read)

    @property
    def output(self) -> str:
        """Tokens that were answered."""
        return words.short_count(self.sums.usage.output_tokens)

    @property
    def hit_rate(self) -> str:
        """Share of the input that came from the cache."""
        return words.percent(self.sums.usage.cache_hit_rate)

    @property
    def cost(self) -> str:
        """What it costs at list prices."""
        return figures.cost(self.sums)


@dataclass(frozen=True, slots=True)
class Look:
    """Everything the page shows of the sums that were found."""

    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    chart: ChartLook
    reach: Reach


def present(found: Found, measure: Measure, now: datetime, folders: Mapping[str, str]) -> Look:
    """Return the look of the page; takes a while where sessions are many. ``now`` is local."""
    namer = Namer(found.table_by, now.date(), {**found.folders, **folders})
    return Look(
        headline(found.models),
        table_of(found.groups, found.table_by, measure, namer),
        chart_of(found.times, found.asked, measure, now, namer.name),
        reach_of(found.coverage, found.asked.period, now),
    )


def headline(models: Sequence[UsageRow]) -> tuple[Figure, ...]:
    """Return the large figures: requests, input, cache, output, cost; ``models`` are their sums."""
    usage = reduce(lambda so_far, row: so_far + row.usage, models, Usage())
    requests = sum(row.requests for row in models)
    return (
        Figure(
            translate("Usage", "Requests"),
            figures.count(requests),
            _failed(sum(row.failures for row in models)),
            f"{requests:,}",
        ),
        Figure(
            translate("Usage", "Input"),
            words.short_count(usage.input_tokens + usage.cache_creation),
            translate("Usage", "tokens"),
            _input_hint(usage),
        ),
        Figure(
            translate("Usage", "From the cache"),
            words.short_count(usage.cache_read),
            translate("Usage", "{share} of what was sent").format(
                share=words.percent(usage.cache_hit_rate)
            ),
            f"{usage.cache_read:,}",
        ),
        Figure(
            translate("Usage", "Output"),
            words.short_count(usage.output_tokens),
            translate("Usage", "tokens"),
            f"{usage.output_tokens:,}",
        ),
        _cost(models),
    )


def _cost(models: Sequence[UsageRow]) -> Figure:
    priced = [row.cost_usd for row in models if row.cost_usd is not None]
    unpriced = [row.keys[0] for row in models if row.has_unpriced]
    total = sum(priced)
    if not priced:
        value = translate("Usage", "not priced") if unpriced else "–"
    else:
        value = f"≥ {figures.money(total)}" if unpriced else figures.money(total)
    hint = translate("Usage", "At list prices of {month}; what you pay may differ.").format(
        month=AS_OF
    )
    if not unpriced:
        return Figure(translate("Usage", "Cost"), value, translate("Usage", "at list prices"), hint)
    note = (
        translate("Usage", "1 model not priced")
        if len(unpriced) == 1
        else translate("Usage", "{count} models not priced").format(count=len(unpriced))
    )
    named = [_model(key) for key in unpriced[:_NAMES_MAX]]
    if len(unpriced) > _NAMES_MAX:
        named.append("…")
    missing = translate("Usage", "Without a known price: {names}").format(names=", ".join(named))
    return Figure(translate("Usage", "Cost"), value, note, f"{hint}\n{missing}")


def table_of(
    rows: Iterable[UsageRow], by: Grouping, measure: Measure, namer: "Namer"
) -> tuple[Row, ...]:
    """Return the lines of the table: newest first for times, else the largest first."""
    if by in {Grouping.DAY, Grouping.HOUR}:
        order = sorted(rows, key=lambda row: row.keys[0], reverse=True)
    else:
        order = sorted(rows, key=lambda row: (-value_of(row, measure), -row.requests, row.keys[0]))
    shown = [
        Row(row.keys[0], namer.name(row.keys[0]), namer.hint(row.keys[0]), row)
        for row in order[:ROWS_MAX]
    ]
    if len(order) > ROWS_MAX:
        shown.append(_others(order[ROWS_MAX:]))
    return tuple(shown)


def _others(rows: Sequence[UsageRow]) -> Row:
    name = translate("Usage", "{count} others").format(count=len(rows))
    costs = [row.cost_usd for row in rows if row.cost_usd is not None]
    sums = UsageRow(
        (OTHERS,),
        sum(row.requests for row in rows),
        sum(row.failures for row in rows),
        reduce(lambda so_far, row: so_far + row.usage, rows, Usage()),
        sum(costs) if costs else None,
        any(row.has_unpriced for row in rows),
    )
    return Row(OTHERS, name, translate("Usage", "All of them are in an exported file."), sums)


@dataclass(frozen=True, slots=True)
class Namer:
    """What the keys of a grouping are called."""

    by: Grouping
    today: date
    folders: Mapping[str, str]
    """Where known sessions work."""

    def name(self, key: str) -> str:
        """Return it as a person knows it."""
        return _NAMES[self.by](self, key)

    def hint(self, key: str) -> str:
        """Return it in full."""
        if self.by is Grouping.SESSION and key:
            folder = self.folders.get(key, "")
            return f"{folder}\n{key}" if folder else key
        return key or self.name(key)

    def day(self, key: str) -> str:
        """Return ``Nov 23`` for an ISO day."""
        return figures.day(date.fromisoformat(key), self.today)

    def session(self, key: str) -> str:
        """Return the folder's name, else the beginning of the session's id."""
        folder = self.folders.get(key, "")
        if folder:
            return PurePath(folder).name or folder
        return key[:8] or translate("Usage", "No session")


def folders_of(sessions: Iterable[SessionView]) -> dict[str, str]:
    """Return the folders of the sessions that are remembered."""
    return {view.key: view.folder for view in sessions if view.folder}


def _hour(_: Namer, key: str) -> str:
    return datetime.fromisoformat(key).strftime("%H:%M")


def _model(key: str) -> str:
    return key or translate("Usage", "No model named")


def _endpoint(key: str) -> str:
    return key or translate("Usage", "No endpoint answered")


_NAMES: Mapping[Grouping, Callable[[Namer, str], str]] = {
    Grouping.HOUR: _hour,
    Grouping.DAY: lambda namer, key: namer.day(key),
    Grouping.MODEL: lambda _, key: _model(key),
    Grouping.ENDPOINT: lambda _, key: _endpoint(key),
    Grouping.SESSION: lambda namer, key: namer.session(key),
}


def _failed(failures: int) -> str:
    if not failures:
        return translate("Usage", "none failed")
    return translate("Usage", "{count} failed").format(count=figures.count(failures))


def _input_hint(usage: Usage) -> str:
    return translate("Usage", "{new} at full price, {written} written to the cache").format(
        new=f"{usage.input_tokens:,}", written=f"{usage.cache_creation:,}"
    )
