"""Which model an endpoint is asked for."""

from fnmatch import fnmatchcase

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.settings import ModelMode, Settings


def target_model(endpoint: Endpoint, settings: Settings, requested: str | None) -> str | None:
    """Return the model to put into the request, None when its body stays as it is.

    In map mode the first pattern of the endpoint's map that matches wins (``*`` matches any run
    of characters, case counts as it does for model ids); a model without a match passes.
    """
    if not requested:
        return None
    wanted: str | None = None
    match settings.models_mode:
        case ModelMode.PASSTHROUGH:
            pass
        case ModelMode.OVERRIDE:
            wanted = settings.models_override or None
        case ModelMode.MAP:
            wanted = _mapped(endpoint, requested)
    return None if wanted == requested else wanted


def _mapped(endpoint: Endpoint, requested: str) -> str | None:
    for pattern, model in endpoint.model_map:
        if fnmatchcase(requested, pattern):
            return model
    return None
