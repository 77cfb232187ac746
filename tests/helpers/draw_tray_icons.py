"""Draws `resources/icons/tray/GRID/*.svg`: the tray glyph once for each pixel grid.

A glyph scaled from one master is blurred at 20, 22 and 24 px, because its edges fall between
pixels. So each grid has a drawing whose straight edges lie on whole pixels; 32, 48 and 64 px
are multiples of 16. Run as a program it rewrites the files; a test compares them.

Colours are ``currentColor`` (the panel's foreground) and ``var(--light)`` (the state's colour);
`qcc_desktop.ui.theme.icons` puts them in.
"""

from dataclasses import dataclass
from math import cos, radians, sin
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "resources" / "icons" / "tray"


@dataclass(frozen=True)
class Grid:
    """Measures of one grid, all in its pixels; the glyph is symmetric about ``size / 2``."""

    size: int
    outer: float
    """Outer radius of the arc."""
    width: float
    """Width of the arc."""
    middle: float
    """Height of the arc's centre."""
    prong: tuple[float, float]
    """Inner and outer edge of a prong, from the axis."""
    prong_top: float
    body: tuple[float, float]
    """Top and bottom of the plug's body."""
    body_half: float
    cord: float
    """Half the width of the cord."""
    line: float
    """Width of the outline's strokes."""
    badge: float
    """Edge of the badge's square in the lower right corner."""


GRIDS = (
    Grid(16, 8.0, 2.0, 8.0, (1, 2), 3.0, (5, 9), 3, 1, 1.0, 8),
    Grid(20, 10.0, 2.0, 10.0, (1, 3), 3.0, (6, 11), 4, 1, 1.25, 9),
    Grid(22, 11.0, 2.5, 11.0, (1, 3), 4.0, (7, 12), 4, 1, 1.5, 10),
    Grid(24, 12.0, 3.0, 12.0, (1, 3), 4.0, (7, 13), 4, 1, 1.5, 11),
)

_GAP = 38.0
"""Degrees from the top to either end of the arc."""


def _n(*values: float) -> str:
    return " ".join(f"{round(value, 3):g}" for value in values)


def _arc(grid: Grid, start: float, end: float, width: float) -> str:
    """A rounded piece of the ring; degrees clockwise from the top."""
    c, half = grid.size / 2, width / 2
    middle = grid.outer - grid.width / 2
    big = int(end - start > 180)

    def at(angle: float, radius: float) -> str:
        turn = radians(angle)
        return _n(c + radius * sin(turn), grid.middle - radius * cos(turn))

    far, near = middle + half, middle - half
    return (
        f"M{at(start, far)}A{_n(far, far)} 0 {big} 1 {at(end, far)}"
        f"A{_n(half, half)} 0 0 1 {at(end, near)}"
        f"A{_n(near, near)} 0 {big} 0 {at(start, near)}"
        f"A{_n(half, half)} 0 0 1 {at(start, far)}Z"
    )


def _box(left: float, top: float, right: float, bottom: float) -> str:
    return f"M{_n(left, top)}H{_n(right)}V{_n(bottom)}H{_n(left)}Z"


def _cup(grid: Grid, inset: float, *, hole: bool = False) -> str:
    """The body: flat above, round below; drawn the other way round as a hole."""
    c = grid.size / 2
    left, right = c - grid.body_half + inset, c + grid.body_half - inset
    top, bottom = grid.body[0] + inset, grid.body[1] - inset
    radius = min((right - left) / 2, bottom - top) - (0 if hole else 0.5)
    if hole:
        return (
            f"M{_n(left, top)}V{_n(bottom - radius)}A{_n(radius, radius)} 0 0 0 "
            f"{_n(left + radius, bottom)}H{_n(right - radius)}A{_n(radius, radius)} 0 0 0 "
            f"{_n(right, bottom - radius)}V{_n(top)}Z"
        )
    return (
        f"M{_n(left, top)}H{_n(right)}V{_n(bottom - radius)}A{_n(radius, radius)} 0 0 1 "
        f"{_n(right - radius, bottom)}H{_n(left + radius)}A{_n(radius, radius)} 0 0 1 "
        f"{_n(left, bottom - radius)}Z"
    )


def _prongs(grid: Grid) -> str:
    c, (near, far) = grid.size / 2, grid.prong
    return _box(c - far, grid.prong_top, c - near, grid.body[0]) + _box(
        c + near, grid.prong_top, c + far, grid.body[0]
    )


def _cord(grid: Grid, half: float) -> str:
    c = grid.size / 2
    return _box(c - half, grid.body[1] - 0.5, c + half, grid.middle + grid.outer - grid.width / 2)


def _plug(grid: Grid) -> str:
    return _prongs(grid) + _cup(grid, 0)


def _svg(grid: Grid, *paths: tuple[str, str]) -> str:
    body = "".join(f'<path fill="{fill}" d="{data}"/>' for fill, data in paths)
    size = grid.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 {size} {size}">{body}</svg>\n'
    )


FOREGROUND, LIGHT = "currentColor", "var(--light)"


def glyphs(grid: Grid) -> dict[str, str]:
    """The three glyphs of one grid by file name."""
    broken = _arc(grid, _GAP, 110, grid.width) + _arc(grid, 160, 236, grid.width)
    broken += _arc(grid, 282, 360 - _GAP, grid.width)
    thin = grid.line
    hollow = _prongs(grid) + _cup(grid, 0) + _cup(grid, thin, hole=True)
    return {
        "arc-solid.svg": _svg(grid, (LIGHT, _arc(grid, _GAP, 360 - _GAP, grid.width))),
        "plug-solid.svg": _svg(grid, (FOREGROUND, _plug(grid) + _cord(grid, grid.cord))),
        "arc-broken.svg": _svg(grid, (LIGHT, broken)),
        "plug-broken.svg": _svg(grid, (FOREGROUND, _plug(grid))),
        "arc-outline.svg": _svg(grid, (LIGHT, _arc(grid, _GAP, 360 - _GAP, thin))),
        "plug-outline.svg": _svg(grid, (FOREGROUND, hollow + _cord(grid, thin / 2))),
    }


def badges(grid: Grid) -> dict[str, str]:
    """The four badges of one grid by file name, each in the lower right corner."""
    right = float(grid.size)
    left = right - grid.badge
    c = (left + right) / 2
    disc = (
        f"M{_n(left, c)}A{_n(grid.badge / 2, grid.badge / 2)} 0 1 1 {_n(right, c)}"
        f"A{_n(grid.badge / 2, grid.badge / 2)} 0 1 1 {_n(left, c)}Z"
    )
    thick = grid.badge / 5
    return {
        "badge-triangle.svg": _svg(grid, (LIGHT, _triangle(left, right, grid.badge))),
        "badge-cross.svg": _svg(grid, (LIGHT, _cross(c, grid.badge / 2, thick))),
        "badge-pause.svg": _svg(grid, (LIGHT, _pause(right, grid.badge))),
        "badge-slash.svg": _svg(grid, (LIGHT, disc + _slash(c, grid.badge / 2, thick))),
    }


def _triangle(left: float, right: float, edge: float) -> str:
    c, top, bottom = (left + right) / 2, left + edge * 0.06, right
    r = edge * 0.12
    return (
        f"M{_n(c - r, top + r)}Q{_n(c, top - r)} {_n(c + r, top + r)}"
        f"L{_n(right - r / 2, bottom - 2 * r)}Q{_n(right, bottom)} {_n(right - 2 * r, bottom)}"
        f"H{_n(left + 2 * r)}Q{_n(left, bottom)} {_n(left + r / 2, bottom - 2 * r)}Z"
    )


def _cross(c: float, reach: float, thick: float) -> str:
    a, b = reach, reach - thick * 1.15
    return (
        f"M{_n(c - b, c - a)}L{_n(c, c - a + b)}L{_n(c + b, c - a)}L{_n(c + a, c - b)}"
        f"L{_n(c + a - b, c)}L{_n(c + a, c + b)}L{_n(c + b, c + a)}L{_n(c, c + a - b)}"
        f"L{_n(c - b, c + a)}L{_n(c - a, c + b)}L{_n(c - a + b, c)}L{_n(c - a, c - b)}Z"
    )


def _pause(right: float, edge: float) -> str:
    bar, gap = round(edge / 4), 2
    top = right - edge + 1
    return _box(right - 2 * bar - gap, top, right - bar - gap, right) + _box(
        right - bar, top, right, right
    )


def _slash(c: float, reach: float, thick: float) -> str:
    """A diagonal hole in the disc: drawn against its direction."""
    a, t = reach * 0.62, thick * 0.5
    return (
        f"M{_n(c - a - t, c + a - t)}L{_n(c - a + t, c + a + t)}"
        f"L{_n(c + a + t, c - a + t)}L{_n(c + a - t, c - a - t)}Z"
    )


def files() -> dict[Path, str]:
    """Every file and what belongs in it."""
    return {
        FOLDER / str(grid.size) / name: text
        for grid in GRIDS
        for name, text in (glyphs(grid) | badges(grid)).items()
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
