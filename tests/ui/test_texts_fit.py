"""No text is cut: small window and large, both languages, usual and large system text."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qcc_desktop.core.settings import Language
from qcc_desktop.ui.page import PageName
from tests.helpers.desk_fakes import no_endpoints
from tests.helpers.desk_stage import LANGUAGES, PAGES, Stage
from tests.helpers.fitting import cut_texts

USUAL_PX, LARGE_PX = 13, 20
"""Text of 10 and of 15 points where an inch has 96 pixels."""
SIZES = ((1180, 760), (720, 480))
_SETTLED_S = 8


@pytest.fixture(params=[USUAL_PX, LARGE_PX])
def text_px(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    """The system's size of text."""
    before = qapp.font()
    size: int = request.param
    large = qapp.font()
    large.setPixelSize(size)
    qapp.setFont(large)
    yield size
    qapp.setFont(before)


@pytest_asyncio.fixture
async def stage(text_px: int, qapp: QApplication, memory: QSettings) -> AsyncIterator[Stage]:
    made = Stage(qapp, memory)
    yield made
    await made.close()


async def settled_faults(stage: Stage) -> list[str]:
    """What is still cut once the layouts have come to rest: pages are made in slices."""
    try:
        await asyncio.wait_for(stage.until(lambda: not cut_texts(stage.window)), _SETTLED_S)
    except TimeoutError:
        return cut_texts(stage.window)
    return []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_text_of_any_page_is_cut(stage: Stage, language: Language) -> None:
    await stage.speak(language)
    faults: list[str] = []
    for size in SIZES:
        stage.window.resize(*size)
        for name in PAGES:
            await stage.open(name)
            faults += [f"{size} {name}: {fault}" for fault in await settled_faults(stage)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_text_of_an_empty_page_is_cut(stage: Stage, language: Language) -> None:
    await stage.speak(language)
    stage.fakes.usage.found = {}
    faults: list[str] = []
    for size in SIZES:
        stage.window.resize(*size)
        for name in (PageName.ENDPOINTS, PageName.SESSIONS, PageName.REQUESTS, PageName.USAGE):
            await stage.open(name)
            stage.fakes.state.show(no_endpoints())
            faults += [f"{size} {name}: {fault}" for fault in await settled_faults(stage)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("kind", [QLabel, QPushButton])
def test_a_text_without_room_is_found(kind: type[QLabel | QPushButton], qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    part = kind("A rather long text", root)
    part.resize(300, 40)
    root.resize(400, 60)
    root.show()
    assert not cut_texts(root)
    part.resize(20, 40)
    assert cut_texts(root)
    part.resize(300, 40)
    part.move(350, 0)
    assert cut_texts(root)
