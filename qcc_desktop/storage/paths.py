"""Where files lie: platformdirs decides, or everything is below ``QCC_DESKTOP_HOME``."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

from qcc_desktop.core.errors import InvalidInput

HOME_VARIABLE = "QCC_DESKTOP_HOME"
_APP = "qcc-desktop"


@dataclass(frozen=True, slots=True)
class Paths:
    """The directories of one home, and the files in them; nothing is created by naming them."""

    config_dir: Path
    data_dir: Path
    cache_dir: Path
    log_dir: Path
    home: Path | None = None
    """The directory of ``QCC_DESKTOP_HOME``; None where the system's places are used."""

    @property
    def config_file(self) -> Path:
        """Endpoints and options, without secrets."""
        return self.config_dir / "config.json"

    @property
    def config_lock(self) -> Path:
        """Held by whichever process changes `config_file`."""
        return self.data_dir / "config.lock"

    @property
    def secrets_file(self) -> Path:
        """The secrets where no keychain is usable, and the names of those that lie in one."""
        return self.data_dir / "secrets.json"

    @property
    def secrets_lock(self) -> Path:
        """Held by whichever process changes `secrets_file`."""
        return self.data_dir / "secrets.lock"

    @property
    def runtime_file(self) -> Path:
        """How the running program is reached; there only while it runs."""
        return self.data_dir / "runtime.json"

    @property
    def instance_lock(self) -> Path:
        """Held by the running program for as long as it lives."""
        return self.data_dir / "instance.lock"

    @property
    def history_file(self) -> Path:
        """What was used, and where sessions are bound."""
        return self.data_dir / "history.sqlite3"

    @property
    def launch_dir(self) -> Path:
        """Private settings files of single launches of Claude Code."""
        return self.data_dir / "launch"

    @property
    def log_file(self) -> Path:
        """The log that is written now; older ones end in ``.1`` to ``.5``."""
        return self.log_dir / f"{_APP}.log"

    @property
    def keyring_service(self) -> str:
        """The name under which this home's secrets lie in the keychain; each home has its own."""
        if self.home is None:
            return _APP
        return f"{_APP}-{hashlib.sha256(bytes(self.home)).hexdigest()[:12]}"


def find_paths(environ: Mapping[str, str]) -> Paths:
    """Return the places for this user, or below ``QCC_DESKTOP_HOME`` where that is set."""
    if directory := environ.get(HOME_VARIABLE, "").strip():
        return paths_below(Path(directory))
    dirs = PlatformDirs(_APP, appauthor=False)
    return Paths(
        config_dir=dirs.user_config_path,
        data_dir=dirs.user_data_path,
        cache_dir=dirs.user_cache_path,
        log_dir=dirs.user_log_path,
    )


def paths_below(directory: Path) -> Paths:
    """Return the places with everything below ``directory``.

    Raises:
        InvalidInput: it begins with a user who is not known, or is a link to itself.
    """
    try:
        home = directory.expanduser().resolve()
    except RuntimeError as error:
        sentence = f"{directory} names no folder. Give its whole path."
        raise InvalidInput({"directory": sentence}) from error
    return Paths(
        config_dir=home / "config",
        data_dir=home / "data",
        cache_dir=home / "cache",
        log_dir=home / "logs",
        home=home,
    )
