"""What a terminal is to run."""

import os
import time
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.ticket import Ticket, carried, joined, take_ticket, write_ticket
from tests.helpers.hostile import ARGUMENTS

TICKET = Ticket("/srv/项目", ARGUMENTS, "ep-1", "random", {"PATH": "/bin"})


def test_a_ticket_is_taken_once_and_word_by_word(tmp_path: Path) -> None:
    file = write_ticket(tmp_path, TICKET)

    assert take_ticket(file) == TICKET
    with pytest.raises(UserFacingError, match="over"):
        take_ticket(file)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"folder": "/"}', "\0"])
def test_what_is_no_ticket_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ticket-1.json"
    file.write_text(content)

    with pytest.raises(UserFacingError, match="over"):
        take_ticket(file)


def test_tickets_nobody_took_are_removed_a_week_later(tmp_path: Path) -> None:
    old = write_ticket(tmp_path, TICKET)
    week_ago_s = time.time() - 8 * 86_400  # noqa: TID251 - an age on the disk
    os.utime(old, (week_ago_s, week_ago_s))

    new = write_ticket(tmp_path, TICKET)

    assert list(tmp_path.iterdir()) == [new]


def test_no_secret_of_the_environment_goes_along() -> None:
    environ = {"PATH": "/bin", "ANTHROPIC_API_KEY": "k", "CLAUDE_CONFIG_DIR": "/c", "LANG": ""}

    assert carried(environ) == {"PATH": "/bin", "CLAUDE_CONFIG_DIR": "/c"}


def test_the_terminals_own_path_comes_first() -> None:
    path = os.pathsep.join
    environ = {"PATH": path(["/nvm", "/bin"]), "LANG": "C", "CLAUDE_CONFIG_DIR": "/old"}

    assert joined(environ, {"PATH": path(["/bin", "/opt"]), "CLAUDE_CONFIG_DIR": "/new"}) == {
        "PATH": path(["/nvm", "/bin", "/opt"]),
        "LANG": "C",
        "CLAUDE_CONFIG_DIR": "/new",
    }
