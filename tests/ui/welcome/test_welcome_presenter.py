"""What an import says before and after, without a widget."""

import re
from pathlib import Path

import pytest

import qcc_desktop
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.import_texts import IMPORT_TEXTS
from qcc_desktop.services.endpoints import EndpointDraft
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, NotTaken, Source
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.ui.welcome.presenter import (
    Line,
    Nothing,
    address_text,
    button_text,
    headline,
    note_text,
    offer_of,
    place_text,
    reason_text,
    sections_of,
    settings_text,
    spoken_text,
)

_KEY = "sk-test-1234567890-4f2a"
_MODE = LegacySetting("models.mode", "override", "Because.")


def item(name: str = "Relay", **changes: object) -> Item:
    draft = EndpointDraft(name=name, base_url="https://relay.example.net/v", key=_KEY)
    return Item(draft, draft.base_url, "…4f2a", **changes)  # type: ignore[arg-type]  # by name


def line(found: Item) -> Line:
    return Line(Source.QCC, "/home/ada/.fastcc/config.json", found)


def test_lines_keep_the_order_of_places_and_only_new_ones_can_be_taken() -> None:
    found = (
        Found(Source.QCC, "a", (item("One"), item("Two", known_as="One")), (_MODE,)),
        Found(Source.ENV, "the environment", (item("Three", problem="It has no address."),)),
    )

    offer = offer_of(found)

    assert [each.item.name for each in offer.lines] == ["One", "Two", "Three"]
    assert [each.item.name for each in offer.fresh] == ["One"]
    assert offer.settings == (_MODE,)


def test_faults_and_remarks_become_notes_with_their_place() -> None:
    offer = offer_of((Found(Source.CC_SWITCH, "x.db", remarks=("Mind.",), fault="Broken."),))

    assert [(note.sentence, note.is_fault) for note in offer.notes] == [
        ("Broken.", True),
        ("Mind.", False),
    ]
    assert note_text(offer.notes[0]) == "cc-switch (x.db): Broken."


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ((), Nothing.NOWHERE),
        ((Found(Source.QCC, "a", (item(known_as="B"),)),), Nothing.HERE),
        ((Found(Source.QCC, "a", (item(problem="No."),)),), Nothing.UNFIT),
        ((Found(Source.QCC, "a", fault="Broken."),), Nothing.UNFIT),
        ((Found(Source.QCC, "a", remarks=("Mind.",)),), Nothing.NOWHERE),
    ],
    ids=["nowhere", "here", "unfit", "broken", "remark"],
)
def test_it_is_said_why_there_is_nothing_to_take(found: tuple[Found, ...], why: Nothing) -> None:
    assert offer_of(found).nothing is why


def test_a_line_tells_address_end_of_the_key_source_and_never_the_key() -> None:
    shown = line(item(groups=("work", "home")))

    assert address_text(shown) == "relay.example.net/v · …4f2a"
    assert place_text(shown) == "QCC · /home/ada/.fastcc/config.json · work, home"
    assert spoken_text(shown) == "Relay, relay.example.net/v · …4f2a, QCC"
    assert reason_text(shown) == ""
    assert _KEY not in repr(shown)


def test_one_that_is_switched_off_there_says_so() -> None:
    draft = EndpointDraft(name="R", base_url="https://r.example.net", key=_KEY, enabled=False)

    assert address_text(line(Item(draft, draft.base_url, "…"))).endswith("switched off")


def test_what_is_not_offered_says_why() -> None:
    assert reason_text(line(item(known_as="DeepSeek"))) == "The same endpoint as DeepSeek."
    assert reason_text(line(item(problem="It has no address."))) == "It has no address."


def test_settings_are_named_in_words_and_each_reason_is_given_once() -> None:
    both = (LegacySetting("models.override", "opus", "Because."), _MODE)

    options, *reasons = settings_text(both).split("\n")

    assert options == "Replacement model: opus; Models: Replace by one model"
    assert reasons == ["Because."]


def test_the_button_counts() -> None:
    assert button_text(1) == "Import 1 endpoint"
    assert button_text(40) == "Import 40 endpoints"


def test_the_report_tells_every_part_and_leaves_empty_ones_out() -> None:
    report = ImportReport(
        (Endpoint("a", "A", "https://a.example.net"), Endpoint("b", "B", "https://b.example.net")),
        (_MODE,),
        (NotTaken("C", "It is here already, as A."),),
        (NotTaken("D", "It has no address."),),
    )

    assert headline(report) == "2 endpoints were imported."
    assert [part.title for part in sections_of(report)] == [
        "Added",
        "Settings changed",
        "Left as it is",
        "Not imported",
    ]
    assert sections_of(report)[2].lines == ("C: It is here already, as A.",)
    assert sections_of(report)[3].is_fault
    assert sections_of(ImportReport()) == ()
    assert headline(ImportReport()) == "No endpoint was imported."
    assert headline(ImportReport(report.added[:1])) == "A was imported."


def test_every_sentence_of_the_readers_is_listed_for_translation() -> None:
    package = Path(qcc_desktop.__file__).parent
    sources = [*(package / "storage").glob("legacy_*.py"), package / "services/legacy_items.py"]
    marked = re.compile(r'QT_TRANSLATE_NOOP\(\s*"Import",\s*((?:"(?:[^"\\]|\\.)*"\s*)+),?\s*\)')
    texts = {
        "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', found))
        for source in sources
        for found in marked.findall(source.read_text(encoding="utf-8"))
    }

    assert len(texts) > 15
    assert texts <= set(IMPORT_TEXTS)
