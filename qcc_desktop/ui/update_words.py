"""What is said about a newer version, in the language shown: of states, no widgets."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QDateTime, QLocale

from qcc_desktop.core.text import QT_TRANSLATE_NOOP
from qcc_desktop.services.update_state import (
    Manner,
    Update,
    UpdateState,
    UpdateStatus,
    UpdateStep,
)
from qcc_desktop.system.installation import INSTALLABLE, InstallationKind
from qcc_desktop.system.updating.journal import Entry, Outcome
from qcc_desktop.system.updating.selftest import SAID_IN
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate

DECLINED = "updates/declined"
"""Where the window remembers the version that is not wanted now, until the person asks again."""

KINDS: Mapping[InstallationKind, str] = {
    InstallationKind.APPIMAGE: QT_TRANSLATE_NOOP("Updates", "AppImage"),
    InstallationKind.FOLDER: QT_TRANSLATE_NOOP("Updates", "a folder of your own"),
    InstallationKind.SETUP: QT_TRANSLATE_NOOP("Updates", "Windows set-up"),
    InstallationKind.APP: QT_TRANSLATE_NOOP("Updates", "macOS application"),
    InstallationKind.DEB: QT_TRANSLATE_NOOP("Updates", "system package"),
    InstallationKind.PORTABLE: QT_TRANSLATE_NOOP("Updates", "portable folder"),
    InstallationKind.PIPX: QT_TRANSLATE_NOOP("Updates", "pipx"),
    InstallationKind.UV: QT_TRANSLATE_NOOP("Updates", "uv tool"),
    InstallationKind.UVX: QT_TRANSLATE_NOOP("Updates", "uvx"),
    InstallationKind.PIP: QT_TRANSLATE_NOOP("Updates", "pip"),
    InstallationKind.SOURCE: QT_TRANSLATE_NOOP("Updates", "source code"),
}
_FETCHED: Mapping[InstallationKind, str] = {
    InstallationKind.DEB: QT_TRANSLATE_NOOP("Updates", "Update it with your package manager."),
    InstallationKind.PORTABLE: QT_TRANSLATE_NOOP(
        "Updates", "Download it and put it in the place of this folder."
    ),
    InstallationKind.PIPX: QT_TRANSLATE_NOOP(
        "Updates", "Update it in a terminal: pipx upgrade qcc-desktop"
    ),
    InstallationKind.UV: QT_TRANSLATE_NOOP(
        "Updates", "Update it in a terminal: uv tool upgrade qcc-desktop"
    ),
    InstallationKind.UVX: QT_TRANSLATE_NOOP(
        "Updates", "Start it from a terminal next time: uvx qcc-desktop@latest"
    ),
    InstallationKind.PIP: QT_TRANSLATE_NOOP(
        "Updates", "Update it in a terminal: pip install --upgrade qcc-desktop"
    ),
    InstallationKind.SOURCE: QT_TRANSLATE_NOOP("Updates", "Update it in a terminal: git pull"),
}
_BY_HAND = frozenset({*INSTALLABLE, InstallationKind.PORTABLE})
_NO_KEY = QT_TRANSLATE_NOOP(
    "Updates", "This build does not install updates; get it from where you got this one."
)
_NO_RIGHT = QT_TRANSLATE_NOOP(
    "Updates", "You may not write where this program lies; get it from where you got this one."
)

_NOT_MOVED = QT_TRANSLATE_NOOP(
    "Updates",
    "Move QCC Desktop to a folder of yours, such as Applications, to have it update itself.",
)


@dataclass(frozen=True, slots=True)
class BannerLook:
    """What the bar shows; empty texts take no room."""

    title: str
    text: str = ""
    is_problem: bool = False
    share: float | None = None
    """Of the progress bar; below 0 it only shows that something goes on. None: no bar."""
    can_install: bool = False
    is_again: bool = False
    """Whether installing is tried once more."""
    can_cancel: bool = False
    can_close: bool = False
    can_decline: bool = False
    has_news: bool = False
    has_page: bool = False
    log: str = ""
    """The file that says what went wrong."""


def banner_look(state: UpdateState, declined: str) -> BannerLook | None:
    """Return what the bar shows; None for no bar. ``declined`` is a version not wanted now."""
    update = state.update
    if state.step is not UpdateStep.NONE:
        return _at_work(state, "" if update is None else update.version)
    if state.trouble:
        return BannerLook(
            translate("Updates", "The new version was not installed"),
            failure_sentence(f"{state.trouble} {state.hint}".strip()),
            is_problem=True,
            can_install=True,
            is_again=True,
            can_close=True,
            log=state.hint.removeprefix(SAID_IN) if state.hint.startswith(SAID_IN) else "",
        )
    if state.past is not None:
        return _past(state.past)
    if update is None or update.version == declined:
        return None
    return _there(update, state.manner)


def _there(update: Update, manner: Manner | None) -> BannerLook:
    can_install = manner is not None and manner.can_install
    by_hand = manner is not None and not can_install and manner.kind in _BY_HAND
    return BannerLook(
        translate("Updates", "Version {version} is there").format(version=update.version),
        way_sentence(manner) or update.summary,
        can_install=can_install,
        can_decline=True,
        has_news=bool(update.notes or update.notes_url),
        has_page=by_hand and bool(update.notes_url and update.notes),
    )


def _at_work(state: UpdateState, version: str) -> BannerLook:
    if state.step is UpdateStep.DOWNLOADING:
        if state.share >= 1.0:
            said = translate("Updates", "Checking the signature of version {version}…")
            return BannerLook(said.format(version=version), share=1.0, can_cancel=True)
        said = translate("Updates", "Downloading version {version}…")
        return BannerLook(said.format(version=version), share=state.share, can_cancel=True)
    if state.step is UpdateStep.INSTALLING:
        said = translate("Updates", "Testing version {version} and putting it in place…")
        return BannerLook(said.format(version=version), share=-1.0)
    said = translate("Updates", "Version {version} starts in a moment")
    after = translate("Updates", "Running answers are finished first.")
    return BannerLook(said.format(version=version), after, share=-1.0)


def _past(past: Entry) -> BannerLook:
    if past.outcome is Outcome.PUT_BACK:
        title = translate("Updates", "Version {version} did not work on this computer")
        text = translate("Updates", "Version {former} is back. What went wrong: {log}")
        return BannerLook(
            title.format(version=past.version),
            text.format(former=past.former, log=past.log),
            is_problem=True,
            can_close=True,
            log=past.log,
        )
    title = translate("Updates", "Updated to version {version}")
    return BannerLook(title.format(version=past.version), can_close=True)


def way_sentence(manner: Manner | None) -> str:
    """Return how a person gets a new version that this program does not install itself."""
    if manner is None or manner.can_install:
        return ""
    if manner.kind in _FETCHED:
        return translate("Updates", _FETCHED[manner.kind])
    if manner.has_key and manner.kind is InstallationKind.APP:
        return translate("Updates", _NOT_MOVED)
    return translate("Updates", _NO_RIGHT if manner.has_key else _NO_KEY)


def update_sentence(state: UpdateState) -> str:
    """Return what is known of a newer version, one sentence."""
    match state.status:
        case UpdateStatus.NOWHERE | UpdateStatus.FAILED:
            return failure_sentence(state.message)
        case UpdateStatus.AVAILABLE if state.update is not None:
            said = translate("Updates", "Version {version} is there.")
            return said.format(version=state.update.version)
        case UpdateStatus.CURRENT:
            return translate("Updates", "This is the newest version.")
        case _:
            return translate("Updates", "Updates were not looked for yet.")


def details(state: UpdateState) -> str:
    """Return how this program was installed and when was last asked; empty while unknown."""
    said = []
    if state.manner is not None:
        kind = translate("Updates", KINDS[state.manner.kind])
        said.append(translate("Updates", "Installed as: {kind}").format(kind=kind))
    if state.checked_at is not None:
        asked = QDateTime.fromSecsSinceEpoch(int(state.checked_at.timestamp()))
        moment = QLocale().toString(asked, QLocale.FormatType.ShortFormat)
        said.append(translate("Updates", "Last looked for updates: {moment}").format(moment=moment))
    return " · ".join(said)
