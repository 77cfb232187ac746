"""Choices for single folders as they lie in the configuration file: an object by folder."""

from collections.abc import Sequence
from typing import Any

from qcc_desktop.core.config import FolderChoice
from qcc_desktop.core.settings import Strategy
from qcc_desktop.storage.endpoint_codec import Report

_FIELDS = ("endpoint", "strategy", "arguments")


def decode_folders(raw: object, report: Report) -> tuple[FolderChoice, ...]:
    """Return what can be read; the rest is reported and left out."""
    if not isinstance(raw, dict):
        report("The choices for folders are no object; none was read.")
        return ()
    found = (_decode(folder, entry, report) for folder, entry in raw.items())
    return tuple(choice for choice in found if choice is not None and not choice.is_empty)


def _decode(folder: str, entry: object, report: Report) -> FolderChoice | None:
    if not isinstance(entry, dict):
        report(f"The choice for {folder} is no object; it was left out.")
        return None
    endpoint, strategy, words = (entry.get(name) for name in _FIELDS)
    if strategy is not None and strategy not in tuple(Strategy):
        report(f"The strategy for {folder}, {strategy!r}, is not known; it was left out.")
        strategy = None
    arguments = words if isinstance(words, list) else []
    return FolderChoice(
        folder,
        endpoint if isinstance(endpoint, str) and endpoint else None,
        Strategy(strategy) if strategy is not None else None,
        tuple(word for word in arguments if isinstance(word, str)),
    )


def encode_folders(folders: Sequence[FolderChoice], stored: object) -> dict[str, Any]:
    """Return the object; unknown keys of a folder that is still chosen for stay."""
    old = stored if isinstance(stored, dict) else {}
    return {choice.folder: _encode(choice, old.get(choice.folder)) for choice in folders}


def _encode(choice: FolderChoice, stored: object) -> dict[str, Any]:
    entry = stored if isinstance(stored, dict) else {}
    encoded = {name: value for name, value in entry.items() if name not in _FIELDS}
    if choice.endpoint_id:
        encoded["endpoint"] = choice.endpoint_id
    if choice.strategy:
        encoded["strategy"] = str(choice.strategy)
    if choice.arguments:
        encoded["arguments"] = list(choice.arguments)
    return encoded
