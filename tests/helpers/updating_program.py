"""The real tray program, made to believe that it is an AppImage which a feed on loopback updates.

    python -m tests.helpers.updating_program VERSION [ARGS]

Its installation, key and feed come from the environment (``UPDATED_IMAGE``, ``UPDATED_KEY``,
``UPDATED_FEED``); what its update bar says is added to the file ``UPDATED_SAID``. It clicks
"Install and restart" as soon as that is there, and ends when it hears that it was updated or was
not, with its number in the pipe ``UPDATED_DONE``.
"""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import qcc_desktop
from qcc_desktop.app import cli, container
from qcc_desktop.services import updates
from qcc_desktop.services.update_install import Computer, UpdateInstall
from qcc_desktop.services.update_state import UpdateState
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.installation import Installation, InstallationKind
from qcc_desktop.system.updating.minisign import parse_key
from qcc_desktop.ui.update_banner import UpdateBanner


def _pretend(version: str) -> None:
    """Put the test's facts in the place of those of a frozen release."""
    image = Path(os.environ["UPDATED_IMAGE"])
    key = parse_key(os.environ["UPDATED_KEY"])

    def install(paths: Paths, current: str) -> UpdateInstall:
        return UpdateInstall(
            paths,
            current,
            find=lambda: Installation(InstallationKind.APPIMAGE, image),
            key=lambda: key,
            computer=lambda: Computer("Linux", "x86_64", os.environ, image.name),
        )

    vars(qcc_desktop)["__version__"] = vars(container)["__version__"] = version
    vars(container).update(
        UpdateInstall=install,
        releases_url=lambda: os.environ["UPDATED_FEED"],
        release_key=lambda: key,
    )
    vars(updates)["FIRST_S"] = 0.0


def _end() -> None:
    """Tell the test who ends here, and end."""
    Path(os.environ["UPDATED_DONE"]).write_text(str(os.getpid()))
    os.kill(os.getpid(), signal.SIGTERM)


def _act() -> None:
    """Click and end as the module says."""
    shown = UpdateBanner._show_state

    def show_state(banner: UpdateBanner, state: UpdateState) -> None:
        shown(banner, state)
        if banner.isHidden():
            return
        with Path(os.environ["UPDATED_SAID"]).open("a") as said:
            said.write(f"{banner.title.text()} | {banner.summary.text()}\n")
        if state.past is not None or state.trouble:
            QTimer.singleShot(0, _end)
        elif state.update is not None and state.step == "none":
            QTimer.singleShot(0, banner.install.click)

    UpdateBanner._show_state = show_state  # type: ignore[method-assign, assignment]  # the test's eyes


if __name__ == "__main__":
    _pretend(sys.argv[1])
    _act()
    sys.exit(cli.main(sys.argv[2:]))
