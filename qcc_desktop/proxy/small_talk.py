"""What we ask endpoints of our own accord: a code word to repeat, as text or through a tool."""

import re
from typing import Any

from qcc_desktop.core.failure import BreakerEffect, Failure, FailureClass, Scope

DEFAULT_MODEL = "claude-haiku-4-5"
"""Asked for when no request has named a model yet and the endpoint lists none."""
TOOL = "report_code"
_TALKS_NOT = re.compile(
    r"embed|whisper|tts|transcri|audio|speech|realtime|image|dall-e|sora|moderation|guard|rerank|ocr"
)
"""Names of models that OpenAI and others list beside those that converse."""
_MAX_TOKENS = 512
"""An answer takes about ten; a model that thinks first needs the rest."""

WRONG_ANSWER = Failure(
    kind=FailureClass.TRANSIENT,
    row=30,
    reason="wrong_answer",
    message="The endpoint answered, but did not repeat the code word it was asked for.",
    scope=Scope.ENDPOINT,
    breaker=BreakerEffect.COUNT,
)
"""The failure of an endpoint that answers with something else."""


def conversation(model: str, code: str, *, stream: bool = False) -> dict[str, Any]:
    """Return a request for the code word and nothing else."""
    return _request(model, f"Reply with this code and nothing else: {code}", stream=stream)


def tool_call(model: str, code: str) -> dict[str, Any]:
    """Return a streamed request that a model with tools answers by calling one.

    The choice is left to the model: several vendors refuse a forced one while thinking is on.
    """
    schema = {"type": "object", "properties": {"code": {"type": "string"}}, "required": ["code"]}
    tool = {"name": TOOL, "description": "Reports a code.", "input_schema": schema}
    question = f"Call the tool {TOOL}, and say nothing, with this code: {code}"
    return {**_request(model, question, stream=True), "tools": [tool]}


def _request(model: str, question: str, *, stream: bool) -> dict[str, Any]:
    return {
        "model": model,
        "max_tokens": _MAX_TOKENS,
        "messages": [{"role": "user", "content": question}],
        "stream": stream,
    }


def models_in(listed: object) -> tuple[str, ...]:
    """Return the ids in the answer to ``/v1/models``."""
    data = listed.get("data") if isinstance(listed, dict) else None
    if not isinstance(data, list):
        return ()
    return tuple(str(item["id"]) for item in data if isinstance(item, dict) and item.get("id"))


def cheapest(models: tuple[str, ...]) -> str:
    """Return the model that a question costs least with, as far as names tell; empty for none."""
    talking = [name for name in models if not _TALKS_NOT.search(name.lower())]
    small = [name for name in talking if "haiku" in name or "flash" in name or "mini" in name]
    return (*small, *talking, *models, "")[0]
