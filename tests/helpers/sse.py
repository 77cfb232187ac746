"""Builders of answers as the Anthropic API gives them, streamed and whole.

``stream(Text("hi"))`` is the list of encoded events of one answer, ``message(Text("hi"))`` the
same answer as the JSON object. The real Claude Code accepts both.
"""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MODEL = "claude-sonnet-4-5-20250929"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Text:
    """A text block, streamed in ``pieces`` deltas."""

    text: str
    pieces: int = 3

    def block(self) -> dict[str, Any]:
        return {"type": "text", "text": self.text}

    def opening(self) -> dict[str, Any]:
        return {"type": "text", "text": ""}

    def deltas(self) -> list[dict[str, Any]]:
        return [{"type": "text_delta", "text": each} for each in _cut(self.text, self.pieces)]


@dataclass(frozen=True)
class Thinking:
    """A thinking block with its signature."""

    thinking: str
    signature: str = "EqQBCgIYAhIkc2lnbmF0dXJlLW9mLWEtdGhpbmtpbmctYmxvY2s="

    def block(self) -> dict[str, Any]:
        return {"type": "thinking", "thinking": self.thinking, "signature": self.signature}

    def opening(self) -> dict[str, Any]:
        return {"type": "thinking", "thinking": "", "signature": ""}

    def deltas(self) -> list[dict[str, Any]]:
        parts = [{"type": "thinking_delta", "thinking": each} for each in _cut(self.thinking, 2)]
        return [*parts, {"type": "signature_delta", "signature": self.signature}]


@dataclass(frozen=True)
class ToolUse:
    """A tool call; its arguments are streamed as pieces of JSON."""

    name: str
    input: Mapping[str, Any]
    id: str = field(default_factory=lambda: f"toolu_01Scripted{next(_numbers):012d}")

    def block(self) -> dict[str, Any]:
        return {"type": "tool_use", "id": self.id, "name": self.name, "input": dict(self.input)}

    def opening(self) -> dict[str, Any]:
        return {"type": "tool_use", "id": self.id, "name": self.name, "input": {}}

    def deltas(self) -> list[dict[str, Any]]:
        pieces = ["", *_cut(json.dumps(dict(self.input)), 3)]
        return [{"type": "input_json_delta", "partial_json": each} for each in pieces]


Block = Text | Thinking | ToolUse


def bash(command: str, description: str = "Runs what the test asked for") -> ToolUse:
    """Return a call of Claude Code's Bash tool."""
    return ToolUse("Bash", {"command": command, "description": description})


def event(name: str, data: Mapping[str, Any] | str) -> bytes:
    """Encode one event."""
    text = (
        data
        if isinstance(data, str)
        else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    )
    return f"event: {name}\ndata: {text}\n\n".encode()


def ping() -> bytes:
    """Encode a ping."""
    return event("ping", {"type": "ping"})


def error(kind: str = "overloaded_error", text: str = "Overloaded") -> bytes:
    """Encode an error event."""
    return event("error", {"type": "error", "error": {"type": kind, "message": text}})


def message_start(model: str = MODEL, input_tokens: int = 25) -> bytes:
    """Encode the first event of an answer."""
    start = message(model=model, input_tokens=input_tokens, output_tokens=1)
    start |= {"stop_reason": None}
    return event("message_start", {"type": "message_start", "message": start})


def message_delta(stop_reason: str = "end_turn", output_tokens: int = 15) -> bytes:
    """Encode the event that carries the stop reason."""
    delta = {"stop_reason": stop_reason, "stop_sequence": None}
    usage = {"output_tokens": output_tokens}
    return event("message_delta", {"type": "message_delta", "delta": delta, "usage": usage})


def message_stop() -> bytes:
    """Encode the last event of an answer."""
    return event("message_stop", {"type": "message_stop"})


def block_events(index: int, block: Block) -> list[bytes]:
    """Return the events of one content block."""
    start = {"type": "content_block_start", "index": index, "content_block": block.opening()}
    deltas = [
        event("content_block_delta", {"type": "content_block_delta", "index": index, "delta": each})
        for each in block.deltas()
    ]
    stop = {"type": "content_block_stop", "index": index}
    return [event("content_block_start", start), *deltas, event("content_block_stop", stop)]


def stream(
    *blocks: Block,
    model: str = MODEL,
    stop_reason: str | None = None,
    input_tokens: int = 25,
    output_tokens: int = 15,
) -> list[bytes]:
    """Return the events of a whole answer, one item each."""
    events = [message_start(model, input_tokens), ping()]
    for index, block in enumerate(blocks):
        events += block_events(index, block)
    reason = stop_reason or _stop_reason(blocks)
    return [*events, message_delta(reason, output_tokens), message_stop()]


def message(
    *blocks: Block,
    model: str = MODEL,
    stop_reason: str | None = None,
    input_tokens: int = 25,
    output_tokens: int = 15,
) -> dict[str, Any]:
    """Return a whole answer as the JSON object of a request that is not streamed."""
    return {
        "id": f"msg_01Scripted{next(_numbers):012d}",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [block.block() for block in blocks],
        "stop_reason": stop_reason or _stop_reason(blocks),
        "stop_sequence": None,
        "usage": {
            "input_tokens": input_tokens,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": output_tokens,
        },
    }


def _stop_reason(blocks: Sequence[Block]) -> str:
    return "tool_use" if any(isinstance(block, ToolUse) for block in blocks) else "end_turn"


def _cut(text: str, pieces: int) -> list[str]:
    size = max(1, -(-len(text) // pieces))
    return [text[start : start + size] for start in range(0, len(text), size)] or [""]
