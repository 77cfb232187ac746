"""Finds the conversation a request belongs to, the way Claude Code really marks it.

In this order: the header ``X-Claude-Code-Session-Id`` (Claude Code 2.1.86 and later),
``metadata.user_id`` as JSON (2.1.78 and later) or in its old form, ``x-conversation-id``,
``conversation_id`` in the body, and at last a fingerprint of what all turns of a conversation
have in common. Never raises, whatever the body is.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qcc_desktop.wire.anthropic import parse
from qcc_desktop.wire.headers import header
from qcc_desktop.wire.request_head import member
from qcc_desktop.wire.text import label

_OLD_USER_ID = re.compile(r"user_[0-9a-fA-F]+_account_[0-9a-fA-F-]*_session_([0-9a-fA-F-]{8,64})")
_MAX_KEY_CHARS = 128
_CHANGING_SYSTEM_BLOCK = "x-anthropic-billing-header"
"""Block 0 of the system prompt differs between requests of one conversation."""


class SessionSource(StrEnum):
    """Where the key of a conversation was found."""

    HEADER = "header"
    METADATA = "metadata"
    CONVERSATION_HEADER = "conversation_header"
    CONVERSATION_FIELD = "conversation_field"
    FINGERPRINT = "fingerprint"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The conversation of one request; subagents share the ``key`` of their session.

    ``key`` is empty when the request names no conversation and has nothing to tell it by.
    """

    key: str
    source: SessionSource
    agent_id: str = ""


def conversation_of(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> Conversation:
    """Identify the conversation of a request by its raw headers and its body."""
    pairs = list(headers)
    key, source = _find(pairs, body)
    return Conversation(
        key=label(key) if len(key) <= _MAX_KEY_CHARS else _digest([key]),
        source=source,
        agent_id=label(_text(pairs, b"x-claude-code-agent-id"), _MAX_KEY_CHARS),
    )


def _find(pairs: list[tuple[bytes, bytes]], body: bytes) -> tuple[str, SessionSource]:
    if key := _text(pairs, b"x-claude-code-session-id"):
        return key, SessionSource.HEADER
    if key := _from_metadata(member(body, "metadata")):
        return key, SessionSource.METADATA
    if key := _text(pairs, b"x-conversation-id"):
        return key, SessionSource.CONVERSATION_HEADER
    if key := _identifier(member(body, "conversation_id")):
        return key, SessionSource.CONVERSATION_FIELD
    if key := _fingerprint(parse(body)):
        return key, SessionSource.FINGERPRINT
    return "", SessionSource.NONE


def _text(pairs: list[tuple[bytes, bytes]], name: bytes) -> str:
    value = header(pairs, name)
    return "" if value is None else value.decode("utf-8", "replace").strip()


def _identifier(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def _from_metadata(metadata: object) -> str:
    user_id = metadata.get("user_id") if isinstance(metadata, dict) else None
    if not isinstance(user_id, str):
        return ""
    if user_id.lstrip().startswith("{"):
        fields = parse(user_id.encode("utf-8", "replace"))
        return _identifier(fields.get("session_id")) if isinstance(fields, dict) else ""
    found = _OLD_USER_ID.search(user_id)
    return "" if found is None else found[1]


def _fingerprint(request: Any) -> str:
    """Hash the texts of the system prompt and of the first user message.

    Cache marks are left out: they wander with the turns.
    """
    if not isinstance(request, dict):
        return ""
    texts = [t for t in _texts(request.get("system")) if not t.startswith(_CHANGING_SYSTEM_BLOCK)]
    messages = request.get("messages")
    for message in messages if isinstance(messages, list) else []:
        if isinstance(message, dict) and message.get("role") == "user":
            first = _texts(message.get("content"))
            return _digest([*texts, "\x00user", *first]) if first else ""
    return ""


def _texts(content: object) -> list[str]:
    if isinstance(content, str):
        return [content]
    blocks = content if isinstance(content, list) else []
    return [
        block["text"]
        for block in blocks
        if isinstance(block, dict) and isinstance(block.get("text"), str)
    ]


def _digest(texts: list[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for text in texts:
        digest.update(text.encode("utf-8", "replace") + b"\x00")
    return f"fp-{digest.hexdigest()}"
