"""The events of one answer, built from what OpenAI's servers send piece by piece.

Blocks of the Messages API follow one another, deltas of OpenAI may interleave: the first open
block is passed on at once, what belongs to a later one waits until the first is complete.
A tool call is complete when its arguments are a whole JSON object; one that never becomes so
ends the answer with an error, except where the model ran into its limit.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from qcc_desktop.wire.translate.finish import CUT_SHORT, Finish, read_finish
from qcc_desktop.wire.translate.pieces import Piece, pieces_of
from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.think_tags import ThinkTags
from qcc_desktop.wire.translate.tools import wrap_id
from qcc_desktop.wire.translate.usage import estimated_usage, usage_in

SIGNATURE = "qcc-desktop-translated"
"""Stands where Anthropic's signature would: tells whose thinking it is, see `wire.thinking`."""
Event = dict[str, Any]


class BlockKind(Enum):
    """What a block of the answer is."""

    TEXT = "text"
    THINKING = "thinking"
    TOOL = "tool_use"


@dataclass(slots=True, eq=False)
class _Block:
    """A block that is not closed yet; ``waiting`` has not been passed on."""

    kind: BlockKind
    waiting: str = ""
    index: int = -1
    """Its place in the answer once it was begun."""
    call_id: str = ""
    name: str = ""
    arguments: str = ""
    upstream_id: str = field(default="", repr=False)

    @property
    def has_begun(self) -> bool:
        return self.index >= 0

    @property
    def is_whole_call(self) -> bool:
        return _is_object(self.arguments)

    @property
    def is_over(self) -> bool:
        """Whether nothing more belongs to it, now that another block waits."""
        return self.kind is not BlockKind.TOOL or (self.has_begun and self.is_whole_call)


class Turn:
    """One answer; ``take`` its chunks, then ``end`` it. Neither is called after `failed`."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._queue: list[_Block] = []
        self._calls: dict[object, _Block] = {}
        self._last_call: _Block | None = None
        self._ids = set(terms.taken_ids)
        self._next_index = 0
        self._has_started = False
        self._is_ended = False
        self._has_tool = False
        self._has_refused = False
        self._late_call = ""
        self._tags = ThinkTags()
        self._said_chars = 0
        self._usage: dict[str, int] | None = None
        self._finish: Finish | None = None
        self.failed = False

    @property
    def is_finished(self) -> bool:
        """True once the server said why the answer ends; only token counts may follow."""
        return self._finish is not None

    @property
    def is_ended(self) -> bool:
        """True once the answer is complete for the client."""
        return self._is_ended

    def take(self, chunk: Mapping[str, Any]) -> list[Event]:
        """Return the events that one chunk (or one whole completion) gives."""
        if self._is_ended or self.failed:
            return []
        events = self._start()
        self._usage = usage_in(chunk) or self._usage
        for piece in pieces_of(chunk):
            self._add(piece)
        events += self._pass_on()
        finish = read_finish(chunk)
        if finish is not None and self._finish is None:
            events += self._finished(finish)
        if self._usage is not None and any(self._usage.values()):
            events += self.end()
        return events

    def end(self) -> list[Event]:
        """Return the last events, none where the server never said why it ended."""
        if self._finish is None or self._is_ended or self.failed:
            return []
        self._is_ended = True
        usage = self._usage or estimated_usage(self._terms.prompt_tokens, self._said_chars)
        reason = self._finish.stop_reason(
            has_tool=self._has_tool, has_refused=self._has_refused, stops=self._terms.stops
        )
        delta = {"stop_reason": reason.name, "stop_sequence": reason.sequence}
        return [
            {"type": "message_delta", "delta": delta, "usage": usage},
            {"type": "message_stop"},
        ]

    def fail(self, message: str, error_type: str = "api_error") -> list[Event]:
        """Return the event that says that the answer is of no use."""
        self.failed = True
        return [{"type": "error", "error": {"type": error_type, "message": message}}]

    def _start(self) -> list[Event]:
        if self._has_started:
            return []
        self._has_started = True
        message: Event = {
            # Not the server's: Claude Code takes messages of one id for parts of one answer.
            "id": f"msg_{self._terms.seed}",
            "type": "message",
            "role": "assistant",
            "model": self._terms.model,
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": {"input_tokens": 0, "output_tokens": 0},
        }
        return [{"type": "message_start", "message": message}]

    # What comes in

    def _add(self, piece: Piece) -> None:
        if piece.thinking:
            self._add_text(BlockKind.THINKING, piece.thinking)
        for is_thinking, text in self._tags.feed(piece.text):
            self._add_text(BlockKind.THINKING if is_thinking else BlockKind.TEXT, text)
        self._has_refused = self._has_refused or piece.is_refusal
        if piece.call is not None:
            self._add_call(piece.call.key, piece.call.id, piece.call.name, piece.call.arguments)

    def _add_text(self, kind: BlockKind, text: str) -> None:
        self._said_chars += len(text)
        if not self._queue or self._queue[-1].kind is not kind:
            self._queue.append(_Block(kind))
        self._queue[-1].waiting += text

    def _add_call(self, key: object, call_id: str, name: str, arguments: str) -> None:
        self._said_chars += len(arguments)
        block = self._call_for(key, call_id, name)
        self._last_call = block
        block.name = block.name or name
        block.upstream_id = block.upstream_id or call_id
        block.arguments += arguments
        block.waiting += arguments
        if block not in self._queue and arguments.strip():
            # It was a whole object and has been passed on; what follows it breaks it.
            self._late_call = block.name

    def _call_for(self, key: object, call_id: str, name: str) -> _Block:
        """Return the call a delta belongs to.

        By its index; servers that leave it out name the id, or mean the last call. Gemini gives
        every call index 0 and an id of its own; old vLLM gives every delta another id.
        """
        if key is None:
            key = call_id or None
        known = self._calls.get(key) if key is not None else self._last_call
        if known is not None and not self._is_another(known, call_id, name):
            return known
        block = _Block(BlockKind.TOOL)
        self._queue.append(block)
        self._calls[key] = block
        return block

    def _is_another(self, known: _Block, call_id: str, name: str) -> bool:
        if not name or not known.name or (call_id and call_id == known.upstream_id):
            return False
        is_whole = known.is_whole_call
        return is_whole or (bool(call_id) and not known.arguments)

    # What goes out

    def _pass_on(self) -> list[Event]:
        """Pass on what the first block has, and close it where a later one may begin."""
        events: list[Event] = []
        while self._queue:
            block = self._queue[0]
            events += self._deltas(block)
            if len(self._queue) == 1 or not block.is_over:
                break
            events += self._closed(block)
        return events

    def _deltas(self, block: _Block) -> list[Event]:
        if not block.waiting and block.kind is not BlockKind.TOOL:
            return []
        if not block.has_begun:
            if not self._may_begin(block):
                return []
            return [self._begun(block), *self._rest(block)]
        return self._rest(block)

    def _may_begin(self, block: _Block) -> bool:
        """Tell whether a block has begun to say something: blanks alone are no text block."""
        return bool(block.name) if block.kind is BlockKind.TOOL else bool(block.waiting.strip())

    def _begun(self, block: _Block) -> Event:
        block.index = self._next_index
        self._next_index += 1
        return {
            "type": "content_block_start",
            "index": block.index,
            "content_block": self._opening(block),
        }

    def _opening(self, block: _Block) -> dict[str, Any]:
        match block.kind:
            case BlockKind.TEXT:
                return {"type": "text", "text": ""}
            case BlockKind.THINKING:
                return {"type": "thinking", "thinking": "", "signature": ""}
            case _:
                self._has_tool = True
                block.call_id = self._id_for(block)
                name = self._terms.names.get(block.name, block.name)
                return {"type": "tool_use", "id": block.call_id, "name": name, "input": {}}

    def _id_for(self, block: _Block) -> str:
        """Return an id that no other call of the conversation has."""
        given = block.upstream_id
        wanted = wrap_id(given) if given else f"toolu_{self._terms.seed}_{block.index}"
        unique, count = wanted, 1
        while unique in self._ids:
            count += 1
            unique = wrap_id(f"{given}_{count}") if given else f"{wanted}_{count}"
        self._ids.add(unique)
        return unique

    def _rest(self, block: _Block) -> list[Event]:
        said, block.waiting = block.waiting, ""
        if not said:
            return []
        return [_delta(block, _DELTAS[block.kind] | {_SAID[block.kind]: said})]

    def _closed(self, block: _Block) -> list[Event]:
        self._queue.remove(block)
        if not block.has_begun:
            return []
        events = [{"type": "content_block_stop", "index": block.index}]
        if block.kind is BlockKind.THINKING:
            signed = {"type": "signature_delta", "signature": SIGNATURE}
            events.insert(0, _delta(block, signed))
        return events

    def _finished(self, finish: Finish) -> list[Event]:
        if finish.error is not None:
            return self.fail(*finish.error)
        faults = (_fault(block, finish) for block in self._queue)
        if fault := _late(self._late_call) or next(filter(None, faults), None):
            return self.fail(fault)
        self._finish = finish
        for is_thinking, text in self._tags.finish():
            self._add_text(BlockKind.THINKING if is_thinking else BlockKind.TEXT, text)
        events: list[Event] = []
        for block in list(self._queue):
            events += [*self._deltas(block), *self._closed(block)]
        return events


def _delta(block: _Block, delta: dict[str, Any]) -> Event:
    return {"type": "content_block_delta", "index": block.index, "delta": delta}


_DELTAS = {
    BlockKind.TEXT: {"type": "text_delta"},
    BlockKind.THINKING: {"type": "thinking_delta"},
    BlockKind.TOOL: {"type": "input_json_delta"},
}
_SAID = {
    BlockKind.TEXT: "text",
    BlockKind.THINKING: "thinking",
    BlockKind.TOOL: "partial_json",
}


def _late(name: str) -> str | None:
    return f"The endpoint sent more arguments for {name} than make an object." if name else None


def _fault(block: _Block, finish: Finish) -> str | None:
    if block.kind is not BlockKind.TOOL:
        return None
    if not block.name:
        return "The endpoint sent a tool call without a name."
    is_cut_short = finish.said in CUT_SHORT
    if block.is_whole_call or not block.arguments.strip() or is_cut_short:
        return None
    return f"The endpoint sent arguments for {block.name} that are no JSON object."


def _is_object(text: str) -> bool:
    if not text.rstrip().endswith("}"):
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
