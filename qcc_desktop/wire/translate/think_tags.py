"""Finds thinking that a model writes into its answer, between ``<think>`` and ``</think>``.

Servers that do not tell it apart (llama.cpp, vLLM and LM Studio without a reasoning parser) send
it as text. Only what an answer begins with counts: later the tags are words like others.
"""

from enum import Enum

_OPENING = "<think>"
_CLOSING = "</think>"
Part = tuple[bool, str]
"""Whether it is thinking, and what was said."""


class _Place(Enum):
    BEGIN = "begin"
    WITHIN = "within"
    CLOSED = "closed"
    """Right behind the closing tag: blanks there belong to the tag."""
    BEHIND = "behind"


class ThinkTags:
    """Splits the text of one answer, fed as it comes; holds back no more than half a tag."""

    def __init__(self) -> None:
        self._place = _Place.BEGIN
        self._held = ""

    def feed(self, text: str) -> list[Part]:
        """Take the next text and return what of it is settled."""
        if self._place is _Place.BEHIND:
            return _part(text, is_thinking=False)
        self._held += text
        match self._place:
            case _Place.BEGIN:
                return self._begin()
            case _Place.WITHIN:
                return self._within()
            case _:
                return self._closed()

    def finish(self) -> list[Part]:
        """Return what was held back in case it were a tag."""
        held, self._held = self._held, ""
        return [(self._place is _Place.WITHIN, held)] if held else []

    def _begin(self) -> list[Part]:
        said = self._held.lstrip()
        if said.startswith(_OPENING):
            self._place = _Place.WITHIN
            self._held = said.removeprefix(_OPENING)
            return self._within()
        if _OPENING.startswith(said):
            return []
        return self._rest(self._held)

    def _within(self) -> list[Part]:
        thought, closing, answer = self._held.partition(_CLOSING)
        if closing:
            self._place, self._held = _Place.CLOSED, answer
            return [*_part(thought, is_thinking=True), *self._closed()]
        kept = _half_a_tag(thought)
        self._held = thought[len(thought) - kept :]
        return _part(thought[: len(thought) - kept], is_thinking=True)

    def _closed(self) -> list[Part]:
        self._held = self._held.lstrip()
        return self._rest(self._held) if self._held else []

    def _rest(self, text: str) -> list[Part]:
        self._place, self._held = _Place.BEHIND, ""
        return _part(text, is_thinking=False)


def _part(text: str, *, is_thinking: bool) -> list[Part]:
    return [(is_thinking, text)] if text else []


def _half_a_tag(text: str) -> int:
    """Return how many characters at the end may be the begin of the closing tag."""
    longest = min(len(text), len(_CLOSING) - 1)
    return next((n for n in range(longest, 0, -1) if text.endswith(_CLOSING[:n])), 0)
