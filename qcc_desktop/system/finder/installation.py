"""An installed Claude Code, as data."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from qcc_desktop.core import installation_texts as texts


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
    Kind.NATIVE: texts.ANTHROPIC,
    Kind.NPM: "npm",
    Kind.NPM_LOCAL: texts.OWN_FOLDER,
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
    Kind.SYSTEM: texts.SYSTEM,
    Kind.DESKTOP: texts.APP,
    Kind.WSL: "WSL",
    Kind.OTHER: texts.UNKNOWN,
}
"""What each kind is called; the marked ones are translated, the others are names."""


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
