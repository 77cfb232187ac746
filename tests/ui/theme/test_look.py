"""Colours of the whole program: what another theme does to widgets that are there."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from qcc_desktop.core.settings import Theme
from qcc_desktop.ui.theme.look import Look
from qcc_desktop.ui.theme.measures import TextSize, set_text
from qcc_desktop.ui.theme.palette import Role, Tone, colour

_DEPTH = 8


class _Heard(QObject):
    """Counts how often a widget hears of something."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.count = 0
        self._kind = kind
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is self._kind
        return False


class _Scene(QWidget):
    """A window with one label that is seen and one that is not, both deep in cards."""

    def __init__(self) -> None:
        super().__init__()
        self.seen, self.unseen = _muted(), _muted()
        row = QHBoxLayout(self)
        self.unseen_card = _in_cards(self.unseen)
        row.addWidget(_in_cards(self.seen))
        row.addWidget(self.unseen_card)


def _muted() -> QLabel:
    label = QLabel("a quiet text")
    set_text(label, TextSize.BODY, muted=True)
    return label


def _in_cards(inner: QWidget) -> QWidget:
    for _ in range(_DEPTH):
        card = QFrame()
        card.setObjectName("card")
        QHBoxLayout(card).addWidget(inner)
        inner = card
    return inner


def _shade(label: QLabel) -> str:
    return label.palette().color(QPalette.ColorRole.WindowText).name()


def _muted_of(tone: Tone) -> str:
    return colour(Role.MUTED, tone).name()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    made = Look(qapp, qapp)
    yield made
    made.choose(Theme.LIGHT)
    made.deleteLater()


@pytest.fixture
def scene(look: Look, qtbot: QtBot) -> _Scene:
    look.choose(Theme.LIGHT)
    made = _Scene()
    qtbot.addWidget(made)
    look.adopt(made)
    made.show()
    made.unseen_card.hide()
    return made


@pytest.mark.parametrize("other", [Theme.DARK, Theme.LIGHT])
def test_another_theme_dresses_what_is_there_anew_and_the_same_one_does_nothing(
    look: Look, scene: _Scene, other: Theme
) -> None:
    first = Theme.LIGHT if other is Theme.DARK else Theme.DARK
    look.choose(first)
    seen = _Heard(scene.seen, QEvent.Type.PaletteChange)

    look.choose(first)
    unchanged = seen.count
    look.choose(other)

    assert (unchanged, _shade(scene.seen)) == (0, _muted_of(Tone(other.value)))


def test_a_widget_is_dressed_once_however_deep_it_lies(look: Look, scene: _Scene) -> None:
    """Qt's own way dresses it once for each ancestor, which takes half a second in our window."""
    seen = _Heard(scene.seen, QEvent.Type.PaletteChange)

    look.choose(Theme.DARK)

    assert 1 <= seen.count <= 2


def test_what_nobody_sees_is_dressed_in_later_turns_of_the_loop(
    look: Look, scene: _Scene, qtbot: QtBot
) -> None:
    look.choose(Theme.DARK)
    at_once = _shade(scene.seen), _shade(scene.unseen)

    qtbot.waitUntil(lambda: not look.dressing.is_running)

    assert at_once == (_muted_of(Tone.DARK), _muted_of(Tone.LIGHT))
    assert _shade(scene.unseen) == _muted_of(Tone.DARK)


def test_what_comes_into_sight_before_its_turn_is_dressed_at_once(
    look: Look, scene: _Scene
) -> None:
    look.choose(Theme.DARK)

    scene.unseen_card.show()
    look.dressing.hurry()

    assert _shade(scene.unseen) == _muted_of(Tone.DARK)


def test_the_style_sheet_stays_when_the_theme_changes(look: Look, scene: _Scene) -> None:
    before = scene.styleSheet()

    look.choose(Theme.DARK)

    assert before
    assert scene.styleSheet() == before


def test_parts_hear_of_a_style_once_however_often_they_are_put_together(
    look: Look, qtbot: QtBot
) -> None:
    """With a style sheet of the application, they hear of it for each part around them."""
    look.choose(Theme.LIGHT)
    window, label = QWidget(), _muted()
    qtbot.addWidget(window)
    look.adopt(window)
    heard = _Heard(label, QEvent.Type.StyleChange)

    inner = _in_cards(label)
    before = heard.count
    QHBoxLayout(window).addWidget(inner)

    assert (before, heard.count) == (0, 1)


def test_what_is_deleted_before_its_turn_is_passed_over(
    look: Look, scene: _Scene, qtbot: QtBot
) -> None:
    look.choose(Theme.DARK)
    scene.unseen.setParent(None)
    scene.unseen.deleteLater()
    qtbot.wait(1)

    qtbot.waitUntil(lambda: not look.dressing.is_running)

    assert _shade(scene.seen) == _muted_of(Tone.DARK)


def test_a_window_that_comes_later_is_given_the_colours_of_now(look: Look, qtbot: QtBot) -> None:
    look.choose(Theme.LIGHT)
    look.choose(Theme.DARK)
    later = _Scene()
    qtbot.addWidget(later)

    look.adopt(later)
    later.show()

    assert _shade(later.seen) == _muted_of(Tone.DARK)


def test_a_menu_that_is_there_is_recoloured(look: Look, qtbot: QtBot, qapp: QApplication) -> None:
    look.choose(Theme.LIGHT)
    menu = QMenu()
    qtbot.addWidget(menu)
    look.adopt(menu)
    menu.addAction("Quit")
    menu.ensurePolished()
    before = menu.grab().toImage().pixelColor(40, 10).name()

    look.choose(Theme.DARK)
    qtbot.waitUntil(lambda: not look.dressing.is_running)

    shown = menu.grab().toImage().pixelColor(menu.width() - 6, 10).name()
    assert (before, shown) == (
        colour(Role.CARD, Tone.LIGHT).name(),
        colour(Role.CARD, Tone.DARK).name(),
    )
