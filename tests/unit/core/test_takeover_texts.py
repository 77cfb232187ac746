"""Every state of a settings file has a sentence that can be translated."""

from pathlib import Path

import pytest

from qcc_desktop.core.known_sentences import BOOK
from qcc_desktop.system.claude_settings.status import SENTENCES, FileState, FileStatus


@pytest.mark.parametrize("has_comments", [True, False])
@pytest.mark.parametrize("state", FileState)
def test_a_state_is_said_in_known_sentences(state: FileState, has_comments: bool) -> None:
    words = (("owner", "QCC"), ("fault", "it holds no object"))
    file = FileStatus(Path("x"), state, words, has_comments=has_comments)

    assert set(SENTENCES) == set(FileState)
    assert BOOK.knows(file.sentence)
