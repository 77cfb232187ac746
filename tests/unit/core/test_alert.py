"""Each kind of message has its own switch."""

from dataclasses import replace

import pytest

from qcc_desktop.core.alert import AlertKind, is_wanted
from qcc_desktop.core.settings import Settings, with_option


@pytest.mark.parametrize("kind", AlertKind)
def test_a_kind_is_switched_off_by_the_option_of_its_name_alone(kind: AlertKind) -> None:
    without = with_option(Settings(), f"notify.{kind}", "off")

    assert [each for each in AlertKind if not is_wanted(without, each)] == [kind]
    assert without == replace(Settings(), **{f"notify_{kind}": False})  # type: ignore[arg-type]  # by name
