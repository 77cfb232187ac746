"""Finds token counts in a message, an event of a stream or a body."""

import json
from collections.abc import Mapping

from qcc_desktop.core.usage import Usage

_MOST_TOKENS = 10**9
"""A thousand times the largest window: more is nonsense, which no sum and no database takes."""


def usage_from(usage: object) -> Usage:
    """Read an Anthropic ``usage`` object; whatever is missing or nonsense counts as zero."""
    if not isinstance(usage, Mapping):
        return Usage()
    return Usage(
        input_tokens=_count(usage.get("input_tokens")),
        output_tokens=_count(usage.get("output_tokens")),
        cache_read=_count(usage.get("cache_read_input_tokens")),
        cache_creation=_count(usage.get("cache_creation_input_tokens")),
    )


def usage_of_event(event: object) -> Usage:
    """Read the parsed data of ``message_start`` or ``message_delta``, or a whole message."""
    if not isinstance(event, Mapping):
        return Usage()
    message = event.get("message")
    holder = message if isinstance(message, Mapping) else event
    return usage_from(holder.get("usage"))


def usage_of_body(body: bytes) -> Usage:
    """Read the JSON body of an answer that was not streamed."""
    try:
        return usage_of_event(json.loads(body))
    except (ValueError, RecursionError):
        return Usage()


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return value if 0 <= value <= _MOST_TOKENS else 0
