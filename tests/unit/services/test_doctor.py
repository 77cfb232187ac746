"""The doctor as a whole, on ports of its own: order, time-outs, breakage, fixes."""

import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qcc_desktop import __version__
from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import Finding, Report, Verdict, say
from qcc_desktop.core.endpoint import Endpoint, WireProtocol
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.settings import Settings
from qcc_desktop.proxy.report import NO_MODELS
from qcc_desktop.services import doctor as doctor_module
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.doctor import Doctor
from qcc_desktop.services.doctor_checks import check_program
from qcc_desktop.services.doctor_ports import (
    FIX_TAKEOVER,
    Check,
    DoctorPorts,
    EndpointVerdict,
    Findings,
    Known,
)
from qcc_desktop.storage.paths import paths_below
from qcc_desktop.system.doctor import certificates, files, port
from qcc_desktop.system.doctor.claude_code import FoundClaude


@dataclass(frozen=True)
class Point:
    ok: bool | None
    message: str = ""
    duration_ms: float = 10.0


@dataclass(frozen=True)
class Result:
    checks: Sequence[Point]
    can_answer: bool


@dataclass
class World:
    """What the doctor sees."""

    home: Path
    config: Config = field(default_factory=lambda: Config(settings=Settings(server_port=0)))
    status: Mapping[str, Any] | Exception | None = None
    results: dict[str, Result] = field(default_factory=dict)
    keyless: set[str] = field(default_factory=set)
    environ: dict[str, str] = field(default_factory=dict)
    stored: dict[str, object] = field(default_factory=dict)
    claude: Callable[[], Awaitable[Sequence[FoundClaude]]] | None = None
    left: str = ""

    def ports(self) -> DoctorPorts:
        return DoctorPorts(
            paths=paths_below(self.home / "qcc"),
            environ=self.environ,
            home=self.home,
            load_config=lambda: (self.config, ()),
            status=self._status,
            test=self._test,
            has_key=lambda endpoint_id: endpoint_id not in self.keyless,
            date=self._date,
            utc_now=lambda: datetime(2026, 11, 23, 4, tzinfo=UTC),
            set_option=self._set,
            find_claude=self.claude or self._find,
            takeover=self,
        )

    async def _status(self) -> Mapping[str, Any] | None:
        if isinstance(self.status, Exception):
            raise self.status
        return self.status

    async def _test(self, endpoint: Endpoint) -> EndpointVerdict:
        return self.results[endpoint.id]

    async def _date(self, endpoint: Endpoint) -> str:
        return "Mon, 23 Nov 2026 04:00:00 GMT"

    async def _set(self, key: str, value: object) -> object:
        self.stored[key] = value
        return value

    async def _find(self) -> Sequence[FoundClaude]:
        return (FoundClaude("/bin/claude", "2.1.3"),)

    async def left_behind(self) -> str:
        return self.left

    async def put_back(self) -> str:
        self.left = ""
        return "Put back."


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def _of(report: Report, finding_id: str) -> Finding:
    (found,) = [finding for finding in report.findings if finding.id == finding_id]
    return found


def _endpoint(name: str, **rest: Any) -> Endpoint:
    return Endpoint(id=f"ep-{name}", name=name, base_url=f"https://{name}.example", **rest)


async def test_every_finding_is_told_as_it_comes_and_stands_in_the_report(world: World) -> None:
    told: list[Finding] = []

    report = await Doctor(world.ports()).run(told.append)

    assert set(told) == set(report.findings)
    assert [finding.id for finding in report.findings][:2] == ["program", "port"]
    assert report.findings[-1].id == "versions"


@pytest.mark.logs("check claude_code broke")
async def test_a_check_that_breaks_becomes_a_finding(world: World) -> None:
    async def broken() -> Sequence[FoundClaude]:
        raise RuntimeError("sk-ant-planted-0123456789")

    world.claude = broken

    finding = _of(await Doctor(world.ports()).run(), "claude_code")

    assert finding.verdict is Verdict.NOT_CHECKED
    assert finding.detail.plain() == "This could not be checked (RuntimeError)."


async def test_a_check_that_hangs_becomes_a_finding() -> None:
    never = threading.Event()

    async def hang() -> Findings:
        await in_thread(never.wait)
        return ()

    check = Check("slow", say("Slow"), hang, timeout_s=0.01)

    (finding,) = await doctor_module._guarded(check, lambda _: None)

    never.set()
    assert finding.verdict is Verdict.NOT_CHECKED
    assert "0.01 s" in finding.detail.plain()


async def test_an_endpoint_that_answers_is_well_and_one_that_fails_says_why(world: World) -> None:
    world.config = replace(world.config, endpoints=(_endpoint("good"), _endpoint("bad")))
    world.results = {
        "ep-good": Result((Point(True), Point(True)), can_answer=True),
        "ep-bad": Result((Point(True), Point(False, "The key is refused.")), can_answer=False),
    }

    report = await Doctor(world.ports()).run()

    assert _of(report, "endpoint:ep-good").detail.plain() == (
        "Answers and streams; the test took 20 ms."
    )
    bad = _of(report, "endpoint:ep-bad")
    assert (bad.verdict, bad.detail.plain()) == (
        Verdict.PROBLEM,
        "bad.example: The key is refused.",
    )
    assert _of(report, "clock").verdict is Verdict.OK


@pytest.mark.parametrize(
    "said", ["The endpoint is overloaded.", "The endpoint limits the request rate."]
)
async def test_an_endpoint_that_is_only_busy_is_to_be_waited_for(world: World, said: str) -> None:
    busy = Result((Point(True), Point(False, said)), can_answer=False)
    world.results = {"ep-busy": busy, "ep-good": Result((Point(True),), can_answer=True)}
    world.config = replace(world.config, endpoints=(_endpoint("busy"), _endpoint("good")))
    among_others = _of(await Doctor(world.ports()).run(), "endpoint:ep-busy")
    world.config = replace(world.config, endpoints=(_endpoint("busy"),))
    alone = _of(await Doctor(world.ports()).run(), "endpoint:ep-busy")

    assert among_others.remedy.plain() == "Wait; other endpoints answer meanwhile."
    assert alone.remedy.plain() == "Wait, or add another endpoint that can answer meanwhile."


async def test_an_endpoint_without_a_key_is_not_asked(world: World) -> None:
    world.config = replace(world.config, endpoints=(_endpoint("keyless"),))
    world.keyless = {"ep-keyless"}

    finding = _of(await Doctor(world.ports()).run(), "endpoint:ep-keyless")

    assert finding.detail.plain() == "It has no key."


async def test_a_server_of_models_on_this_computer_is_asked_without_a_key(world: World) -> None:
    local = replace(
        _endpoint("local"), base_url="http://localhost:11434/v1", protocol=WireProtocol.OPENAI
    )
    world.config = replace(world.config, endpoints=(local,))
    world.keyless = {"ep-local"}
    world.results = {"ep-local": Result((Point(True),), can_answer=True)}

    finding = _of(await Doctor(world.ports()).run(), "endpoint:ep-local")

    assert finding.verdict is Verdict.OK


async def test_an_endpoint_that_would_be_asked_for_claudes_models_says_how_to_name_its_own(
    world: World,
) -> None:
    world.config = replace(world.config, endpoints=(_endpoint("openai"),))
    world.results = {"ep-openai": Result((Point(True), Point(False, NO_MODELS)), can_answer=True)}

    finding = _of(await Doctor(world.ports()).run(), "endpoint:ep-openai")

    assert finding.verdict is Verdict.PROBLEM
    assert "--map 'claude-*=MODEL'" in finding.remedy.plain()


async def test_endpoints_that_are_all_off_are_a_problem_and_none_at_all_is_a_note(
    world: World,
) -> None:
    none = _of(await Doctor(world.ports()).run(), "endpoints")
    world.config = replace(world.config, endpoints=(_endpoint("a", enabled=False),))
    off = _of(await Doctor(world.ports()).run(), "endpoints")

    assert (none.verdict, off.verdict) == (Verdict.NOTE, Verdict.PROBLEM)


async def test_a_takeover_left_behind_is_offered_to_be_put_back(world: World) -> None:
    world.left = "~/.claude/settings.json leads nowhere."
    doctor = Doctor(world.ports())

    finding = _of(await doctor.run(), "claude_settings")
    said = await doctor.fix(finding.fix_id)

    assert (finding.verdict, finding.fix_id) == (Verdict.PROBLEM, FIX_TAKEOVER)
    assert said == "Put back."
    assert _of(await doctor.run(), "claude_settings").verdict is Verdict.OK


async def test_choosing_a_port_stores_it_and_says_how_to_undo_it(world: World) -> None:
    world.config = Config(settings=Settings(server_port=7860))

    said = await Doctor(world.ports()).fix(port.FIX)

    assert world.stored["server.port"] != 7860
    assert f"port {world.stored['server.port']}" in said
    assert "config set server.port 7860" in said


async def test_trusting_nodes_file_stores_it_and_says_how_to_undo_it(world: World) -> None:
    world.environ = {certificates.NODE: "/ca.pem"}

    said = await Doctor(world.ports()).fix(certificates.FIX)

    assert world.stored == {"upstream.ca_file": "/ca.pem"}
    assert "To undo" in said


async def test_files_are_made_private_and_a_dead_runtime_file_is_removed(world: World) -> None:
    paths = world.ports().paths
    paths.data_dir.mkdir(parents=True)
    paths.runtime_file.write_text("{}")
    paths.runtime_file.chmod(0o644)
    doctor = Doctor(world.ports())

    made = await doctor.fix(files.FIX_PERMISSIONS)
    removed = await doctor.fix(files.FIX_RUNTIME)

    assert str(paths.runtime_file) in made
    assert "Removed" in removed
    assert not paths.runtime_file.exists()


async def test_an_unknown_fix_is_refused(world: World) -> None:
    with pytest.raises(InvalidInput, match="no fix 'nonsense'"):
        await Doctor(world.ports()).fix("nonsense")


STATUS = {"version": __version__, "pid": 7, "port": 1, "light": "green", "cause": "All is well."}


@pytest.mark.parametrize(
    ("known", "verdict", "words"),
    [
        (Known(Config(), None), Verdict.NOTE, "is not running"),
        (Known(Config(), None, "It hangs."), Verdict.PROBLEM, "does not answer. It hangs."),
        (Known(Config(), STATUS), Verdict.OK, "(process 7). Light: green. All is well."),
        (Known(Config(), {**STATUS, "light": "red"}), Verdict.PROBLEM, "Light: red"),
        (Known(Config(), {**STATUS, "light": "grey"}), Verdict.NOTE, "Light: grey"),
        (Known(Config(), {**STATUS, "version": "0.0.9"}), Verdict.NOTE, "but this is version"),
    ],
    ids=["stopped", "silent", "green", "red", "grey", "another version"],
)
def test_the_running_program_is_judged_by_its_status(
    known: Known, verdict: Verdict, words: str
) -> None:
    (finding,) = check_program(known)

    assert finding.verdict is verdict
    assert words in finding.detail.plain()


async def test_a_program_that_does_not_answer_stops_no_other_check(world: World) -> None:
    world.status = UserFacingError("The running program does not answer.")

    report = await Doctor(world.ports()).run()

    assert _of(report, "program").verdict is Verdict.PROBLEM
    assert _of(report, "versions").verdict is Verdict.OK


async def test_all_texts_can_be_shown_translated(world: World) -> None:
    report = await Doctor(world.ports()).run()

    shown = [
        text.plain(lambda template: template)
        for finding in report.findings
        for text in (finding.title, finding.detail, finding.remedy)
    ]

    assert len(shown) == 3 * len(report.findings)
