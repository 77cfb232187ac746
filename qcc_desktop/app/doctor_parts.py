"""Connects the doctor and the diagnostics with the rest of the program."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcc_desktop import __version__
from qcc_desktop.app.control import ask
from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.proxy.engine import Engine
from qcc_desktop.proxy.upstreams import one_off
from qcc_desktop.runtime.clock import Clock, utc
from qcc_desktop.services.autostart import Autostart
from qcc_desktop.services.claude_installations import ClaudeInstallations
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.diagnostics import Diagnostics, DiagnosticsPorts
from qcc_desktop.services.doctor import Doctor
from qcc_desktop.services.doctor_ports import DoctorPorts, EndpointVerdict
from qcc_desktop.services.keys import Keys
from qcc_desktop.services.preferences import Preferences
from qcc_desktop.services.takeover import Takeover
from qcc_desktop.storage.config_store import JsonConfigStore
from qcc_desktop.storage.paths import Paths
from qcc_desktop.storage.runtime_file import find_running, read_runtime
from qcc_desktop.system.claude_settings.status import FileState
from qcc_desktop.system.doctor.claude_code import FoundClaude

_STATUS_S = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorParts:
    """The long-lived objects that the doctor asks."""

    paths: Paths
    clock: Clock
    configuration: Configuration
    keys: Keys
    engine: Engine
    installations: ClaudeInstallations
    takeover: Takeover
    autostart: Autostart

    def doctor(self) -> Doctor:
        """Return the doctor."""
        return Doctor(self._doctor_ports())

    def diagnostics(self, doctor: Doctor) -> Diagnostics:
        """Return what puts a report for the developers together."""
        return Diagnostics(
            DiagnosticsPorts(
                doctor=doctor,
                status=self.status,
                config=lambda: self.configuration.current,
                secrets=self._secrets,
                log_file=self.paths.log_file,
                environ=os.environ,
                home=Path.home(),
                version=__version__,
                python_version=platform.python_version(),
            )
        )

    async def status(self) -> Mapping[str, Any] | None:
        """Return the running program's status, be it this process or another; None without one."""
        info = await in_thread(lambda: find_running(self.paths.runtime_file))
        if info is None:
            return None
        answer = await ask(info, "status", timeout_s=_STATUS_S)
        status: Mapping[str, Any] = answer["status"]
        return status

    def _doctor_ports(self) -> DoctorPorts:
        return DoctorPorts(
            paths=self.paths,
            environ=os.environ,
            home=Path.home(),
            load_config=self._load_config,
            status=self.status,
            test=self._test,
            has_key=lambda endpoint_id: self.keys.key_of(endpoint_id) is not None,
            date=self._date,
            utc_now=lambda: utc(self.clock.wall_s()),
            set_option=Preferences(self.configuration).set,
            find_claude=self._find_claude,
            takeover=_LeftBehind(self.takeover, self.paths),
            autostart=self.autostart,
        )

    def _load_config(self) -> tuple[Config, tuple[str, ...]]:
        store = JsonConfigStore(self.paths.config_file, utc_now=lambda: utc(self.clock.wall_s()))
        config = store.load()
        return config, store.notices

    async def _test(self, endpoint: Endpoint) -> EndpointVerdict:
        return await self.engine.test(endpoint, self.keys.key_of(endpoint.id))

    async def _date(self, endpoint: Endpoint) -> str:
        """Ask for nothing but the head of the address, without a key."""
        upstream = await one_off(endpoint, self.configuration.current.settings)
        async with upstream.client:
            answer = await upstream.client.head(endpoint.base_url)
        return str(answer.headers.get("date", ""))

    async def _find_claude(self) -> Sequence[FoundClaude]:
        """Return every installation, the one that a launch starts first."""
        found = await self.installations.found(refresh=True)
        chosen = self.installations.chosen()
        first = () if chosen is None else (chosen,)
        return tuple(
            FoundClaude(str(each.path), each.version, each.words, each.problem)
            for each in dict.fromkeys((*first, *found))
        )

    def _secrets(self) -> tuple[str, ...]:
        info = read_runtime(self.paths.runtime_file)
        own = () if info is None else (info.token, info.control_token)
        return (*self.keys.secrets(), *own)


@dataclass(frozen=True, slots=True)
class _LeftBehind:
    """What a takeover left in Claude Code's settings when its program ended without a word."""

    takeover: Takeover
    paths: Paths

    async def left_behind(self) -> str:
        """Say what is left; nothing while a program runs, for that one keeps the files right."""
        if await self._someone_runs():
            return ""
        status = await self.takeover.status()
        stale = {FileState.OUTDATED, FileState.LEFTOVER}
        left = [file for file in status.files if file.state in stale]
        return " ".join(f"{file.path}: {file.sentence}" for file in left)

    async def put_back(self) -> str:
        """Give the files back and forget the takeover."""
        if await self._someone_runs():
            raise UserFacingError(
                "QCC Desktop runs and looks after the takeover itself.",
                "Switch it off with: qcc-desktop takeover off",
            )
        await self.takeover.turn_off()
        return (
            "Claude Code's settings are as they were before the takeover."
            " To lead them to the proxy again: qcc-desktop takeover on"
        )

    async def _someone_runs(self) -> bool:
        return await in_thread(lambda: find_running(self.paths.runtime_file)) is not None
