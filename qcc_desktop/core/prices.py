"""What tokens cost at their vendor's public list price, in US dollars.

Sources, as read in November 2026:

- Anthropic: platform.claude.com/docs/en/about-claude/pricing
- DeepSeek: api-docs.deepseek.com/quick_start/pricing (dearer in peak hours)
- Z.ai: docs.z.ai/guides/overview/pricing
- Moonshot: platform.kimi.ai/docs/pricing
- MiniMax: platform.minimax.io/docs/guides/pricing-paygo

A model that is not listed has no price: a guess would look like a bill. Relays and subscriptions
bill as they like, so these are list prices, not what somebody paid. Cache writes count as the
five-minute kind (1.25 times the input), for answers do not tell the kinds apart; where a vendor
asks nothing for a write, it costs what input costs.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from qcc_desktop.core.usage import Usage

AS_OF = "2026-11"
_PER = 1_000_000


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float

    def cost_usd(self, usage: Usage) -> float:
        """Return what this usage costs."""
        return (
            usage.input_tokens * self.input
            + usage.output_tokens * self.output
            + usage.cache_read * self.cache_read
            + usage.cache_creation * self.cache_write
        ) / _PER


@dataclass(frozen=True, slots=True)
class Tariff:
    """The prices of one model.

    ``long`` holds for the whole of a request with more than ``long_over`` prompt tokens,
    ``off_peak`` outside the vendor's peak hours.
    """

    price: Price
    long: Price | None = None
    long_over: int = 0
    off_peak: Price | None = None

    def at(self, usage: Usage, at: datetime | None) -> Price:
        """Return the price of one request that was sent at ``at``."""
        prompt = usage.input_tokens + usage.cache_read + usage.cache_creation
        if self.long is not None and prompt > self.long_over:
            return self.long
        if self.off_peak is not None and at is not None and not _is_peak(at):
            return self.off_peak
        return self.price


def _claude(input_: float, output: float, cache_read: float | None = None) -> Tariff:
    read = input_ / 10 if cache_read is None else cache_read
    return Tariff(Price(input_, output, read, input_ * 1.25))


def _vendor(input_: float, output: float, read: float, write: float | None = None) -> Tariff:
    return Tariff(Price(input_, output, read, input_ if write is None else write))


_TARIFFS: dict[str, Tariff] = {
    "claude-fable-5-1": _claude(10, 50, 0.25),
    "claude-mythos-5-1": _claude(10, 50, 0.25),
    "claude-fable-5": _claude(10, 50),
    "claude-mythos-5": _claude(10, 50),
    "claude-opus-5-5": _claude(4, 20, 0.20),
    "claude-opus-5": _claude(5, 25),
    "claude-opus-4-8": _claude(5, 25),
    "claude-opus-4-7": _claude(5, 25),
    "claude-opus-4-6": _claude(5, 25),
    "claude-opus-4-5": _claude(5, 25),
    "claude-opus-4-1": _claude(15, 75),
    "claude-opus-4-0": _claude(15, 75),
    "claude-opus-4": _claude(15, 75),
    "claude-3-opus": _claude(15, 75),
    "claude-sonnet-5-5": _claude(2, 10, 0.10),
    "claude-sonnet-5": _claude(2, 10),
    "claude-sonnet-4-6": _claude(3, 15),
    "claude-sonnet-4-5": _claude(3, 15),
    "claude-sonnet-4-0": _claude(3, 15),
    "claude-sonnet-4": _claude(3, 15),
    "claude-3-7-sonnet": _claude(3, 15),
    "claude-3-5-sonnet": _claude(3, 15),
    "claude-haiku-5-5": Tariff(
        Price(0.10, 0.50, 0.01, 0.125), long=Price(0.50, 2.50, 0.05, 0.625), long_over=100_000
    ),
    "claude-haiku-4-5": _claude(1, 5),
    "claude-3-5-haiku": _claude(0.8, 4),
    "claude-3-haiku": Tariff(Price(0.25, 1.25, 0.03, 0.30)),
    "deepseek-flash": Tariff(
        Price(0.30, 1.20, 0.006, 0.30), off_peak=Price(0.15, 0.60, 0.003, 0.15)
    ),
    "glm-5-3": _vendor(1.40, 4.40, 0.26),
    "glm-5-2": _vendor(1.40, 4.40, 0.26),
    "glm-5-1": _vendor(1.40, 4.40, 0.26),
    "glm-5-turbo": _vendor(1.20, 4.00, 0.24),
    "glm-5": _vendor(1.00, 3.20, 0.20),
    "glm-4-7": _vendor(0.60, 2.20, 0.11),
    "glm-4-6": _vendor(0.60, 2.20, 0.11),
    "kimi-k3": _vendor(3.00, 15.00, 0.30),
    "kimi-k2-7-code": _vendor(0.95, 4.00, 0.19),
    "kimi-k2-7-code-highspeed": _vendor(1.90, 8.00, 0.38),
    "kimi-k2-6": _vendor(0.95, 4.00, 0.16),
    "kimi-k2-5": _vendor(0.60, 3.00, 0.10),
    "minimax-m3": Tariff(
        Price(0.30, 1.20, 0.06, 0.30), long=Price(0.60, 2.40, 0.12, 0.60), long_over=512_000
    ),
    "minimax-m2-7": _vendor(0.30, 1.20, 0.06, 0.375),
    "minimax-m2-7-highspeed": _vendor(0.60, 2.40, 0.06, 0.375),
    "minimax-m2-5": _vendor(0.30, 1.20, 0.03, 0.375),
}
_SAME_AS = {
    # DeepSeek serves and bills this retired name as its successor.
    "deepseek-v4-flash": "deepseek-flash",
    "claude-4-5-sonnet": "claude-sonnet-4-5",
    "claude-4-5-haiku": "claude-haiku-4-5",
    "claude-4-5-opus": "claude-opus-4-5",
    "claude-haiku-3-5": "claude-3-5-haiku",
    "claude-sonnet-3-5": "claude-3-5-sonnet",
    "claude-sonnet-3-7": "claude-3-7-sonnet",
}
_PLACE = re.compile(r"^(?:[a-z-]+\.)?anthropic\.")
"""How Amazon Bedrock begins: ``anthropic.``, ``us.anthropic.``, ``global.anthropic.``."""
_RELEASE = re.compile(
    r"^(?:[-@]\d{6,8}|[-@]latest|[-@]default)?(?:-v\d+(?::\d+)?)?(?:[-:]thinking)?$"
)
"""What may follow a model's name without making it another model."""
_WINDOW = re.compile(r"\[\w+\]$")
"""Claude Code's mark for a longer context window, ``[1m]``."""


def price_of(model: str) -> Price | None:
    """Return the ordinary price of a model, None when it is not known.

    Spellings of relays and clouds are understood: ``anthropic/claude-opus-4.5``,
    ``claude-sonnet-4-5@20250929``, ``us.anthropic.claude-sonnet-4-5-20250929-v1:0``.
    """
    tariff = _tariff_of(model)
    return None if tariff is None else tariff.price


def cost_usd(model: str, usage: Usage, at: datetime | None = None) -> float | None:
    """Return the list price of one request, None when the model's is not known.

    ``at`` (aware) is when it was sent; without it the dearer hours count. Pass requests one by
    one: some models cost more per token when the prompt is long.
    """
    tariff = _tariff_of(model)
    return None if tariff is None else tariff.at(usage, at).cost_usd(usage)


@lru_cache(maxsize=256)
def _tariff_of(model: str) -> Tariff | None:
    name = _WINDOW.sub("", model.strip().lower().rsplit("/", 1)[-1])
    name = _PLACE.sub("", name).replace(".", "-")
    for known in sorted((*_TARIFFS, *_SAME_AS), key=len, reverse=True):
        if name.startswith(known) and _RELEASE.match(name[len(known) :]):
            return _TARIFFS[_SAME_AS.get(known, known)]
    return None


def _is_peak(at: datetime) -> bool:
    """Tell whether DeepSeek's peak price holds: working days 01-04 and 06-10 o'clock UTC.

    China's public holidays, which are cheaper, are not known here and count as working days.
    """
    utc = at.astimezone(UTC)
    return utc.weekday() < 5 and (1 <= utc.hour < 4 or 6 <= utc.hour < 10)
