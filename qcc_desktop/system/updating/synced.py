"""Brings to the disk what must be there before the next step."""

import os
import sys
from pathlib import Path


def sync_file(file: Path) -> None:
    """Have a file's content on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def sync_all() -> None:
    """Have everything on the disk: cheaper than thousands of files one by one."""
    if sys.platform != "win32":
        os.sync()
