"""The doctor's checks: what is asked, how long it may take, and what to make of silence."""

import asyncio
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from qcc_desktop import __version__
from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.classification.rows import ROWS
from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.endpoint import Endpoint, needs_key, travels_unencrypted
from qcc_desktop.core.failure import FailureClass
from qcc_desktop.core.health import Light
from qcc_desktop.proxy.report import NO_MODELS
from qcc_desktop.proxy.transport.system_proxy import bypasses_proxy
from qcc_desktop.services.daemon_threads import in_thread
from qcc_desktop.services.doctor_ports import (
    FIX_TAKEOVER,
    Check,
    DoctorPorts,
    EndpointVerdict,
    Findings,
    Known,
)
from qcc_desktop.system.doctor import files
from qcc_desktop.system.doctor.certificates import check_certificates
from qcc_desktop.system.doctor.claude_code import check_claude_code
from qcc_desktop.system.doctor.claude_settings import check_claude_settings
from qcc_desktop.system.doctor.clock import check_clock
from qcc_desktop.system.doctor.history import check_history
from qcc_desktop.system.doctor.keychain import check_keychain
from qcc_desktop.system.doctor.port import check_port
from qcc_desktop.system.doctor.proxies import check_proxies
from qcc_desktop.system.doctor.surroundings import check_surroundings, check_versions
from qcc_desktop.system.doctor.tray import check_tray
from qcc_desktop.system.doctor.variables import check_environment, check_profiles, check_registry

_CLAUDE_S = 30.0
_ENDPOINT_S = 45.0
_DATES_S = 15.0
_OVERLOADED = 529
_AT_ONCE = 4
"""So many endpoints are asked at the same time."""
_BUSY = frozenset(
    failure.message
    for failure in ROWS.values()
    if failure.kind is FailureClass.RATE_LIMIT or failure.client_status == _OVERLOADED
)
"""What an endpoint's test says of one that is all right and just has too much to do."""


def checks(ports: DoctorPorts, known: Known) -> tuple[Check, ...]:
    """Return every check, in the order of the report."""
    return (
        *_of_program(ports, known),
        *_of_claude(ports, known),
        *_of_the_way_out(ports, known),
        *_of_endpoints(ports, known.config),
        *_of_files(ports),
    )


def _of_program(ports: DoctorPorts, known: Known) -> tuple[Check, ...]:
    wanted, used = known.config.settings.server_port, known.used_port
    return (
        _blocking("program", texts.PROGRAM, lambda: check_program(known)),
        _blocking("port", texts.PORT, lambda: check_port(wanted, used)),
        _blocking("tray", texts.TRAY, lambda: check_tray(ports.environ)),
        *_autostart(ports),
    )


def _of_claude(ports: DoctorPorts, known: Known) -> tuple[Check, ...]:
    environ, home, own = ports.environ, ports.home, known.own_ports

    async def claude_code() -> Findings:
        return check_claude_code(await ports.find_claude())

    async def settings() -> Findings:
        left = await _left_behind(ports)
        if left:
            return left
        return await in_thread(lambda: check_claude_settings(environ, home, own))

    return (
        Check("claude_code", say(texts.CLAUDE), claude_code, _CLAUDE_S),
        Check("claude_settings", say(texts.SETTINGS), settings),
        _blocking("environment", texts.ENVIRONMENT, lambda: check_environment(environ, own)),
        _blocking("shell_profiles", texts.PROFILES, lambda: check_profiles(environ, home, own)),
        *((_blocking("registry", texts.REGISTRY, check_registry),) * (sys.platform == "win32")),
    )


async def _left_behind(ports: DoctorPorts) -> Findings:
    sentence = "" if ports.takeover is None else await ports.takeover.left_behind()
    if not sentence:
        return ()
    detail = say(texts.SETTINGS_LEFT_BEHIND, detail=sentence)
    remedy = say(texts.SETTINGS_LEFT_BEHIND_DO)
    title = say(texts.SETTINGS)
    return (Finding("claude_settings", title, Verdict.PROBLEM, detail, remedy, FIX_TAKEOVER),)


def _of_the_way_out(ports: DoctorPorts, known: Known) -> tuple[Check, ...]:
    environ, settings, paths = ports.environ, known.config.settings, ports.paths
    port = known.used_port or settings.server_port
    ca_file = settings.upstream_ca_file
    service, secrets_file = paths.keyring_service, paths.secrets_file
    return (
        _blocking("proxies", texts.PROXIES, lambda: check_proxies(environ, port, bypasses_proxy)),
        _blocking("certificates", texts.CERTIFICATES, lambda: check_certificates(environ, ca_file)),
        _blocking("keychain", texts.KEYS, lambda: check_keychain(service, secrets_file)),
    )


def _of_files(ports: DoctorPorts) -> tuple[Check, ...]:
    paths, environ, load = ports.paths, ports.environ, ports.load_config
    file = paths.config_file
    return (
        _blocking("config_file", texts.CONFIG, lambda: files.check_config(file, load)),
        _blocking("permissions", texts.PERMISSIONS, lambda: files.check_permissions(paths)),
        _blocking("folders", texts.FOLDERS, lambda: files.check_folders(paths)),
        _blocking("log", texts.LOG, lambda: files.check_log(paths)),
        _blocking("history", texts.HISTORY, lambda: check_history(paths)),
        _blocking("runtime_file", texts.RUNTIME, lambda: files.check_runtime(paths)),
        _blocking("surroundings", texts.SURROUNDINGS, lambda: check_surroundings(environ)),
        _blocking("versions", texts.VERSIONS, check_versions),
    )


def check_program(known: Known) -> Findings:
    """Judge the running program by its status."""

    def finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Findings:
        return (Finding("program", say(texts.PROGRAM), verdict, detail, remedy),)

    status = known.status
    if known.status_error:
        silent = say(texts.PROGRAM_SILENT, error=known.status_error)
        return finding(Verdict.PROBLEM, silent, say(texts.PROGRAM_OLDER_DO))
    if status is None:
        return finding(Verdict.NOTE, say(texts.PROGRAM_STOPPED), say(texts.PROGRAM_STOPPED_DO))
    named = {name: status.get(name, "?") for name in ("version", "pid", "light", "cause")}
    if named["version"] != __version__:
        detail = say(
            texts.PROGRAM_OLDER, version=named["version"], pid=named["pid"], own=__version__
        )
        return finding(Verdict.NOTE, detail, say(texts.PROGRAM_OLDER_DO))
    if named["light"] == Light.RED:
        return finding(Verdict.PROBLEM, say(texts.PROGRAM_RUNS, **named), say(texts.PROGRAM_RED_DO))
    verdict = Verdict.OK if named["light"] == Light.GREEN else Verdict.NOTE
    return finding(verdict, say(texts.PROGRAM_RUNS, **named))


def _autostart(ports: DoctorPorts) -> tuple[Check, ...]:
    state = ports.autostart
    if state is None:
        return ()

    def finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Findings:
        return (Finding("autostart", say(texts.AUTOSTART), verdict, detail, remedy),)

    async def look() -> Findings:
        found = await state.state()
        match found.status:
            case "stale":
                stale = say(texts.AUTOSTART_STALE, command=found.command)
                return finding(Verdict.PROBLEM, stale, say(texts.AUTOSTART_STALE_DO))
            case "blocked":
                return finding(Verdict.NOTE, say(texts.AUTOSTART_BLOCKED))
            case "on":
                return finding(Verdict.OK, say(texts.AUTOSTART_ON))
            case _:
                return finding(Verdict.OK, say(texts.AUTOSTART_OFF))

    return (Check("autostart", say(texts.AUTOSTART), look),)


def _of_endpoints(ports: DoctorPorts, config: Config) -> tuple[Check, ...]:
    """Return one check for each enabled endpoint, and the clock that their answers tell."""
    enabled = [endpoint for endpoint in in_order(config.endpoints) if endpoint.enabled]
    turns = asyncio.Semaphore(_AT_ONCE)
    if not enabled:
        return (_blocking("endpoints", texts.ENDPOINTS, lambda: (_no_endpoint(config),)),)
    rounds = 1 + (len(enabled) - 1) // _AT_ONCE
    patience_s = rounds * (_ENDPOINT_S + 1)
    is_alone = len(enabled) == 1
    asked = tuple(
        _endpoint_check(ports, endpoint, turns, patience_s, is_alone=is_alone)
        for endpoint in enabled
    )

    async def clock() -> Findings:
        return await _clock(ports, enabled[:_AT_ONCE])

    return (*asked, Check("clock", say(texts.CLOCK), clock, _DATES_S))


def _no_endpoint(config: Config) -> Finding:
    title = say(texts.ENDPOINTS)
    if not config.endpoints:
        detail, remedy = say(texts.ENDPOINTS_NONE), say(texts.ENDPOINTS_NONE_DO)
        return Finding("endpoints", title, Verdict.NOTE, detail, remedy)
    detail = say(texts.ENDPOINTS_OFF, count=len(config.endpoints))
    return Finding("endpoints", title, Verdict.PROBLEM, detail, say(texts.ENDPOINTS_OFF_DO))


def _endpoint_check(
    ports: DoctorPorts,
    endpoint: Endpoint,
    turns: asyncio.Semaphore,
    patience_s: float,
    *,
    is_alone: bool,
) -> Check:
    title = say(texts.ENDPOINT, name=endpoint.name)

    async def ask() -> Findings:
        async with turns:
            wants_key = needs_key(endpoint.base_url, endpoint.protocol)
            if wants_key and not ports.has_key(endpoint.id):
                return (_without_key(endpoint, title),)
            try:
                async with asyncio.timeout(_ENDPOINT_S):
                    result = await ports.test(endpoint)
            except TimeoutError:
                slow = say(texts.CHECK_SLOW, seconds=f"{_ENDPOINT_S:g}")
                return (_of_endpoint(endpoint, title, Verdict.PROBLEM, slow),)
            return (_judged(endpoint, title, result, is_alone=is_alone),)

    return Check(_endpoint_id(endpoint), title, ask, patience_s)


def _judged(endpoint: Endpoint, title: Text, result: EndpointVerdict, *, is_alone: bool) -> Finding:
    if not result.can_answer:
        fault = next((check.message for check in result.checks if check.ok is False), "")
        host = urlsplit(endpoint.base_url).hostname
        detail = say(texts.ENDPOINT_FAILED, host=host, message=say(texts.AS_IT_IS, text=fault))
        finding = _of_endpoint(endpoint, title, Verdict.PROBLEM, detail)
        return replace(finding, remedy=_remedy(endpoint, fault, is_alone=is_alone))
    if any(check.ok is False and check.message == NO_MODELS for check in result.checks):
        finding = _of_endpoint(endpoint, title, Verdict.PROBLEM, say(texts.ENDPOINT_MODELS))
        return replace(
            finding, remedy=say(texts.ENDPOINT_MODELS_DO, name=shlex.quote(endpoint.name))
        )
    if travels_unencrypted(endpoint.base_url):
        finding = _of_endpoint(endpoint, title, Verdict.NOTE, say(texts.ENDPOINT_PLAIN))
        return replace(finding, remedy=say(texts.ENDPOINT_PLAIN_DO))
    total_ms = round(sum(check.duration_ms for check in result.checks))
    return _of_endpoint(endpoint, title, Verdict.OK, say(texts.ENDPOINT_WELL, ms=total_ms))


def _remedy(endpoint: Endpoint, fault: str, *, is_alone: bool) -> Text:
    """Return what to do about a failed test: nothing of ours is wrong where it is just busy."""
    if fault not in _BUSY:
        return say(texts.ENDPOINT_FAILED_DO, name=shlex.quote(endpoint.name))
    return say(texts.ENDPOINT_BUSY_ALONE_DO if is_alone else texts.ENDPOINT_BUSY_DO)


def _without_key(endpoint: Endpoint, title: Text) -> Finding:
    finding = _of_endpoint(endpoint, title, Verdict.PROBLEM, say(texts.ENDPOINT_NO_KEY))
    return replace(finding, remedy=say(texts.ENDPOINT_NO_KEY_DO, name=shlex.quote(endpoint.name)))


def _of_endpoint(endpoint: Endpoint, title: Text, verdict: Verdict, detail: Text) -> Finding:
    return Finding(_endpoint_id(endpoint), title, verdict, detail)


def _endpoint_id(endpoint: Endpoint) -> str:
    return f"endpoint:{endpoint.id}"


async def _clock(ports: DoctorPorts, endpoints: Sequence[Endpoint]) -> Findings:
    async def ask(endpoint: Endpoint) -> tuple[str, tuple[str, Any]]:
        try:
            async with asyncio.timeout(_DATES_S - 1):
                date = await ports.date(endpoint)
        except Exception:  # noqa: BLE001 - unreachable in any way: its own check says how
            date = ""
        return urlsplit(endpoint.base_url).hostname or "?", (date, ports.utc_now())

    return check_clock(dict(await asyncio.gather(*map(ask, endpoints))))


def _blocking(check_id: str, title: str, look: Callable[[], Findings]) -> Check:
    async def run() -> Findings:
        return await in_thread(look)

    return Check(check_id, say(title), run)
