"""The errors this program raises itself.

    Exception
    ├── UserFacingError     the person can act: one sentence and a remedy
    │   ├── InvalidInput    faults of a form, a command line or a file, field by field
    │   ├── NotRunning      no proxy runs where one is needed (exit code 3)
    │   └── NewerFormat     a file of a newer version of this program
    └── BugError            we broke our own rule and cannot go on

What an upstream does is not an exception but a value: `core.failure.Failure`.
"""

from collections.abc import Mapping


class UserFacingError(Exception):
    """Something a person can put right; ``str()`` is one sentence with its remedy."""

    exit_code = 1

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(f"{title} {hint}".strip())
        self.title = title
        self.hint = hint


class InvalidInput(UserFacingError):  # noqa: N818 - says what is the case, like StopIteration
    """Faults of one input, all of them together.

    ``faults`` maps a field's name (``"base_url"``) to a sentence about it.
    """

    exit_code = 2

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


class NotRunning(UserFacingError):  # noqa: N818 - says what is the case, like StopIteration
    """A running proxy is needed and there is none."""

    exit_code = 3


class NewerFormat(UserFacingError):  # noqa: N818 - says what is the case, like StopIteration
    """A stored file comes from a newer version; it is left untouched."""


class BugError(Exception):
    """A broken invariant of ours: report it, do not hide it."""
