"""What every way of installing can do; `services.update_steps` calls it in this order.

`stage` puts the new version beside the old one, its self-test is run there, `switch` makes it the
one that starts, its self-test is run again, and `put_back` undoes the switch if that fails. After
a kill between any two system calls the old or the new version is whole and in its place; `tidy`
takes away what such a kill leaves behind.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Installer(Protocol):
    """One way; every method blocks and raises OSError or UserFacingError."""

    def stage(self, asset: Path, version: str) -> Sequence[str]:
        """Put the verified file's version beside this one; return the words that start it."""
        ...

    def switch(self) -> Sequence[str]:
        """Make what was staged the version that starts; return the words that start it."""
        ...

    def put_back(self) -> Sequence[str]:
        """Undo `switch`; return the words that start the former version."""
        ...

    def tidy(self) -> None:
        """Take away what is not in use; no error when there is nothing."""
        ...
