"""Model mapping: what an endpoint is asked for."""

from dataclasses import replace

import pytest

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.models import lacks_models, target_model
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


OPENAI = replace(MAPPED, protocol=WireProtocol.OPENAI)


@pytest.mark.parametrize(
    ("settings", "requested", "expected"),
    [
        pytest.param(Settings(), "claude-opus-4-5", "big", id="its own map holds in any mode"),
        pytest.param(OVERRIDE, "claude-haiku-4-5", "small", id="and comes before the override"),
        pytest.param(OVERRIDE, "gpt-5", "one", id="which holds where the map says nothing"),
        pytest.param(MAP, "same", None, id="the same name stays"),
        pytest.param(Settings(), "gpt-5", None, id="no match passes"),
    ],
)
def test_an_endpoint_of_openais_api_is_asked_for_its_own_models(
    settings: Settings, requested: str, expected: str | None
) -> None:
    assert target_model(OPENAI, settings, requested) == expected


@pytest.mark.parametrize(
    ("endpoint", "settings", "expected"),
    [
        pytest.param(OPENAI, Settings(), False, id="mapped"),
        pytest.param(replace(OPENAI, model_map=()), Settings(), True, id="no map"),
        pytest.param(
            replace(OPENAI, model_map=(("*opus*", "big"),)), Settings(), True, id="opus alone"
        ),
        pytest.param(replace(OPENAI, model_map=()), OVERRIDE, False, id="overridden"),
        pytest.param(replace(MAPPED, model_map=()), Settings(), False, id="Anthropic's dialect"),
        pytest.param(
            replace(OPENAI, model_map=(), base_url="https://x/openai/deployments/d?api-version=1"),
            Settings(),
            False,
            id="Azure's address names the model",
        ),
    ],
)
def test_it_is_known_whether_claude_codes_models_are_mapped(
    endpoint: Endpoint, settings: Settings, expected: bool
) -> None:
    assert lacks_models(endpoint, settings) is expected
