"""The command ``logs``."""

import os
import time
from argparse import Namespace
from pathlib import Path

from qcc_desktop.app.commands.output import complain, say
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.storage.log_tail import LogFollower, last_lines
from qcc_desktop.storage.paths import find_paths

_LOOK_S = 0.2


def run(namespace: Namespace) -> int:
    """Print the end of the log, and what is added to it until Ctrl-C if asked to follow."""
    if namespace.lines < 0:
        raise InvalidInput({"lines": "--lines must not be negative."})
    file = find_paths(os.environ).log_file
    follower = LogFollower(file)
    lines = last_lines(file, namespace.lines)
    for line in lines:
        say(line)
    if not namespace.follow:
        _tell_absence(file)
        return 0
    return _follow(follower)


def _tell_absence(file: Path) -> None:
    """Say so if there is no log.

    Raises:
        UserFacingError: there may be one, but it cannot be looked at.
    """
    try:
        file.stat()
    except FileNotFoundError:
        complain(f"There is no log yet; it will be {file}.")
    except OSError as error:
        raise UserFacingError(
            f"{file} cannot be read: {error.strerror or error}.", "Make the file readable for you."
        ) from error


def _follow(follower: LogFollower) -> int:
    try:
        while True:
            for line in follower.new_lines():
                say(line)
            time.sleep(_LOOK_S)
    except KeyboardInterrupt:
        return 0
