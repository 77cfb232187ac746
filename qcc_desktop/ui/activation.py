"""Lets a window come forward because the person clicked somewhere else, under Wayland.

A Wayland compositor lets a window take the focus only with a token of the click that led there
(wayland-protocols, xdg-activation-v1). Qt takes it from the environment when a window is
activated (qtwayland 6.5, `QWaylandXdgSurface::requestActivate`).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QGuiApplication

_VARIABLE = "XDG_ACTIVATION_TOKEN"


@contextmanager
def activated_by(token: str) -> Iterator[None]:
    """Have windows that are activated in the block use ``token``; empty: as ever."""
    if not token or not QGuiApplication.platformName().startswith("wayland"):
        yield
        return
    # Past `os.environ`, so that no program started later inherits a used token.
    os.putenv(_VARIABLE, token)
    try:
        yield
    finally:
        os.unsetenv(_VARIABLE)
