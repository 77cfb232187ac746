"""Requests and answers in the shapes Claude Code and the Messages API really use.

A "say hi" of Claude Code is a POST of about 76 to 87 KB: a long system prompt and the schemas of its
tools. Answers are short; streams are made of many small events.
"""

import json

LARGE_BYTES = 76 * 1024
SMALL_BYTES = 2 * 1024

_TOOL = {
    "name": "Bash",
    "description": "Executes a given bash command in a persistent shell session. " * 8,
    "input_schema": {
        "type": "object",
        "properties": {
            "command": {"type": "string", "description": "The command to execute"},
            "timeout": {"type": "number", "description": "Optional timeout in milliseconds"},
        },
        "required": ["command"],
    },
}


def body(size_bytes: int, *, session: str, stream: bool) -> bytes:
    """A Messages request of about this size: tools and a system prompt fill it up."""
    request = {
        "model": "claude-sonnet-4-5-20250929",
        "max_tokens": 32000,
        "messages": [{"role": "user", "content": [{"type": "text", "text": "say hi"}]}],
        "system": [{"type": "text", "text": ""}],
        "tools": [_TOOL] * (size_bytes // 4096),
        "metadata": {"user_id": json.dumps({"device_id": "b" * 64, "session_id": session})},
        "stream": stream,
    }
    missing = max(0, size_bytes - len(json.dumps(request)))
    request["system"] = [{"type": "text", "text": ("You are Claude Code. " * 4000)[:missing]}]
    return json.dumps(request, separators=(",", ":")).encode()


def request(content: bytes, *, port: int, token: str, session: str, pace: str = "") -> bytes:
    """The whole HTTP request with the headers Claude Code 2.1 sends; `pace` is for our upstream."""
    lines = [
        "POST /v1/messages?beta=true HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Connection: keep-alive",
        "Accept: application/json",
        "Content-Type: application/json",
        "User-Agent: claude-cli/2.1.330 (external, sdk-cli)",
        "x-app: cli",
        "anthropic-version: 2023-06-01",
        "anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14",
        "anthropic-dangerous-direct-browser-access: true",
        "X-Stainless-Lang: js",
        "X-Stainless-Retry-Count: 0",
        "X-Stainless-Timeout: 600",
        f"X-Claude-Code-Session-Id: {session}",
        f"Authorization: Bearer {token}",
        "Accept-Encoding: gzip, deflate, br, zstd",
        *([f"x-bench-pace: {pace}"] if pace else []),
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def answer() -> bytes:
    """A whole Message, as answered to a request that does not stream."""
    message = _message() | {
        "content": [{"type": "text", "text": "Hello! How can I help you today? " * 8}],
        "stop_reason": "end_turn",
    }
    return json.dumps(message).encode()


def opening() -> bytes:
    """The events before the first text, and that text: what a model's first packet holds."""
    return (
        event("message_start", {"message": _message()})
        + event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
        + event("ping", {})
        + delta(0)
    )


def delta(number: int) -> bytes:
    """One piece of streamed text."""
    text = {"type": "text_delta", "text": f" word{number:04d}"}
    return event("content_block_delta", {"index": 0, "delta": text})


def closing() -> bytes:
    """The events after the last text."""
    usage = {"output_tokens": 214}
    return (
        event("content_block_stop", {"index": 0})
        + event("message_delta", {"delta": {"stop_reason": "end_turn"}, "usage": usage})
        + event("message_stop", {})
    )


def event(name: str, data: dict[str, object]) -> bytes:
    """One SSE frame."""
    return f"event: {name}\ndata: {json.dumps({'type': name} | data)}\n\n".encode()


def _message() -> dict[str, object]:
    return {
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-4-5-20250929",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {
            "input_tokens": 12,
            "cache_creation_input_tokens": 512,
            "cache_read_input_tokens": 15000,
            "output_tokens": 1,
        },
    }
