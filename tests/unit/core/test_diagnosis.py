"""Findings, their words and the report."""

from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Report, Verdict, say


def _finding(verdict: Verdict) -> Finding:
    return Finding("port", say("Port"), verdict, say("Port {port} is free.", port=7860))


def test_a_sentence_is_its_template_with_its_values() -> None:
    assert say("Port {port} is free.", port=7860).plain() == "Port 7860 is free."


def test_a_sentence_is_translated_by_its_template_and_so_are_sentences_within_it() -> None:
    chinese = {"It is {what}.": "它{what}。", "free": "空闲"}

    assert say("It is {what}.", what=say("free")).plain(chinese.__getitem__) == "它空闲。"


def test_no_text_stays_empty_and_is_not_looked_up() -> None:
    assert NO_TEXT.plain(lambda _: "the header of a translation file") == ""


def test_braces_in_a_value_are_text() -> None:
    assert say("{text}", text="{port} %s").plain() == "{port} %s"


def test_what_looks_like_a_secret_in_a_value_is_masked() -> None:
    sentence = say("{a} {b}", a="http://user:word@host/", b="sk-ant-0123456789abcdef").plain()

    assert "word" not in sentence
    assert "0123456789abcdef" not in sentence


def test_only_problems_make_a_report_not_ok() -> None:
    kinds = (Verdict.OK, Verdict.NOTE, Verdict.NOT_CHECKED)

    assert Report(tuple(map(_finding, kinds))).ok
    assert not Report((_finding(Verdict.OK), _finding(Verdict.PROBLEM))).ok


def test_a_report_counts_by_verdict() -> None:
    report = Report((_finding(Verdict.NOTE), _finding(Verdict.NOTE), _finding(Verdict.OK)))

    assert report.count(Verdict.NOTE) == 2
