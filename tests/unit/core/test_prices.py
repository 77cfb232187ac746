"""What tokens cost at the public list price."""

from datetime import UTC, datetime

import pytest

from qcc_desktop.core.prices import Price, cost_usd, price_of
from qcc_desktop.core.usage import Usage

SONNET = Price(3, 15, 0.3, 3.75)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("model", "input_", "output", "cache_read", "cache_write"),
    [
        ("claude-opus-4-1-20250805", 15, 75, 1.5, 18.75),
        ("claude-opus-4-20250514", 15, 75, 1.5, 18.75),
        ("claude-opus-4-5-20251101", 5, 25, 0.5, 6.25),
        ("claude-opus-5", 5, 25, 0.5, 6.25),
        ("claude-opus-5-5", 4, 20, 0.2, 5),
        ("claude-sonnet-4-5-20250929", 3, 15, 0.3, 3.75),
        ("claude-sonnet-5-5", 2, 10, 0.1, 2.5),
        ("claude-haiku-4-5-20251001", 1, 5, 0.1, 1.25),
        ("claude-haiku-5-5", 0.1, 0.5, 0.01, 0.125),
        ("claude-3-5-haiku-20241022", 0.8, 4, 0.08, 1),
        ("claude-fable-5-1", 10, 50, 0.25, 12.5),
        ("claude-mythos-5", 10, 50, 1, 12.5),
        ("glm-4.7", 0.6, 2.2, 0.11, 0.6),
        ("kimi-k2.7-code", 0.95, 4, 0.19, 0.95),
        ("MiniMax-M2.7", 0.3, 1.2, 0.06, 0.375),
        ("deepseek-v4-flash", 0.3, 1.2, 0.006, 0.3),
    ],
)
def test_a_listed_model_has_its_vendors_price(
    model: str, input_: float, output: float, cache_read: float, cache_write: float
) -> None:
    price = price_of(model)

    assert price is not None
    assert (price.input, price.output) == (input_, output)
    assert (price.cache_read, price.cache_write) == pytest.approx((cache_read, cache_write))


@pytest.mark.parametrize(
    "model",
    [
        "claude-sonnet-4-5",
        "claude-sonnet-4-5-latest",
        "claude-sonnet-4-5@20250929",
        "claude-sonnet-4-5-20250929[1m]",
        "claude-sonnet-4-5-20250929-thinking",
        "claude-4.5-sonnet",
        "anthropic/claude-sonnet-4.5",
        "anthropic.claude-sonnet-4-5-20250929-v1:0",
        "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        " Claude-Sonnet-4-5 ",
    ],
)
def test_the_spellings_of_clouds_and_relays_are_understood(model: str) -> None:
    price = price_of(model)

    assert price is not None
    assert (price.input, price.output) == (SONNET.input, SONNET.output)


@pytest.mark.parametrize(
    "model",
    [
        "",
        "claude",
        "claude-opus-4-9",
        "claude-opus-6",
        "claude-sonnet-4-5-turbo",
        "my-claude-sonnet-4-5",
        "deepseek-v4-pro",
        "gpt-6",
        "glm-4.7-flash",
        "anthropic/claude-sonnet-4.5:free",
    ],
)
def test_an_unknown_model_has_no_price_rather_than_a_guess(model: str) -> None:
    assert price_of(model) is None
    assert cost_usd(model, Usage(1, 1, 1, 1)) is None


def test_each_kind_of_token_costs_its_own() -> None:
    usage = Usage(MILLION, 2 * MILLION, 10 * MILLION, 4 * MILLION)

    assert cost_usd("claude-sonnet-4-5", usage) == pytest.approx(3 + 30 + 3 + 15)


@pytest.mark.parametrize(
    ("usage", "cost"),
    [
        (Usage(input_tokens=100_000, output_tokens=MILLION), 0.01 + 0.50),
        (Usage(input_tokens=100_001, output_tokens=MILLION), 0.0500005 + 2.50),
        (Usage(cache_read=90_000, cache_creation=10_001), 0.0045 + 0.006250625),
    ],
    ids=["short", "long", "long through its cache"],
)
def test_a_long_prompt_costs_more_for_the_whole_request(usage: Usage, cost: float) -> None:
    assert cost_usd("claude-haiku-5-5", usage) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("at", "cost"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 0.30),
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), 0.15),
        (datetime(2026, 11, 23, 9, 59, tzinfo=UTC), 0.30),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), 0.15),
        (None, 0.30),
    ],
    ids=["peak begins", "peak is over", "second peak", "Sunday", "time unknown"],
)
def test_a_vendor_may_cost_less_out_of_peak_hours(at: datetime | None, cost: float) -> None:
    assert cost_usd("deepseek-flash", Usage(input_tokens=MILLION), at) == pytest.approx(cost)
