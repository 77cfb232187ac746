"""The bar of a newer version: when it is there, and what its words do."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from qcc_desktop.services.update_state import (
    Manner,
    Update,
    UpdateState,
    UpdateStatus,
    UpdateStep,
)
from qcc_desktop.system.installation import INSTALLABLE, InstallationKind
from qcc_desktop.system.updating.journal import Entry, Outcome
from qcc_desktop.ui.update_banner import UpdateBanner
from qcc_desktop.ui.update_words import DECLINED, KINDS, details, update_sentence, way_sentence
from tests.helpers.desk_fakes import NOW, FakeUpdates

NEWER = UpdateState(
    UpdateStatus.AVAILABLE, Update("2.0", "https://example.org/2.0", "Calmer."), NOW
)

INSTALLS = Manner(InstallationKind.APPIMAGE, has_key=True, is_writable=True)
READY = replace(NEWER, manner=INSTALLS)


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


def words(stage: Stage) -> list[str]:
    """Return the words of the buttons that are there."""
    return [button.text() for button in stage.banner._buttons() if not button.isHidden()]


async def test_where_it_can_be_installed_one_click_does_it_all(stage: Stage) -> None:
    stage.updates.show(READY)
    there = words(stage)

    stage.banner.install.click()
    await asyncio.sleep(0)

    assert stage.updates.asked_for == ["install"]
    assert there == ["What is new", "Not now", "Install and restart"]


@pytest.mark.parametrize("kind", sorted(set(InstallationKind)))
def test_other_installations_are_told_how_it_gets_there(
    stage: Stage, kind: InstallationKind
) -> None:
    stage.updates.show(replace(READY, manner=Manner(kind)))

    assert "Install and restart" not in words(stage)
    assert stage.banner.summary.text() == way_sentence(Manner(kind))
    assert stage.banner.summary.text() not in {"", "Calmer."}


def test_a_build_without_a_key_leads_to_where_it_was_got(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    update = Update("2.0", "https://example.org/2.0", "Calmer.", "- Calm.")
    manner = Manner(InstallationKind.SETUP, is_writable=True)
    stage.updates.show(UpdateState(UpdateStatus.AVAILABLE, update, NOW, manner=manner))

    stage.banner.page.click()

    assert stage.banner.summary.text().startswith("This build does not install updates; get it")
    assert words(stage) == ["What is new", "Download page", "Not now"]
    assert opened == [QUrl("https://example.org/2.0")]


def test_a_download_shows_how_far_it_is_and_can_be_cancelled(stage: Stage) -> None:
    stage.updates.show(replace(READY, step=UpdateStep.DOWNLOADING, share=0.42))
    value, there = stage.banner.progress.value(), words(stage)

    stage.banner.cancel.click()
    stage.updates.show(replace(READY, step=UpdateStep.DOWNLOADING, share=1.0))

    assert (value, there) == (42, ["Cancel"])
    assert stage.updates.asked_for == ["cancel"]
    assert stage.banner.title.text() == "Checking the signature of version 2.0…"


@pytest.mark.parametrize("step", [UpdateStep.INSTALLING, UpdateStep.RESTARTING])
def test_what_must_not_be_interrupted_has_no_buttons(stage: Stage, step: UpdateStep) -> None:
    stage.updates.show(replace(READY, step=step))

    assert words(stage) == []
    assert stage.banner.progress.maximum() == 0
    assert "2.0" in stage.banner.title.text()


def test_a_failure_is_said_and_can_be_tried_again_or_closed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    trouble = "The new version failed its self-test."
    stage.updates.show(replace(READY, trouble=trouble, hint="What it said: /log/x"))
    there = words(stage)

    stage.banner.log.click()
    stage.banner.dismiss.click()

    assert opened == [QUrl.fromLocalFile("/log/x")]
    assert stage.banner.title.text() == "The new version was not installed"
    assert stage.banner.summary.text() == f"{trouble} What it said: /log/x"
    assert there == ["Open the log", "Close", "Try again"]
    assert stage.updates.asked_for == ["dismiss"]


@pytest.mark.parametrize(
    "failed",
    [
        pytest.param(
            {"trouble": "The new version failed its self-test.", "hint": "What it said: /log/x"},
            id="beside this one",
        ),
        pytest.param({"past": Entry(Outcome.PUT_BACK, "1.0", "2.0", "/log/x")}, id="in its place"),
    ],
)
def test_a_version_that_failed_here_is_offered_again_only_when_asked_for(
    stage: Stage, failed: dict[str, Any]
) -> None:
    stage.updates.show(replace(READY, **failed))

    stage.banner.dismiss.click()
    stage.updates.show(READY)
    quiet = stage.banner.isHidden()
    stage.memory.remove(DECLINED)
    stage.updates.show(READY)

    assert quiet
    assert words(stage) == ["What is new", "Not now", "Install and restart"]


def test_a_download_that_failed_is_offered_again(stage: Stage) -> None:
    stage.updates.show(replace(READY, trouble="The download stands still."))

    stage.banner.dismiss.click()
    stage.updates.show(READY)

    assert not stage.banner.isHidden()


def test_the_first_start_of_a_version_says_so(stage: Stage) -> None:
    past = Entry(Outcome.SWITCHED, "1.0", "2.0")
    stage.updates.show(UpdateState(UpdateStatus.CURRENT, past=past))

    assert stage.banner.title.text() == "Updated to version 2.0"
    assert words(stage) == ["Close"]


def test_a_version_that_was_taken_back_is_named_with_its_log(stage: Stage) -> None:
    past = Entry(Outcome.PUT_BACK, "1.0", "2.0", "/log/x")
    stage.updates.show(replace(READY, past=past))

    assert stage.banner.title.text() == "Version 2.0 did not work on this computer"
    assert stage.banner.summary.text() == "Version 1.0 is back. What went wrong: /log/x"


def test_notes_are_read_in_the_window(stage: Stage) -> None:
    update = Update("2.0", "", "Calmer.", "- It is **calm**.")
    stage.updates.show(UpdateState(UpdateStatus.AVAILABLE, update, NOW))

    stage.banner.news.click()
    stage.banner.news.click()

    reader = stage.banner._reader
    assert reader is not None
    assert reader.windowTitle() == "What is new in version 2.0 · QCC Desktop"
    assert "It is calm." in reader.text.toPlainText()
    reader.close()


def test_the_card_knows_the_installation_and_the_last_look() -> None:
    assert details(UpdateState()) == ""
    said = details(READY)
    assert said.startswith("Installed as: AppImage · Last looked for updates: ")
    assert set(KINDS) == set(InstallationKind)
    assert way_sentence(INSTALLS) == way_sentence(None) == ""
    fixed = INSTALLABLE - {InstallationKind.APP}
    assert all("write" in way_sentence(Manner(kind, has_key=True)) for kind in fixed)
    assert update_sentence(READY) == "Version 2.0 is there."


def test_an_application_that_runs_from_its_disk_image_is_told_to_be_moved() -> None:
    manner = Manner(InstallationKind.APP, has_key=True)

    assert way_sentence(manner).startswith("Move QCC Desktop to a folder of yours")
