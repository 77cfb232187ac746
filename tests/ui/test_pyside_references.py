"""PySide6 6.12.0 on Python 3.11 drops a reference to None in every C++ call that returns void.

None's count reaches zero in the end and Python aborts (`none_dealloc`). pyproject.toml therefore
keeps PySide6-Essentials below 6.12; the pin can go once this test passes on Python 3.11 with the
release in question. From 3.12 on None is immortal and its count says nothing.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal

CALLS = 1000
NOISE = 50
"""References that come and go by themselves; the fault loses one for each call."""


class Sender(QObject):
    signalled = Signal()


VOID_CALLS: dict[str, Callable[[QTimer, Sender], object]] = {
    "QTimer.setInterval": lambda timer, _: timer.setInterval(1000),
    "QTimer.start": lambda timer, _: timer.start(60_000),
    "QTimer.stop": lambda timer, _: timer.stop(),
    "QObject.setObjectName": lambda _, sender: sender.setObjectName("x"),
    "Signal.emit": lambda _, sender: sender.signalled.emit(),
}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")
@pytest.mark.parametrize("call", VOID_CALLS.values(), ids=VOID_CALLS)
def test_a_void_call_leaves_the_count_of_none_alone(
    call: Callable[[QTimer, Sender], object],
) -> None:
    timer, sender = QTimer(), Sender()
    sender.signalled.connect(lambda: None)
    call(timer, sender)
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        call(timer, sender)

    lost = before - sys.getrefcount(None)
    timer.stop()
    assert abs(lost) <= NOISE, f"{lost} references to None lost in {CALLS} calls"
