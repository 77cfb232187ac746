"""Finds an English sentence again in the templates it may have been made from.

The inner rooms say what went wrong in plain English: in exceptions, in snapshots, in messages
between two processes, in the history. Whoever shows a sentence looks it up here and fills the
translated template with the same values. A sentence that no template fits stays as it is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from qcc_desktop.core.text import QT_TRANSLATE_NOOP

Translate = Callable[[str, str], str]
"""Context and English template in, the template in the language shown out (Qt's ``translate``)."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=\S)")
_SAID = frozenset(
    {
        *("act", "allowed", "detail", "error", "fault", "hint", "how", "kind", "problem"),
        *("reason", "said", "what", "when", "why"),
    }
)
"""Placeholders that hold words of ours or of the system; the others hold names, left alone."""
_COLON = ": "
_ONE_WORD = frozenset({"count", "failed"})
"""Placeholders that hold a number, and so nothing with a blank."""
_FULL_WIDTH_ENDS = ("。", "！", "？", "；")
_CACHED = 1024


@dataclass(frozen=True, slots=True)
class Phrase:
    """One template and the context that its translation stands in."""

    context: str
    template: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A phrase with what stands in its braces."""

    phrase: Phrase
    values: tuple[tuple[str, str], ...] = ()


PLACED = Phrase("Fault", QT_TRANSLATE_NOOP("Fault", "{place}: {said}"))
"""A sentence that is known, after what it is about."""


class Phrasebook:
    """The templates that are known, the wordiest looked at first."""

    def __init__(self, phrases: Iterable[Phrase], placed: Phrase = PLACED) -> None:
        self._placed = placed
        self._whole: dict[str, Phrase] = {}
        self._open: list[tuple[str, Phrase]] = []
        for phrase in phrases:
            if _PLACEHOLDER.search(phrase.template):
                self._open.append((_longest_words(phrase.template), phrase))
            else:
                self._whole.setdefault(phrase.template, phrase)
        self._open.sort(key=lambda entry: -len(_PLACEHOLDER.sub("", entry[1].template)))
        self._parts = lru_cache(_CACHED)(self._taken_apart)

    def translated(self, text: str, translate: Translate) -> str:
        """Return ``text``, one sentence or several, as ``translate`` has its templates."""
        said = ""
        for part in self._parts(text):
            word = part if isinstance(part, str) else self._filled(part, translate)
            said += word if not said or said.endswith(_FULL_WIDTH_ENDS) else f" {word}"
        return said

    def knows(self, text: str) -> bool:
        """Tell whether every sentence of ``text`` has a template."""
        return not any(isinstance(part, str) for part in self._parts(text))

    def _filled(self, found: Filled, translate: Translate) -> str:
        said = translate(found.phrase.context, found.phrase.template)
        values = {
            name: self.translated(value, translate) if name in _SAID else value
            for name, value in found.values
        }
        return _PLACEHOLDER.sub(lambda brace: values.get(brace[1], brace[0]), said)

    def _taken_apart(self, text: str) -> tuple[Filled | str, ...]:
        ends = [match.span() for match in _BETWEEN_SENTENCES.finditer(text)]
        ends.append((len(text), len(text)))
        parts: list[Filled | str] = []
        start, first = 0, 0
        while first < len(ends):
            runs = [(text[start : end[0]], index) for index, end in enumerate(ends)][first:]
            found, index = self._first_of(runs)
            parts.append(found)
            start, first = ends[index][1], index + 1
        return tuple(parts) if any(isinstance(part, Filled) for part in parts) else (text,)

    def _first_of(self, runs: Sequence[tuple[str, int]]) -> tuple[Filled | str, int]:
        """Return what the runs begin with: the longest that fits with one sentence a value."""
        for run, index in reversed(runs):
            found = self._find(run)
            if found is not None and not any(
                _BETWEEN_SENTENCES.search(value) for _, value in found.values
            ):
                return found, index
        for run, index in runs:
            found = self._find(run)
            if found is not None:
                return found, index
        return runs[0]

    def _find(self, text: str) -> Filled | None:
        if text in self._whole:
            return Filled(self._whole[text])
        for words, phrase in self._open:
            if words in text and (found := _pattern(phrase.template).fullmatch(text)):
                return Filled(phrase, tuple(found.groupdict().items()))
        place, colon, said = text.partition(_COLON)
        if colon and self._find(said) is not None:
            return Filled(self._placed, (("place", place), ("said", said)))
        return None


def _longest_words(template: str) -> str:
    """Return the longest part between the braces: a quick look before the pattern's."""
    return max(_PLACEHOLDER.split(template)[::2], key=len)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Compiled when first needed: all of them would take 8 ms of a start."""
    written = ""
    for index, part in enumerate(_PLACEHOLDER.split(template)):
        if index % 2 == 0:
            written += re.escape(part)
        else:
            value = r"\S+" if part in _ONE_WORD else ".+?"
            written += f"(?P={part})" if f"(?P<{part}>" in written else f"(?P<{part}>{value})"
    return re.compile(written, re.DOTALL)
