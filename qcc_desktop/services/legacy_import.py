"""Takes over the endpoints of other programs, whose files it only reads."""

import asyncio
import locale
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import ModelMode
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.endpoints import Endpoints
from qcc_desktop.services.keys import Keys
from qcc_desktop.services.legacy_items import (
    Found,
    Here,
    ImportReport,
    Item,
    NotTaken,
    Source,
    offered,
    unique,
)
from qcc_desktop.services.preferences import Preferences
from qcc_desktop.storage.legacy_cc_switch import read_cc_switch
from qcc_desktop.storage.legacy_claude import read_claude
from qcc_desktop.storage.legacy_env import read_environment
from qcc_desktop.storage.legacy_found import LegacyPlace, LegacySetting
from qcc_desktop.storage.legacy_qcc import read_qcc
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.runtime_file import read_runtime

if TYPE_CHECKING:
    from qcc_desktop.core.endpoint import Endpoint


class LegacyImport:
    """Finds endpoints of other programs and adds them through `Endpoints`.

    It can be repeated: what is here already is not added again.
    """

    def __init__(
        self,
        configuration: Configuration,
        keys: Keys,
        endpoints: Endpoints,
        paths: Paths,
        *,
        environ: Mapping[str, str] | None = None,
        home: Path | None = None,
    ) -> None:
        self._configuration = configuration
        self._keys = keys
        self._endpoints = endpoints
        self._preferences = Preferences(configuration)
        self._paths = paths
        self._environ = os.environ if environ is None else environ
        self._home = home
        self._ports: frozenset[int] = frozenset()

    async def find(self, sources: Sequence[Source] = tuple(Source)) -> tuple[Found, ...]:
        """Look at these sources and return what they hold; places that hold nothing are left out.

        Nothing is written, and nothing that cannot be read stops the rest.
        """
        ports = {self._configuration.current.settings.server_port}
        places, running = await asyncio.to_thread(self._read, tuple(sources), frozenset(ports))
        self._ports = running
        return await asyncio.to_thread(offered, places, self._here())

    async def take(
        self, items: Sequence[Item], settings: Sequence[LegacySetting] = ()
    ) -> ImportReport:
        """Add these endpoints, in this order, and change these options if any was added.

        Each is added by itself: one that fails does not keep the others out. Options are left
        alone once the person has chosen how models are named.
        """
        known = self._here().ids
        added: list[Endpoint] = []
        skipped: list[NotTaken] = []
        failed: list[NotTaken] = []
        for item in items:
            here = self._here()
            if item.problem:
                failed.append(NotTaken(item.name, item.problem))
            elif double := here.same_as(item.draft, known):
                skipped.append(NotTaken(item.name, f"It is here already, as {double}."))
            else:
                try:
                    draft = replace(item.draft, name=unique(item.name, here.names))
                    added.append(await self._endpoints.add(draft))
                except UserFacingError as error:
                    failed.append(NotTaken(item.name, str(error)))
        changed = await self._change(settings, failed) if added else ()
        return ImportReport(tuple(added), changed, tuple(skipped), tuple(failed))

    async def _change(
        self, settings: Sequence[LegacySetting], failed: list[NotTaken]
    ) -> tuple[LegacySetting, ...]:
        if self._configuration.current.settings.models_mode is not ModelMode.PASSTHROUGH:
            return ()
        changed: list[LegacySetting] = []
        for setting in settings:
            try:
                await self._preferences.set(setting.key, setting.value)
                changed.append(setting)
            except UserFacingError as error:
                failed.append(NotTaken(setting.key, str(error)))
        return tuple(changed)

    def _here(self) -> Here:
        unreadable = self._keys.faults.keys()
        return Here(self._configuration.current, self._keys.key_of, unreadable, ports=self._ports)

    def _read(
        self, sources: tuple[Source, ...], ports: frozenset[int]
    ) -> tuple[list[tuple[Source, LegacyPlace]], frozenset[int]]:
        """Return what the sources hold, and where a proxy of ours listens or did."""
        home = self._home or Path.home()
        info = read_runtime(self._paths.runtime_file)
        own = frozenset({info.port}) if info is not None and info.port is not None else frozenset()
        found: list[tuple[Source, LegacyPlace]] = []
        for source in sources:
            places = self._read_one(source, home, ports | own)
            found += [(source, place) for place in places]
        return found, own

    def _read_one(
        self, source: Source, home: Path, ports: frozenset[int]
    ) -> tuple[LegacyPlace, ...]:
        match source:
            case Source.QCC:
                return read_qcc(home, ports, locale.getencoding())
            case Source.CC_SWITCH:
                return read_cc_switch(self._environ, home, ports)
            case Source.ENV:
                place = read_environment(self._environ, ports)
                return () if place is None else (place,)
            case Source.CLAUDE:
                return read_claude(self._environ, home, ports)
