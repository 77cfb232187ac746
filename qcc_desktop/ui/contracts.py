"""What the interface asks of the services, and of whoever shows its messages.

The classes of `qcc_desktop.services` fit these protocols; so do the fakes of the tests.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from qcc_desktop.core.alert import Alert
from qcc_desktop.core.config import Config, FolderChoice
from qcc_desktop.core.diagnosis import Finding, Report
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.settings import OptionValue
from qcc_desktop.core.snapshot import Snapshot
from qcc_desktop.core.usage import Coverage, Grouping, UsageRow
from qcc_desktop.runtime.clock import Clock
from qcc_desktop.services.about import Licence, Versions
from qcc_desktop.services.activity import Minute
from qcc_desktop.services.endpoints import EndpointDraft, RemovedEndpoint
from qcc_desktop.services.legacy_items import Found, ImportReport, Item, Source
from qcc_desktop.services.shells import Shell
from qcc_desktop.services.update_state import UpdateState
from qcc_desktop.storage.legacy_found import LegacySetting
from qcc_desktop.system.autostart.state import AutostartState
from qcc_desktop.system.claude_settings.status import TakeoverStatus
from qcc_desktop.system.finder.installation import Installation
from qcc_desktop.system.notifications.message import DesktopMessage


class CheckView(Protocol):
    """One point of a test; ``ok`` is None when it was not tried or is not offered."""

    @property
    def name(self) -> str:
        """``reach``, ``auth``, ``answer``, ``stream`` … (`proxy.report.CheckName`)."""
        ...

    @property
    def ok(self) -> bool | None:
        """Whether it is well."""
        ...

    @property
    def message(self) -> str:
        """What was found, one sentence."""
        ...

    @property
    def duration_ms(self) -> float:
        """How long it took; 0 where another point's request showed it."""
        ...

    @property
    def count(self) -> int | None:
        """The tokens counted, the models listed; None for other points."""
        ...


class ReportView(Protocol):
    """What a test of an endpoint found."""

    @property
    def checks(self) -> Sequence[CheckView]:
        """Every point, in the order tried."""
        ...

    @property
    def ok(self) -> bool:
        """True when all that was tried is well."""
        ...


class EndpointService(Protocol):
    """What can be done with endpoints."""

    async def add(self, draft: EndpointDraft) -> Endpoint:
        """Add one."""
        ...

    async def edit(self, endpoint_id: str, draft: EndpointDraft) -> Endpoint:
        """Change one."""
        ...

    async def remove(self, endpoint_id: str) -> RemovedEndpoint:
        """Remove one; the result undoes it."""
        ...

    async def restore(self, removed: RemovedEndpoint) -> Endpoint:
        """Undo a removal."""
        ...

    async def set_enabled(self, endpoint_id: str, *, enabled: bool) -> Endpoint:
        """Switch one on or off."""
        ...

    async def remove_all(self, endpoint_ids: Sequence[str]) -> tuple[RemovedEndpoint, ...]:
        """Remove some at once; the result undoes it."""
        ...

    async def restore_all(self, removed: Sequence[RemovedEndpoint]) -> None:
        """Undo the removal of some."""
        ...

    async def set_all_enabled(
        self, endpoint_ids: Sequence[str], *, enabled: bool
    ) -> tuple[str, ...]:
        """Switch some on or off at once; return the ids of those that were not so before."""
        ...

    async def reorder(self, endpoint_ids: Sequence[str]) -> None:
        """Ask them in this order."""
        ...

    async def pin(self, endpoint_id: str | None) -> None:
        """Prefer one, or none."""
        ...

    async def test(
        self, endpoint_id: str, on_check: Callable[[CheckView], None] | None = None
    ) -> ReportView:
        """Ask one now, telling each verdict as it comes."""
        ...

    async def test_draft(
        self,
        draft: EndpointDraft,
        endpoint_id: str | None,
        on_check: Callable[[CheckView], None] | None = None,
    ) -> ReportView:
        """Ask one before it is saved, telling each verdict as it comes."""
        ...

    def try_now(self, endpoint_id: str) -> None:
        """Verify one that is out now."""
        ...


class PreferenceService(Protocol):
    """Options by their key."""

    async def set(self, key: str, value: object) -> OptionValue:
        """Change one."""
        ...


class ProxySwitch(Protocol):
    """The proxy's on and off."""

    @property
    def is_on(self) -> bool:
        """Whether the person wants it on."""
        ...

    async def turn_on(self) -> None:
        """Start it."""
        ...

    async def turn_off(self) -> None:
        """Stop it."""
        ...


class ProgramView(Protocol):
    """A terminal or an editor that was found; ``id`` is what `ClaudeCodeService` takes."""

    @property
    def id(self) -> str:
        """What options and commands call it."""
        ...

    @property
    def name(self) -> str:
        """What people call it."""
        ...


class LaunchView(Protocol):
    """What a launch did."""

    @property
    def terminal(self) -> str:
        """The terminal or editor that opens."""
        ...

    @property
    def folder(self) -> Path:
        """Where."""
        ...

    @property
    def removed(self) -> Sequence[str]:
        """Variables of this environment that Claude Code does not get."""
        ...

    @property
    def overruled(self) -> Sequence[str]:
        """Variables of Claude Code's settings files that are overridden for this launch."""
        ...

    @property
    def may_keep_environment(self) -> bool:
        """Whether the editor, if it runs already, keeps the environment it was started with."""
        ...


class ClaudeCodeService(Protocol):
    """Claude Code through the proxy; ``--continue`` and ``--resume`` are arguments."""

    def shell_lines(self, shell: Shell) -> str:
        """Return the lines that set the environment in this shell."""
        ...

    def command_text(
        self,
        folder: Path,
        args: Sequence[str] = (),
        shell: Shell = Shell.SH,
        *,
        endpoint_id: str | None = None,
    ) -> str:
        """Return the line that does in a terminal what `launch` does; it holds no secret.

        Raises:
            UserFacingError: this shell would change a word of it.
        """
        ...

    async def launch(
        self,
        folder: Path,
        args: Sequence[str] = (),
        *,
        terminal: str = "",
        endpoint_id: str | None = None,
    ) -> LaunchView:
        """Open it in a terminal, starting the proxy if need be.

        ``terminal`` and ``endpoint_id`` beat what was chosen, for this launch.
        """
        ...

    async def open_in_editor(self, folder: Path, editor_id: str) -> LaunchView:
        """Open the folder in an editor whose terminals lead Claude Code to the proxy."""
        ...

    async def terminals(self) -> Sequence[ProgramView]:
        """Return the terminals of this computer."""
        ...

    async def editors(self) -> Sequence[ProgramView]:
        """Return the editors of this computer."""
        ...

    async def continuable(self, folders: Sequence[Path]) -> Sequence[Path]:
        """Return those in which Claude Code has a session to go on with."""
        ...

    def folder_choice(self, folder: Path) -> FolderChoice:
        """Return what was chosen for a folder, an empty choice where nothing was."""
        ...

    async def set_folder_choice(self, choice: FolderChoice) -> None:
        """Remember what was chosen for a folder; an empty choice forgets it."""
        ...

    async def forget_folder(self, folder: Path) -> None:
        """Take a folder off the recent ones, with what was chosen for it."""
        ...


class TakeoverService(Protocol):
    """Claude Code's own settings, led to the proxy and put back."""

    async def turn_on(self) -> TakeoverStatus:
        """Lead them to the proxy, and remember the wish."""
        ...

    async def turn_off(self) -> TakeoverStatus:
        """Put back what is ours and still is."""
        ...

    async def status(self) -> TakeoverStatus:
        """Return how each settings file stands now."""
        ...

    async def preview(self) -> str:
        """Return what `turn_on` would change, as a unified diff without secrets."""
        ...


class StateSource(Protocol):
    """The observable state."""

    @property
    def snapshot(self) -> Snapshot:
        """The newest one that listeners were told, its light damped."""
        ...

    def fresh(self) -> Snapshot:
        """Return the state of this moment, undamped."""
        ...

    def subscribe(self, listener: Callable[[Snapshot], None]) -> Callable[[], None]:
        """Call ``listener`` with each new one until the returned function is called."""
        ...


class SessionService(Protocol):
    """What can be done with a running conversation."""

    def pin(self, key: str, endpoint_id: str | None) -> None:
        """Prefer an endpoint for it until taken back; None takes it back."""
        ...

    def move(self, key: str, endpoint_id: str) -> None:
        """Bind it to an endpoint now, without a pin."""
        ...

    def release(self, key: str) -> None:
        """Have its next turn routed anew."""
        ...


class ActivitySource(Protocol):
    """How busy the last hour was."""

    def minutes(self, count: int = 60) -> tuple[Minute, ...]:
        """Return the last minutes, oldest first, without gaps."""
        ...


class UsageService(Protocol):
    """What was used and what it costs."""

    async def rows(self, by: Sequence[Grouping], days: int | None = None) -> tuple[UsageRow, ...]:
        """Return a sum for each combination of ``by``; ``days`` counts today as the first."""
        ...

    async def folders(self) -> Mapping[str, str]:
        """Return where sessions worked, by their keys, of those that told."""
        ...

    async def coverage(self) -> Coverage:
        """Return how far back the history goes, and what is wrong with its file."""
        ...

    async def save_csv(self, path: Path, by: Sequence[Grouping], days: int | None = None) -> None:
        """Write these sums to a file."""
        ...

    async def forget(self) -> None:
        """Delete the whole history, for good."""
        ...


class NoticeKind(StrEnum):
    """How a message is shown."""

    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that needs no answer; ``action`` is offered as a button."""

    title: str
    hint: str = ""
    kind: NoticeKind = NoticeKind.NOTE
    action_label: str = ""
    action: Callable[[], None] | None = None
    lasting_s: float | None = None
    """It goes away by itself after this time; None: when it is closed."""
    again: "Callable[[], Notice] | None" = None
    """Says it anew in the language of then; None: it stays as it was said."""


class NoticeBoard(Protocol):
    """Shows messages to the person."""

    def show_notice(self, notice: Notice) -> None:
        """Show it, in the place of one shown before."""
        ...

    def close_offer(self) -> None:
        """Take back a message whose button offers something that is being done now."""
        ...


class LegacyImportService(Protocol):
    """The endpoints of other programs, whose files are only read."""

    async def find(self, sources: Sequence[Source] = ...) -> tuple[Found, ...]:
        """Return what these sources (all of them) hold; places without anything are left out."""
        ...

    async def take(
        self, items: Sequence[Item], settings: Sequence[LegacySetting] = ()
    ) -> ImportReport:
        """Add these endpoints, and change these options if any was added."""
        ...


class DemoService(Protocol):
    """The demo: simulated endpoints in a program of its own."""

    @property
    def is_open(self) -> bool:
        """Whether a demo that was opened here still runs."""
        ...

    async def open(self) -> None:
        """Open it in a window of its own; nothing happens while one is open."""
        ...


class AutostartService(Protocol):
    """Starting with the session: the system keeps whether that is wanted."""

    async def state(self) -> AutostartState:
        """Return what would happen at the next login."""
        ...

    async def turn_on(self) -> AutostartState:
        """Start at login from now on."""
        ...

    async def turn_off(self) -> AutostartState:
        """Do not start at login any more."""
        ...


class InstallationsService(Protocol):
    """Every Claude Code on this computer."""

    async def found(self, *, refresh: bool = False) -> Sequence[Installation]:
        """Return them, the one to launch first; ``refresh`` looks anew, for seconds."""
        ...

    def chosen(self) -> Installation | None:
        """Return the one that a launch starts, None when there is none or none was found yet."""
        ...

    async def choose(self, path: Path | None) -> None:
        """Launch this one from now on; None: the first found."""
        ...

    def install_command(self) -> str:
        """Return the line that installs Claude Code in this system's terminal."""
        ...


class InstallerService(Protocol):
    """Installs Claude Code where there is none."""

    async def install(self) -> str:
        """Run the install command in a terminal; return the terminal's name."""
        ...


class DoctorService(Protocol):
    """Looks for what keeps Claude Code from being answered."""

    async def run(self, on_finding: Callable[[Finding], None] | None = None) -> Report:
        """Check everything; ``on_finding`` hears of each as it is known."""
        ...

    async def fix(self, fix_id: str) -> str:
        """Mend what a finding's ``fix_id`` names; return what was done, one sentence."""
        ...


class DiagnosticsService(Protocol):
    """What a report of a fault needs."""

    async def text(self) -> str:
        """Return it as one text without secrets."""
        ...


class AlertSource(Protocol):
    """Messages for the desktop."""

    def subscribe(self, listener: Callable[[Alert], None]) -> Callable[[], None]:
        """Call ``listener`` with each one until the returned function is called."""
        ...


class DesktopMessages(Protocol):
    """Shows messages on the desktop and tells of clicks on them."""

    def subscribe(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """Call ``listener`` with key and activation token of each click, until the returned call."""
        ...

    async def show(self, message: DesktopMessage) -> bool:
        """Show it; return False when nobody here shows messages. Never raises."""
        ...


class UpdateService(Protocol):
    """Whether there is a newer version."""

    @property
    def state(self) -> UpdateState:
        """What is known now."""
        ...

    def subscribe(self, listener: Callable[[UpdateState], None]) -> Callable[[], None]:
        """Call ``listener`` with each new state until the returned function is called."""
        ...

    async def check_now(self) -> UpdateState:
        """Ask now; never raises."""
        ...

    async def install(self) -> UpdateState:
        """Download, verify, put in place and restart; never raises, the state says how it went."""
        ...

    def cancel(self) -> None:
        """End a download; does nothing once the new version is put in place."""
        ...

    def dismiss(self) -> None:
        """Have said enough about the former update, or about what went wrong now."""
        ...


class AboutService(Protocol):
    """What the program says about itself."""

    @property
    def log_folder(self) -> Path:
        """Where the logs lie."""
        ...

    async def versions(self) -> Versions:
        """Return what runs here."""
        ...

    async def log_text(self) -> str:
        """Return the end of the log; empty while there is none."""
        ...

    async def licences(self) -> tuple[Licence, ...]:
        """Return every component with its licence, this program first."""
        ...

    async def manual(self, *, is_chinese: bool = False) -> str:
        """Return the manual as Markdown; empty where none is here."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything the interface works with."""

    state: StateSource
    endpoints: EndpointService
    preferences: PreferenceService
    proxy: ProxySwitch
    claude_code: ClaudeCodeService
    sessions: SessionService
    activity: ActivitySource
    usage: UsageService
    autostart: AutostartService
    legacy_import: LegacyImportService
    demo: DemoService
    doctor: DoctorService
    diagnostics: DiagnosticsService
    alerts: AlertSource
    updates: UpdateService
    about: AboutService
    installations: InstallationsService
    installer: InstallerService
    takeover: TakeoverService
    config: Callable[[], Config]
    """The configuration in force."""
    clock: Clock
    request_quit: Callable[[], None]
    """Begin to quit, letting running answers finish; the second time, end them."""
    is_quitting: Callable[[], bool]
    less_motion: Callable[[], Awaitable[bool]] | None = None
    """Whether the system asks for less motion; None where nobody can tell."""
    desktop_messages: DesktopMessages | None = None
    """None where only Qt's tray icon shows messages."""
