"""The event loop of the tray program: asyncio's queue and timers, Qt as the waiter.

qasync 0.28 starts and kills a Qt timer per callback and keeps a cancelled time-out until it is
due; its loop is the base here and stays selectable, so that a fault of ours can be told from one
of theirs.
"""

import enum
import os
import sys
from typing import TYPE_CHECKING

from qcc_desktop.app.event_loop.qasync_import import qasync
from qcc_desktop.app.event_loop.shapes import PostedLoop

if sys.platform != "win32":
    from qcc_desktop.app.event_loop.shapes import SelectorLoop

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtWidgets import QApplication

SHAPE_VARIABLE = "QCC_DESKTOP_LOOP"
"""Environment variable that decides what `LoopShape.AUTO` means: selector, posted or stock."""


class LoopShape(enum.StrEnum):
    """How asyncio is fitted into Qt's loop."""

    AUTO = "auto"
    """`SELECTOR`, on Windows `POSTED`; the environment variable comes first."""

    SELECTOR = "selector"
    """One notifier on the selector's own descriptor, one posted event, one timer. Not on Windows."""

    POSTED = "posted"
    """qasync's sockets (on Windows its IOCP poller), one posted event, one timer."""

    STOCK = "stock"
    """qasync as it comes."""


def new_loop(
    app: "QApplication", *, shape: LoopShape = LoopShape.AUTO
) -> "asyncio.AbstractEventLoop":
    """A new loop on `app`, for `asyncio.Runner(loop_factory=…)`; it is closed by its owner.

    Raises:
        ValueError: the environment names no shape, or one that this system does not have.
    """
    if shape is LoopShape.AUTO:
        shape = LoopShape(os.environ.get(SHAPE_VARIABLE) or LoopShape.AUTO)
    if shape is LoopShape.STOCK:
        return qasync.QEventLoop(app)  # type: ignore[no-any-return]  # qasync has no types
    if sys.platform != "win32" and shape is not LoopShape.POSTED:
        return SelectorLoop(app)
    if shape is LoopShape.SELECTOR:
        raise ValueError("The loop shape 'selector' does not exist on Windows; use 'posted'.")
    return PostedLoop(app)
