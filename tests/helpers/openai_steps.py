"""What a scripted upstream says that speaks OpenAI's Chat Completions API.

    up = ScriptedUpstream("O")
    openai_steps.chat(up, openai_steps.answer("Hello"))

Blocks are those of `tests.helpers.sse`, written the way OpenAI's own servers write them.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any

from tests.helpers import sse, steps
from tests.helpers.upstream import Headers, Request, ScriptedUpstream, Step

CHAT = "/v1/chat/completions"
MODEL = "scripted-large"
_SSE: Headers = [(b"content-type", b"text/event-stream")]
_JSON: Headers = [(b"content-type", b"application/json")]
_CHUNKED: Headers = [(b"transfer-encoding", b"chunked")]
DONE = b"data: [DONE]\n\n"
USAGE = {
    "prompt_tokens": 30,
    "completion_tokens": 7,
    "total_tokens": 37,
    "prompt_tokens_details": {"cached_tokens": 20},
}


def chat(upstream: ScriptedUpstream, *script: Step, models: Sequence[str] = (MODEL,)) -> None:
    """Say how consecutive chat completions are answered; the last step repeats."""
    remaining = list(script)

    def choose(_: Request) -> Step:
        return remaining.pop(0) if len(remaining) > 1 else remaining[0]

    upstream.on(CHAT, steps.by_request(choose, "chat"))
    listed = {"object": "list", "data": [{"id": each, "object": "model"} for each in models]}
    upstream.on("/v1/models", steps.respond(200, json.dumps(listed).encode(), _JSON))


def asked(upstream: ScriptedUpstream) -> list[Request]:
    """Return the chat completions that were asked for."""
    return [each for each in upstream.requests if each.path.endswith("/chat/completions")]


def chunk(finish: str | None = None, **delta: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return data({"id": "chatcmpl-1", "object": "chat.completion.chunk", "choices": [choice]})


def data(value: object) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def counts() -> bytes:
    return data({"id": "chatcmpl-1", "choices": [], "usage": USAGE})


def stream(*blocks: sse.Block) -> list[bytes]:
    """Return the chunks of a streamed answer."""
    frames = [chunk(role="assistant", content="")]
    calls = 0
    for block in blocks:
        match block:
            case sse.Text(text=text):
                half = len(text) // 2
                frames += [chunk(content=piece) for piece in (text[:half], text[half:]) if piece]
            case sse.Thinking(thinking=text):
                frames.append(chunk(reasoning_content=text))
            case sse.ToolUse():
                frames += _call(calls, block)
                calls += 1
    return [*frames, chunk("tool_calls" if calls else "stop"), counts(), DONE]


def _call(index: int, block: sse.ToolUse) -> list[bytes]:
    arguments = json.dumps(block.input, ensure_ascii=False)
    function = {"name": block.name, "arguments": ""}
    first = {"index": index, "id": f"call_{index}_{block.name}", "type": "function"}
    pieces = [arguments[start : start + 7] for start in range(0, len(arguments), 7)]
    return [
        chunk(tool_calls=[{**first, "function": function}]),
        *[
            chunk(tool_calls=[{"index": index, "function": {"arguments": piece}}])
            for piece in pieces
        ],
    ]


def completion(*blocks: sse.Block) -> dict[str, Any]:
    """Return a whole answer."""
    message: dict[str, Any] = {"role": "assistant", "content": None}
    calls: list[dict[str, Any]] = []
    for block in blocks:
        match block:
            case sse.Text(text=text):
                message["content"] = (message["content"] or "") + text
            case sse.Thinking(thinking=text):
                message["reasoning_content"] = text
            case sse.ToolUse(name=name):
                function = {"name": name, "arguments": json.dumps(block.input)}
                calls.append({"id": f"call_{len(calls)}", "type": "function", "function": function})
    if calls:
        message["tool_calls"] = calls
    choice = {
        "index": 0,
        "message": message,
        "finish_reason": "tool_calls" if calls else "stop",
    }
    return {"id": "chatcmpl-1", "choices": [choice], "usage": USAGE}


def answer(*blocks: sse.Block) -> Step:
    """A right answer, streamed or whole as the request asks."""
    content = blocks or (sse.Text("Hello from OpenAI's API."),)

    def choose(request: Request) -> Step:
        if request.json.get("stream") is True:
            return steps.events(*stream(*content), headers=_SSE)
        return steps.respond(200, json.dumps(completion(*content)).encode(), _JSON)

    return steps.by_request(choose, "openai answer")


def dying(frames: Sequence[bytes], death: steps.Death) -> Step:
    """A stream of these chunks that ends in the way ``death`` says."""
    return steps.dying(frames, death, headers=_SSE)


def error(
    status: int,
    message: str,
    code: str | None = None,
    *,
    error_type: str = "invalid_request_error",
    param: str | None = None,
    headers: Headers | None = None,
) -> Step:
    """An error in OpenAI's shape."""
    body = {"error": {"message": message, "type": error_type, "param": param, "code": code}}
    return steps.respond(status, json.dumps(body).encode(), [*_JSON, *(headers or [])])


def tool_loop(command: str, final: str = "The task is done.") -> Step:
    """Ask for Bash with ``command`` until a tool's result comes, then say ``final``."""

    def choose(request: Request) -> Step:
        body = request.json
        tools = {tool["function"]["name"] for tool in body.get("tools") or []}
        has_result = any(message["role"] == "tool" for message in body["messages"])
        if "Bash" not in tools or has_result:
            return answer(sse.Text(final))
        return answer(sse.Text("I run it."), sse.bash(command))

    return steps.by_request(choose, "openai tool loop")


def strict(check: Callable[[dict[str, Any]], str | None], then: Step) -> Step:
    """Refuse what ``check`` complains of with 400, else play ``then``."""

    def choose(request: Request) -> Step:
        complaint = check(request.json)
        return error(400, complaint) if complaint else then

    return steps.by_request(choose, "strict")
