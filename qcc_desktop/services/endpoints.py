"""What a user can do with endpoints."""

import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.endpoint import (
    AuthStyle,
    Endpoint,
    WireProtocol,
    endpoint_faults,
    normalise_base_url,
)
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.keys import Keys

if TYPE_CHECKING:
    from qcc_desktop.proxy.probe import TestReport

_log = logging.getLogger(__name__)
_MAX_PRIORITY = 10_000
_CREDENTIAL_HEADERS = frozenset({"authorization", "x-api-key", "proxy-authorization", "cookie"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDraft:
    """An endpoint as a form or a command line gives it.

    ``key`` None keeps the old one (an empty text removes it); ``priority`` None is last for a
    new endpoint and unchanged for an old one.
    """

    name: str
    base_url: str
    key: str | None = field(default=None, repr=False)
    auth: AuthStyle = AuthStyle.BEARER
    protocol: WireProtocol = WireProtocol.ANTHROPIC
    enabled: bool = True
    priority: int | None = None
    weight: int = 100
    proxy: str | None = None
    extra_headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    model_map: tuple[tuple[str, str], ...] = ()
    note: str = ""
    preset: str | None = None
    connect_timeout_s: float | None = None
    first_byte_timeout_s: float | None = None
    stream_idle_timeout_s: float | None = None


@dataclass(frozen=True, slots=True)
class RemovedEndpoint:
    """What `Endpoints.restore` needs to undo a removal."""

    endpoint: Endpoint
    key: str | None = field(repr=False)
    position: int
    was_pinned: bool


class Tester(Protocol):
    """The part of the engine that asks an endpoint at once."""

    async def test(self, endpoint: Endpoint, key: str | None) -> "TestReport":
        """Ask the endpoint and tell what came of it."""
        ...

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint that is out now rather than when it is due."""
        ...


def draft_of(endpoint: Endpoint) -> EndpointDraft:
    """Return the draft that changes nothing about ``endpoint``."""
    return EndpointDraft(
        name=endpoint.name,
        base_url=endpoint.base_url,
        auth=endpoint.auth,
        protocol=endpoint.protocol,
        enabled=endpoint.enabled,
        priority=endpoint.priority,
        weight=endpoint.weight,
        proxy=endpoint.proxy,
        extra_headers=endpoint.extra_headers,
        model_map=endpoint.model_map,
        note=endpoint.note,
        preset=endpoint.preset,
        connect_timeout_s=endpoint.connect_timeout_s,
        first_byte_timeout_s=endpoint.first_byte_timeout_s,
        stream_idle_timeout_s=endpoint.stream_idle_timeout_s,
    )


class Endpoints:
    """The verbs; every change is saved and in force when the call returns.

    Names are unique whatever their case. Faults of a draft raise `InvalidInput`, all together,
    under the names of its fields.
    """

    def __init__(
        self,
        configuration: Configuration,
        keys: Keys,
        tester: Tester,
        *,
        new_id: Callable[[], str] = lambda: f"ep-{secrets.token_hex(6)}",
    ) -> None:
        self._configuration = configuration
        self._keys = keys
        self._tester = tester
        self._new_id = new_id

    def listed(self) -> tuple[Endpoint, ...]:
        """The endpoints in the order in which they are asked."""
        return in_order(self._configuration.current.endpoints)

    def find(self, name_or_id: str) -> Endpoint:
        """Return the endpoint of this name (whatever its case) or id.

        Raises:
            InvalidInput: there is none; the nearest names are given.
        """
        return _find(self._configuration.current, name_or_id)

    async def add(self, draft: EndpointDraft) -> Endpoint:
        """Add an endpoint and keep its key.

        Raises:
            InvalidInput: faults of the draft.
            UserFacingError: it could not be saved; nothing was added.
        """
        endpoint = _built(draft, self._new_id(), self._configuration.current)
        _check_key(draft.key)
        if draft.key:
            await self._keys.set(endpoint.id, draft.key)
        try:
            config = await self._configuration.update(lambda now: _with_added(now, draft, endpoint))
        except BaseException:
            with contextlib.suppress(UserFacingError):
                await self._keys.delete(endpoint.id)
            raise
        return _by_id(config, endpoint.id)

    async def edit(self, endpoint_id: str, draft: EndpointDraft) -> Endpoint:
        """Make the endpoint what the draft says.

        Raises:
            InvalidInput: faults of the draft, or the endpoint is gone.
            UserFacingError: it could not be saved.
        """
        old = _by_id(self._configuration.current, endpoint_id)
        _built(draft, endpoint_id, self._configuration.current, old)
        _check_key(draft.key)
        if draft.key is not None:
            await self._replace_key(endpoint_id, draft.key)
        config = await self._configuration.update(lambda now: _with_edited(now, draft, endpoint_id))
        return _by_id(config, endpoint_id)

    async def remove(self, endpoint_id: str) -> RemovedEndpoint:
        """Remove the endpoint and its key; the result undoes it through `restore`.

        Raises:
            InvalidInput: it is gone already.
            UserFacingError: it could not be saved; nothing was removed.
        """
        before = self._configuration.current
        endpoint = _by_id(before, endpoint_id)
        removed = RemovedEndpoint(
            endpoint=endpoint,
            key=self._keys.key_of(endpoint_id),
            position=before.endpoints.index(endpoint),
            was_pinned=before.pinned_id == endpoint_id,
        )
        await self._configuration.update(lambda now: _without(now, endpoint_id))
        try:
            await self._keys.delete(endpoint_id)
        except UserFacingError as error:
            _log.warning("The key of %s stays in the keychain. %s", endpoint.name, error)
        return removed

    async def restore(self, removed: RemovedEndpoint) -> Endpoint:
        """Undo a removal: same id, same key, same place.

        Raises:
            InvalidInput: its name has been given to another endpoint.
            UserFacingError: it could not be saved.
        """
        if removed.key:
            await self._keys.set(removed.endpoint.id, removed.key)
        await self._configuration.update(lambda now: _with_restored(now, removed))
        return removed.endpoint

    async def set_enabled(self, endpoint_id: str, *, enabled: bool) -> Endpoint:
        """Switch the endpoint on or off.

        Raises:
            InvalidInput: it is gone.
            UserFacingError: it could not be saved.
        """
        config = await self._configuration.update(
            lambda now: _replaced(now, replace(_by_id(now, endpoint_id), enabled=enabled))
        )
        return _by_id(config, endpoint_id)

    async def reorder(self, endpoint_ids: Sequence[str]) -> None:
        """Ask the endpoints in this order: priorities become 1, 2, 3 and so on.

        Ids that are gone are skipped; endpoints not named follow in their old order.

        Raises:
            UserFacingError: it could not be saved.
        """
        await self._configuration.update(lambda now: _reordered(now, endpoint_ids))

    async def pin(self, endpoint_id: str | None) -> None:
        """Prefer this endpoint for everything while it can answer; None prefers none.

        Raises:
            InvalidInput: it is gone.
            UserFacingError: it could not be saved.
        """

        def pinned(now: Config) -> Config:
            if endpoint_id is not None:
                _by_id(now, endpoint_id)
            return replace(now, pinned_id=endpoint_id)

        await self._configuration.update(pinned)

    async def test(self, endpoint_id: str) -> "TestReport":
        """Ask the endpoint now, beside all traffic, and tell what came of it.

        Raises:
            InvalidInput: it is gone.
        """
        endpoint = _by_id(self._configuration.current, endpoint_id)
        return await self._tester.test(endpoint, self._keys.key_of(endpoint_id))

    async def test_draft(self, draft: EndpointDraft, endpoint_id: str | None) -> "TestReport":
        """Ask an endpoint as the draft describes it, before it is saved.

        ``endpoint_id`` names the endpoint whose key is used where the draft has none.

        Raises:
            InvalidInput: faults of the draft.
        """
        current = self._configuration.current
        old = _by_id(current, endpoint_id) if endpoint_id is not None else None
        endpoint = _built(draft, endpoint_id or "draft", current, old)
        _check_key(draft.key)
        kept = self._keys.key_of(endpoint_id) if endpoint_id is not None else None
        return await self._tester.test(endpoint, kept if draft.key is None else draft.key or None)

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint that is out now rather than when it is due."""
        self._tester.try_now(endpoint_id)

    async def _replace_key(self, endpoint_id: str, key: str) -> None:
        if key:
            await self._keys.set(endpoint_id, key)
        else:
            await self._keys.delete(endpoint_id)


def _find(config: Config, name_or_id: str) -> Endpoint:
    wanted = name_or_id.strip().casefold()
    for endpoint in config.endpoints:
        if wanted in {endpoint.id.casefold(), endpoint.name.casefold()}:
            return endpoint
    names = [endpoint.name for endpoint in config.endpoints]
    folded = {name.casefold(): name for name in names}
    near = [folded[name] for name in get_close_matches(wanted, folded, n=3, cutoff=0.4)] or names
    known = f"Known: {', '.join(near[:10])}." if near else "None is configured yet."
    raise InvalidInput({"name": f"There is no endpoint {name_or_id!r}. {known}"})


def _by_id(config: Config, endpoint_id: str) -> Endpoint:
    for endpoint in config.endpoints:
        if endpoint.id == endpoint_id:
            return endpoint
    raise InvalidInput({"id": "This endpoint does not exist any more. Look at the list again."})


def _built(
    draft: EndpointDraft, endpoint_id: str, config: Config, old: Endpoint | None = None
) -> Endpoint:
    """Return the endpoint of a draft, or raise with all its faults together."""
    priority = draft.priority
    if priority is None:
        priority = old.priority if old is not None else _last_priority(config)
    endpoint = Endpoint(
        id=endpoint_id,
        name=draft.name.strip(),
        base_url=draft.base_url.strip(),
        auth=draft.auth,
        protocol=draft.protocol,
        enabled=draft.enabled,
        priority=priority,
        weight=draft.weight,
        proxy=draft.proxy or None,
        extra_headers=draft.extra_headers,
        model_map=draft.model_map,
        connect_timeout_s=draft.connect_timeout_s,
        first_byte_timeout_s=draft.first_byte_timeout_s,
        stream_idle_timeout_s=draft.stream_idle_timeout_s,
        context_window_tokens=old.context_window_tokens if old is not None else None,
        preset=draft.preset,
        note=draft.note.strip(),
    )
    faults = dict(endpoint_faults(endpoint)) | _more_faults(endpoint, config)
    if faults:
        raise InvalidInput(faults)
    return replace(endpoint, base_url=normalise_base_url(endpoint.base_url))


def _more_faults(endpoint: Endpoint, config: Config) -> dict[str, str]:
    faults: dict[str, str] = {}
    for other in config.endpoints:
        if other.id != endpoint.id and other.name.casefold() == endpoint.name.casefold():
            faults["name"] = f"There is an endpoint {other.name!r} already. Take another name."
    for name, _ in endpoint.extra_headers:
        if name.lower() in _CREDENTIAL_HEADERS:
            faults["extra_headers"] = (
                f"{name} carries a credential, which is kept in the keychain only."
                " Give it as the key."
            )
    for field_name in ("connect_timeout_s", "first_byte_timeout_s", "stream_idle_timeout_s"):
        value = getattr(endpoint, field_name)
        if value is not None and not 0 < value <= 7200:
            faults[field_name] = "The time-out must lie above 0 and be at most 7200 s."
    return faults


def _check_key(key: str | None) -> None:
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise InvalidInput(
            {"key": "The key holds blanks or characters that no header may carry. Copy it again."}
        )


def _last_priority(config: Config) -> int:
    last = max((endpoint.priority for endpoint in config.endpoints), default=0)
    return min(last + 1, _MAX_PRIORITY)


def _with_added(now: Config, draft: EndpointDraft, endpoint: Endpoint) -> Config:
    return replace(now, endpoints=(*now.endpoints, _built(draft, endpoint.id, now)))


def _with_edited(now: Config, draft: EndpointDraft, endpoint_id: str) -> Config:
    return _replaced(now, _built(draft, endpoint_id, now, _by_id(now, endpoint_id)))


def _with_restored(now: Config, removed: RemovedEndpoint) -> Config:
    if any(endpoint.id == removed.endpoint.id for endpoint in now.endpoints):
        return now
    faults = _more_faults(removed.endpoint, now)
    if faults:
        raise InvalidInput(faults)
    endpoints = list(now.endpoints)
    endpoints.insert(removed.position, removed.endpoint)
    pinned = removed.endpoint.id if removed.was_pinned else now.pinned_id
    return replace(now, endpoints=tuple(endpoints), pinned_id=pinned)


def _without(now: Config, endpoint_id: str) -> Config:
    left = tuple(endpoint for endpoint in now.endpoints if endpoint.id != endpoint_id)
    return replace(
        now, endpoints=left, pinned_id=None if now.pinned_id == endpoint_id else now.pinned_id
    )


def _replaced(now: Config, changed: Endpoint) -> Config:
    return replace(
        now,
        endpoints=tuple(
            changed if endpoint.id == changed.id else endpoint for endpoint in now.endpoints
        ),
    )


def _reordered(now: Config, endpoint_ids: Sequence[str]) -> Config:
    place = {endpoint_id: index for index, endpoint_id in enumerate(endpoint_ids)}
    ordered = sorted(
        in_order(now.endpoints), key=lambda endpoint: place.get(endpoint.id, len(place))
    )
    return replace(
        now,
        endpoints=tuple(
            replace(endpoint, priority=index) for index, endpoint in enumerate(ordered, start=1)
        ),
    )
