"""What was used, in figures, bars and lines: no widget needed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qcc_desktop.core.usage import Grouping, Usage, UsageRow
from qcc_desktop.ui.theme.palette import Role, Tone, colour, contrast
from qcc_desktop.ui.usage import figures
from qcc_desktop.ui.usage.bars import ChartLook, chart_of
from qcc_desktop.ui.usage.choices import Measure, Period, keys_of
from qcc_desktop.ui.usage.presenter import ROWS_MAX, Figure, Namer, headline, present, table_of
from qcc_desktop.ui.usage.sums import Asked, Found

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def row(*keys: str, requests: int = 1, tokens: int = 0, cost: float | None = None) -> UsageRow:
    return UsageRow(keys, requests, 0, Usage(tokens), cost, has_unpriced=False)


def unpriced(line: UsageRow) -> UsageRow:
    return replace(line, has_unpriced=True)


def cost_of(*models: UsageRow) -> Figure:
    return headline(models)[-1]


def namer(by: Grouping) -> Namer:
    return Namer(by, NOW.date(), {"7f3c1d52-6a": "/home/ada/项目/数据 管道"})


def day_chart(
    *rows: UsageRow, measure: Measure = Measure.TOKENS, period: Period = Period.WEEK
) -> ChartLook:
    return chart_of(rows, Asked(period, Grouping.DAY), measure, NOW, str)


@pytest.mark.parametrize(
    ("value_usd", "text"),
    [
        (0, "$0.00"),
        (0.00004, "< $0.0001"),
        (0.0012, "$0.0012"),
        (1.234, "$1.23"),
        (9_999.99, "$9,999.99"),
        (12_345.6, "$12,346"),
        (1_234_567, "$1.2 M"),
        (5e12, "$5000 G"),
    ],
)
def test_money_is_as_exact_as_it_is_useful(value_usd: float, text: str) -> None:
    assert figures.money(value_usd) == text


def test_a_cost_says_what_it_leaves_out() -> None:
    assert cost_of(row("a", cost=1.23)).value == "$1.23"
    assert cost_of(row("a", cost=1.23)).note == "at list prices"

    partly = cost_of(row("a", cost=1.23), *(unpriced(row(name)) for name in "bcd"))
    assert (partly.value, partly.note) == ("≥ $1.23", "3 models not priced")
    assert "Without a known price: b, c, d" in partly.hint

    alone = cost_of(unpriced(row("b")))
    assert (alone.value, alone.note) == ("not priced", "1 model not priced")
    assert cost_of(row("a")).value == "–"


def test_many_models_without_a_price_are_counted_and_some_named() -> None:
    many = cost_of(*(unpriced(row(f"model-{number:02}")) for number in range(40)))

    assert many.note == "40 models not priced"
    assert many.hint.endswith("model-11, …")


def test_the_headline_adds_up_and_tells_the_hit_rate() -> None:
    first = UsageRow(("a",), 1200, 3, Usage(1000, 500, 8000, 1000), 1.0, has_unpriced=False)
    requests, sent, cached, output, _ = headline((first, first))

    assert (requests.value, requests.note) == ("2,400", "6 failed")
    assert sent.value == "4.0 k"
    assert sent.hint == "2,000 at full price, 2,000 written to the cache"
    assert (cached.value, cached.note) == ("16.0 k", "80 % of what was sent")
    assert output.value == "1.0 k"


def test_huge_figures_stay_short() -> None:
    huge = UsageRow(("a",), 10**9, 0, Usage(10**13, 10**13, 10**14, 0), 1e9, has_unpriced=False)

    assert all(len(figure.value) <= 9 for figure in headline((huge,)))
    assert day_chart(replace(huge, keys=("2026-11-23",))).scale[-1][1].endswith(" G")


def test_days_without_requests_have_a_place_in_the_chart() -> None:
    look = day_chart(row("2026-11-17", tokens=10), row("2026-11-23", tokens=30))

    assert len(look.hints) == 7
    assert list(look.series[1].values) == [10, 0, 0, 0, 0, 0, 30]
    assert look.ticks[0] == (0, "Nov 17")
    assert look.ticks[-1] == (6, "Nov 23")
    assert look.description == ("Tokens per day, Nov 17 to Nov 23: 40 in all, most Nov 23, 30.")


def test_today_is_shown_hour_by_hour_even_when_clocks_go_back() -> None:
    rows = (row("2026-11-23T02:00+02:00", tokens=5), row("2026-11-23T02:00+01:00", tokens=7))
    look = chart_of(rows, Asked(Period.TODAY, Grouping.DAY), Measure.TOKENS, NOW, str)

    assert look.title == "Tokens per hour"
    assert len(look.hints) == 24
    assert look.series[1].values[2] == 12


def test_many_days_are_shown_as_months() -> None:
    rows = (row("2025-10-02", tokens=4), row("2026-10-31", tokens=1), row("2026-10-01", tokens=2))
    look = day_chart(*rows, period=Period.ALL)

    assert look.title == "Tokens per month"
    assert len(look.hints) == 14
    assert look.series[1].values[0] == 4
    assert look.series[1].values[-2] == 3
    assert look.ticks[-1][1] == "Nov 2026"


def test_all_of_a_first_day_is_shown_among_a_week() -> None:
    assert len(day_chart(row("2026-11-23"), period=Period.ALL).hints) == 7


def test_the_two_largest_groups_have_a_part_and_the_others_share_one() -> None:
    rows = tuple(
        row("2026-11-23", name, tokens=tokens)
        for name, tokens in (("a", 5), ("b", 50), ("c", 20), ("d", 7), ("idle", 0))
    )
    look = chart_of(rows, Asked(Period.WEEK, Grouping.MODEL), Measure.TOKENS, NOW, str.upper)

    assert [part.name for part in look.series] == ["B", "C", "2 others"]
    assert [part.values[-1] for part in look.series] == [50, 20, 12]
    assert look.hints[-1] == "Nov 23: 82\n2 others: 12\nC: 20\nB: 50"


def test_three_groups_need_no_others() -> None:
    rows = tuple(row("2026-11-23", name, tokens=1) for name in "abc")
    look = chart_of(rows, Asked(Period.WEEK, Grouping.MODEL), Measure.TOKENS, NOW, str)

    assert [part.name for part in look.series] == ["a", "b", "c"]


def test_a_day_with_tokens_without_a_price_says_so() -> None:
    look = day_chart(unpriced(row("2026-11-23", cost=2.0)), measure=Measure.COST)

    assert look.hints[-1] == "Nov 23: ≥ $2.00\nSome of it is not priced."
    assert look.hints[0] == "Nov 17: $0.00"
    assert look.note == ""


def test_costs_nobody_knows_are_not_drawn_as_none() -> None:
    look = day_chart(unpriced(row("2026-11-23")), measure=Measure.COST)
    assert look.note == "No price is known for the models used."
    assert day_chart(row("2026-11-23"), measure=Measure.COST).note == "Nothing here cost anything."


def test_failed_requests_are_a_part_of_all() -> None:
    failing = UsageRow(("2026-11-23",), 10, 4, Usage(), None, has_unpriced=False)
    look = day_chart(failing, measure=Measure.REQUESTS)

    assert [part.values[-1] for part in look.series] == [6, 4]
    assert look.hints[-1] == "Nov 23: 10\nFailed: 4\nAnswered: 6"


@pytest.mark.parametrize(
    ("most", "texts"),
    [
        (0, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (26_000_000, ["0", "10 M", "20 M", "30 M"]),
    ],
)
def test_scales_have_round_values_and_units(most: int, texts: list[str]) -> None:
    assert [text for _, text in day_chart(row("2026-11-23", tokens=most)).scale] == texts


@pytest.mark.parametrize(
    ("most", "top"), [(0.003, "$0.0030"), (0.9, "$1.00"), (31, "$40"), (4_100_000, "$6 M")]
)
def test_scales_of_costs_are_in_dollars(most: float, top: str) -> None:
    look = day_chart(row("2026-11-23", cost=most), measure=Measure.COST)

    assert look.scale[-1][1] == top
    assert len({text for _, text in look.scale}) == len(look.scale)
    assert look.scale[-1][0] >= most


def test_times_come_newest_first_and_groups_largest_first() -> None:
    days = (row("2026-11-21", tokens=9), row("2025-12-31", tokens=99), row("2026-11-23"))
    shown = table_of(days, Grouping.DAY, Measure.TOKENS, namer(Grouping.DAY))
    assert [line.name for line in shown] == ["Nov 23", "Nov 21", "Dec 31, 2025"]

    models = (row("a", tokens=1, cost=9.0), row("", tokens=5, cost=None), row("c", tokens=3))
    by_tokens = table_of(models, Grouping.MODEL, Measure.TOKENS, namer(Grouping.MODEL))
    assert [line.name for line in by_tokens] == ["No model named", "c", "a"]
    by_cost = table_of(models, Grouping.MODEL, Measure.COST, namer(Grouping.MODEL))
    assert by_cost[0].name == "a"


def test_sessions_are_called_by_their_folder() -> None:
    names = namer(Grouping.SESSION)

    assert names.name("7f3c1d52-6a") == "数据 管道"
    assert names.hint("7f3c1d52-6a") == "/home/ada/项目/数据 管道\n7f3c1d52-6a"
    assert names.name("0b9e4a77-1c2d") == "0b9e4a77"
    assert names.name("") == "No session"
    assert namer(Grouping.ENDPOINT).name("") == "No endpoint answered"
    assert namer(Grouping.HOUR).name("2026-11-23T14:00+08:00") == "14:00"


def test_of_a_thousand_sessions_the_smallest_share_a_line() -> None:
    rows = [row(f"{number:04}", tokens=number, cost=0.5) for number in range(1000)]
    shown = table_of(rows, Grouping.SESSION, Measure.TOKENS, namer(Grouping.SESSION))

    assert len(shown) == ROWS_MAX + 1
    assert shown[-1].name == "800 others"
    assert sum(line.sums.requests for line in shown) == 1000
    assert sum(line.sums.usage.total for line in shown) == sum(range(1000))
    assert shown[-1].cost == "$400.00"


def test_a_line_of_the_table_says_when_its_cost_is_not_all() -> None:
    lines = (row("a", cost=1.0), unpriced(row("b", cost=1.0)), unpriced(row("c")), row("d"))
    shown = table_of(lines, Grouping.MODEL, Measure.REQUESTS, namer(Grouping.MODEL))

    assert [line.cost for line in shown] == ["$1.00", "≥ $1.00", "not priced", "–"]


def test_a_file_tells_times_apart_too() -> None:
    assert keys_of(Period.MONTH, Grouping.MODEL) == (Grouping.DAY, Grouping.MODEL)
    assert keys_of(Period.TODAY, Grouping.DAY) == (Grouping.HOUR,)


def test_the_parts_of_a_bar_stand_out_in_both_themes() -> None:
    for tone in Tone:
        for role in (Role.ACCENT, Role.AMBER, Role.EDGE, Role.RED):
            assert contrast(colour(role, tone), colour(Role.CARD, tone)) >= 3


def test_one_look_is_of_one_question() -> None:
    found = Found(
        Asked(Period.TODAY, Grouping.DAY),
        models=(row("a", requests=2, tokens=3),),
        groups=(row("2026-11-23T09:00+00:00", tokens=3),),
        times=(row("2026-11-23T09:00+00:00", tokens=3),),
    )
    look = present(found, Measure.TOKENS, NOW, {})

    assert look.figures[0].value == "2"
    assert [line.name for line in look.rows] == ["09:00"]
    assert look.chart.series[1].values[9] == 3
