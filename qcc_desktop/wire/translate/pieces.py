"""What one chunk of OpenAI's API says, whichever of its many shapes a server gives it.

A whole completion (``message`` where a chunk has ``delta``) is read the same way.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CallPiece:
    """A part of a tool call; ``key`` is its index, None where the server gives none."""

    key: object
    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the answer: text, thinking or a tool call."""

    text: str = ""
    thinking: str = ""
    call: CallPiece | None = None
    is_refusal: bool = False


def choice_of(chunk: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the first choice, empty where there is none: OpenAI's last chunk has only counts."""
    choices = chunk.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    return first if isinstance(first, Mapping) else {}


def pieces_of(chunk: Mapping[str, Any]) -> Iterator[Piece]:
    """Yield what a chunk adds: thinking, then text, then tool calls."""
    choice = choice_of(chunk)
    said = choice.get("delta") or choice.get("message")
    if not isinstance(said, Mapping):
        return
    if thought := _thinking(said):
        yield Piece(thinking=thought)
    yield from _content(said.get("content"))
    if isinstance(refusal := said.get("refusal"), str):
        yield Piece(text=refusal, is_refusal=bool(refusal))
    for call in _calls(said):
        yield Piece(call=call)


def _thinking(said: Mapping[str, Any]) -> str:
    """Return thinking: DeepSeek and Qwen say ``reasoning_content``, others ``reasoning``."""
    for name in ("reasoning_content", "reasoning"):
        if isinstance(thought := said.get(name), str) and thought:
            return thought
    details = said.get("reasoning_details")
    if not isinstance(details, list):
        return ""
    texts = [each.get("text") or each.get("summary") for each in details if isinstance(each, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def _content(content: object) -> Iterator[Piece]:
    """Yield text; Mistral's reasoning models send a list of parts instead."""
    if isinstance(content, str):
        yield Piece(text=content)
    elif isinstance(content, list):
        for part in content:
            match part:
                case {"type": "thinking", "thinking": thought}:
                    yield Piece(thinking=_flat(thought))
                case {"text": str(text)}:
                    yield Piece(text=text)
                case _:
                    pass


def _flat(thought: object) -> str:
    if isinstance(thought, list):
        return "".join(str(each.get("text", "")) for each in thought if isinstance(each, Mapping))
    return thought if isinstance(thought, str) else ""


def _calls(said: Mapping[str, Any]) -> Iterator[CallPiece]:
    given = said.get("tool_calls")
    calls = given if isinstance(given, list) else []
    for position, call in enumerate(calls):
        if isinstance(call, Mapping):
            function = call.get("function")
            index = call.get("index")
            key = index if isinstance(index, int) else _only_if_whole(call, position, len(calls))
            yield _call(key, call.get("id"), function if isinstance(function, Mapping) else {})
    legacy = said.get("function_call")
    if isinstance(legacy, Mapping):
        yield _call(0, None, legacy)


def _only_if_whole(call: Mapping[str, Any], position: int, count: int) -> object:
    """Tell calls without index and id apart that stand side by side."""
    return ("beside", position) if count > 1 and not call.get("id") else None


def _call(key: object, call_id: object, function: Mapping[str, Any]) -> CallPiece:
    name = function.get("name")
    return CallPiece(
        key,
        call_id if isinstance(call_id, str) else "",
        name if isinstance(name, str) else "",
        _arguments(function.get("arguments")),
    )


def _arguments(arguments: object) -> str:
    """Return arguments as text; some servers send the object itself, or null."""
    if isinstance(arguments, str):
        return arguments
    return "" if arguments is None else json.dumps(arguments, ensure_ascii=False)
