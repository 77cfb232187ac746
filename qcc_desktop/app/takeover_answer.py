"""The takeover's state as the control channel and ``--json`` tell it."""

from typing import Any

from qcc_desktop.system.claude_settings.status import TakeoverStatus


def as_answer(status: TakeoverStatus) -> dict[str, Any]:
    """Return plain values: ``wanted``, ``active``, ``files``, ``managed`` and ``notes``."""
    return {
        "wanted": status.wanted,
        "active": status.active,
        "files": [
            {
                "path": str(file.path),
                "state": str(file.state),
                "sentence": file.sentence,
                "names": list(file.names),
            }
            for file in status.files
        ],
        "managed": list(status.managed),
        "notes": list(status.notes),
    }
