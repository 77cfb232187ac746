"""Tools, and the names and ids of their calls, as each side wants them.

Claude Code takes any id, but an Anthropic endpoint that is asked after a failover wants
``^[a-zA-Z0-9_-]+$``, Mistral nine letters and digits, OpenAI at most 40 characters, and Kimi its
own ``functions.Read:0`` back. So an id passes as it is where it can, is wrapped so that the
original can be had back where it cannot, and is shortened by a hash where a server wants that.
"""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from qcc_desktop.wire.translate.quirks import Quirks

_PLAIN_ID = re.compile(r"[a-zA-Z0-9_-]+")
_WRAPPED = "toolu_qcc0_"
_LONGEST_ID = 40
_SHORT_ID = re.compile(r"[a-zA-Z0-9]{9}")
_LONGEST_NAME = 64
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_HASH_CHARS = 8


def wrap_id(upstream_id: str) -> str:
    """Return an id that any Anthropic endpoint takes; `unwrap_id` gives the original back."""
    if _PLAIN_ID.fullmatch(upstream_id) and not upstream_id.startswith(_WRAPPED):
        return upstream_id
    packed = base64.urlsafe_b64encode(upstream_id.encode("utf-8", "surrogatepass"))
    return _WRAPPED + packed.decode("ascii").rstrip("=")


def unwrap_id(client_id: str) -> str:
    """Return the id that a server gave a call."""
    if not client_id.startswith(_WRAPPED):
        return client_id
    packed = client_id.removeprefix(_WRAPPED)
    try:
        padded = packed + "=" * (-len(packed) % 4)
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        return raw.decode("utf-8", "surrogatepass")
    except ValueError:
        return client_id


def sent_id(client_id: str, quirks: Quirks) -> str:
    """Return how a call of the client's history is named towards a server."""
    own = unwrap_id(client_id)
    if quirks.short_ids:
        return own if _SHORT_ID.fullmatch(own) else _digest(own, 9)
    return own if len(own) <= _LONGEST_ID else f"call_{_digest(own, 24)}"


def sent_name(name: str) -> str:
    """Return a tool's name in 64 characters: Claude Code has longer ones for MCP servers."""
    if _NAME.fullmatch(name):
        return name
    plain = re.sub(r"[^a-zA-Z0-9_-]", "_", name)
    return f"{plain[: _LONGEST_NAME - _HASH_CHARS - 1]}_{_digest(name, _HASH_CHARS)}"


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def is_client_tool(tool: object) -> bool:
    """Tell whether a tool is one the client runs; the others run on Anthropic's servers."""
    return (
        isinstance(tool, Mapping)
        and isinstance(tool.get("name"), str)
        and tool.get("type", "custom") in {"custom", None}
    )


def functions(tools: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the client's tools as functions; their schemas stay as they are."""
    return [
        {"type": "function", "function": _function(tool)} for tool in tools if is_client_tool(tool)
    ]


def _function(tool: Mapping[str, Any]) -> dict[str, Any]:
    given = tool.get("input_schema")
    schema = dict(given) if isinstance(given, Mapping) else {}
    # OpenAI refuses an object without properties.
    parameters = {"type": "object", "properties": {}, **schema}
    function: dict[str, Any] = {"name": sent_name(tool["name"])}
    if tool.get("description"):
        function["description"] = tool["description"]
    return {**function, "parameters": parameters}


def tool_choice(choice: object, quirks: Quirks) -> dict[str, Any]:
    """Return the fields that say whether tools may, must or must not be called."""
    if not isinstance(choice, Mapping):
        return {}
    fields: dict[str, Any] = {}
    match choice.get("type"):
        case "any" if quirks.forced_tools:
            fields["tool_choice"] = "required"
        case "tool" if quirks.forced_tools and isinstance(choice.get("name"), str):
            named = {"name": sent_name(choice["name"])}
            fields["tool_choice"] = {"type": "function", "function": named}
        case "none":
            fields["tool_choice"] = "none"
        case _:
            fields["tool_choice"] = "auto"
    if choice.get("disable_parallel_tool_use") is True and quirks.parallel_tool_calls:
        fields["parallel_tool_calls"] = False
    return fields
