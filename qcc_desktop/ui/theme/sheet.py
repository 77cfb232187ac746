"""The text of the style sheet: once for the tone in which the program began, once for the other.

Qt looks a style sheet up per widget and keeps what it found. A new sheet has it forget everything
and look each widget up once more for every ancestor of it: nine times on average in our window,
half a second with all pages made. So the sheet stays, a window's property ``tone`` says which half
counts, and `Dressing` has each widget look once.

The second half is the whole sheet again, for what is within a window of that tone. Every selector
in it is one attribute stronger than its twin, so among themselves they win and lose as before.
"""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtGui import QColor

from qcc_desktop.ui import assets
from qcc_desktop.ui.theme.measures import TextSize, font
from qcc_desktop.ui.theme.palette import Role, Tone, colour, readable_on

TONE = "tone"
"""The property of a window that says which half counts for it."""

_WINDOWS = ("QMainWindow", "QMenu")
"""What our rules are about that is a window itself, not only within one."""


def other_tone(tone: Tone) -> Tone:
    """Return dark for light and light for dark."""
    return Tone.LIGHT if tone is Tone.DARK else Tone.DARK


def style_sheet(accents: Mapping[Tone, QColor], base: Tone, names: Sequence[str]) -> str:
    """Return the style sheets called ``names``, the roles filled in.

    The colours of ``base`` are for windows that say nothing.
    """
    text = "".join(assets.theme_text(name) for name in names)
    other = other_tone(base)
    return _filled(text, base, accents[base]) + _filled(within(text, other), other, accents[other])


def within(text: str, tone: Tone) -> str:
    """Return the rules of ``text`` for windows of ``tone`` and what is in them."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", bare)
    return "".join(f"{_selectors_within(those, tone)} {{{body}}}\n" for those, body in rules)


def _selectors_within(selectors: str, tone: Tone) -> str:
    mark = f'[{TONE}="{tone}"]'
    found: list[str] = []
    for selector in (each.strip() for each in selectors.split(",")):
        found.append(f"*{mark} {selector}")
        found += [
            selector.replace(window, f"{window}{mark}", 1)
            for window in _WINDOWS
            if re.match(rf"{window}\b", selector)
        ]
    return ", ".join(found)


def _filled(text: str, tone: Tone, accent: QColor) -> str:
    values = {role.value: colour(role, tone).name() for role in Role}
    values |= {
        "accent": accent.name(),
        "accent-hover": _shifted(accent, 106),
        "accent-pressed": _shifted(accent, 114),
        "link": accent.name(),
        "on-accent": readable_on(accent).name(),
        "arrow": assets.icon_path(f"arrow-{tone.value}").as_posix(),
        "arrow-up": assets.icon_path(f"arrow-up-{tone.value}").as_posix(),
        "done": assets.icon_path(f"done-{tone.value}").as_posix(),
        "small": f"{font(TextSize.SMALL).pixelSize()}px",
    }
    return re.sub(r"@([a-z-]+)", lambda found: values[found[1]], text)


def _shifted(value: QColor, percent: int) -> str:
    return value.darker(percent).name()
