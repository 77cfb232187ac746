"""Errors a person can act on: one sentence, its remedy, and the exit code of the contract."""

import pytest

from qcc_desktop.core.errors import InvalidInput, NewerFormat, NotRunning, UserFacingError


def test_an_error_reads_as_one_text_with_its_remedy() -> None:
    error = UserFacingError("Port 7860 is in use.", "Choose another one.")

    assert str(error) == "Port 7860 is in use. Choose another one."
    assert (error.title, error.hint) == ("Port 7860 is in use.", "Choose another one.")


def test_an_error_without_a_remedy_has_no_stray_blank() -> None:
    assert str(UserFacingError("It failed.")) == "It failed."


def test_invalid_input_tells_all_faults_together_by_field() -> None:
    error = InvalidInput({"name": "No name.", "base_url": "No URL."})

    assert str(error) == "No name. No URL."
    assert error.faults == {"name": "No name.", "base_url": "No URL."}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UserFacingError("x"), 1),
        (NewerFormat("x"), 1),
        (InvalidInput({"f": "x"}), 2),
        (NotRunning("x"), 3),
    ],
    ids=["failed", "newer format", "wrong input", "not running"],
)
def test_each_kind_has_the_exit_code_of_the_contract(error: UserFacingError, code: int) -> None:
    assert error.exit_code == code
