"""Installs Claude Code where there is none, before the person's eyes: in a terminal."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from qcc_desktop.services.configuration import Configuration
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.finder.install import install_words
from qcc_desktop.system.launcher.window import Window, open_window


class ClaudeInstaller:
    """Opens the window; whether it went well is seen there, and by looking for Claude Code."""

    def __init__(
        self,
        configuration: Configuration,
        paths: Paths,
        *,
        environ: Mapping[str, str] | None = None,
        home: Path | None = None,
        platform: str = sys.platform,
    ) -> None:
        self._configuration = configuration
        self._paths = paths
        self._environ = os.environ if environ is None else environ
        self._home = Path.home() if home is None else home
        self._platform = platform

    async def install(self) -> str:
        """Run the install command in a terminal of its own; return the terminal's name.

        Raises:
            UserFacingError: no terminal could be opened.
        """
        return await asyncio.to_thread(self._open)

    def _open(self) -> str:
        chosen = self._configuration.current.settings.claude_terminal
        window = Window(install_words(self._platform), self._home, chosen)
        return open_window(window, self._environ, self._home, self._paths.launch_dir)
