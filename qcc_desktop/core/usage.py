"""Token counts of one answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one request, split the way the Messages API bills them.

    ``input_tokens`` are the full-price ones only: what was read from or written to the prompt
    cache is counted apart (Anthropic's ``usage`` object).
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cache_read: int = 0
    cache_creation: int = 0

    @property
    def total(self) -> int:
        """All tokens, whatever their price."""
        return self.input_tokens + self.output_tokens + self.cache_read + self.cache_creation

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cache_read + other.cache_read,
            self.cache_creation + other.cache_creation,
        )

    def updated(self, later: "Usage") -> "Usage":
        """Merge a later report about the same answer.

        The counts of a stream are cumulative, and relays send zeros in one of the two places
        that report them; so the larger figure is the true one.
        """
        return Usage(
            max(self.input_tokens, later.input_tokens),
            max(self.output_tokens, later.output_tokens),
            max(self.cache_read, later.cache_read),
            max(self.cache_creation, later.cache_creation),
        )
