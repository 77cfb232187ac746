"""What the doctor asks of the rest of the program, and what its checks are made of."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import Finding, Text
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.storage.paths import Paths
from qcc_desktop.system.doctor.claude_code import FoundClaude
from qcc_desktop.system.doctor.files import LoadConfig

Findings = Sequence[Finding]
FIX_TAKEOVER = "takeover.put_back"
Status = Callable[[], Awaitable[Mapping[str, Any] | None]]
"""Returns the running program's status (`/__qcc__/status`), None when none runs."""


class CheckResult(Protocol):
    """One point of an endpoint's test."""

    @property
    def ok(self) -> bool | None:
        """Whether it is well; None when there is no verdict."""
        ...

    @property
    def message(self) -> str:
        """What was found, one sentence."""
        ...

    @property
    def duration_ms(self) -> float:
        """How long it took."""
        ...


class EndpointVerdict(Protocol):
    """What an endpoint's test found."""

    @property
    def can_answer(self) -> bool:
        """True when nothing keeps it from answering, whatever else it lacks."""
        ...

    @property
    def checks(self) -> Sequence[CheckResult]:
        """Every point, in the order tried."""
        ...


class TakeoverCare(Protocol):
    """The part of the takeover that knows what it left behind."""

    async def left_behind(self) -> str:
        """Return what a takeover of a program that is gone left, as a sentence; else empty."""
        ...

    async def put_back(self) -> str:
        """Put Claude Code's settings back; return what was done."""
        ...


class LoginState(Protocol):
    """What would happen at the next login (`system.autostart.state`)."""

    @property
    def status(self) -> str:
        """``on``, ``off``, ``stale`` (starts something else), ``blocked`` (by the system)."""
        ...

    @property
    def command(self) -> str:
        """What is started."""
        ...


class AutostartCare(Protocol):
    """The part of the start at login that tells its state."""

    async def state(self) -> LoginState:
        """Return it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorPorts:
    """What the doctor asks of the rest of the program, and what its checks are made of."""

    paths: Paths
    environ: Mapping[str, str]
    home: Path
    load_config: LoadConfig
    status: Status
    test: Callable[[Endpoint], Awaitable[EndpointVerdict]]
    has_key: Callable[[str], bool]
    """Whether the endpoint of this id has a key that can be read."""
    date: Callable[[Endpoint], Awaitable[str]]
    """The Date header of an answer of this endpoint; empty when there is none."""
    utc_now: Callable[[], datetime]
    set_option: Callable[[str, object], Awaitable[object]]
    find_claude: Callable[[], Awaitable[Sequence[FoundClaude]]]
    takeover: TakeoverCare | None = None
    autostart: AutostartCare | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What several checks need, looked up once."""

    config: Config
    status: Mapping[str, Any] | None
    status_error: str = ""

    @property
    def used_port(self) -> int | None:
        """Where our running proxy listens."""
        used = (self.status or {}).get("port")
        return used if isinstance(used, int) else None

    @property
    def own_ports(self) -> tuple[int, ...]:
        """The ports that lead to our running proxy."""
        return () if self.used_port is None else (self.used_port,)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at; ``title`` names it where it could not be checked."""

    id: str
    title: Text
    run: Callable[[], Awaitable[Findings]]
    timeout_s: float = 10.0
