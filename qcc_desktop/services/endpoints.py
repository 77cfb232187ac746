"""What a user can do with endpoints."""

import contextlib
import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.health import Health
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.services.configuration import Change, Configuration
from qcc_desktop.services.endpoint_changes import (
    EndpointDraft,
    RemovedEndpoint,
    built,
    by_id,
    check_key,
    draft_of,
    find,
    refuse_own_address,
    reordered,
    replaced,
    with_added,
    with_edited,
    with_restored,
    without,
)
from qcc_desktop.services.keys import Keys

if TYPE_CHECKING:
    from qcc_desktop.proxy.report import Check, TestReport

    OnCheck = Callable[[Check], None]

__all__ = ["EndpointDraft", "Endpoints", "RemovedEndpoint", "Tester", "draft_of"]
_log = logging.getLogger(__name__)


class Tester(Protocol):
    """The part of the engine that asks an endpoint at once."""

    @property
    def port(self) -> int | None:
        """Where the proxy listens, None when it does not."""
        ...

    async def test(
        self,
        endpoint: Endpoint,
        key: str | None,
        on_check: "OnCheck | None",
    ) -> "TestReport":
        """Ask the endpoint and tell what came of it, each verdict as it comes."""
        ...

    def snapshot(self) -> Snapshot:
        """Return the state of this moment."""
        ...

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint that is out now rather than when it is due."""
        ...


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
        return find(self._configuration.current, name_or_id)

    async def add(self, draft: EndpointDraft) -> Endpoint:
        """Add an endpoint and keep its key.

        Raises:
            InvalidInput: faults of the draft.
            UserFacingError: it could not be saved; nothing was added.
        """
        endpoint = built(draft, self._new_id(), self._configuration.current)
        refuse_own_address(endpoint, self._tester.port)
        check_key(draft.key)
        if draft.key:
            await self._keys.set(endpoint.id, draft.key)
        try:
            config = await self._configuration.update(lambda now: with_added(now, draft, endpoint))
        except BaseException:
            with contextlib.suppress(UserFacingError):
                await self._keys.delete(endpoint.id)
            raise
        return by_id(config, endpoint.id)

    async def edit(self, endpoint_id: str, draft: EndpointDraft) -> Endpoint:
        """Make the endpoint what the draft says.

        With a key, even the one it had, the endpoint is used again at once or verified at once.

        Raises:
            InvalidInput: faults of the draft, or the endpoint is gone.
            UserFacingError: it could not be saved.
        """
        old = by_id(self._configuration.current, endpoint_id)
        endpoint = built(draft, endpoint_id, self._configuration.current, old)
        refuse_own_address(endpoint, self._tester.port)
        check_key(draft.key)
        change = partial(with_edited, draft=draft, endpoint_id=endpoint_id)
        if draft.key is None:
            config = await self._configuration.update(change)
        else:
            config = await self._update_with_key(change, endpoint_id, draft.key)
        if draft.key:
            self.try_now(endpoint_id)
        return by_id(config, endpoint_id)

    async def _update_with_key(self, change: Change, endpoint_id: str, key: str) -> Config:
        """Save both; in force they are together, for no address may get the other one's key."""
        before = self._keys.key_of(endpoint_id)
        if key:
            await self._keys.keep(endpoint_id, key)
        try:
            config = await self._configuration.update(change)
        except BaseException:
            if key and before is not None:
                with contextlib.suppress(UserFacingError):
                    await self._keys.keep(endpoint_id, before)
            raise
        self._keys.use(endpoint_id, key or None)
        if not key:
            await self._keys.delete(endpoint_id)
        return config

    async def remove(self, endpoint_id: str) -> RemovedEndpoint:
        """Remove the endpoint and its key; the result undoes it through `restore`.

        Raises:
            InvalidInput: it is gone already.
            UserFacingError: it could not be saved; nothing was removed.
        """
        by_id(self._configuration.current, endpoint_id)
        removed = await self.remove_all([endpoint_id])
        return removed[0]

    async def remove_all(self, endpoint_ids: Sequence[str]) -> tuple[RemovedEndpoint, ...]:
        """Remove endpoints and their keys at once; `restore_all` undoes it.

        Those that are gone already are passed over.

        Raises:
            UserFacingError: it could not be saved; nothing was removed.
        """
        before = self._configuration.current
        removed = tuple(
            RemovedEndpoint(
                endpoint=endpoint,
                key=self._keys.key_of(endpoint.id),
                position=position,
                was_pinned=before.pinned_id == endpoint.id,
            )
            for position, endpoint in enumerate(before.endpoints)
            if endpoint.id in endpoint_ids
        )

        def left(now: Config) -> Config:
            for each in removed:
                now = without(now, each.endpoint.id)
            return now

        await self._configuration.update(left)
        for each in removed:
            await self._forget_key(each.endpoint)
        return removed

    async def _forget_key(self, endpoint: Endpoint) -> None:
        try:
            await self._keys.delete(endpoint.id)
        except UserFacingError as error:
            _log.warning("The key of %s stays in the keychain. %s", endpoint.name, error)

    async def restore(self, removed: RemovedEndpoint) -> Endpoint:
        """Undo a removal: same id, same key, same place.

        Raises:
            InvalidInput: its name has been given to another endpoint.
            UserFacingError: it could not be saved.
        """
        await self.restore_all([removed])
        return removed.endpoint

    async def restore_all(self, removed: Sequence[RemovedEndpoint]) -> None:
        """Undo removals, all of them or none.

        Raises:
            InvalidInput: a name has been given to another endpoint.
            UserFacingError: it could not be saved.
        """
        for each in removed:
            if each.key:
                await self._keys.set(each.endpoint.id, each.key)

        def restored(now: Config) -> Config:
            for each in sorted(removed, key=lambda each: each.position):
                now = with_restored(now, each)
            return now

        await self._configuration.update(restored)

    async def set_enabled(self, endpoint_id: str, *, enabled: bool) -> Endpoint:
        """Switch the endpoint on or off.

        Raises:
            InvalidInput: it is gone.
            UserFacingError: it could not be saved.
        """
        config = await self._configuration.update(
            lambda now: replaced(now, replace(by_id(now, endpoint_id), enabled=enabled))
        )
        return by_id(config, endpoint_id)

    async def set_all_enabled(
        self, endpoint_ids: Sequence[str], *, enabled: bool
    ) -> tuple[str, ...]:
        """Switch endpoints on or off at once; return the ids of those that were not so before.

        Raises:
            UserFacingError: it could not be saved.
        """
        changed: list[str] = []

        def switched(now: Config) -> Config:
            changed[:] = [
                endpoint.id
                for endpoint in now.endpoints
                if endpoint.id in endpoint_ids and endpoint.enabled is not enabled
            ]
            for endpoint_id in changed:
                now = replaced(now, replace(by_id(now, endpoint_id), enabled=enabled))
            return now

        await self._configuration.update(switched)
        return tuple(changed)

    async def reorder(self, endpoint_ids: Sequence[str]) -> None:
        """Ask the endpoints in this order: priorities become 1, 2, 3 and so on.

        Ids that are gone are skipped; endpoints not named follow in their old order.

        Raises:
            UserFacingError: it could not be saved.
        """
        await self._configuration.update(lambda now: reordered(now, endpoint_ids))

    async def pin(self, endpoint_id: str | None) -> None:
        """Prefer this endpoint for everything while it can answer; None prefers none.

        Raises:
            InvalidInput: it is gone.
            UserFacingError: it could not be saved.
        """

        def pinned(now: Config) -> Config:
            if endpoint_id is not None:
                by_id(now, endpoint_id)
            return replace(now, pinned_id=endpoint_id)

        await self._configuration.update(pinned)

    async def test(self, endpoint_id: str, on_check: "OnCheck | None" = None) -> "TestReport":
        """Ask the endpoint now, beside all traffic, and tell what came of it.

        ``on_check`` is told each verdict as it comes. When an endpoint that is out can answer,
        the engine verifies it at once, which ends whatever kept it out.

        Raises:
            InvalidInput: it is gone.
        """
        endpoint = by_id(self._configuration.current, endpoint_id)
        report = await self._tester.test(endpoint, self._keys.key_of(endpoint_id), on_check)
        if report.can_answer:
            self.try_now(endpoint_id)
        return report

    async def test_draft(
        self, draft: EndpointDraft, endpoint_id: str | None, on_check: "OnCheck | None" = None
    ) -> "TestReport":
        """Ask an endpoint as the draft describes it, before it is saved.

        ``endpoint_id`` names the endpoint whose key is used where the draft has none;
        ``on_check`` is told each verdict as it comes. With the address and the key that are
        stored, the test counts like `test`.

        Raises:
            InvalidInput: faults of the draft.
        """
        current = self._configuration.current
        old = by_id(current, endpoint_id) if endpoint_id is not None else None
        endpoint = built(draft, endpoint_id or "draft", current, old)
        refuse_own_address(endpoint, self._tester.port)
        check_key(draft.key)
        kept = self._keys.key_of(endpoint_id) if endpoint_id is not None else None
        key = kept if draft.key is None else draft.key or None
        report = await self._tester.test(endpoint, key, on_check)
        is_stored = old is not None and (endpoint.base_url, key) == (old.base_url, kept)
        if old is not None and is_stored and report.can_answer:
            self.try_now(old.id)
        return report

    def try_now(self, endpoint_id: str) -> None:
        """Verify an endpoint that is out now rather than when it is due; a healthy one is not."""
        for view in self._tester.snapshot().endpoints:
            is_out = view.health is not Health.HEALTHY or view.retry_at is not None
            if view.endpoint.id == endpoint_id and is_out:
                self._tester.try_now(endpoint_id)
