"""A sleep is noticed from gaps between the clocks."""

import pytest

from qcc_desktop.app.wake import LOOK_S, WakeWatch


class TwoClocks:
    """Clocks that are set by hand."""

    def __init__(self) -> None:
        self.monotonic = 100.0
        self.wall = 1_000_000.0

    def now_s(self) -> float:
        return self.monotonic

    def wall_s(self) -> float:
        return self.wall


@pytest.mark.parametrize(
    ("monotonic_s", "wall_s", "slept"),
    [
        (LOOK_S, LOOK_S, False),
        (LOOK_S, LOOK_S + 3600, True),
        (LOOK_S + 3600, LOOK_S + 3600, True),
        (LOOK_S, LOOK_S + 5, False),
        (LOOK_S, LOOK_S - 3600, False),
        (LOOK_S + 8, LOOK_S + 8, False),
    ],
    ids=["awake", "slept", "slept, clock went on", "clock corrected", "clock set back", "busy"],
)
def test_only_a_sleep_is_one(monotonic_s: float, wall_s: float, *, slept: bool) -> None:
    clocks, woken = TwoClocks(), []
    watch = WakeWatch(clocks, lambda: woken.append(True))
    clocks.monotonic += monotonic_s
    clocks.wall += wall_s

    watch.look()
    watch.look()

    assert len(woken) == int(slept)
