"""What the program says about itself: its manual, its log, and whose work it stands on."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.storage.log_tail import last_lines

_LOG_LINES = 500


@dataclass(frozen=True, slots=True)
class Licence:
    """One component, with the whole text of its licence where its package carries one."""

    name: str
    version: str
    licence: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs here; ``qt`` is empty where its package is not known."""

    program: str
    python: str
    qt: str
    system: str


class About:
    """Answers from files, in threads."""

    def __init__(self, log_file: Path) -> None:
        self._log_file = log_file

    @property
    def log_folder(self) -> Path:
        """Where the logs lie."""
        return self._log_file.parent

    async def versions(self) -> Versions:
        """Return what runs here."""
        return await asyncio.to_thread(_versions)

    async def log_text(self) -> str:
        """Return the end of the log; empty while there is none. Keys never get into a log."""
        return "\n".join(await asyncio.to_thread(last_lines, self._log_file, _LOG_LINES))

    async def licences(self) -> tuple[Licence, ...]:
        """Return this program's licence, then those of everything it is built from, by name."""
        return await asyncio.to_thread(_licences)

    async def manual(self, *, is_chinese: bool = False) -> str:
        """Return the manual as Markdown, in English where there is no other; empty: none is here."""
        return await asyncio.to_thread(_manual, is_chinese=is_chinese)


# ruff: noqa: PLC0415 - see the docstring of `services.package_facts`


def _versions() -> Versions:
    from qcc_desktop.services import package_facts

    return Versions(*package_facts.versions())


def _licences() -> tuple[Licence, ...]:
    from qcc_desktop.services import package_facts

    return tuple(Licence(*component) for component in package_facts.licences())


def _manual(*, is_chinese: bool) -> str:
    from qcc_desktop.services import package_facts

    return package_facts.manual(is_chinese=is_chinese)
