"""How the chart is loaded: late, for it costs 0.3 s and 50 MB that most starts do not need."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcc_desktop.ui.usage.chart import UsageChart


def load_chart() -> "type[UsageChart]":
    """Return what makes a chart; takes a third of a second the first time.

    Raises:
        ImportError: pyqtgraph or numpy is missing. Broken ones fail in other ways too.
    """
    from qcc_desktop.ui.usage.chart import UsageChart  # noqa: PLC0415 - see above

    return UsageChart
