"""Model mapping: what an endpoint is asked for."""

import pytest

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.models import target_model
from qcc_desktop.core.settings import ModelMode, Settings

MAPPED = Endpoint(
    id="e",
    name="E",
    base_url="https://e",
    model_map=(("claude-*haiku*", "small"), ("claude-*", "big"), ("same", "same")),
)
MAP = Settings(models_mode=ModelMode.MAP)
OVERRIDE = Settings(models_mode=ModelMode.OVERRIDE, models_override="one")


@pytest.mark.parametrize(
    ("settings", "requested", "expected"),
    [
        pytest.param(Settings(), "claude-opus-4-5", None, id="passthrough leaves the body alone"),
        pytest.param(MAP, "claude-haiku-4-5", "small", id="the first pattern wins"),
        pytest.param(MAP, "claude-opus-4-5", "big", id="a later pattern matches"),
        pytest.param(MAP, "gpt-5", None, id="no match passes"),
        pytest.param(MAP, "same", None, id="the same name needs no new body"),
        pytest.param(OVERRIDE, "claude-opus-4-5", "one", id="override"),
        pytest.param(OVERRIDE, None, None, id="a body without a model stays"),
        pytest.param(
            Settings(models_mode=ModelMode.OVERRIDE), "m", None, id="override without a name"
        ),
    ],
)
def test_target_model(settings: Settings, requested: str | None, expected: str | None) -> None:
    assert target_model(MAPPED, settings, requested) == expected
