"""Where icons, themes and translations lie: the one module that knows the three places.

- a clone: ``resources/`` beside the package;
- an installed wheel: ``qcc_desktop/resources`` (pyproject, ``force-include``);
- a PyInstaller program: ``sys._MEIPASS/resources`` or ``qcc_desktop/resources`` in it.
"""

import sys
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def folder() -> Path:
    """Return the folder of the resources.

    Raises:
        FileNotFoundError: in none of the places; the program was packed wrongly.
    """
    for place in _places():
        if (place / "icons").is_dir():
            return place
    raise FileNotFoundError("The program's resources are missing; install it again.")


def _places() -> list[Path]:
    bundle = getattr(sys, "_MEIPASS", None)
    bundled = [Path(bundle) / "resources"] if isinstance(bundle, str) else []
    return [*bundled, _PACKAGE / "resources", _PACKAGE.parent / "resources"]


def icon_text(name: str) -> str:
    """Return the SVG called ``name`` (``"add"``, ``"tray/16/arc-solid"``)."""
    return icon_path(name).read_text(encoding="utf-8")


def icon_path(name: str) -> Path:
    """Return the file of the SVG called ``name``, for style sheets."""
    return folder() / "icons" / f"{name}.svg"


@cache
def theme_text(name: str) -> str:
    """Return the style sheet called ``name``, its roles not yet filled in."""
    return (folder() / "themes" / f"{name}.qss").read_text(encoding="utf-8")


def translation(language: str) -> Path:
    """Return the compiled translation of ``language`` (``"zh_CN"``)."""
    return folder() / "i18n" / f"qcc_{language}.qm"
