"""What is said about the Claude Code that was found."""

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.system.doctor.claude_code import FoundClaude, check_claude_code


def test_none_is_a_problem_with_the_command_that_installs_it() -> None:
    (finding,) = check_claude_code(())

    assert finding.verdict is Verdict.PROBLEM
    assert "npm install -g @anthropic-ai/claude-code" in finding.remedy.plain()


def test_version_and_place_are_told() -> None:
    (finding,) = check_claude_code((FoundClaude("/bin/claude", "2.1.3"),))

    assert finding.detail.plain() == "Version 2.1.3 at /bin/claude."


def test_the_first_of_several_is_the_one_launched() -> None:
    installed = (FoundClaude("/a/claude", "2.1.3"), FoundClaude("/b/claude", "1.0.9"))

    (finding,) = check_claude_code(installed)

    assert "2.1.3 at /a/claude is launched. Also there: /b/claude 1.0.9" in finding.detail.plain()


def test_one_that_tells_no_version_is_a_problem() -> None:
    (finding,) = check_claude_code((FoundClaude("/bin/claude", words=("node", "cli.js")),))

    assert finding.verdict is Verdict.PROBLEM
    assert "node cli.js --version" in finding.remedy.plain()


def test_one_that_cannot_start_says_why() -> None:
    (finding,) = check_claude_code((FoundClaude("/bin/claude", problem="It needs Node.js."),))

    assert finding.verdict is Verdict.PROBLEM
    assert finding.detail.plain().endswith("It needs Node.js.")
