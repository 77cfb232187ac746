"""Brings to the disk what must be there before the next step."""

import os
import sys
from pathlib import Path


def sync_file(file: Path) -> None:
    """Have a file's content on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where folders can be synced (not on Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all() -> None:
    """Have everything on the disk: cheaper than thousands of files one by one."""
    if sys.platform != "win32":
        os.sync()
