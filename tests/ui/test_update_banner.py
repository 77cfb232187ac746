"""The bar of a newer version: when it is there, and what its words do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from qcc_desktop.services.update_state import Update, UpdateState, UpdateStatus
from qcc_desktop.ui.update_banner import UpdateBanner
from tests.helpers.desk_fakes import NOW, FakeUpdates

NEWER = UpdateState(
    UpdateStatus.AVAILABLE, Update("2.0", "https://example.org/2.0", "Calmer."), NOW
)


class Stage:
    def __init__(self, memory: Path) -> None:
        self.updates = FakeUpdates()
        self.memory = QSettings(str(memory), QSettings.Format.IniFormat)
        self.banner = self.new_banner()

    def new_banner(self) -> UpdateBanner:
        self.banner = UpdateBanner(self.updates, self.memory)
        return self.banner


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path / "window.ini")
    yield made
    made.banner.deleteLater()


def test_nothing_is_shown_while_there_is_nothing_new(stage: Stage) -> None:
    assert stage.banner.isHidden()


def test_a_newer_version_is_named_with_what_it_brings(stage: Stage) -> None:
    stage.updates.show(NEWER)

    assert not stage.banner.isHidden()
    assert stage.banner.title.text() == "Version 2.0 is there"
    assert stage.banner.summary.text() == "Calmer."


def test_what_was_found_before_the_window_was_made_is_shown(stage: Stage) -> None:
    stage.updates.show(NEWER)

    assert not stage.new_banner().isHidden()


def test_what_is_new_opens_in_the_browser(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    stage.updates.show(NEWER)

    stage.banner.news.click()

    assert opened == [QUrl("https://example.org/2.0")]


def test_without_notes_there_is_no_link(stage: Stage) -> None:
    stage.updates.show(UpdateState(UpdateStatus.AVAILABLE, Update("2.0"), NOW))

    assert stage.banner.news.isHidden()


def test_not_now_is_remembered_for_that_version_only(stage: Stage) -> None:
    stage.updates.show(NEWER)

    stage.banner.decline.click()
    declined = stage.banner.isHidden(), stage.new_banner().isHidden()
    stage.updates.show(UpdateState(UpdateStatus.AVAILABLE, Update("2.1"), NOW))

    assert declined == (True, True)
    assert not stage.banner.isHidden()


def test_a_closed_bar_hears_nothing_any_more(stage: Stage) -> None:
    stage.banner.close_banner()

    stage.updates.show(NEWER)

    assert stage.banner.isHidden()
