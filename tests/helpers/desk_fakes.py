"""Services that keep everything in memory and note what they were asked, for the interface."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qcc_desktop.core.alert import Alert
from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.diagnosis import Finding, Report
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.health import Cause, CauseKind, Health, Light
from qcc_desktop.core.settings import OptionValue, get_option, with_option
from qcc_desktop.core.snapshot import EndpointView, LastError, Snapshot
from qcc_desktop.core.usage import Coverage, Grouping, UsageRow
from qcc_desktop.runtime.bus import Bus
from qcc_desktop.services.about import Licence, Versions
from qcc_desktop.services.activity import Minute
from qcc_desktop.services.claude_code import LaunchReport
from qcc_desktop.services.endpoints import EndpointDraft, RemovedEndpoint
from qcc_desktop.services.launch_folders import with_choice, without_folder
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, Source
from qcc_desktop.services.shells import Shell, shell_lines
from qcc_desktop.services.update_state import UpdateState, UpdateStatus
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.system.autostart.state import AutostartState, AutostartStatus
from qcc_desktop.system.claude_settings.status import FileState, FileStatus, TakeoverStatus
from qcc_desktop.system.finder.installation import Installation, Kind
from qcc_desktop.system.launcher.editors import EDITORS, Editor
from qcc_desktop.system.launcher.terminals import Terminal
from qcc_desktop.ui.contracts import Services

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


class StillClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.wall = NOW.timestamp()

    def now_s(self) -> float:
        return 0.0

    def wall_s(self) -> float:
        return self.wall


@dataclass(frozen=True)
class FakeCheck:
    name: str
    ok: bool | None
    message: str = ""
    duration_ms: float = 120.0
    count: int | None = None


@dataclass(frozen=True)
class FakeReport:
    checks: tuple[FakeCheck, ...] = (
        FakeCheck("reach", ok=True, duration_ms=48),
        FakeCheck("answer", ok=True, duration_ms=812),
        FakeCheck("stream", ok=True, duration_ms=640),
    )

    @property
    def ok(self) -> bool:
        return all(check.ok is not False for check in self.checks)


REFUSED = FakeReport(
    (
        FakeCheck("reach", ok=True, duration_ms=48),
        FakeCheck("answer", ok=False, message="The endpoint refused the key (401)."),
        FakeCheck("stream", ok=None),
    )
)


class FakeState:
    """Holds a snapshot; `show` tells the listeners. ``undamped`` is what `fresh` says, if set."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.undamped: Snapshot | None = None
        self._listeners: list[Callable[[Snapshot], None]] = []

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def fresh(self) -> Snapshot:
        return self.undamped or self.snapshot

    def show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        for listener in tuple(self._listeners):
            listener(snapshot)


@dataclass
class FakeSessions:
    """Changes the sessions of the snapshot; what was asked goes to ``note``."""

    state: FakeState
    note: Callable[..., None]

    def pin(self, key: str, endpoint_id: str | None) -> None:
        self.note("pin_session", key, endpoint_id)
        self._change(key, pin_id=endpoint_id or "")

    def move(self, key: str, endpoint_id: str) -> None:
        self.note("move_session", key, endpoint_id)
        self._change(key, endpoint_id=endpoint_id, home_id=endpoint_id, pin_id="")

    def release(self, key: str) -> None:
        self.note("release_session", key)
        self._change(key, endpoint_id="", home_id="", pin_id="")

    def _change(self, key: str, **changes: str) -> None:
        snapshot = self.state.snapshot
        sessions = tuple(
            replace(view, **changes) if view.key == key else view  # type: ignore[arg-type]
            for view in snapshot.sessions
        )
        self.state.show(replace(snapshot, sessions=sessions))


@dataclass
class FakeActivity:
    """An hour without requests, unless ``last`` (oldest first) says otherwise."""

    last: tuple[Minute, ...] = ()

    def minutes(self, count: int = 60) -> tuple[Minute, ...]:
        idle = count - len(self.last)
        gaps = tuple(Minute(NOW - timedelta(minutes=count - 1 - i)) for i in range(idle))
        return (*gaps, *self.last[-count:])


@dataclass
class FakeUsage:
    """Answers with ``found`` for each grouping; ``saved`` notes the files asked for."""

    found: dict[tuple[Grouping, ...], tuple[UsageRow, ...]] = field(default_factory=dict)
    saved: list[tuple[Path, tuple[Grouping, ...], int | None]] = field(default_factory=list)
    refusal: UserFacingError | None = None
    reach: Coverage = field(default_factory=lambda: Coverage(NOW - timedelta(days=99)))
    where: dict[str, str] = field(default_factory=dict)

    async def folders(self) -> Mapping[str, str]:
        return self.where

    async def coverage(self) -> Coverage:
        return self.reach

    async def forget(self) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.found, self.reach = {}, Coverage(NOW)

    async def rows(self, by: Sequence[Grouping], days: int | None = None) -> tuple[UsageRow, ...]:
        del days
        return self.found.get(tuple(by), ())

    async def save_csv(self, path: Path, by: Sequence[Grouping], days: int | None = None) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.saved.append((path, tuple(by), days))


@dataclass
class FakeAutostart:
    """Remembers whether it is on."""

    status: AutostartStatus = AutostartStatus.OFF

    async def state(self) -> AutostartState:
        return AutostartState(self.status, "the session", "/opt/other/qcc-desktop")

    async def turn_on(self) -> AutostartState:
        self.status = AutostartStatus.ON
        return await self.state()

    async def turn_off(self) -> AutostartState:
        self.status = AutostartStatus.OFF
        return await self.state()


@dataclass
class FakeLegacyImport:
    """Finds ``found`` and takes whatever it is given; ``taken`` notes it."""

    found: tuple[Found, ...] = ()
    taken: list[Item] = field(default_factory=list)
    report: ImportReport | None = None

    async def find(self, sources: Sequence[Source] = ()) -> tuple[Found, ...]:
        return tuple(one for one in self.found if not sources or one.source in sources)

    async def take(
        self, items: Sequence[Item], settings: Sequence[LegacySetting] = ()
    ) -> ImportReport:
        del settings
        self.taken.extend(items)
        return self.report or ImportReport()


@dataclass
class FakeDemo:
    """Counts how often it was opened."""

    opened: int = 0
    is_open: bool = False

    async def open(self) -> None:
        self.opened += 1
        self.is_open = True


@dataclass
class FakeDoctor:
    """Reports ``findings``; ``fixed`` notes what it was asked to mend."""

    findings: tuple[Finding, ...] = ()
    fixed: list[str] = field(default_factory=list)

    async def run(self, on_finding: Callable[[Finding], None] | None = None) -> Report:
        for finding in self.findings:
            if on_finding is not None:
                on_finding(finding)
        return Report(self.findings)

    async def fix(self, fix_id: str) -> str:
        self.fixed.append(fix_id)
        return "It is mended."


@dataclass
class FakeDiagnostics:
    """A text to copy."""

    said: str = "QCC Desktop 0.0.0"

    async def text(self) -> str:
        return self.said


class FakeAlerts:
    """Tells messages by hand."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Alert], None]] = []

    def subscribe(self, listener: Callable[[Alert], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, alert: Alert) -> None:
        for listener in tuple(self._listeners):
            listener(alert)


class FakeUpdates:
    """Finds what it is told to find."""

    def __init__(self) -> None:
        self.state = UpdateState(UpdateStatus.CURRENT, None, NOW)
        self.next = self.state
        self.checks = 0
        self.asked_for: list[str] = []
        self._listeners: list[Callable[[UpdateState], None]] = []

    def subscribe(self, listener: Callable[[UpdateState], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def show(self, state: UpdateState) -> None:
        self.state = state
        for listener in tuple(self._listeners):
            listener(state)

    async def check_now(self) -> UpdateState:
        self.checks += 1
        self.show(self.next)
        return self.state

    async def install(self) -> UpdateState:
        self.asked_for.append("install")
        return self.state

    def cancel(self) -> None:
        self.asked_for.append("cancel")

    def dismiss(self) -> None:
        self.asked_for.append("dismiss")


class FakeAbout:
    """Knows two components and a manual of two chapters."""

    log_folder = Path("/var/log/qcc-desktop")

    def __init__(self) -> None:
        self.log = "one\ntwo"
        self.text = "# QCC\n\n## First steps\n\nStart it.\n\n## Pointing\n\nPoint it.\n"

    async def versions(self) -> Versions:
        return Versions("0.1.0", "3.11.7", "6.11.3", "Linux 6.1 x86_64")

    async def log_text(self) -> str:
        return self.log

    async def licences(self) -> tuple[Licence, ...]:
        return (Licence("qcc-desktop", "0.1.0", "MIT", "Permission."), Licence("Qt", "6", "LGPL"))

    async def manual(self, *, is_chinese: bool = False) -> str:
        return self.text


CLAUDE = Installation(
    Path("/home/ada/.local/bin/claude"),
    Kind.NATIVE,
    ("/home/ada/.local/bin/claude",),
    "2.1.330",
    is_on_path=True,
)


@dataclass
class FakeInstallations:
    """Finds ``known``; ``searches`` counts how often it was told to look anew."""

    known: tuple[Installation, ...] = (CLAUDE,)
    wanted: Path | None = None
    searches: int = 0
    refusal: UserFacingError | None = None
    gate: asyncio.Event | None = None
    """A search ends when it is set."""

    async def found(self, *, refresh: bool = False) -> tuple[Installation, ...]:
        self.searches += refresh
        if self.gate is not None:
            await self.gate.wait()
        return self.known

    def chosen(self) -> Installation | None:
        sound = [each for each in self.known if each.is_usable]
        wanted = (each for each in sound if each.path == self.wanted)
        return next(wanted, sound[0] if sound else None)

    async def choose(self, path: Path | None) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.wanted = path

    def install_command(self) -> str:
        return "curl -fsSL https://claude.ai/install.sh | bash"


@dataclass
class FakeInstaller:
    """Counts how often it was asked."""

    runs: int = 0

    async def install(self) -> str:
        self.runs += 1
        return "xterm"


SETTINGS_FILE = Path("/home/ada/.claude/settings.json")


@dataclass
class FakeTakeover:
    """Is on or off; ``calls`` notes what it was asked, ``refusal`` is raised by the next call."""

    now: TakeoverStatus = TakeoverStatus(  # noqa: RUF009 - frozen
        wanted=False, files=(FileStatus(SETTINGS_FILE, FileState.FOREIGN),)
    )
    change: str = f"--- {SETTINGS_FILE}\n+++ {SETTINGS_FILE}\n@@ -1 +1 @@\n-{{}}\n+{{...}}\n"
    calls: list[str] = field(default_factory=list)
    refusal: UserFacingError | None = None

    async def turn_on(self) -> TakeoverStatus:
        self._note("turn_on")
        files = tuple(replace(file, state=FileState.OURS) for file in self.now.files)
        self.now = TakeoverStatus(wanted=True, files=files)
        return self.now

    async def turn_off(self) -> TakeoverStatus:
        self._note("turn_off")
        files = tuple(replace(file, state=FileState.FOREIGN) for file in self.now.files)
        self.now = TakeoverStatus(wanted=False, files=files)
        return self.now

    async def status(self) -> TakeoverStatus:
        self._note("status")
        return self.now

    async def preview(self) -> str:
        self._note("preview")
        return self.change

    def _note(self, call: str) -> None:
        self.calls.append(call)
        refusal = self.refusal
        if refusal is not None and call != "status":
            self.refusal = None
            raise refusal


@dataclass
class FakeServices:
    """All services in one; ``calls`` is what was asked, ``refusal`` is raised by the next call."""

    state: FakeState
    config: Config = field(default_factory=Config)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    refusal: UserFacingError | None = None
    report: FakeReport = field(default_factory=FakeReport)
    quitting: bool = False
    less_motion: bool = False
    activity: FakeActivity = field(default_factory=FakeActivity)
    usage: FakeUsage = field(default_factory=FakeUsage)
    autostart: FakeAutostart = field(default_factory=FakeAutostart)
    legacy: FakeLegacyImport = field(default_factory=FakeLegacyImport)
    demo: FakeDemo = field(default_factory=FakeDemo)
    doctor: FakeDoctor = field(default_factory=FakeDoctor)
    diagnostics: FakeDiagnostics = field(default_factory=FakeDiagnostics)
    without_session: set[Path] = field(default_factory=set)
    """Folders in which Claude Code was never used."""
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    updates: FakeUpdates = field(default_factory=FakeUpdates)
    about: FakeAbout = field(default_factory=FakeAbout)
    installations: FakeInstallations = field(default_factory=FakeInstallations)
    installer: FakeInstaller = field(default_factory=FakeInstaller)
    takeover: FakeTakeover = field(default_factory=FakeTakeover)

    @property
    def sessions(self) -> FakeSessions:
        return FakeSessions(self.state, self.note)

    def services(self) -> Services:
        return Services(
            state=self.state,
            endpoints=self,
            preferences=self,
            proxy=self,
            claude_code=self,
            sessions=self.sessions,
            activity=self.activity,
            usage=self.usage,
            autostart=self.autostart,
            legacy_import=self.legacy,
            demo=self.demo,
            doctor=self.doctor,
            diagnostics=self.diagnostics,
            alerts=self.alerts,
            updates=self.updates,
            about=self.about,
            installations=self.installations,
            installer=self.installer,
            takeover=self.takeover,
            less_motion=self._prefers_less_motion,
            config=lambda: self.config,
            clock=StillClock(),
            request_quit=self._quit,
            is_quitting=lambda: self.quitting,
        )

    async def _prefers_less_motion(self) -> bool:
        return self.less_motion

    def _quit(self) -> None:
        self._note("quit")
        self.quitting = True

    def _note(self, *call: object) -> None:
        self.calls.append(call)
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal

    def note(self, *call: object) -> None:
        """Note a call of another fake; a refusal that waits is raised."""
        self._note(*call)

    def _views(self, views: Sequence[EndpointView]) -> None:
        self.state.show(replace(self.state.snapshot, endpoints=tuple(views)))

    def _change(self, endpoint_id: str, **changes: object) -> Endpoint:
        views = list(self.state.snapshot.endpoints)
        place = next(i for i, view in enumerate(views) if view.endpoint.id == endpoint_id)
        endpoint = replace(views[place].endpoint, **changes)  # type: ignore[arg-type]  # by name
        views[place] = replace(views[place], endpoint=endpoint)
        self._views(views)
        return endpoint

    async def add(self, draft: EndpointDraft) -> Endpoint:
        self._note("add", draft)
        endpoint = Endpoint(f"ep-{draft.name}", draft.name, draft.base_url, draft.auth)
        self._views([*self.state.snapshot.endpoints, EndpointView(endpoint, Health.HEALTHY)])
        return endpoint

    async def edit(self, endpoint_id: str, draft: EndpointDraft) -> Endpoint:
        self._note("edit", endpoint_id, draft)
        return self._change(endpoint_id, name=draft.name, base_url=draft.base_url)

    async def remove(self, endpoint_id: str) -> RemovedEndpoint:
        self._note("remove", endpoint_id)
        views = self.state.snapshot.endpoints
        gone = next(view.endpoint for view in views if view.endpoint.id == endpoint_id)
        self._views([view for view in views if view.endpoint.id != endpoint_id])
        return RemovedEndpoint(gone, None, 0, was_pinned=False)

    async def restore(self, removed: RemovedEndpoint) -> Endpoint:
        self._note("restore", removed.endpoint.id)
        view = EndpointView(removed.endpoint, Health.HEALTHY)
        self._views([view, *self.state.snapshot.endpoints])
        return removed.endpoint

    async def set_enabled(self, endpoint_id: str, *, enabled: bool) -> Endpoint:
        self._note("set_enabled", endpoint_id, enabled)
        return self._change(endpoint_id, enabled=enabled)

    async def remove_all(self, endpoint_ids: Sequence[str]) -> tuple[RemovedEndpoint, ...]:
        self._note("remove_all", tuple(endpoint_ids))
        views = self.state.snapshot.endpoints
        self._views([view for view in views if view.endpoint.id not in endpoint_ids])
        return tuple(
            RemovedEndpoint(view.endpoint, None, place, was_pinned=False)
            for place, view in enumerate(views)
            if view.endpoint.id in endpoint_ids
        )

    async def restore_all(self, removed: Sequence[RemovedEndpoint]) -> None:
        self._note("restore_all", tuple(each.endpoint.id for each in removed))
        back = [EndpointView(each.endpoint, Health.HEALTHY) for each in removed]
        self._views([*back, *self.state.snapshot.endpoints])

    async def set_all_enabled(
        self, endpoint_ids: Sequence[str], *, enabled: bool
    ) -> tuple[str, ...]:
        self._note("set_all_enabled", tuple(endpoint_ids), enabled)
        for endpoint_id in endpoint_ids:
            self._change(endpoint_id, enabled=enabled)
        return tuple(endpoint_ids)

    async def reorder(self, endpoint_ids: Sequence[str]) -> None:
        self._note("reorder", tuple(endpoint_ids))
        by_id = {view.endpoint.id: view for view in self.state.snapshot.endpoints}
        self._views([by_id[key] for key in endpoint_ids])

    async def pin(self, endpoint_id: str | None) -> None:
        self._note("pin", endpoint_id)
        self._views(
            [
                replace(view, pinned=view.endpoint.id == endpoint_id)
                for view in self.state.snapshot.endpoints
            ]
        )

    async def test(
        self, endpoint_id: str, on_check: Callable[[FakeCheck], None] | None = None
    ) -> FakeReport:
        self._note("test", endpoint_id)
        return self._told(on_check)

    async def test_draft(
        self,
        draft: EndpointDraft,
        endpoint_id: str | None,
        on_check: Callable[[FakeCheck], None] | None = None,
    ) -> FakeReport:
        self._note("test_draft", draft, endpoint_id)
        return self._told(on_check)

    def _told(self, on_check: Callable[[FakeCheck], None] | None) -> FakeReport:
        for check in self.report.checks:
            if on_check is not None:
                on_check(check)
        return self.report

    def try_now(self, endpoint_id: str) -> None:
        self._note("try_now", endpoint_id)

    async def set(self, key: str, value: object) -> OptionValue:
        self._note("set", key, value)
        settings = with_option(self.config.settings, key, value)
        self.config = replace(self.config, settings=settings)
        return get_option(settings, key)

    @property
    def is_on(self) -> bool:
        return self.state.snapshot.running

    async def turn_on(self) -> None:
        self._note("turn_on")
        self.state.show(replace(self.state.snapshot, running=True, cause=Cause(CauseKind.READY)))

    async def turn_off(self) -> None:
        self._note("turn_off")
        off = replace(
            self.state.snapshot, running=False, light=Light.GREY, cause=Cause(CauseKind.OFF)
        )
        self.state.show(off)

    def shell_lines(self, shell: Shell) -> str:
        self._note("shell_lines", shell)
        return shell_lines(shell, {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860"})

    def command_text(
        self,
        folder: Path,
        args: Sequence[str] = (),
        shell: Shell = Shell.SH,
        *,
        endpoint_id: str | None = None,
    ) -> str:
        words = ("qcc-desktop launch --here", str(folder), endpoint_id or "", *args)
        return f"{' '.join(filter(None, words))} # {shell}"

    async def launch(
        self,
        folder: Path,
        args: Sequence[str] = (),
        *,
        terminal: str = "",
        endpoint_id: str | None = None,
    ) -> LaunchReport:
        if args or terminal or endpoint_id:
            self._note("launch", folder, tuple(args), terminal, endpoint_id)
        else:
            self._note("launch", folder)
        return LaunchReport(terminal or "xterm", folder)

    async def open_in_editor(self, folder: Path, editor_id: str) -> LaunchReport:
        self._note("open_in_editor", folder, editor_id)
        return LaunchReport(editor_id, folder)

    async def terminals(self) -> Sequence[Terminal]:
        return (Terminal("xterm", "xterm", ("xterm",)), Terminal("kitty", "kitty", ("kitty",)))

    async def editors(self) -> Sequence[Editor]:
        return tuple(editor for editor in EDITORS if editor.id in ("code", "idea"))

    async def continuable(self, folders: Sequence[Path]) -> Sequence[Path]:
        return tuple(folder for folder in folders if folder not in self.without_session)

    def folder_choice(self, folder: Path) -> FolderChoice:
        return self.config.choice_for(str(folder))

    async def set_folder_choice(self, choice: FolderChoice) -> None:
        self._note("set_folder_choice", choice)
        self.config = with_choice(self.config, choice)

    async def forget_folder(self, folder: Path) -> None:
        self._note("forget_folder", folder)
        self.config = without_folder(self.config, folder)


def new_bus() -> Bus:
    """A bus nobody publishes on unless the test does."""
    return Bus()


def endpoint(name: str, number: int = 1, **changes: object) -> Endpoint:
    """An endpoint whose id is made of its name."""
    made = Endpoint(f"ep-{name.lower().replace(' ', '-')}", name, "https://api.example.com")
    return replace(made, priority=number, **changes)  # type: ignore[arg-type]  # by name


def four_endpoints(now: datetime = NOW) -> Snapshot:
    """The first is out, the second answers, the third needs a person, the fourth is off."""
    limited = "The endpoint limits the request rate."
    refused = "The endpoint refused the key (401)."
    views = (
        EndpointView(
            endpoint("Relay A", 1, base_url="https://relay-a.example.net/anthropic"),
            Health.UNHEALTHY,
            retry_at=now + timedelta(seconds=42),
            reason=limited,
            last_error=LastError("rate_limit", limited, now - timedelta(seconds=18)),
            requests=412,
            failures=9,
            latency_p50_ms=910,
            latency_p95_ms=2400,
            success_rate=0.978,
        ),
        EndpointView(
            endpoint("DeepSeek", 2, base_url="https://api.deepseek.com/anthropic"),
            Health.HEALTHY,
            last_error=LastError(
                "transient", "The endpoint is overloaded.", now - timedelta(minutes=42)
            ),
            requests=1288,
            failures=1,
            in_flight=2,
            sessions=3,
            latency_p50_ms=790,
            latency_p95_ms=2100,
            success_rate=0.9992,
            pinned=True,
        ),
        EndpointView(
            endpoint("Moonshot", 3, base_url="https://api.moonshot.cn/anthropic"),
            Health.QUARANTINED,
            reason=refused,
            last_error=LastError("auth", refused, now - timedelta(hours=2)),
            requests=1,
            failures=1,
            success_rate=0.0,
        ),
        EndpointView(
            endpoint("Anthropic", 4, base_url="https://api.anthropic.com", enabled=False),
            Health.DISABLED,
        ),
    )
    return Snapshot(
        running=True,
        port=7860,
        light=Light.AMBER,
        cause=Cause(CauseKind.FAILOVER, "DeepSeek", "Relay A", limited),
        endpoints=views,
        active_endpoint="DeepSeek",
        in_flight=2,
    )


def sixty_endpoints(now: datetime = NOW) -> Snapshot:
    """Long names, every health."""
    healths = tuple(Health)
    views = []
    for number in range(60):
        health = healths[number % len(healths)]
        is_out = health in {Health.UNHEALTHY, Health.CIRCUIT_OPEN}
        views.append(
            EndpointView(
                endpoint(
                    f"Relay {number + 1} of the department for very long endpoint names, Köln 北京",
                    number + 1,
                    base_url=f"https://relay-{number}.eu-central-1.a-long-host.example.com/anthropic",
                    enabled=health is not Health.DISABLED,
                ),
                health,
                retry_at=now + timedelta(seconds=37 * number) if is_out else None,
                reason="The endpoint did not begin to answer in time." if is_out else "",
                requests=number * 1000,
                in_flight=number % 4,
                sessions=number % 7,
                latency_p50_ms=None if number % 5 == 0 else 80.0 * number,
                latency_p95_ms=None if number % 5 == 0 else 200.0 * number,
                success_rate=None if number % 5 == 0 else 1 - number / 300,
            )
        )
    return Snapshot(
        running=True,
        port=7860,
        light=Light.GREEN,
        cause=Cause(CauseKind.ALL_WELL, views[0].endpoint.name),
        endpoints=tuple(views),
        active_endpoint=views[0].endpoint.name,
        in_flight=1,
    )


def fresh_endpoints() -> Snapshot:
    """Nothing was asked yet; one has no key, two are on this computer."""
    views = (
        EndpointView(
            endpoint("DeepSeek", 1, base_url="https://api.deepseek.com/anthropic"), Health.HEALTHY
        ),
        EndpointView(
            endpoint("Moonshot", 2, base_url="https://api.moonshot.cn/anthropic"),
            Health.HEALTHY,
            has_key=False,
        ),
        EndpointView(endpoint("Local A", 3, base_url="http://127.0.0.1:18081"), Health.HEALTHY),
        EndpointView(
            endpoint("Local B", 4, base_url="http://127.0.0.1:18082/v1/vendors/anthropic/messages"),
            Health.HEALTHY,
        ),
    )
    return Snapshot(
        running=True,
        port=7860,
        light=Light.GREEN,
        cause=Cause(CauseKind.READY, "DeepSeek"),
        endpoints=views,
        active_endpoint="DeepSeek",
    )


def no_endpoints() -> Snapshot:
    """A program on its first day."""
    return Snapshot(running=True, port=7860, light=Light.GREY, cause=Cause(CauseKind.NO_ENDPOINTS))


def with_light(snapshot: Snapshot, light: Light, kind: CauseKind) -> Snapshot:
    """The same state under another light."""
    cause = Cause(kind, "DeepSeek", "Relay A", "The endpoint limits the request rate.")
    return replace(snapshot, light=light, cause=cause, running=kind is not CauseKind.OFF)
