"""Which Claude Code is launched."""

import asyncio
from pathlib import Path

import pytest

from qcc_desktop.core.errors import InvalidInput
from qcc_desktop.core.settings import get_option
from qcc_desktop.services.claude_installations import ClaudeInstallations
from qcc_desktop.system.finder.installation import Kind
from qcc_desktop.system.finder.search import Finder
from tests.helpers.claude_trees import NATIVE, Computer
from tests.helpers.configured import Configured


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = Computer(tmp_path / "computer", environ={"PATH": "{home}/.local/bin"}, shell="/bin/sh")
    made.add(
        {
            "~/.local/share/claude/versions/2.1.330": NATIVE,
            "~/.local/bin/claude": "-> ~/.local/share/claude/versions/2.1.330",
            "/opt/homebrew/Caskroom/claude-code/2.1.300/claude": NATIVE,
            "/opt/homebrew/bin/claude": "-> /opt/homebrew/Caskroom/claude-code/2.1.300/claude",
        }
    )
    return made


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    return Configured(tmp_path)


@pytest.fixture
def installations(computer: Computer, configured: Configured) -> ClaudeInstallations:
    return ClaudeInstallations(
        configured.configuration, finder=Finder(computer.machine()), platform="darwin"
    )


async def test_nobody_chose_so_the_first_one_is_launched(
    installations: ClaudeInstallations,
) -> None:
    before = installations.chosen()

    found = await installations.found()

    assert before is None
    assert [each.kind for each in found] == [Kind.NATIVE, Kind.HOMEBREW]
    assert installations.chosen() == found[0]


async def test_a_choice_is_kept_as_an_option_and_can_be_taken_back(
    installations: ClaudeInstallations, configured: Configured
) -> None:
    native, brew = await installations.found()

    await installations.choose(brew.path)
    chosen = installations.chosen()
    settings = configured.configuration.current.settings
    await installations.choose(None)

    assert chosen == brew
    assert get_option(settings, "claude.executable") == str(brew.path)
    assert installations.chosen() == native


async def test_a_chosen_one_that_went_away_gives_way(installations: ClaudeInstallations) -> None:
    native, brew = await installations.found()
    await installations.choose(brew.path)
    brew.path.unlink()

    await installations.found(refresh=True)

    assert installations.chosen() == native


async def test_a_program_that_was_not_found_can_be_chosen(
    installations: ClaudeInstallations, computer: Computer
) -> None:
    await installations.found()
    computer.add({"/srv/tools/claude": NATIVE})
    own = computer.place("/srv/tools/claude")

    await installations.choose(own)
    chosen = installations.chosen()
    await installations.found(refresh=True)

    assert chosen is not None
    assert (chosen.path, chosen.words) == (own, (str(own),))
    assert installations.chosen() == chosen


async def test_what_is_not_there_or_does_not_start_cannot_be_chosen(
    installations: ClaudeInstallations, computer: Computer, configured: Configured
) -> None:
    computer.add({"/srv/claude": "-> /gone"})

    with pytest.raises(InvalidInput, match="There is no program"):
        await installations.choose(computer.place("/srv/nothing"))
    with pytest.raises(InvalidInput, match="does not start"):
        await installations.choose(computer.place("/srv/claude"))

    assert configured.configuration.current.settings.claude_executable == ""


async def test_it_looks_once_until_asked_anew(
    installations: ClaudeInstallations, computer: Computer
) -> None:
    first, second = await asyncio.gather(installations.found(), installations.found())
    looked = [words for words in computer.asked if words[0] == "/bin/sh"]
    computer.place("/opt/homebrew/bin/claude").unlink()
    remembered = await installations.found()
    anew = await installations.found(refresh=True)

    assert first is second is remembered
    assert len(looked) == 2  # interactive and plain: this shell does not answer
    assert [each.kind for each in anew] == [Kind.NATIVE]


def test_the_install_command_is_that_of_this_system(installations: ClaudeInstallations) -> None:
    assert installations.install_command().startswith("curl -fsSL https://claude.ai/install.sh")
