"""The text of the style sheet for two tones."""

import re

import pytest

from qcc_desktop.ui.theme.palette import Role, Tone, colour
from qcc_desktop.ui.theme.sheet import other_tone, style_sheet, within

_ACCENTS = {tone: colour(Role.ACCENT, tone) for tone in Tone}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("QLabel { color: red; }", '*[tone="dark"] QLabel { color: red; }\n'),
        (
            "/* why */ QFrame#a, QFrame#b:hover { border: 0; }",
            '*[tone="dark"] QFrame#a, *[tone="dark"] QFrame#b:hover { border: 0; }\n',
        ),
        (
            "QMenu::item:hover { border: 0; }",
            '*[tone="dark"] QMenu::item:hover, QMenu[tone="dark"]::item:hover { border: 0; }\n',
        ),
    ],
    ids=["within a window", "several selectors", "a window itself"],
)
def test_rules_are_narrowed_to_windows_of_a_tone(rule: str, expected: str) -> None:
    assert within(rule, Tone.DARK) == expected


@pytest.mark.parametrize("base", list(Tone))
def test_the_sheet_has_every_rule_in_the_colours_of_both_tones(base: Tone) -> None:
    sheet = style_sheet(_ACCENTS, base, ("app", "fusion"))

    first, second = sheet.split(f'*[tone="{other_tone(base)}"]', 1)
    assert "@" not in re.sub(r'url\(".*?"\)', "", sheet)
    assert first.count("{") == second.count("{")
    assert colour(Role.CARD, base).name() in first
    assert colour(Role.CARD, other_tone(base)).name() in second
