"""What an import shows before and after: lines, notes and sentences; knows no widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qcc_desktop.core.settings import OptionValue
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, NotTaken, Source
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.failure_words import failure_sentence
from qcc_desktop.ui.i18n import translate
from qcc_desktop.ui.welcome.words import known_as, option_line, source_word


@dataclass(frozen=True, slots=True)
class Line:
    """One endpoint that was found; it can be ticked where `can_take`."""

    source: Source
    place: str
    item: Item

    @property
    def can_take(self) -> bool:
        """Whether it can be added and is not here yet."""
        return self.item.is_new

    @property
    def is_fault(self) -> bool:
        """Whether something is wrong with it, rather than that it is here already."""
        return bool(self.item.problem)


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of a whole place."""

    source: Source
    place: str
    sentence: str
    is_fault: bool


class Nothing(StrEnum):
    """Why there is nothing to take."""

    NOWHERE = "nowhere"
    """No place holds an endpoint."""
    HERE = "here"
    """All that could be taken is here already."""
    UNFIT = "unfit"
    """What is there cannot be taken."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that was found."""

    lines: tuple[Line, ...] = ()
    settings: tuple[LegacySetting, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def fresh(self) -> tuple[Line, ...]:
        """What can be taken."""
        return tuple(line for line in self.lines if line.can_take)

    @property
    def nothing(self) -> Nothing:
        """Why there is nothing to take, where nothing can be."""
        if any(line.item.is_known for line in self.lines):
            return Nothing.HERE
        return Nothing.UNFIT if self.lines or self._has_faults else Nothing.NOWHERE

    @property
    def _has_faults(self) -> bool:
        return any(note.is_fault for note in self.notes)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, with what undoes it."""

    report: ImportReport
    before: tuple[tuple[str, OptionValue], ...] = ()
    """The options that were changed, as they were."""

    @property
    def added_ids(self) -> tuple[str, ...]:
        """The endpoints that came with it."""
        return tuple(endpoint.id for endpoint in self.report.added)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: a heading and what falls under it."""

    title: str
    lines: tuple[str, ...]
    is_fault: bool = False


def offer_of(found: Sequence[Found]) -> Offer:
    """Return what was found, in its order."""
    return Offer(
        tuple(Line(place.source, place.place, item) for place in found for item in place.items),
        tuple(setting for place in found for setting in place.settings),
        tuple(note for place in found for note in _notes(place)),
    )


def _notes(place: Found) -> list[Note]:
    faults = [place.fault] if place.fault else []
    said = [(sentence, True) for sentence in faults]
    said += [(sentence, False) for sentence in place.remarks]
    return [Note(place.source, place.place, sentence, is_fault) for sentence, is_fault in said]


def address_text(line: Line) -> str:
    """Return where an endpoint is, with the end of its key."""
    item = line.item
    parts = [item.base_url.removeprefix("https://"), item.key_tail]
    if line.can_take and not item.draft.enabled:
        parts.append(translate("Import", "switched off"))
    return " · ".join(filter(None, parts))


def reason_text(line: Line) -> str:
    """Return why an endpoint is not offered; empty where it is."""
    if line.item.problem:
        return failure_sentence(line.item.problem)
    return known_as(line.item.known_as) if line.item.known_as else ""


def spoken_text(line: Line) -> str:
    """Return everything about a line, for a screen reader."""
    parts = (line.item.name, address_text(line), source_word(line.source), reason_text(line))
    return ", ".join(filter(None, parts))


def place_text(line: Line) -> str:
    """Return from where a line is, and in which groups it was there."""
    parts = (source_word(line.source), failure_sentence(line.place), ", ".join(line.item.groups))
    return " · ".join(filter(None, parts))


def note_text(note: Note) -> str:
    """Return a note with the place it is about."""
    place = translate("Import", "{source} ({place})").format(
        source=source_word(note.source), place=failure_sentence(note.place)
    )
    return translate("Import", "{place}: {sentence}").format(
        place=place, sentence=failure_sentence(note.sentence)
    )


def settings_text(settings: Sequence[LegacySetting]) -> str:
    """Return the options that would change, and why, each reason once."""
    lines = translate("Import", "; ").join(option_line(setting) for setting in settings)
    reasons = dict.fromkeys(failure_sentence(setting.why) for setting in settings)
    return "\n".join((lines, *reasons))


def button_text(count: int) -> str:
    """Return what the button says for so many ticked endpoints."""
    if count == 1:
        return translate("Import", "Import 1 endpoint")
    return translate("Import", "Import {count} endpoints").format(count=count)


def headline(report: ImportReport) -> str:
    """Return in one sentence what an import did."""
    count = len(report.added)
    if count == 0:
        return translate("Import", "No endpoint was imported.")
    if count == 1:
        return translate("Import", "{name} was imported.").format(name=report.added[0].name)
    return translate("Import", "{count} endpoints were imported.").format(count=count)


def sections_of(report: ImportReport) -> tuple[Section, ...]:
    """Return what an import did, part by part; empty parts are left out."""
    parts = (
        Section(translate("Import", "Added"), tuple(one.name for one in report.added)),
        Section(
            translate("Import", "Settings changed"),
            tuple(option_line(setting) for setting in report.settings),
        ),
        Section(translate("Import", "Left as it is"), _not_taken(report.skipped)),
        Section(translate("Import", "Not imported"), _not_taken(report.failed), is_fault=True),
    )
    return tuple(part for part in parts if part.lines)


def _not_taken(entries: Sequence[NotTaken]) -> tuple[str, ...]:
    form = translate("Import", "{name}: {reason}")
    return tuple(
        form.format(name=entry.name, reason=failure_sentence(entry.reason)) for entry in entries
    )
