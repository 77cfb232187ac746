"""The headers of a launch."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.core.endpoint import AuthStyle
from qcc_desktop.core.settings import Strategy
from qcc_desktop.wire.headers import upstream_headers
from qcc_desktop.wire.launch_wish import LaunchWish, wish_of, with_wish

WISHES = [
    LaunchWish(),
    LaunchWish("ep-1"),
    LaunchWish(strategy=Strategy.FASTEST),
    LaunchWish("ep-1", Strategy.ROUND_ROBIN),
]


def _sent(lines: str) -> list[tuple[bytes, bytes]]:
    """Return the headers as Claude Code sends them."""
    pairs = (line.partition(":") for line in lines.splitlines() if line.strip())
    return [(name.strip().encode(), value.strip().encode()) for name, _, value in pairs]


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("own", ["", "X-Team: blue", "X-Team: blue\nx-qcc-prefer: old"])
def test_a_wish_arrives_beside_the_persons_own_headers(wish: LaunchWish, own: str) -> None:
    sent = _sent(with_wish(own, wish))

    assert wish_of(sent) == wish
    assert ((b"X-Team", b"blue") in sent) == bool(own)


@pytest.mark.parametrize("strategy", [b"", b"nonsense", b"\xff"])
def test_a_strategy_nobody_knows_is_no_wish(strategy: bytes) -> None:
    assert wish_of([(b"x-qcc-strategy", strategy)]) == LaunchWish()


def test_no_endpoint_gets_a_wish() -> None:
    sent = _sent(with_wish("X-Team: blue", WISHES[-1]))

    kept = upstream_headers(sent, AuthStyle.BEARER, "")

    assert kept == [(b"X-Team", b"blue"), (b"accept-encoding", b"identity")]


@given(st.text(alphabet="X-Qcc: abc\n", max_size=60))
def test_twice_is_once(own: str) -> None:
    wish = LaunchWish("ep-1")

    once = with_wish(own, wish)

    assert with_wish(once, wish) == once
