"""Token counts of OpenAI's API in the terms of the Messages API.

OpenAI's ``prompt_tokens`` include what came from the cache, Anthropic's ``input_tokens`` do not.
"""

from collections.abc import Mapping
from typing import Any

from qcc_desktop.wire.translate.pieces import choice_of

_CHARS_PER_TOKEN = 4


def usage_in(chunk: Mapping[str, Any]) -> dict[str, int] | None:
    """Return the counts in a chunk; Groq puts them into ``x_groq``, Moonshot into the choice."""
    groq = chunk.get("x_groq")
    places = (
        chunk.get("usage"),
        groq.get("usage") if isinstance(groq, Mapping) else None,
        choice_of(chunk).get("usage"),
    )
    return next((_usage(each) for each in places if isinstance(each, Mapping) and each), None)


def _usage(usage: Mapping[str, Any]) -> dict[str, int]:
    details = usage.get("prompt_tokens_details")
    within = details if isinstance(details, Mapping) else {}
    cached = (
        _count(within.get("cached_tokens"))
        or _count(usage.get("prompt_cache_hit_tokens"))  # DeepSeek
        or _count(usage.get("cached_tokens"))  # Moonshot
    )
    written = _count(within.get("cache_write_tokens"))  # OpenRouter
    return {
        "input_tokens": max(0, _count(usage.get("prompt_tokens")) - cached - written),
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": _count(usage.get("completion_tokens")),
    }


def estimated_usage(prompt_tokens: int, said_chars: int) -> dict[str, int]:
    """Return a guess for servers that count nothing.

    Without one Claude Code would never see its context fill up, and run into the limit.
    """
    return {
        "input_tokens": prompt_tokens,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "output_tokens": -(-said_chars // _CHARS_PER_TOKEN),
    }


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return max(0, value)
