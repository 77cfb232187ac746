"""Starts the program: ``python -m qcc_desktop``."""

import sys

from qcc_desktop.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
