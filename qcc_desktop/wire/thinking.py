"""Removes the thinking of earlier turns from a request (classification table, row 10).

Thinking blocks carry a signature that only the issuing provider accepts; after a failover the
next one answers 400. Then, and only then, the request is sent again without them.
"""

from collections.abc import Callable
from typing import Any

from qcc_desktop.wire.anthropic import dump, parse

_THINKING = frozenset({"thinking", "redacted_thinking"})


def strip_thinking(body: bytes) -> bytes:
    """Return the request without thinking blocks and stray signatures.

    Messages left empty go. Where a tool loop is under way, ``thinking`` itself is switched off
    for this request, because the API wants the last assistant turn to begin with a thinking
    block. A body that holds nothing of it, or is no such request, comes back byte for byte.
    """
    return _stripped(body, _is_thinking)


def strip_signed(body: bytes, signature: str) -> bytes:
    """Return the request without the thinking blocks of one signature, else as `strip_thinking`.

    What was translated from another API carries a signature of ours, which no endpoint accepts.
    """
    if signature.encode() not in body:
        return body
    return _stripped(
        body, lambda block: _is_thinking(block) and block.get("signature") == signature
    )


def _stripped(body: bytes, is_unwanted: Callable[[Any], bool]) -> bytes:
    request = parse(body)
    messages = request.get("messages") if isinstance(request, dict) else None
    if not isinstance(messages, list):
        return body
    stripped = [_strip_message(message, is_unwanted) for message in messages]
    if stripped == messages:
        return body
    request["messages"] = [message for message in stripped if message is not None]
    if _lacks_thinking_in_tool_loop(request["messages"]):
        _switch_thinking_off(request)
    return dump(request)


def _strip_message(message: Any, is_unwanted: Callable[[Any], bool]) -> Any:
    """Return the message without thinking, None where nothing else was in it."""
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, list):
        return message
    kept = [_strip_block(block) for block in content if not is_unwanted(block)]
    if content and not kept:
        return None
    return {**message, "content": kept}


def _strip_block(block: Any) -> Any:
    if isinstance(block, dict) and "signature" in block and not _is_thinking(block):
        return {key: value for key, value in block.items() if key != "signature"}
    return block


def _is_thinking(block: Any) -> bool:
    return isinstance(block, dict) and str(block.get("type")) in _THINKING


def _lacks_thinking_in_tool_loop(messages: list[Any]) -> bool:
    """Tell whether the last assistant turn asked for a tool and does not begin with thinking."""
    for message in reversed(messages):
        if isinstance(message, dict) and message.get("role") == "assistant":
            content = message.get("content")
            blocks = content if isinstance(content, list) else []
            if blocks and _is_thinking(blocks[0]):
                return False
            return any(isinstance(each, dict) and each.get("type") == "tool_use" for each in blocks)
    return False


def _switch_thinking_off(request: dict[str, Any]) -> None:
    thinking = request.get("thinking")
    if not isinstance(thinking, dict) or thinking.get("type") != "enabled":
        return
    del request["thinking"]
    management = request.get("context_management")
    edits = management.get("edits") if isinstance(management, dict) else None
    if not isinstance(edits, list):
        return
    kept = [edit for edit in edits if not _clears_thinking(edit)]
    if kept:
        request["context_management"] = {**request["context_management"], "edits": kept}
    else:
        del request["context_management"]


def _clears_thinking(edit: Any) -> bool:
    """Tell whether a context edit needs thinking to be on (``clear_thinking_20251015``)."""
    return isinstance(edit, dict) and str(edit.get("type")).startswith("clear_thinking")
