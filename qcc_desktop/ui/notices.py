"""Messages that can be said again when the language changes while they are shown."""

from collections.abc import Callable
from dataclasses import replace

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.ui.contracts import Notice, NoticeKind
from qcc_desktop.ui.failure_words import failure_sentence


def told(make: Callable[[], Notice]) -> Notice:
    """Return what ``make`` says, with the way to say it again; it is called for each language."""
    return replace(make(), again=make)


def complaint(error: UserFacingError) -> Notice:
    """Return the message that tells of ``error``."""
    return told(
        lambda: Notice(
            failure_sentence(error.title), failure_sentence(error.hint), NoticeKind.PROBLEM
        )
    )
