"""What is said of the Claude Codes of this computer; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.system.finder.installation import KIND_NAMES, Installation
from qcc_desktop.ui.i18n import translate


@dataclass(frozen=True, slots=True)
class InstallationLook:
    """The one that a launch starts, and what else could be picked."""

    is_found: bool
    title: str
    place: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Value (a path; empty for the first found) and words of each that can be picked."""
    wanted: str = ""
    """The value that is picked."""
    broken: tuple[str, ...] = ()
    """What was found and does not start, with the reason."""


def installation_look(
    found: Sequence[Installation], chosen: Installation | None, wanted: str
) -> InstallationLook:
    """Return the look of a search's end; ``wanted`` is the option ``claude.executable``."""
    sound = [each for each in found if each.is_usable]
    broken = tuple(_broken(each) for each in found if not each.is_usable)
    if chosen is None:
        title = translate("InstallationLook", "Claude Code was not found on this computer.")
        return InstallationLook(is_found=False, title=title, broken=broken)
    first = translate("InstallationLook", "The first found: {which}").format(which=brief(sound[0]))
    others = tuple((str(each.path), f"{brief(each)} · {each.path}") for each in sound)
    is_known = any(each.path == Path(wanted) for each in sound) if wanted else True
    return InstallationLook(
        is_found=True,
        title=brief(chosen),
        place=str(chosen.path),
        choices=(("", first), *others) if len(sound) > 1 or wanted else (),
        wanted=wanted if is_known else "",
        broken=broken,
    )


def brief(installation: Installation) -> str:
    """Return version and kind."""
    version = installation.version or translate("InstallationLook", "version unknown")
    return f"{version} · {kind_word(installation)}"


def kind_word(installation: Installation) -> str:
    """Return who put it there."""
    return translate("Installation", KIND_NAMES[installation.kind])


def _broken(installation: Installation) -> str:
    problem = translate("Installation", installation.problem)
    return f"{installation.path}: {problem}"
