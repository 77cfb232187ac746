"""An installed Claude Code, as data."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qcc_desktop.core.text import QT_TRANSLATE_NOOP


class Kind(StrEnum):
    """Who put it there."""

    NATIVE = "native"
    NPM = "npm"
    NPM_LOCAL = "npm-local"
    NVM = "nvm"
    NVM_WINDOWS = "nvm-windows"
    FNM = "fnm"
    VOLTA = "volta"
    MISE = "mise"
    ASDF = "asdf"
    BUN = "bun"
    PNPM = "pnpm"
    YARN = "yarn"
    HOMEBREW = "homebrew"
    WINGET = "winget"
    SCOOP = "scoop"
    CHOCOLATEY = "chocolatey"
    NIX = "nix"
    SYSTEM = "system"
    DESKTOP = "desktop"
    WSL = "wsl"
    OTHER = "other"


KIND_NAMES = {
    Kind.NATIVE: QT_TRANSLATE_NOOP("Installation", "Anthropic's installer"),
    Kind.NPM: "npm",
    Kind.NPM_LOCAL: QT_TRANSLATE_NOOP("Installation", "npm, in Claude Code's own folder"),
    Kind.NVM: "nvm",
    Kind.NVM_WINDOWS: "nvm-windows",
    Kind.FNM: "fnm",
    Kind.VOLTA: "Volta",
    Kind.MISE: "mise",
    Kind.ASDF: "asdf",
    Kind.BUN: "Bun",
    Kind.PNPM: "pnpm",
    Kind.YARN: "Yarn",
    Kind.HOMEBREW: "Homebrew",
    Kind.WINGET: "WinGet",
    Kind.SCOOP: "Scoop",
    Kind.CHOCOLATEY: "Chocolatey",
    Kind.NIX: "Nix",
    Kind.SYSTEM: QT_TRANSLATE_NOOP("Installation", "the system"),
    Kind.DESKTOP: QT_TRANSLATE_NOOP("Installation", "the Claude app"),
    Kind.WSL: "WSL",
    Kind.OTHER: QT_TRANSLATE_NOOP("Installation", "unknown"),
}
"""What each kind is called; the marked ones are translated, the others are names."""

DEAD_LINK = QT_TRANSLATE_NOOP("Installation", "It is a link to a file that is not there.")
DEAD_SHIM = QT_TRANSLATE_NOOP("Installation", "The program that it starts is not there.")
NO_POSTINSTALL = QT_TRANSLATE_NOOP(
    "Installation", "It was installed without its program. Install it again, scripts allowed."
)
NO_NODE = QT_TRANSLATE_NOOP("Installation", "It needs Node.js, which was not found.")
NO_MANAGER = QT_TRANSLATE_NOOP("Installation", "The version manager that starts it was not found.")
NOT_EXECUTABLE = QT_TRANSLATE_NOOP("Installation", "It may not be run: its file mode forbids it.")
UNREADABLE = QT_TRANSLATE_NOOP("Installation", "It cannot be read: access is denied.")
INSIDE_WSL = QT_TRANSLATE_NOOP(
    "Installation", "It runs inside WSL, from where the proxy is not always reachable."
)


@dataclass(frozen=True, slots=True)
class Installation:
    """One Claude Code and what starts it."""

    path: Path
    """The file that a person knows: ``claude``, ``claude.exe``, ``claude.cmd``."""
    kind: Kind
    words: tuple[str, ...]
    """Start of the command line; what follows goes to Claude Code. Passes shims by."""
    version: str = ""
    """``2.1.330``; empty when it could not be told."""
    is_on_path: bool = False
    """Whether ``claude`` in a new terminal can mean it."""
    problem: str = ""
    """Why it does not start, as a sentence (context ``Installation``); empty when all is well."""

    @property
    def is_usable(self) -> bool:
        """Whether nothing speaks against starting it."""
        return not self.problem
