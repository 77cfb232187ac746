"""The command ``erase``: deletes what this program keeps about the user, keys included."""

import asyncio
import os
import shutil
from argparse import Namespace
from pathlib import Path

from qcc_desktop.app.commands.output import complain, tell
from qcc_desktop.app.single_instance import already_running
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.services.takeover import build_takeover
from qcc_desktop.storage.paths import Paths, find_paths
from qcc_desktop.storage.runtime_file import find_running
from qcc_desktop.storage.secrets import UserSecrets


def run(namespace: Namespace) -> int:
    """Delete keys first, for their names lie in the data; the uninstaller asks before.

    What Claude Code's settings held before a takeover lies there too, so they are given back.

    Raises:
        InvalidInput: nobody agreed.
        UserFacingError: a program runs, or something could not be given back or deleted.
    """
    paths = find_paths(os.environ)
    if not namespace.yes:
        raise InvalidInput(
            {"yes": f"Nothing was deleted. Add --yes to delete {paths.data_dir} and all keys."}
        )
    running = find_running(paths.runtime_file)
    if running is not None:
        raise already_running(running)
    secrets = UserSecrets(
        service=paths.keyring_service, file=paths.secrets_file, lock=paths.secrets_lock
    )
    takeover = build_takeover(paths, secrets, lambda: None, os.environ)
    for note in asyncio.run(takeover.turn_off()).notes:
        complain(note)
    for name in secrets.names():
        secrets.delete(name)
    _delete_folders(paths)
    tell("Endpoints, keys, options, history and logs are deleted.")
    return 0


def _delete_folders(paths: Paths) -> None:
    folders = (paths.cache_dir, paths.log_dir, paths.config_dir, paths.data_dir)
    for folder in folders:
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            place = error.filename or folder
            raise UserFacingError(
                f"{place} cannot be deleted: {error.strerror or error}.",
                "Close what uses it, then try again.",
            ) from error
    if paths.home is not None:
        _delete_if_empty(paths.home)


def _delete_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
