"""A request of the Messages API as one of OpenAI's Chat Completions.

Left out are what OpenAI's servers cannot use: ``cache_control``, ``metadata`` (it names the
person's device), ``top_k``, betas, Claude Code's billing line. Thinking of earlier turns goes
unless the server wants it back (DeepSeek, "Thinking mode").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qcc_desktop.wire.anthropic import dump, estimate_tokens, parse
from qcc_desktop.wire.translate.content import (
    SEPARATOR,
    blocks_of,
    described,
    joined,
    parts_of,
    text_of,
    tool_result,
)
from qcc_desktop.wire.translate.quirks import Quirks
from qcc_desktop.wire.translate.tools import (
    functions,
    is_client_tool,
    sent_id,
    sent_name,
    tool_choice,
)

_BILLING = "x-anthropic-billing-header:"
_MOST_STOPS = 4
_LOW_BUDGET = 4_096
_MEDIUM_BUDGET = 16_384
_EFFORTS = {"low": "low", "medium": "medium", "high": "high", "xhigh": "high", "max": "high"}
_NO_SIGNATURE = {"google": {"thought_signature": "skip_thought_signature_validator"}}
"""What Gemini takes for calls of another model (Gemini API, "Thought signatures")."""
_NO_RESULT = "[The result of this call was not kept.]"
Message = dict[str, Any]


NEEDS_ANTHROPIC_TOOL = (
    "The request needs a tool that runs on Anthropic's servers, which an endpoint that"
    " speaks OpenAI's API does not have."
)


class Untranslatable(ValueError):  # noqa: N818 - it is a refusal, not a fault of ours
    """The request has no counterpart; the text says why."""


class NeedsAnthropicTool(Untranslatable):
    """It is about a tool that runs on Anthropic's servers, such as its web search."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the translation of the answer must know of the request.

    ``model`` is what the client asked for, ``names`` are shortened tool names and their
    originals, ``taken_ids`` the tool call ids of the history, ``stops`` the client's stop
    sequences. ``seed`` makes ids that no other answer has. ``prompt_tokens`` is an estimate,
    for servers that count nothing.
    """

    model: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    taken_ids: frozenset[str] = frozenset()
    stops: tuple[str, ...] = ()
    seed: str = "0"
    prompt_tokens: int = 0


@dataclass(frozen=True, slots=True)
class OpenAIRequest:
    """What is sent, and the terms on which the answer is read."""

    body: bytes = field(repr=False)
    terms: Terms


def to_openai(
    body: bytes, model: str, quirks: Quirks, *, requested: str = "", seed: str = "0"
) -> OpenAIRequest:
    """Translate a request to one for ``model``; ``requested`` is what the client called it.

    Raises:
        NeedsAnthropicTool: no tool is left that this server could call.
        Untranslatable: it is no request of the Messages API.
    """
    request = parse(body)
    if not isinstance(request, dict) or not isinstance(request.get("messages"), list):
        raise Untranslatable("messages: Field required")
    sent: dict[str, Any] = {"model": model, "messages": _messages(request, quirks)}
    sent |= _options(request, quirks)
    sent |= _tools(request, quirks)
    terms = Terms(
        model=requested or model,
        names=_names(request),
        taken_ids=_ids(request["messages"]),
        stops=_stops(request),
        seed=seed,
        prompt_tokens=estimate_tokens(body),
    )
    return OpenAIRequest(dump(sent), terms)


def needs_anthropic_tool(body: bytes) -> bool:
    """Tell whether a request is about a tool that only Anthropic's servers have."""
    request = parse(body)
    return isinstance(request, dict) and _lacks_tool(request)


def _lacks_tool(request: Mapping[str, Any]) -> bool:
    """Tell whether no tool is left for the model, or not the one it must call."""
    tools = request.get("tools")
    if not isinstance(tools, list) or not tools:
        return False
    usable = {tool["name"] for tool in tools if is_client_tool(tool)}
    choice = request.get("tool_choice")
    wanted = choice.get("name") if isinstance(choice, Mapping) else None
    return not usable or (wanted is not None and wanted not in usable)


def _options(request: Mapping[str, Any], quirks: Quirks) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if isinstance(limit := request.get("max_tokens"), int):
        cap = quirks.limit_cap
        if cap != 0:
            fields[quirks.limit_field] = limit if cap is None else min(limit, cap)
    if quirks.temperature and request.get("temperature") is not None:
        fields["temperature"] = request["temperature"]
    if quirks.top_p and request.get("top_p") is not None:
        fields["top_p"] = request["top_p"]
    if quirks.stop and (stops := _stops(request)):
        fields["stop"] = list(stops[:_MOST_STOPS])
    if quirks.reasoning_effort and (effort := _effort(request)):
        fields["reasoning_effort"] = effort
    fields["stream"] = request.get("stream") is True
    if fields["stream"] and quirks.stream_options:
        fields["stream_options"] = {"include_usage": True}
    return fields


def _effort(request: Mapping[str, Any]) -> str | None:
    """Return how hard to think: the effort Claude Code names, else by its budget for thinking."""
    config = request.get("output_config")
    named = config.get("effort") if isinstance(config, Mapping) else None
    if isinstance(named, str) and named in _EFFORTS:
        return _EFFORTS[named]
    thinking = request.get("thinking")
    budget = thinking.get("budget_tokens") if isinstance(thinking, Mapping) else None
    if not isinstance(budget, int):
        return None
    return "low" if budget <= _LOW_BUDGET else "medium" if budget <= _MEDIUM_BUDGET else "high"


def _stops(request: Mapping[str, Any]) -> tuple[str, ...]:
    stops = request.get("stop_sequences")
    return tuple(each for each in stops if isinstance(each, str)) if isinstance(stops, list) else ()


def _tools(request: Mapping[str, Any], quirks: Quirks) -> dict[str, Any]:
    tools = request.get("tools")
    if not isinstance(tools, list) or not tools:
        return {}
    if _lacks_tool(request):
        raise NeedsAnthropicTool(NEEDS_ANTHROPIC_TOOL)
    return {"tools": functions(tools), **tool_choice(request.get("tool_choice"), quirks)}


def _names(request: Mapping[str, Any]) -> dict[str, str]:
    tools = request.get("tools")
    given = tools if isinstance(tools, list) else []
    names = [tool["name"] for tool in given if is_client_tool(tool)]
    return {sent_name(name): name for name in names if sent_name(name) != name}


def _ids(messages: Sequence[object]) -> frozenset[str]:
    return frozenset(
        str(block.get("id"))
        for message in messages
        if isinstance(message, Mapping)
        for block in blocks_of(message.get("content"))
        if block.get("type") == "tool_use"
    )


def _messages(request: Mapping[str, Any], quirks: Quirks) -> list[Message]:
    found: list[Message] = []
    if system := _system(request.get("system")):
        found.append({"role": "system", "content": system})
    for message in request["messages"]:
        if not isinstance(message, Mapping):
            continue
        match message.get("role"):
            case "assistant":
                found += _assistant(message.get("content"), quirks)
            case "system":
                if text := text_of(message.get("content")):
                    found.append({"role": "system", "content": text})
            case _:
                found += _user(message.get("content"), quirks)
    paired = _paired(found)
    return paired if quirks.has_system else _without_system(paired)


def _system(system: object) -> str:
    """Return the system prompt without Claude Code's billing line, which differs each time."""
    texts = [str(block.get("text") or "") for block in blocks_of(system)]
    return SEPARATOR.join(text for text in texts if text and not text.startswith(_BILLING))


def _assistant(content: object, quirks: Quirks) -> list[Message]:
    blocks = blocks_of(content)
    calls = [_call(block, quirks) for block in blocks if block.get("type") == "tool_use"]
    text = SEPARATOR.join(_said(blocks))
    if not text and not calls:
        return []
    message: Message = {"role": "assistant", "content": text or None}
    thought = "".join(str(b.get("thinking", "")) for b in blocks if b.get("type") == "thinking")
    if quirks.returns_reasoning and (thought or calls):
        message["reasoning_content"] = thought
    if calls:
        message["tool_calls"] = calls
    return [message]


def _said(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    texts: list[str] = []
    for block in blocks:
        match block.get("type"):
            case "text":
                texts.append(str(block.get("text") or ""))
            case "tool_use" | "thinking" | "redacted_thinking":
                pass
            case _:
                texts.append(described(block))
    return [text for text in texts if text]


def _call(block: Mapping[str, Any], quirks: Quirks) -> dict[str, Any]:
    arguments = dump(block.get("input") or {}).decode()
    signed = {"extra_content": _NO_SIGNATURE} if quirks.thought_signatures else {}
    return {
        "id": sent_id(str(block.get("id")), quirks),
        "type": "function",
        "function": {"name": sent_name(str(block.get("name"))), "arguments": arguments},
        **signed,
    }


def _user(content: object, quirks: Quirks) -> list[Message]:
    """Return the results of tools, then everything else in one message."""
    results: list[Message] = []
    parts: list[dict[str, Any]] = []
    for block in blocks_of(content):
        if block.get("type") == "tool_result":
            text, beside = tool_result(block, quirks)
            call_id = sent_id(str(block.get("tool_use_id")), quirks)
            results.append({"role": "tool", "tool_call_id": call_id, "content": text})
            parts += beside
        else:
            parts += parts_of([block], quirks)
    return [*results, *([{"role": "user", "content": joined(parts)}] if parts else [])]


def _paired(messages: list[Message]) -> list[Message]:
    """Put each result directly behind the message that called for it.

    OpenAI refuses a call without a result and a result without a call. The first gets one that
    says so, the second becomes the user's text.
    """
    ordered: list[Message] = []
    placed: set[int] = set()
    for index, message in enumerate(messages):
        if message["role"] == "tool":
            if id(message) not in placed:
                ordered.append(_orphan(message))
            continue
        ordered.append(message)
        if calls := message.get("tool_calls"):
            results = _results_for(calls, messages[index + 1 :])
            placed |= {id(result) for result in results}
            ordered += results
    return ordered


def _results_for(calls: Sequence[Mapping[str, Any]], later: Sequence[Message]) -> list[Message]:
    """Return one result for each call, out of the messages up to the next assistant's."""
    found: dict[str, Message] = {}
    for message in later:
        if message["role"] == "assistant":
            break
        if message["role"] == "tool":
            found.setdefault(message["tool_call_id"], message)
    return [
        found.get(call["id"]) or {"role": "tool", "tool_call_id": call["id"], "content": _NO_RESULT}
        for call in calls
    ]


def _orphan(message: Message) -> Message:
    return {"role": "user", "content": f"[Result of an earlier tool call]\n{message['content']}"}


def _without_system(messages: list[Message]) -> list[Message]:
    """Move system prompts into the user's messages, for chat templates that know none."""
    moved: list[Message] = []
    waiting = ""
    for message in messages:
        if message["role"] == "system":
            waiting = SEPARATOR.join(filter(None, (waiting, message["content"])))
        elif message["role"] == "user" and waiting:
            moved.append({"role": "user", "content": _prefixed(waiting, message["content"])})
            waiting = ""
        else:
            moved.append(message)
    return [*moved, *([{"role": "user", "content": waiting}] if waiting else [])]


def _prefixed(text: str, content: str | list[Any]) -> str | list[Any]:
    if isinstance(content, str):
        return SEPARATOR.join((text, content))
    return [{"type": "text", "text": text}, *content]
