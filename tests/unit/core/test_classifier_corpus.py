"""The classifier against the labelled corpus: nothing in it may be misjudged."""

from collections import Counter

import pytest

from qcc_desktop.core.classifier import classify
from tests.helpers.classification import SUCCESS, Case, cases, misjudged

CASES = cases()
NESTING_ROWS = {27, 29, 33}


def _matrix(counts: Counter[tuple[str, str]]) -> str:
    names = sorted({name for pair in counts for name in pair})
    width = max(map(len, names)) + 1
    head = "expected \\ got".ljust(width + 4) + "".join(name.rjust(width) for name in names)
    rows = [
        expected.ljust(width + 4)
        + "".join(str(counts[expected, got] or ".").rjust(width) for got in names)
        for expected in names
    ]
    return "\n".join([head, *rows])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_labelled_case_gets_the_verdict_of_its_label(case: Case) -> None:
    failure = classify(case.observation)

    assert misjudged(case, failure) == {}, f"{case.source}: {failure}"


def test_the_confusion_matrix_has_nothing_beside_its_diagonal() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    for case in CASES:
        failure = classify(case.observation)
        counts[case.expected_class, failure.kind.value if failure else SUCCESS] += 1

    print(f"\n{len(CASES)} cases\n{_matrix(counts)}")  # noqa: T201 - shown with -s and on failure

    assert sum(n for (expected, got), n in counts.items() if expected != got) == 0


def test_the_corpus_covers_every_row_of_the_table() -> None:
    rows = {case.expected["row"] for case in CASES}

    assert set(range(1, 37)) - rows == set()


def test_the_corpus_is_large_and_every_case_has_a_name_and_a_source_of_its_own() -> None:
    names = Counter(case.id for case in CASES)

    assert len(CASES) >= 500
    assert [name for name, times in names.items() if times > 1] == []
    assert [case.id for case in CASES if not case.source] == []


def test_every_verdict_of_the_corpus_says_its_cause_in_one_sentence() -> None:
    failures = [failure for case in CASES if (failure := classify(case.observation))]

    odd = {f.message for f in failures if not f.message.endswith(".") or "\n" in f.message}

    assert odd == set()


def test_a_fault_of_the_client_never_blames_an_endpoint() -> None:
    blamed = [
        case.id
        for case in CASES
        if (failure := classify(case.observation))
        and failure.kind.value in {"client", "client_abort"}
        and (failure.breaker.value != "neutral" or failure.cooldown or failure.switch)
    ]

    assert blamed == []
