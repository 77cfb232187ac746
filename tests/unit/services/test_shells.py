"""Assignments in the words of each shell."""

import pytest

from qcc_desktop.services.shells import Shell, shell_lines


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        (Shell.SH, "export A='it'\"'\"'s $HOME `x`'\n"),
        (Shell.FISH, "set -gx A 'it\\'s $HOME `x`'\n"),
        (Shell.POWERSHELL, "$env:A = 'it''s $HOME `x`'\n"),
        (Shell.CMD, 'set "A=it\'s $HOME `x`"\n'),
    ],
)
def test_nothing_in_a_value_is_expanded_by_the_shell(shell: Shell, line: str) -> None:
    assert shell_lines(shell, {"A": "it's $HOME `x`"}) == line


def test_a_backslash_survives_fish_and_a_percent_survives_cmd() -> None:
    assert shell_lines(Shell.FISH, {"A": "a\\b"}) == "set -gx A 'a\\\\b'\n"
    assert shell_lines(Shell.CMD, {"A": "50%"}) == 'set "A=50%%"\n'


def test_every_variable_has_its_line() -> None:
    assert shell_lines(Shell.SH, {"A": "1", "B": "2"}) == "export A=1\nexport B=2\n"
