"""Small Windows programs that tests need, compiled by mingw: stand-ins without a Python of theirs."""

import subprocess
from pathlib import Path

_CLAUDE = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

int main(int count, char **words)
{
    char folder[MAX_PATH], name[MAX_PATH + 32];
    FILE *file;
    if (count > 1 && !strcmp(words[1], "--version")) return puts("2.1.330 (Claude Code)") < 0;
    GetModuleFileNameA(NULL, folder, MAX_PATH);
    *strrchr(folder, '\\') = 0;
    snprintf(name, sizeof name, "%s\\running", folder);
    file = fopen(name, "w");
    fprintf(file, "%s", getenv("ANTHROPIC_BASE_URL"));
    fclose(file);
    snprintf(name, sizeof name, "%s\\end", folder);
    while (GetFileAttributesA(name) == INVALID_FILE_ATTRIBUTES) Sleep(100);
    snprintf(name, sizeof name, "%s\\ended", folder);
    return fclose(fopen(name, "w"));
}
"""
_BROKEN = r"""
#include <stdio.h>
#include <string.h>

int main(int count, char **words)
{
    if (count > 1 && !strcmp(words[1], "--version")) return puts("qcc-desktop %s") < 0;
    puts("broken on purpose");
    return 1;
}
"""
_SLEEPER = """
#include <windows.h>

int main(void)
{
    Sleep(INFINITE);
    return 0;
}
"""


class ClaudeWindow:
    """A Claude Code in ``folder`` that runs until it is told to end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True)
        _compile(_CLAUDE, folder / "claude.exe")

    @property
    def base_url(self) -> str:
        """Where it was led to; empty until it runs."""
        file = self._folder / "running"
        return file.read_text() if file.exists() else ""

    @property
    def has_ended(self) -> bool:
        """Whether it came to its own end."""
        return (self._folder / "ended").exists()

    def end(self) -> None:
        """Tell it to end."""
        (self._folder / "end").touch()

    def forget(self) -> None:
        """Remove what it left, once it has ended."""
        for name in ("running", "end", "ended"):
            (self._folder / name).unlink()


def broken_version(folder: Path, version: str) -> None:
    """Make a program that says which version it is and fails its self-test, where it is installed.

    It has a part, as every program has.
    """
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "part.dll").write_bytes(b"part")
    for name in ("qcc-desktop.exe", "qcc-desktopw.exe"):
        _compile(_BROKEN % version, folder / name)


def sleeper(program: Path) -> Path:
    """Make a program that runs until it is killed; return it."""
    _compile(_SLEEPER, program)
    return program


def _compile(code: str, program: Path) -> None:
    words = ("-O1", "-static", "-x", "c", "-o", str(program), "-")
    subprocess.run(["x86_64-w64-mingw32-gcc", *words], input=code, text=True, check=True)
