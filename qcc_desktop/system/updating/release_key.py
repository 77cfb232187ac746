"""The key whose signatures count: ``release.pub`` among the resources, which a release brings.

A build without that file trusts nobody: it tells about new versions and installs none.
"""

import sys
from pathlib import Path

from qcc_desktop.system.updating.minisign import PublicKey, parse_key

KEY_FILE = "release.pub"
_PACKAGE = Path(__file__).resolve().parents[2]


def release_key(folders: tuple[Path, ...] | None = None) -> PublicKey | None:
    """Return the key of this build, if it has one that can be read. Blocks.

    ``folders`` are those of the resources; see `ui.assets` for the three places.
    """
    for folder in folders or _folders():
        try:
            return parse_key((folder / KEY_FILE).read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
    return None


def _folders() -> tuple[Path, ...]:
    bundle = getattr(sys, "_MEIPASS", None)
    bundled = (Path(bundle) / "resources",) if isinstance(bundle, str) else ()
    return (*bundled, _PACKAGE / "resources", _PACKAGE.parent / "resources")
