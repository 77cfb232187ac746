"""The window says of a settings file what the command line says."""

from pathlib import Path

import pytest

from qcc_desktop.system.claude_settings import status
from qcc_desktop.system.claude_settings.status import FileState, FileStatus
from qcc_desktop.ui import takeover_words


def test_every_state_has_its_sentence() -> None:
    assert takeover_words.SENTENCES == status.SENTENCES
    assert set(takeover_words.SENTENCES) == set(FileState)
    assert takeover_words.COMMENTS == status.COMMENTS


@pytest.mark.parametrize("has_comments", [True, False])
def test_the_words_of_the_file_are_filled_in(has_comments: bool) -> None:
    file = FileStatus(
        Path("x"), FileState.PLACEHOLDER, (("owner", "QCC"),), has_comments=has_comments
    )

    assert takeover_words.file_sentence(file) == file.sentence
    assert "QCC" in file.sentence
