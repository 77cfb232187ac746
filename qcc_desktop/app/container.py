"""Builds every long-lived object once, without Qt, and without touching disk or network."""

import os
import random
from dataclasses import dataclass

from aiohttp import web

from qcc_desktop import __version__
from qcc_desktop.admin.routes import add_routes
from qcc_desktop.app.doctor_parts import DoctorParts
from qcc_desktop.app.stores import History, build_stores
from qcc_desktop.core.config import Config
from qcc_desktop.core.ports import SecretStore
from qcc_desktop.proxy.engine import Engine
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.runtime.clock import Clock, SystemClock
from qcc_desktop.services.about import About
from qcc_desktop.services.activity import Activity
from qcc_desktop.services.alerts import Alerts
from qcc_desktop.services.autostart import Autostart
from qcc_desktop.services.claude_code import ClaudeCode, Target
from qcc_desktop.services.claude_installations import ClaudeInstallations
from qcc_desktop.services.claude_installer import ClaudeInstaller
from qcc_desktop.services.configuration import Configuration
from qcc_desktop.services.diagnostics import Diagnostics
from qcc_desktop.services.doctor import Doctor
from qcc_desktop.services.endpoints import Endpoints
from qcc_desktop.services.kept_state import StateKeeper
from qcc_desktop.services.keys import Keys
from qcc_desktop.services.legacy_import import LegacyImport
from qcc_desktop.services.preferences import Preferences
from qcc_desktop.services.proxy_control import ProxyControl
from qcc_desktop.services.release_feed import HttpFeed, releases_url
from qcc_desktop.services.sessions import Sessions
from qcc_desktop.services.state import State
from qcc_desktop.services.takeover import Takeover, build_guard, build_takeover
from qcc_desktop.services.update_install import UpdateInstall
from qcc_desktop.services.updates import ReleaseFeed, Updates
from qcc_desktop.services.usage_report import UsageReport
from qcc_desktop.storage.install_token import InstallToken
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.autostart.entry import autostart_entry
from qcc_desktop.system.notifications.entry import desktop_messages
from qcc_desktop.system.notifications.linux import FreedesktopMessages
from qcc_desktop.system.updating.release_key import release_key


@dataclass(frozen=True, slots=True)
class Container:
    """Every long-lived object of the program."""

    paths: Paths
    clock: Clock
    bus: Bus
    secrets: SecretStore
    token: InstallToken
    configuration: Configuration
    keys: Keys
    engine: Engine
    endpoints: Endpoints
    legacy_import: LegacyImport
    preferences: Preferences
    proxy_control: ProxyControl
    claude_code: ClaudeCode
    claude_installations: ClaudeInstallations
    claude_installer: ClaudeInstaller
    takeover: Takeover
    state: State
    sessions: Sessions
    activity: Activity
    history: History
    state_keeper: StateKeeper
    usage_report: UsageReport
    autostart: Autostart
    alerts: Alerts
    about: About
    updates: Updates
    doctor: Doctor
    diagnostics: Diagnostics
    desktop_messages: FreedesktopMessages | None


def build_container(
    paths: Paths, *, clock: Clock | None = None, simulated: bool = False
) -> Container:
    """Return the program's objects, connected.

    ``simulated`` keeps secrets in memory, for the demo and the self-test.
    """
    clock = clock or SystemClock()
    bus = Bus()

    def apply(config: Config) -> None:
        engine.apply(config)
        history.apply(config)

    history = History(paths, clock, simulated=simulated)
    stores = build_stores(paths, clock, on_change=apply, simulated=simulated)

    def added_routes(app: web.Application) -> None:
        add_routes(app, state, bus, paths.log_file)

    engine = Engine(
        keys=stores.keys,
        sink=bus,
        clock=clock,
        rng=random.Random(),  # noqa: S311 - spreads load, keeps no secret
        token=lambda: stores.token.value,
        extra_routes=added_routes,
    )
    stores.keys.on_change = engine.key_changed
    proxy_control = ProxyControl(engine, stores.configuration, bus)
    state = State(engine.snapshot, bus, fault=lambda: proxy_control.fault)

    state_keeper = StateKeeper(engine, history.state, bus)
    endpoints = Endpoints(stores.configuration, stores.keys, engine)

    def target() -> Target | None:
        port = engine.port
        return None if port is None else Target(proxy_control.host, port, stores.token.value)

    claude_code = ClaudeCode(stores.configuration, paths, target)
    claude_code.starter = proxy_control.turn_on
    claude_installations = ClaudeInstallations(stores.configuration)
    takeover = build_takeover(
        paths,
        stores.secrets,
        target,
        os.environ,
        allowed=not simulated,
        guard=None if simulated else build_guard(paths, os.environ),
    )
    autostart = Autostart(autostart_entry)
    parts = DoctorParts(
        paths=paths,
        clock=clock,
        configuration=stores.configuration,
        keys=stores.keys,
        engine=engine,
        installations=claude_installations,
        takeover=takeover,
        autostart=autostart,
    )
    doctor = parts.doctor()
    return Container(
        paths=paths,
        clock=clock,
        bus=bus,
        secrets=stores.secrets,
        token=stores.token,
        configuration=stores.configuration,
        keys=stores.keys,
        engine=engine,
        endpoints=endpoints,
        legacy_import=LegacyImport(stores.configuration, stores.keys, endpoints, paths),
        preferences=Preferences(stores.configuration),
        proxy_control=proxy_control,
        claude_code=claude_code,
        claude_installations=claude_installations,
        claude_installer=ClaudeInstaller(stores.configuration, paths),
        takeover=takeover,
        state=state,
        sessions=Sessions(
            engine,
            lambda: stores.configuration.current,
            state.refresh,
            on_change=state_keeper.changed,
        ),
        activity=Activity(bus, clock),
        history=history,
        state_keeper=state_keeper,
        usage_report=UsageReport(history.usage, bus, clock),
        autostart=Autostart(autostart_entry),
        about=About(paths.log_file),
        alerts=Alerts(bus, clock, state.fresh, lambda: stores.configuration.current.settings),
        updates=Updates(
            _no_feed if simulated else _feed,
            current=__version__,
            settings=lambda: stores.configuration.current.settings,
            clock=clock,
            rng=random.Random(),  # noqa: S311 - spreads load, keeps no secret
            memory=paths.cache_dir / "updates.json",
            ways=None if simulated else UpdateInstall(paths, __version__),
        ),
        doctor=doctor,
        diagnostics=parts.diagnostics(doctor),
        desktop_messages=desktop_messages(os.environ),
    )


def _feed() -> ReleaseFeed | None:
    """Return where this build looks for updates. Blocks."""
    url = releases_url()
    return HttpFeed(url, release_key()) if url else None


def _no_feed() -> ReleaseFeed | None:
    return None
