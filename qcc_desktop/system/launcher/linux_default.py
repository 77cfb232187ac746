"""Which terminal the person uses on this Linux desktop, from where each desktop keeps it."""

import configparser
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

_GSETTINGS = {
    "x-cinnamon": "org.cinnamon.desktop.default-applications.terminal",
    "mate": "org.mate.applications-terminal",
    "gnome": "org.gnome.desktop.default-applications.terminal",
    "unity": "org.gnome.desktop.default-applications.terminal",
}
"""Desktops (XDG_CURRENT_DESKTOP) that keep it in GSettings under the key ``exec``."""
_ANSWER_S = 2.0


def preferred_terminals(environ: Mapping[str, str], home: Path) -> tuple[str, ...]:
    """Return the person's terminals as the option would hold them, best first. Blocks.

    ``$TERMINAL`` is a word of the person, the rest is what their desktop is set to.
    """
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    desktops = environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    found = [environ.get("TERMINAL", "")]
    if "kde" in desktops:
        found.append(_kde(config / "kdeglobals"))
    if "xfce" in desktops:
        found.append(_xfce(config / "xfce4" / "helpers.rc"))
    found += [_gsettings(_GSETTINGS[name], environ) for name in desktops if name in _GSETTINGS]
    return tuple(text for text in found if text.strip())


def _kde(file: Path) -> str:
    parser = configparser.RawConfigParser(strict=False, comment_prefixes=("#",))
    try:
        parser.read_string(file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, configparser.Error):
        return ""
    return parser.get("General", "TerminalApplication", fallback="")


def _xfce(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    values = [line.partition("=")[2] for line in lines if line.startswith("TerminalEmulator=")]
    return values[-1].strip() if values else ""


def _gsettings(schema: str, environ: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no word from outside
            ["gsettings", "get", schema, "exec"],  # noqa: S607 - found as the desktop finds it
            env=dict(environ),
            capture_output=True,
            text=True,
            timeout=_ANSWER_S,
            check=False,
        )
        words = shlex.split(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return words[0] if done.returncode == 0 and words else ""
