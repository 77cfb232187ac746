"""What the file's properties say in Windows: name, version, licence (``VERSIONINFO``)."""

import re

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={quad}, prodvers={quad}, mask=0x3f, flags={flags}, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
{strings}
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 1200])]),
  ],
)
"""
_PRERELEASE = 0x2
MAKER = "QCC Desktop contributors"
COPYRIGHT = f"Copyright (c) 2026 {MAKER}. MIT licence."
PROGRAMS = {"qcc-desktop": "QCC Desktop (command line)", "qcc-desktopw": "QCC Desktop"}
"""Both programs, and what the task manager and warnings of Windows call them."""


def quad(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows compares; what follows the third number is left out."""
    numbers = [int(number) for number in re.match(r"\d+(\.\d+)*", version)[0].split(".")]  # type: ignore[index]
    first, second, third, *_ = (*numbers, 0, 0)
    return first, second, third, 0


def text(version: str, program: str) -> str:
    """Return the version file of one of `PROGRAMS`, as PyInstaller reads it.

    Its manual, "Capturing Windows Version Data".
    """
    strings = {
        "CompanyName": MAKER,
        "FileDescription": PROGRAMS[program],
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": "QCC Desktop",
        "ProductVersion": version,
    }
    lines = [f"      StringStruct({name!r}, {value!r})," for name, value in strings.items()]
    is_final = re.fullmatch(r"\d+(\.\d+)*", version) is not None
    return _TEXT.format(
        quad=quad(version), flags=0 if is_final else _PRERELEASE, strings="\n".join(lines)
    )
