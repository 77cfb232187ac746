"""Speaks OpenAI's API to the endpoints that know no other.

The one place where the engine minds what an endpoint speaks: a `Call` is made in its dialect, and
carries the terms on which `Attempt` reads the answer as one of the Messages API. Everything
behind that sees what an Anthropic endpoint would have sent. Errors stay in the endpoint's own
words, which the classifier knows, and are put into Anthropic's shape for the client alone.
"""

import logging
import random
from collections import OrderedDict

from qcc_desktop import __version__
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.failure import Failure, FailureClass, Scope
from qcc_desktop.proxy.attempt import Call, Failed
from qcc_desktop.wire.headers import openai_headers
from qcc_desktop.wire.openai import chat_address
from qcc_desktop.wire.request_head import read_head
from qcc_desktop.wire.translate.quirks import Quirks, known_quirks, learnt
from qcc_desktop.wire.translate.request import NeedsAnthropicTool, Untranslatable, to_openai

_log = logging.getLogger(__name__)
_MOST_KEPT = 256
MOST_LESSONS = 8
"""How often one request may be sent again because of what a refusal taught."""
AGENT = f"qcc-desktop/{__version__}"


class OpenAIDialect:
    """Makes calls, and remembers what each endpoint refused for which model.

    The memory lasts as long as the program; an endpoint moved to another address begins anew.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._quirks: OrderedDict[tuple[str, str, str], Quirks] = OrderedDict()

    def call(self, endpoint: Endpoint, key: str | None, body: bytes, model: str) -> Call | Failed:
        """Return a client's request as the endpoint is asked it, for ``model``.

        `Failed` without asking where the request has no counterpart.
        """
        head = read_head(body)
        try:
            request = to_openai(
                body,
                model,
                self._known(endpoint, model),
                requested=head.model or model,
                seed=f"{self._rng.getrandbits(64):016x}",
            )
        except Untranslatable as error:
            return Failed(refusal(error))
        address, target = chat_address(endpoint.base_url)
        headers = openai_headers(endpoint.auth, key or "", endpoint.extra_headers, agent=AGENT)
        return Call(target, headers, request.body, head.stream, address, request.terms)

    def learns(self, endpoint: Endpoint, body: bytes, model: str, failed: Failed) -> bool:
        """Take a refusal in; True where the same request would now be sent differently."""
        if failed.status is None:
            return False
        before = self._known(endpoint, model)
        better = learnt(before, failed.status, failed.body)
        if better is None or _sent(body, model, before) == _sent(body, model, better):
            return False
        _log.info("%s refuses a part of requests for %s: they go without", endpoint.name, model)
        self._quirks[_place(endpoint, model)] = better
        if len(self._quirks) > _MOST_KEPT:
            self._quirks.popitem(last=False)
        return True

    def _known(self, endpoint: Endpoint, model: str) -> Quirks:
        kept = self._quirks.get(_place(endpoint, model))
        return kept or known_quirks(endpoint.base_url, model)


def _place(endpoint: Endpoint, model: str) -> tuple[str, str, str]:
    return endpoint.id, endpoint.base_url, model


def _sent(body: bytes, model: str, quirks: Quirks) -> bytes:
    return to_openai(body, model, quirks).body


def refusal(error: Untranslatable) -> Failure:
    """Return why the endpoint was not asked; another one may be, if it can do what is missing."""
    needs_another = isinstance(error, NeedsAnthropicTool)
    return Failure(
        kind=FailureClass.PERMANENT if needs_another else FailureClass.CLIENT,
        row=11 if needs_another else 8,
        reason="anthropic_tool" if needs_another else "no_request",
        message=str(error),
        scope=Scope.REQUEST,
        switch=needs_another,
        client_status=400,
        client_error_type="invalid_request_error",
        should_retry=False,
    )
