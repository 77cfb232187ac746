"""Turns sums of usage into stacked bars: three parts at most, a scale, words for each bar."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.core.usage import Grouping, UsageRow
from qcc_desktop.ui import words
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.choices import Measure
from qcc_desktop.ui.usage.sums import Asked
from qcc_desktop.ui.usage.timeline import Timeline, per_words, timeline_of

Name = Callable[[str], str]
Amounts = Sequence[tuple[int, float]]
"""(Part, how much)."""

_LEADERS = 2
"""So many groups have a part of their own; the others share the third."""
_SCALE_STEPS = 4
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_TITLES: Mapping[Measure, str] = {
    Measure.TOKENS: QT_TRANSLATE_NOOP("Usage", "Tokens {per}"),
    Measure.COST: QT_TRANSLATE_NOOP("Usage", "Cost in US dollars {per}"),
    Measure.REQUESTS: QT_TRANSLATE_NOOP("Usage", "Requests {per}"),
}


_ROLES = (Role.ACCENT, Role.AMBER, Role.EDGE)
"""Apart in lightness or along blue and yellow, which the common colour blindnesses keep."""


@dataclass(frozen=True, slots=True)
class Split:
    """Into which parts bars are split, and what a row adds to which."""

    parts: tuple[tuple[str, Role], ...]
    amounts: Callable[[UsageRow], Amounts]


@dataclass(frozen=True, slots=True)
class Series:
    """One part of all bars, the lowest first."""

    name: str
    role: Role
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Everything a chart shows."""

    title: str
    series: tuple[Series, ...]
    ticks: tuple[tuple[int, str], ...]
    """Names below the bars: (place, name)."""
    scale: tuple[tuple[float, str], ...]
    """Values beside the bars, from zero to the top: (value, text)."""
    hints: tuple[str, ...]
    """What to say of each bar."""
    description: str
    """The chart in a sentence, for who cannot see it."""
    note: str = ""
    """Why there is nothing to draw."""


def chart_of(
    rows: Sequence[UsageRow], asked: Asked, measure: Measure, now: datetime, name: Name
) -> ChartLook:
    """Return the chart of ``rows``, whose first key is the time and second (if any) the group."""
    timeline = timeline_of(asked.period, [row.keys[0] for row in rows], now)
    split = _kinds(measure) if asked.by is Grouping.DAY else _leaders(rows, measure, name)
    sums, unpriced = _sums(rows, timeline, split)
    series = tuple(
        Series(title, role, tuple(values))
        for (title, role), values in zip(split.parts, sums, strict=True)
    )
    totals = [sum(values) for values in zip(*sums, strict=True)] or [0.0] * len(timeline.keys)
    title = translate("Usage", _TITLES[measure]).format(per=per_words(timeline))
    is_cost = measure is Measure.COST
    return ChartLook(
        title=title,
        series=series,
        ticks=timeline.ticks,
        scale=_scale(max(totals, default=0.0), measure),
        hints=tuple(
            _hint(name, place, series, measure, is_part=is_cost and place in unpriced)
            for place, name in enumerate(timeline.names)
        ),
        description=_description(title, timeline, totals, measure),
        note=_note(rows) if is_cost else "",
    )


def _sums(
    rows: Sequence[UsageRow], timeline: Timeline, split: "Split"
) -> tuple[list[list[float]], frozenset[int]]:
    """Return the sums of each part in each slot, and the slots with tokens without a price."""
    places = {key: place for place, key in enumerate(timeline.keys)}
    sums = [[0.0] * len(places) for _ in split.parts]
    unpriced = set()
    for row in rows:
        place = places.get(timeline.key_of(row.keys[0]))
        if place is None:
            continue
        for part, value in split.amounts(row):
            sums[part][place] += value
        if row.has_unpriced:
            unpriced.add(place)
    return sums, frozenset(unpriced)


def _note(rows: Sequence[UsageRow]) -> str:
    if any(row.cost_usd for row in rows):
        return ""
    if any(row.has_unpriced for row in rows):
        return translate("Usage", "No price is known for the models used.")
    return translate("Usage", "Nothing here cost anything.")


def value_of(row: UsageRow, measure: Measure) -> float:
    """Return how much a row counts by a measure."""
    match measure:
        case Measure.TOKENS:
            return row.usage.total
        case Measure.COST:
            return row.cost_usd or 0.0
        case Measure.REQUESTS:
            return row.requests


def _kinds(measure: Measure) -> Split:
    """Return the parts of a whole that is not split into groups."""
    match measure:
        case Measure.TOKENS:
            parts = (
                (translate("Usage", "From the cache"), Role.EDGE),
                (translate("Usage", "Input"), Role.ACCENT),
                (translate("Usage", "Output"), Role.AMBER),
            )
            return Split(parts, _token_kinds)
        case Measure.COST:
            parts_of_cost = ((translate("Usage", "Cost"), Role.ACCENT),)
            return Split(parts_of_cost, lambda row: ((0, row.cost_usd or 0.0),))
        case Measure.REQUESTS:
            outcomes = (
                (translate("Usage", "Answered"), Role.ACCENT),
                (translate("Usage", "Failed"), Role.RED),
            )
            return Split(
                outcomes, lambda row: ((0, row.requests - row.failures), (1, row.failures))
            )


def _token_kinds(row: UsageRow) -> Amounts:
    usage = row.usage
    sent = usage.input_tokens + usage.cache_creation
    return ((0, usage.cache_read), (1, sent), (2, usage.output_tokens))


def _leaders(rows: Sequence[UsageRow], measure: Measure, name: Name) -> Split:
    """Return the largest groups as parts, and all others as the last."""
    sums: dict[str, float] = {}
    for row in rows:
        sums[row.keys[1]] = sums.get(row.keys[1], 0.0) + value_of(row, measure)
    order = sorted((key for key in sums if sums[key]), key=lambda key: (-sums[key], key))
    own = order if len(order) <= len(_ROLES) else order[:_LEADERS]
    parts = tuple((name(key), role) for key, role in zip(own, _ROLES, strict=False))
    if len(order) > len(own):
        others = translate("Usage", "{count} others").format(count=len(order) - len(own))
        parts = (*parts, (others, _ROLES[_LEADERS]))
    part_of = {key: min(place, len(parts) - 1) for place, key in enumerate(order)}

    def amounts(row: UsageRow) -> Amounts:
        part = part_of.get(row.keys[1])
        return () if part is None else ((part, value_of(row, measure)),)

    return Split(parts, amounts)


def _scale(most: float, measure: Measure) -> tuple[tuple[float, str], ...]:
    """Return round values from zero to above ``most``, four steps at most."""
    least = 1.0 if measure is not Measure.COST else 0.0001
    wanted = max(most / _SCALE_STEPS, least)
    power = 10.0 ** math.floor(math.log10(wanted))
    step = next(power * r for r in _ROUND if power * r >= wanted * (1 - 1e-9))
    if measure is not Measure.COST:
        step = math.ceil(step)
    steps = max(1, math.ceil(most / step - 1e-9))
    return tuple((step * n, _scale_word(step * n, step, measure)) for n in range(steps + 1))


def _scale_word(value: float, step: float, measure: Measure) -> str:
    if measure is not Measure.COST:
        return words.short_count(round(value)).replace(".0 ", " ")
    if step >= 1000:
        return f"${words.short_count(round(value)).replace('.0 ', ' ')}"
    if step >= 1 and step == int(step):
        return f"${value:.0f}"
    return f"${value:.{max(2, -math.floor(math.log10(step)) + 1) if step < 0.01 else 2}f}"


def _word(value: float, measure: Measure) -> str:
    match measure:
        case Measure.TOKENS:
            return words.short_count(round(value))
        case Measure.COST:
            return figures.money(value)
        case Measure.REQUESTS:
            return figures.count(round(value))


def _hint(
    name: str, place: int, series: Sequence[Series], measure: Measure, *, is_part: bool
) -> str:
    total = sum(part.values[place] for part in series)
    at_least = "≥ " if is_part else ""
    lines = [f"{name}: {at_least}{_word(total, measure)}"]
    if len(series) > 1:
        lines += [
            f"{part.name}: {_word(part.values[place], measure)}"
            for part in reversed(series)
            if part.values[place]
        ]
    if is_part:
        lines.append(translate("Usage", "Some of it is not priced."))
    return "\n".join(lines)


def _description(title: str, timeline: Timeline, totals: Sequence[float], measure: Measure) -> str:
    most = max(range(len(totals)), key=lambda place: totals[place])
    sentence = translate("Usage", "{title}, {first} to {last}: {sum} in all, most {when}, {most}.")
    return sentence.format(
        title=title,
        first=timeline.names[0],
        last=timeline.names[-1],
        sum=_word(sum(totals), measure),
        when=timeline.names[most],
        most=_word(totals[most], measure),
    )
