"""Which version it is, from files where these say it, else from the program itself."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from qcc_desktop.system.finder.files import text
from qcc_desktop.system.finder.machine import Machine

PACKAGE = "@anthropic-ai/claude-code"
_NUMBER = re.compile(r"\d+\.\d+\.\d+[\w.+-]*")
_TIMEOUT_S = 15.0
"""A cold start of the 380 MB program from a slow disk, with a virus scanner."""


def written_version(target: Path) -> str:
    """Return what the files around the program say, empty when they say nothing. Reads files."""
    if folder := package_folder(target):
        return _field(folder / "package.json", "version")
    return _version_in_path(target) or _manifest_version(target)


def package_folder(target: Path) -> Path | None:
    """Return the folder of Claude Code's npm package that the program is in."""
    for folder in target.parents[:4]:
        if _field(folder / "package.json", "name") == PACKAGE:
            return folder
    return None


def asked_version(machine: Machine, words: Sequence[str]) -> str:
    """Return what ``claude --version`` says: ``2.1.330 (Claude Code)``. Blocks up to 15 s."""
    environ = {**machine.environ, "DISABLE_AUTOUPDATER": "1"}
    output = machine.run((*words, "--version"), environ, _TIMEOUT_S)
    found = _NUMBER.search((output or b"").decode("utf-8", errors="replace"))
    return found[0] if found else ""


def version_key(version: str) -> tuple[int, ...]:
    """Return what sorts versions by age; an unknown one is the oldest."""
    return tuple(int(number) for number in re.findall(r"\d+", version)[:4])


def _version_in_path(target: Path) -> str:
    """Return the version that a folder or the file is named after, below one named ``claude``.

    ``claude/versions/2.1.330``, ``Caskroom/claude-code/2.1.330/claude``,
    ``/nix/store/<hash>-claude-code-2.1.330/bin/claude``.
    """
    parts = target.parts
    for part in reversed(parts):
        if found := re.search(r"-claude-code-(\d+\.\d+\.\d+)", part):
            return found[1]
    for index in range(len(parts) - 1, 0, -1):
        if _NUMBER.fullmatch(parts[index]):
            above = "/".join(parts[max(0, index - 2) : index]).lower()
            return parts[index] if "claude" in above else ""
    return ""


def _manifest_version(target: Path) -> str:
    """Return the version in Scoop's ``manifest.json`` or Chocolatey's ``claude-code.nuspec``."""
    if found := _field(target.parent / "manifest.json", "version"):
        return found
    for name in ("claude-code.nuspec", "claude.nuspec"):
        if found_tag := re.search(r"<version>([^<]+)</version>", text(target.parents[1] / name)):
            return found_tag[1].strip()
    return ""


def _field(file: Path, name: str) -> str:
    try:
        data = json.loads(text(file) or "null")
    except ValueError:
        return ""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""
