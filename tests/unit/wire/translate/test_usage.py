"""Counts of tokens are found and counted as the Messages API counts them."""

from typing import Any

import pytest

from qcc_desktop.wire.translate.usage import estimated_usage, usage_in


def counts(plain: int, out: int, cached: int = 0, written: int = 0) -> dict[str, int]:
    return {
        "input_tokens": plain,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": out,
    }


@pytest.mark.parametrize(
    ("chunk", "expected"),
    [
        ({"usage": {"prompt_tokens": 10, "completion_tokens": 2}}, counts(10, 2)),
        (
            {
                "usage": {
                    "prompt_tokens": 100,
                    "completion_tokens": 2,
                    "prompt_tokens_details": {"cached_tokens": 64, "cache_write_tokens": 6},
                }
            },
            counts(30, 2, 64, 6),
        ),
        (
            {"usage": {"prompt_tokens": 100, "prompt_cache_hit_tokens": 60}},
            counts(40, 0, 60),
        ),
        ({"choices": [{"usage": {"prompt_tokens": 9, "cached_tokens": 4}}]}, counts(5, 0, 4)),
        ({"x_groq": {"usage": {"prompt_tokens": 3}}}, counts(3, 0)),
        ({"usage": {"prompt_tokens": True, "completion_tokens": -1}}, counts(0, 0)),
        ({"usage": {"prompt_tokens": 1, "cached_tokens": 5}}, counts(0, 0, 5)),
    ],
    ids=["OpenAI", "cached", "DeepSeek", "Moonshot", "Groq", "odd", "more cached than there was"],
)
def test_counts_are_found(chunk: dict[str, Any], expected: dict[str, int]) -> None:
    assert usage_in(chunk) == expected


@pytest.mark.parametrize("chunk", [{}, {"usage": None}, {"usage": {}}, {"x_groq": {"id": "r"}}])
def test_none_are_invented(chunk: dict[str, Any]) -> None:
    assert usage_in(chunk) is None


def test_an_estimate_takes_four_characters_for_a_token() -> None:
    assert estimated_usage(7, 9) == counts(7, 3)
    assert estimated_usage(7, 0) == counts(7, 0)
