"""Where Claude Code keeps a folder's sessions, and whether there is one to go on with."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

_LONGEST = 200
_OTHER = re.compile(r"[^a-zA-Z0-9]")


def has_session(environ: Mapping[str, str], home: Path, folder: Path) -> bool:
    """Tell whether ``claude --continue`` finds a session in ``folder``. Blocks.

    Without one it says "No conversation found to continue" and ends with 1 (2.1.330, measured).
    """
    own = Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude") / "projects"
    name = project_name(os.path.realpath(folder))
    try:
        places = [own / name] if len(name) <= _LONGEST else [*own.glob(f"{name[:_LONGEST]}-*")]
        return any(file.stat().st_size for place in places for file in place.glob("*.jsonl"))
    except OSError:
        return False


def project_name(folder: str) -> str:
    """Return the name of the folder's own place, before it is cut and hashed when long.

    As 2.1.330 does: every UTF-16 unit that is no ASCII letter or digit becomes a dash.
    """
    return _OTHER.sub(lambda found: "-" * (1 + (found[0] > "\uffff")), folder)
