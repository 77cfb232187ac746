"""Why an answer of OpenAI's API ended, in the words of the Messages API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from qcc_desktop.wire.translate.pieces import choice_of

CUT_SHORT: Final = frozenset({"length", "max_tokens", "model_length", "max_output_tokens"})
"""The model ran into its limit; ``model_length`` is Mistral's."""
_REFUSED: Final = frozenset({"content_filter", "sensitive", "safety", "recitation", "refusal"})
"""``sensitive`` is Zhipu's."""
_BROKEN: Final[Mapping[str, tuple[str, str]]] = {
    "insufficient_system_resource": (
        "The endpoint ran out of resources within its answer.",
        "overloaded_error",
    ),
    **dict.fromkeys(
        ("error", "network_error", "abort", "cancelled", "canceled", "timeout"),
        ("The endpoint broke its answer off.", "api_error"),
    ),
}
"""Not reasons but failures: DeepSeek ("insufficient_system_resource"), OpenRouter ("error"),
Zhipu ("network_error"), vLLM ("abort")."""


@dataclass(frozen=True, slots=True)
class StopReason:
    """A reason of the Messages API and the stop sequence that was met, if one was."""

    name: str
    sequence: str | None = None


@dataclass(frozen=True, slots=True)
class Finish:
    """What the server gave as reason; ``matched`` is the stop sequence that vLLM names."""

    said: str
    matched: str | None = None

    @property
    def error(self) -> tuple[str, str] | None:
        """A sentence and a type of error where the reason is a failure."""
        return _BROKEN.get(self.said)

    def stop_reason(self, *, has_tool: bool, has_refused: bool, stops: Sequence[str]) -> StopReason:
        """Return the reason Claude Code is told; tool calls count more than the word for them.

        Ollama and others end tool calls with ``stop``; words nobody documents mean an end too.
        """
        if self.said in CUT_SHORT:
            return StopReason("max_tokens")
        if self.said in _REFUSED:
            return StopReason("refusal")
        if has_tool:
            return StopReason("tool_use")
        if has_refused:
            return StopReason("refusal")
        if self.matched in stops:
            return StopReason("stop_sequence", self.matched)
        return StopReason("end_turn")


def read_finish(chunk: Mapping[str, Any]) -> Finish | None:
    """Return why the answer ends, None while it goes on."""
    choice = choice_of(chunk)
    said = choice.get("finish_reason")
    if not isinstance(said, str) or not said:
        return None
    matched = choice.get("stop_reason")
    return Finish(said.lower(), matched if isinstance(matched, str) else None)
