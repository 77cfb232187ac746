"""The columns of the usage table."""

from collections.abc import Callable

from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.theme.palette import Role
from qcc_desktop.ui.usage.presenter import Row
from qcc_desktop.ui.widgets.rows import Column


def columns(first_title: Callable[[], str]) -> tuple[Column[Row], ...]:
    """Return them; ``first_title`` says what a line is of."""
    return (
        Column(first_title, lambda row: row.name, hint=lambda row: row.hint),
        Column(
            lambda: translate("Usage", "Requests"),
            lambda row: row.requests,
            88,
            is_figure=True,
        ),
        Column(
            lambda: translate("Usage", "Failed"),
            lambda row: row.failed,
            72,
            is_figure=True,
            role=lambda row: Role.RED if row.sums.failures else Role.MUTED,
            hidden_below=860,
        ),
        Column(
            lambda: translate("Usage", "Input"),
            lambda row: row.input,
            88,
            is_figure=True,
            hint=lambda row: row.input_hint,
        ),
        Column(
            lambda: translate("Usage", "From the cache"),
            lambda row: row.cached,
            112,
            is_figure=True,
            hint=lambda row: f"{row.sums.usage.cache_read:,}",
            hidden_below=740,
        ),
        Column(
            lambda: translate("Usage", "Cache hits"),
            lambda row: row.hit_rate,
            96,
            is_figure=True,
            hidden_below=600,
            title_hint=lambda: translate(
                "Usage", "Share of the tokens sent that came from the cache"
            ),
        ),
        Column(
            lambda: translate("Usage", "Output"),
            lambda row: row.output,
            88,
            is_figure=True,
            hint=lambda row: f"{row.sums.usage.output_tokens:,}",
        ),
        Column(
            lambda: translate("Usage", "Cost"),
            lambda row: row.cost,
            104,
            is_figure=True,
            role=lambda row: Role.MUTED if row.sums.cost_usd is None else Role.TEXT,
        ),
    )
