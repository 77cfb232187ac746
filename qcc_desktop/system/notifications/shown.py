"""The messages that a notification service took, and what a click on each of them means."""

from collections import OrderedDict
from dataclasses import dataclass, field

_REMEMBERED = 64
"""Messages whose click is still understood; a desktop's list may keep them for days."""


@dataclass(slots=True)
class Shown:
    """What one run of the service was given: its numbers start anew with every run."""

    server: str = ""
    """Its unique name on the bus."""
    capabilities: frozenset[str] | None = None
    """None: not asked yet."""
    _numbers: dict[str, int] = field(default_factory=dict)
    _keys: OrderedDict[int, str] = field(default_factory=OrderedDict)
    _tokens: dict[int, str] = field(default_factory=dict)

    def take(self, number: int, key: str) -> None:
        """Remember that the message ``number`` is shown for ``key``."""
        self._numbers[key] = number
        self._keys[number] = key
        self._keys.move_to_end(number)
        while len(self._keys) > _REMEMBERED:
            old, its_key = self._keys.popitem(last=False)
            self._tokens.pop(old, None)
            if self._numbers.get(its_key) == old:
                del self._numbers[its_key]

    def number_of(self, key: str) -> int:
        """Return the message to replace; 0 when none is shown for ``key``."""
        return self._numbers.get(key, 0)

    def numbers(self) -> tuple[int, ...]:
        """Return all messages that were not closed."""
        return tuple(self._numbers.values())

    def note_token(self, number: int, token: str) -> None:
        """Remember what lets a window come forward; it comes before the click."""
        if number in self._keys:
            self._tokens[number] = token

    def click(self, number: int) -> tuple[str, str] | None:
        """Return key and token of the message, None when it is not ours."""
        key = self._keys.get(number)
        return None if key is None else (key, self._tokens.pop(number, ""))

    def close(self, number: int) -> None:
        """Note that it is shown no more; some services say so before they tell of the click."""
        key = self._keys.get(number)
        if key is not None and self._numbers.get(key) == number:
            del self._numbers[key]
