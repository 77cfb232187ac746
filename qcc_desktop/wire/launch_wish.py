"""What a launch of Claude Code asks of the proxy for all its requests, as headers.

``ANTHROPIC_CUSTOM_HEADERS`` ("Name: value", one a line; Claude Code docs, "Environment
variables") makes Claude Code and its subagents send them with every request. They end here: no
endpoint gets them (`wire.headers`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from qcc_desktop.core.settings import Strategy
from qcc_desktop.wire.headers import header

PREFER = "X-QCC-Prefer"
STRATEGY = "X-QCC-Strategy"


@dataclass(frozen=True, slots=True)
class LaunchWish:
    """The endpoint to prefer and the strategy to balance by; None: as everywhere else."""

    endpoint_id: str | None = None
    strategy: Strategy | None = None


def wish_of(raw: Iterable[tuple[bytes, bytes]]) -> LaunchWish:
    """Return what the headers of a request wish; what is not understood counts as no wish."""
    pairs = tuple(raw)
    endpoint_id = header(pairs, PREFER.lower().encode()) or b""
    strategy = (header(pairs, STRATEGY.lower().encode()) or b"").decode("latin-1")
    return LaunchWish(
        endpoint_id.decode("latin-1") or None,
        Strategy(strategy) if strategy in set(Strategy) else None,
    )


def with_wish(custom_headers: str, wish: LaunchWish) -> str:
    """Return the value of ``ANTHROPIC_CUSTOM_HEADERS`` with the lines of ``wish`` and no others'.

    The person's own lines stay as they are.
    """
    ours = (f"{PREFER}:".lower(), f"{STRATEGY}:".lower())
    lines = [
        line for line in custom_headers.splitlines() if not line.strip().lower().startswith(ours)
    ]
    if wish.endpoint_id:
        lines.append(f"{PREFER}: {wish.endpoint_id}")
    if wish.strategy:
        lines.append(f"{STRATEGY}: {wish.strategy}")
    return "\n".join(lines)
