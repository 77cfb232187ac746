"""The help page: every button and link, and what comes of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from qcc_desktop.core.known_sentences import BOOK
from qcc_desktop.core.settings import options
from qcc_desktop.services.update_state import NOWHERE, Update, UpdateState, UpdateStatus
from qcc_desktop.ui.actions import Actions
from qcc_desktop.ui.contracts import Notice
from qcc_desktop.ui.help.page import HelpPage
from qcc_desktop.ui.help.questions import KEYS, QUESTIONS
from qcc_desktop.ui.help.reader import Reader, without_pictures
from qcc_desktop.ui.page import PageName, Rooms
from qcc_desktop.ui.shortcuts import shown_keys
from qcc_desktop.ui.update_words import DECLINED, update_sentence
from tests.helpers.desk_fakes import NOW, FakeServices, FakeState, four_endpoints


class Stage:
    """The page in rooms of fakes."""

    def __init__(self, memory: Path) -> None:
        self.fakes = FakeServices(FakeState(four_endpoints()))
        self.notices: list[Notice] = []
        self.places: list[tuple[PageName, str]] = []
        services = self.fakes.services()
        rooms = Rooms(
            services,
            Actions(services, self, lambda: None),
            self,
            lambda page, subject: self.places.append((page, subject)),
            QSettings(str(memory), QSettings.Format.IniFormat),
        )
        self.page = HelpPage(rooms)

    def show_notice(self, notice: Notice) -> None:
        self.notices.append(notice)

    def close_offer(self) -> None:
        """Nothing is offered here."""

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not holds():  # noqa: ASYNC110 - widgets have no awaitable of their own
                await asyncio.sleep(0)

    async def said(self) -> str:
        await self.until(lambda: bool(self.notices))
        return self.notices[-1].title

    async def read(self) -> Reader:
        await self.until(lambda: self.page.reader is not None)
        assert self.page.reader is not None
        return self.page.reader


@pytest_asyncio.fixture
async def stage(qapp: QApplication, tmp_path: Path) -> AsyncIterator[Stage]:
    made = Stage(tmp_path / "window.ini")
    made.page.resize(900, 700)
    made.page.show()
    made.page.shown()
    yield made
    made.page.leave()
    made.page.close()
    made.page.deleteLater()
    await asyncio.sleep(0)


async def test_the_versions_are_asked_for_once_the_page_is_seen(stage: Stage) -> None:
    await stage.until(lambda: "3.11.7" in stage.page.about.parts.text())

    assert stage.page.about.name.text() == "QCC Desktop 0.1.0"
    assert "Qt 6.11.3" in stage.page.about.parts.text()


async def test_the_diagnostics_go_to_the_clipboard(stage: Stage) -> None:
    stage.page.diagnostics.click()

    assert await stage.said() == "The diagnostics are on the clipboard."
    assert QGuiApplication.clipboard().text() == await stage.fakes.diagnostics.text()
    assert stage.page.diagnostics.isEnabled()


async def test_the_log_goes_to_the_clipboard(stage: Stage) -> None:
    stage.page.log.click()

    assert await stage.said() == "The end of the log is on the clipboard."
    assert QGuiApplication.clipboard().text() == "one\ntwo"


async def test_an_empty_log_is_not_copied(stage: Stage) -> None:
    stage.fakes.about.log = ""
    QGuiApplication.clipboard().setText("mine")

    stage.page.log.click()

    assert await stage.said() == "There is no log yet."
    assert QGuiApplication.clipboard().text() == "mine"


async def test_the_folder_of_the_logs_is_opened(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)

    stage.page.folder.click()

    assert opened == [QUrl.fromLocalFile(str(stage.fakes.about.log_folder))]


async def test_a_check_for_updates_shows_what_it_finds(stage: Stage) -> None:
    stage.fakes.updates.next = UpdateState(UpdateStatus.AVAILABLE, Update("9.0"), NOW)

    stage.page.about.check.click()
    await stage.until(lambda: stage.fakes.updates.checks == 1)
    await stage.until(lambda: "9.0" in stage.page.about.update_line.text())

    assert stage.page.about.check.isEnabled()


async def test_a_check_for_updates_brings_back_an_offer_that_was_put_off(stage: Stage) -> None:
    memory = stage.page.rooms.memory
    memory.setValue(DECLINED, "9.0")

    stage.page.about.check.click()
    await stage.until(lambda: stage.fakes.updates.checks == 1)

    assert not memory.contains(DECLINED)


async def test_a_build_that_names_no_place_offers_no_check(stage: Stage) -> None:
    stage.fakes.updates.show(UpdateState(UpdateStatus.NOWHERE, message=NOWHERE))

    assert not stage.page.about.update_line.isVisible()
    assert not stage.page.about.check.isVisible()
    assert stage.page.about.licences.isVisible()


async def test_the_licences_open_in_a_text_to_read(stage: Stage) -> None:
    stage.page.about.licences.click()
    reader = await stage.read()

    assert "qcc-desktop 0.1.0 · MIT" in reader.text.toPlainText()
    assert "Its package carries no text." in reader.text.toPlainText()

    reader.reject()
    await stage.until(lambda: stage.page.reader is None)


async def test_read_more_opens_the_manual_at_its_chapter(stage: Stage) -> None:
    filler = "\n\n".join(["word " * 50] * 60)
    stage.fakes.about.text = f"# Q\n\n## One\n\n{filler}\n\n## Two\n\n{filler}"

    stage.page.answers[0].more.click()
    reader = await stage.read()
    await stage.until(lambda: reader.text.verticalScrollBar().value() > 0)

    assert reader.text.textCursor().block().text() == "Two"


async def test_a_second_text_takes_the_place_of_the_first(stage: Stage) -> None:
    stage.page.manual.click()
    first = await stage.read()

    stage.page.about.licences.click()
    await stage.until(lambda: stage.page.reader not in {None, first})

    assert stage.page.reader is not None
    assert stage.page.reader.windowTitle() == "Licences · QCC Desktop"


async def test_a_build_without_a_manual_says_so(stage: Stage) -> None:
    stage.fakes.about.text = ""

    stage.page.manual.click()

    assert await stage.said() == "This build carries no manual."
    assert stage.page.reader is None


@pytest.mark.parametrize("place", range(len(QUESTIONS)))
async def test_show_me_leads_where_the_answer_is_put_into_practice(
    stage: Stage, place: int
) -> None:
    question, answer = QUESTIONS[place], stage.page.answers[place]

    answer.show_me.click()

    expected = [] if question.page is None else [(question.page, question.subject)]
    assert stage.places == expected
    assert answer.show_me.isHidden() is (question.page is None)


async def test_every_link_has_a_name_that_stands_alone(stage: Stage) -> None:
    names = [answer.more.accessibleName() for answer in stage.page.answers]

    assert len(set(names)) == len(QUESTIONS)


def test_the_options_that_answers_lead_to_are_there() -> None:
    keys = {item.subject for item in QUESTIONS if item.page is PageName.SETTINGS}

    assert keys <= set(options())


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_chapters_that_answers_lead_to_are_there(readme: str) -> None:
    text = (Path(__file__).parents[3] / readme).read_text(encoding="utf-8")
    chapters = [line for line in text.splitlines() if line.startswith("## ")]

    assert max(item.chapter for item in QUESTIONS) < len(chapters)


def test_keys_are_written_as_a_mac_writes_them() -> None:
    assert shown_keys(KEYS[1].sequence, is_mac=True) == "⌘F"
    assert shown_keys(KEYS[1].sequence, is_mac=False) == "Ctrl+F"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (UpdateState(), "Updates were not looked for yet."),
        (UpdateState(UpdateStatus.CURRENT), "This is the newest version."),
        (UpdateState(UpdateStatus.AVAILABLE, Update("2.0")), "Version 2.0 is there."),
        (UpdateState(UpdateStatus.FAILED, message="No."), "No."),
        (UpdateState(UpdateStatus.NOWHERE, message=NOWHERE), NOWHERE),
    ],
)
def test_what_is_known_of_updates_is_one_sentence(state: UpdateState, sentence: str) -> None:
    assert update_sentence(state) == sentence


def test_the_sentence_of_a_build_without_a_place_is_translated() -> None:
    assert BOOK.knows(NOWHERE)


def test_the_manual_has_no_pictures_and_no_empty_tables_of_them() -> None:
    text = "# A\n\n![B](c.png)\n\n| | |\n|---|---|\n| ![D](e.png) | ![F](g.png) |\n\nWords.\n"
    table = "| a | b |\n|---|---|\n| c | d |\n"

    assert without_pictures(text).split() == ["#", "A", "Words."]
    assert without_pictures(table) == table
