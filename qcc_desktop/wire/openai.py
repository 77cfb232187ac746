"""Where OpenAI's API is found at an address, and its errors in Anthropic's shape."""

import re
from urllib.parse import urlsplit, urlunsplit

from qcc_desktop.core.classification.body import read_body
from qcc_desktop.wire.anthropic import error_body

_CHAT = "/chat/completions"
_MODELS = "/models"
_LIMIT_AND_COUNT = (
    re.compile(r"maximum context length (?:is|of) (\d+)\D.{0,80}?(\d+) tokens", re.DOTALL),
    re.compile(r"context (?:window|size|length)\D{0,40}(\d+)\D{1,80}?(\d+)", re.DOTALL),
)
"""OpenAI and vLLM: "This model's maximum context length is 8192 tokens. However, your messages
resulted in 9000 tokens"."""


def chat_address(base_url: str) -> tuple[str, str]:
    """Return address and path of chat completions; Azure's query goes to the end."""
    return _address(base_url, _CHAT)


def models_address(base_url: str) -> tuple[str, str]:
    """Return address and path of the list of models."""
    return _address(base_url, _MODELS)


def _address(base_url: str, path: str) -> tuple[str, str]:
    parts = urlsplit(base_url)
    base = urlunsplit((parts.scheme, parts.netloc, parts.path.removesuffix(_CHAT), "", ""))
    return base.rstrip("/"), f"{path}?{parts.query}" if parts.query else path


def as_anthropic_error(error_type: str, body: bytes, *, is_overflow: bool = False) -> bytes:
    """Return an error in Anthropic's shape and in the server's own words.

    ``is_overflow``: the request is longer than the model's context. Claude Code compacts the
    conversation when it reads "prompt is too long".
    """
    words = read_body(body, {}).text.strip() or "The endpoint refused the request."
    return error_body(error_type, _overflow(words) if is_overflow else words)


def _overflow(words: str) -> str:
    found = next(filter(None, (each.search(words) for each in _LIMIT_AND_COUNT)), None)
    if found is None:
        return f"prompt is too long: {words}"
    numbers = sorted((int(found[1]), int(found[2])))
    return f"prompt is too long: {numbers[1]} tokens > {numbers[0]} maximum ({words})"
