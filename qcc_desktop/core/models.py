"""Which model an endpoint is asked for."""

from fnmatch import fnmatchcase

from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.settings import ModelMode, Settings

_CLAUDES = ("claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5")
"""One model of each kind that Claude Code asks for."""


def target_model(endpoint: Endpoint, settings: Settings, requested: str | None) -> str | None:
    """Return the model to put into the request, None when its body stays as it is.

    In map mode the first pattern of the endpoint's map that matches wins (``*`` matches any run
    of characters, case counts as it does for model ids); a model without a match passes.
    An endpoint that speaks OpenAI's API seldom knows Claude's names: its own map holds whatever
    the mode.
    """
    if not requested:
        return None
    own = _mapped(endpoint, requested) if endpoint.protocol is WireProtocol.OPENAI else None
    wanted = own or _wanted(endpoint, settings, requested)
    return None if wanted == requested else wanted


def lacks_models(endpoint: Endpoint, settings: Settings) -> bool:
    """Tell whether an endpoint of OpenAI's API would be asked for Claude's own models."""
    return not names_model(endpoint) and any(
        target_model(endpoint, settings, each) is None for each in _CLAUDES
    )


def names_model(endpoint: Endpoint) -> bool:
    """Tell whether an endpoint knows Claude's names, or takes none: Azure's address has it."""
    is_openai = endpoint.protocol is WireProtocol.OPENAI
    return not is_openai or "/deployments/" in endpoint.base_url


def _wanted(endpoint: Endpoint, settings: Settings, requested: str) -> str | None:
    if settings.models_mode is ModelMode.OVERRIDE:
        return settings.models_override or None
    return _mapped(endpoint, requested) if settings.models_mode is ModelMode.MAP else None


def _mapped(endpoint: Endpoint, requested: str) -> str | None:
    for pattern, model in endpoint.model_map:
        if fnmatchcase(requested, pattern):
            return model
    return None
