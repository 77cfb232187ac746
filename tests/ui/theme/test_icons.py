"""Pictures in our colours."""

import gc
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from pytestqt.qtbot import QtBot

from qcc_desktop.ui.theme import icons
from qcc_desktop.ui.theme.palette import Role, Tone, colour


def _inks(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize(
    ("mode", "role"), [(QIcon.Mode.Normal, Role.GREEN), (QIcon.Mode.Disabled, Role.FAINT)]
)
@pytest.mark.parametrize("edge", [14, 16, 28, 56])
def test_a_picture_is_drawn_in_its_colour_and_in_exactly_the_size_asked_for(
    qtbot: QtBot, edge: int, mode: QIcon.Mode, role: Role
) -> None:
    picture = icons.icon("health/healthy", Tone.LIGHT, Role.GREEN).pixmap(
        QSize(edge, edge), 1.0, mode
    )

    assert picture.size() == QSize(edge, edge)
    assert _inks(picture.toImage()) == {colour(role, Tone.LIGHT).name()}


def test_on_a_dense_screen_every_pixel_is_drawn(qtbot: QtBot) -> None:
    picture = icons.pixmap(icons.icon("health/healthy", Tone.LIGHT, Role.GREEN), 16, 2.0)

    assert (picture.size(), picture.devicePixelRatio()) == (QSize(32, 32), 2.0)


def test_a_picture_is_painted_in_the_middle_of_its_place(qtbot: QtBot) -> None:
    image = QImage(60, 20, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)

    icons.icon("health/healthy", Tone.LIGHT, Role.GREEN).paint(painter, image.rect())
    painter.end()

    assert image.pixelColor(30, 10).name() == colour(Role.GREEN, Tone.LIGHT).name()
    assert image.pixelColor(5, 10) == image.pixelColor(55, 10) == QColor("white")


def test_a_picture_outlives_whoever_asked_for_it(qtbot: QtBot) -> None:
    icons._icon.cache_clear()
    kept = QIcon(icons.icon("health/healthy", Tone.LIGHT, Role.GREEN))
    icons._icon.cache_clear()
    gc.collect()

    copy = QIcon(kept)
    copy.setIsMask(True)

    for each in (kept, copy):
        assert not each.pixmap(QSize(16, 16)).isNull()


def test_a_picture_of_no_size_is_empty_and_complains_of_nothing(qtbot: QtBot) -> None:
    assert icons.icon("edit", Tone.LIGHT).pixmap(QSize(0, 0)).isNull()


def test_qt_draws_its_own_pictures_and_searches_no_folders_of_the_system(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """There, one new picture took 50,000 questions to the disk, on the loop."""
    before = QIcon.themeSearchPaths(), QIcon.fallbackSearchPaths(), QIcon.themeName()
    theme = tmp_path / "ours"
    (theme / "16x16").mkdir(parents=True)
    (theme / "index.theme").write_text(
        "[Icon Theme]\nName=ours\nDirectories=16x16\n[16x16]\nSize=16\n", encoding="utf-8"
    )
    icons.icon("info", Tone.LIGHT).pixmap(16).save(str(theme / "16x16" / "probe.png"))
    QIcon.setThemeSearchPaths([str(tmp_path)])
    QIcon.setThemeName("ours")
    try:
        was_found = QIcon.hasThemeIcon("probe")
        icons.use_no_system_pictures()

        assert (was_found, QIcon.hasThemeIcon("probe")) == (True, False)
    finally:
        QIcon.setThemeSearchPaths(before[0])
        QIcon.setFallbackSearchPaths(before[1])
        QIcon.setThemeName(before[2])
