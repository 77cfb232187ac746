"""What a message on the desktop consists of."""

from dataclasses import dataclass
from enum import StrEnum


class Urgency(StrEnum):
    """How much of the person's attention a message asks for.

    Nothing here is critical: desktops keep such a message until it is dismissed, and show it
    although the person asked not to be disturbed; an endpoint may be back by then.
    """

    LOW = "low"
    """Some desktops only list it."""
    NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Picture:
    """An icon as rows of pixels, four bytes each: red, green, blue, opacity (not multiplied)."""

    width_px: int
    height_px: int
    rgba: bytes


@dataclass(frozen=True, slots=True)
class DesktopMessage:
    """One message; it takes the place of the one with the same ``key`` that is still shown.

    A click on it is told with its ``key``. ``action_label`` names what a click does, for
    desktops that show a button; ``lasting_s`` is None where the desktop decides.
    """

    title: str
    body: str
    key: str
    urgency: Urgency = Urgency.NORMAL
    action_label: str = ""
    lasting_s: float | None = None
    picture: Picture | None = None
