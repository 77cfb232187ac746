"""What a person can do with a running conversation."""

from collections.abc import Callable
from typing import Protocol

from qcc_desktop.core.config import Config
from qcc_desktop.core.errors import UserFacingError

_GONE = "This session is not known any more."
_GONE_HINT = "It appears again with its next request."
_NO_ENDPOINT = "This endpoint does not exist any more. Look at the list again."
_OFF = "This endpoint is switched off."
_OFF_HINT = "Switch it on first, or choose another one."


class Conversations(Protocol):
    """The part of the engine that knows where conversations are bound."""

    def knows_session(self, session: str) -> bool:
        """Tell whether it is remembered."""
        ...

    def pin_session(self, session: str, endpoint_id: str | None) -> None:
        """Prefer an endpoint for it; None ends that."""
        ...

    def move_session(self, session: str, endpoint_id: str) -> None:
        """Bind it to an endpoint from its next request on."""
        ...

    def release_session(self, session: str) -> None:
        """Have its next request routed as if it were new."""
        ...


class Sessions:
    """Pins, moves and releases conversations.

    Running answers are not touched: what is chosen holds from the next request on. After each
    change ``on_change`` is told whose it was, and ``refresh`` is called.
    """

    def __init__(
        self,
        engine: Conversations,
        config: Callable[[], Config],
        refresh: Callable[[], None],
        *,
        on_change: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._engine = engine
        self._config = config
        self._refresh = refresh
        self._on_change = on_change

    def pin(self, key: str, endpoint_id: str | None) -> None:
        """Prefer an endpoint for a session until taken back; None takes it back.

        While that endpoint cannot answer, the others step in.

        Raises:
            UserFacingError: the session or the endpoint is not known, or the endpoint is off.
        """
        self._check(key, endpoint_id)
        self._engine.pin_session(key, endpoint_id)
        self._on_change(key)
        self._refresh()

    def move(self, key: str, endpoint_id: str) -> None:
        """Bind a session to an endpoint now, without a pin; an old pin of it ends.

        Raises:
            UserFacingError: the session or the endpoint is not known, or the endpoint is off.
        """
        self._check(key, endpoint_id)
        self._engine.move_session(key, endpoint_id)
        self._on_change(key)
        self._refresh()

    def release(self, key: str) -> None:
        """Forget where a session is bound, and its pin: the next turn is routed anew.

        Raises:
            UserFacingError: the session is not known.
        """
        self._check(key, None)
        self._engine.release_session(key)
        self._on_change(key)
        self._refresh()

    def _check(self, key: str, endpoint_id: str | None) -> None:
        if not self._engine.knows_session(key):
            raise UserFacingError(_GONE, _GONE_HINT)
        if endpoint_id is None:
            return
        endpoints = {endpoint.id: endpoint for endpoint in self._config().endpoints}
        if endpoint_id not in endpoints:
            raise UserFacingError(_NO_ENDPOINT)
        if not endpoints[endpoint_id].enabled:
            raise UserFacingError(_OFF, _OFF_HINT)
