"""Background checks of endpoints that are out, and the test a user starts.

The conversation is QCC's idea (repeat a code word), freed of its faults: no fixed model, room
for models that think first, and a refusal says what was refused.
"""

import random
import string
from collections.abc import Callable

from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import Failure
from qcc_desktop.core.settings import ProbeKind
from qcc_desktop.proxy.asking import Asker
from qcc_desktop.proxy.battery import Battery
from qcc_desktop.proxy.dialect import OpenAIDialect
from qcc_desktop.proxy.report import Check, TestReport
from qcc_desktop.proxy.small_talk import (
    DEFAULT_MODEL,
    WRONG_ANSWER,
    cheapest,
    conversation,
    models_in,
)
from qcc_desktop.proxy.upstreams import Upstream
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.wire.anthropic import parse

__all__ = ["Check", "Prober", "TestReport"]
_CODE_LENGTH = 6


class Prober:
    """Verifies endpoints; ``model_at`` names the model a client's request would ask one for."""

    def __init__(
        self,
        clock: Clock,
        rng: random.Random,
        model_at: Callable[[Endpoint], str],
        dialect: OpenAIDialect,
    ) -> None:
        self._clock = clock
        self._rng = rng
        self._model_at = model_at
        self._dialect = dialect

    async def verify(
        self, upstream: Upstream, endpoint: Endpoint, key: str | None, kind: ProbeKind
    ) -> Failure | None:
        """Return None when the endpoint is well, else how it failed."""
        asker = Asker(upstream, endpoint, key, self._clock, self._dialect)
        match kind:
            case ProbeKind.CONVERSATION:
                return await self._converse(asker)
            case ProbeKind.MODELS:
                return await _list_models(asker)
            case ProbeKind.CONNECT:
                return await asker.reach()

    async def test(
        self,
        upstream: Upstream,
        endpoint: Endpoint,
        key: str | None,
        on_check: Callable[[Check], None] | None = None,
    ) -> TestReport:
        """Try every point of a test, telling ``on_check`` each verdict as it comes."""
        asker = Asker(upstream, endpoint, key, self._clock, self._dialect)
        return await Battery(asker, self._code, self._model_at(endpoint), on_check).run()

    async def _converse(self, asker: Asker) -> Failure | None:
        code = self._code()
        model = self._model_at(asker.endpoint) or await _listed_model(asker)
        reply = await asker.message(conversation(model, code))
        if reply.failure is not None:
            return reply.failure
        return None if code in reply.text else WRONG_ANSWER

    def _code(self) -> str:
        letters = string.ascii_uppercase + string.digits
        return "".join(self._rng.choices(letters, k=_CODE_LENGTH))


async def _list_models(asker: Asker) -> Failure | None:
    response = await asker.models()
    if isinstance(response, Failure):
        return response
    return None if response.is_success else asker.failure_in(response)


async def _listed_model(asker: Asker) -> str:
    response = await asker.models()
    if isinstance(response, Failure) or not response.is_success:
        return DEFAULT_MODEL
    return cheapest(models_in(parse(response.content))) or DEFAULT_MODEL
