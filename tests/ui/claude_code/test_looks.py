"""What the page says of folders, installations, the takeover and findings: values in, words out."""

from dataclasses import replace
from pathlib import Path

import pytest

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core import installation_texts
from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.diagnosis import Finding, Verdict, say
from qcc_desktop.core.settings import Strategy
from qcc_desktop.system.claude_settings.status import FileState, FileStatus, TakeoverStatus
from qcc_desktop.system.finder.installation import Installation, Kind
from qcc_desktop.system.launcher.quoting import own_words
from qcc_desktop.ui.claude_code.finding_look import finding_look, summary
from qcc_desktop.ui.claude_code.folder_look import folder_looks, line_of
from qcc_desktop.ui.claude_code.installation_look import installation_look
from qcc_desktop.ui.claude_code.takeover_look import Grade, Offer, takeover_look
from tests.helpers.desk_fakes import CLAUDE, SETTINGS_FILE, endpoint

HOME = Path("/home/ada")
NPM = Installation(Path("/usr/bin/claude"), Kind.NPM, ("/usr/bin/claude",), "2.0.1")
DEAD = replace(NPM, path=Path("/opt/claude"), problem=installation_texts.NO_NODE)


def status(state: FileState, *, wanted: bool, comments: bool = False) -> TakeoverStatus:
    return TakeoverStatus(
        wanted, (FileStatus(SETTINGS_FILE, state, (("fault", "x"), ("owner", "QCC")), comments),)
    )


def test_a_folder_says_its_name_its_place_and_what_differs_there() -> None:
    choice = FolderChoice(
        str(HOME / "shop"), "ep-deepseek", Strategy.FASTEST, ("--model", "opus 4")
    )
    config = Config(
        (endpoint("DeepSeek"),),
        recent_folders=(str(HOME / "shop"), str(Path("/srv/x"))),
        folders=(choice,),
    )

    first, second = folder_looks(config, HOME)

    assert (first.name, first.place) == ("shop", str(Path("~/shop")))
    assert first.choice == f"prefers DeepSeek · Fastest · {line_of(('--model', 'opus 4'))}"
    assert (second.place, second.choice) == (str(Path("/srv/x")), "")


def test_a_folder_whose_endpoint_was_removed_says_nothing_of_it() -> None:
    config = Config(recent_folders=("/x",), folders=(FolderChoice("/x", "ep-gone"),))

    assert folder_looks(config, HOME)[0].choice == ""


def test_arguments_written_as_a_line_are_read_back_as_they_were() -> None:
    arguments = ("--append-system-prompt", 'say "it\'s 100%" & more', "", "北京")

    assert own_words(line_of(arguments)) == arguments


def test_the_one_installation_there_is_needs_no_picker() -> None:
    look = installation_look((CLAUDE,), CLAUDE, "")

    assert look.title == "2.1.330 · Anthropic's installer"
    assert look.place == str(CLAUDE.path)
    assert look.choices == ()


def test_several_installations_can_be_picked_and_what_is_broken_is_said() -> None:
    look = installation_look((CLAUDE, NPM, DEAD), NPM, str(NPM.path))

    assert [value for value, _ in look.choices] == ["", str(CLAUDE.path), str(NPM.path)]
    assert look.wanted == str(NPM.path)
    assert look.broken == (f"{DEAD.path}: It needs Node.js, which was not found.",)


def test_a_wish_for_one_that_is_gone_falls_back_to_the_first_found() -> None:
    look = installation_look((CLAUDE,), CLAUDE, "/gone/claude")

    assert look.wanted == ""
    assert [value for value, _ in look.choices] == ["", str(CLAUDE.path)]


def test_none_that_starts_counts_as_none_found() -> None:
    look = installation_look((DEAD,), None, "")

    assert not look.is_found
    assert look.title == "Claude Code was not found on this computer."
    assert look.broken


@pytest.mark.parametrize(
    ("state", "wanted", "grade", "offer"),
    [
        (FileState.OURS, True, Grade.WELL, Offer.NONE),
        (FileState.FOREIGN, False, Grade.QUIET, Offer.NONE),
        (FileState.ABSENT, False, Grade.QUIET, Offer.NONE),
        (FileState.FOREIGN, True, Grade.PROBLEM, Offer.LEAD),
        (FileState.CHANGED, True, Grade.PROBLEM, Offer.LEAD),
        (FileState.OUTDATED, True, Grade.PROBLEM, Offer.LEAD),
        (FileState.BROKEN, True, Grade.PROBLEM, Offer.LEAD),
        (FileState.LEFTOVER, False, Grade.PROBLEM, Offer.PUT_BACK),
        (FileState.OUTDATED, False, Grade.PROBLEM, Offer.PUT_BACK),
        (FileState.PLACEHOLDER, False, Grade.PROBLEM, Offer.NONE),
    ],
)
def test_each_state_of_a_settings_file_has_a_mark_and_what_helps(
    state: FileState, wanted: bool, grade: Grade, offer: Offer
) -> None:
    look = takeover_look(status(state, wanted=wanted), is_proxy_on=True)

    assert look.files[0].grade is grade
    assert look.offer is offer
    assert look.files[0].sentence


@pytest.mark.parametrize(
    "state",
    [
        FileState.OUTDATED,
        FileState.CHANGED,
        FileState.LEFTOVER,
        FileState.PLACEHOLDER,
        FileState.BROKEN,
    ],
)
def test_a_file_that_is_wrong_has_a_remedy(state: FileState) -> None:
    assert takeover_look(status(state, wanted=True), is_proxy_on=True).files[0].remedy


def test_a_file_with_comments_is_a_problem_even_when_it_leads_to_the_proxy() -> None:
    look = takeover_look(status(FileState.OURS, wanted=True, comments=True), is_proxy_on=True)

    assert look.files[0].grade is Grade.PROBLEM
    assert look.files[0].remedy == "Take them out of the file."


def test_without_the_proxy_files_that_were_given_back_are_no_problem() -> None:
    look = takeover_look(status(FileState.FOREIGN, wanted=True), is_proxy_on=False)

    assert look.is_on
    assert "the proxy is off" in look.sentence
    assert look.files[0].grade is Grade.QUIET
    assert look.offer is Offer.NONE


def test_an_organisations_settings_are_named_and_the_takeover_is_not_called_whole() -> None:
    managed = replace(status(FileState.OURS, wanted=True), managed=("ANTHROPIC_BASE_URL",))

    look = takeover_look(managed, is_proxy_on=True)

    assert look.sentence == "On, but not everywhere."
    assert "ANTHROPIC_BASE_URL" in look.notes[0]


def test_a_finding_is_said_in_words_with_the_sentences_within_it() -> None:
    reason = say(texts.AS_IT_IS, text="The endpoint refused the key (401).")
    finding = Finding(
        "endpoint",
        say(texts.ENDPOINT, name="Relay A"),
        Verdict.PROBLEM,
        say(texts.ENDPOINT_FAILED, host="a.example", message=reason),
        fix_id="x",
    )

    look = finding_look(finding)

    assert look.title == "Endpoint Relay A"
    assert look.detail == "a.example: The endpoint refused the key (401)."
    assert (look.remedy, look.fix_id) == ("", "x")


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([Verdict.OK], "All is well."),
        ([Verdict.OK, Verdict.NOTE, Verdict.NOT_CHECKED], "No problem · Notes: 2"),
        ([Verdict.PROBLEM, Verdict.OK], "Problems: 1 · Notes: 0"),
    ],
)
def test_the_summary_counts_what_matters(verdicts: list[Verdict], said: str) -> None:
    assert summary(verdicts) == said
