"""Terminal.app."""

from qcc_desktop.system.launcher.macos import terminal_command


def test_the_command_is_one_argument_quoted_for_the_shell_alone() -> None:
    words = terminal_command('/Users/a/my "app"', ("qcc-desktop", "launch", "it's"))

    assert words[0] == "osascript"
    assert words[-1] == """cd '/Users/a/my "app"' && qcc-desktop launch 'it'"'"'s'"""
    assert words[1:-1:2] == ("-e",) * (len(words[1:-1]) // 2)
