"""Everything a report of a fault needs, as one text without secrets."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from qcc_desktop.core.config import Config, in_order
from qcc_desktop.core.diagnosis import Finding, Report, Verdict
from qcc_desktop.core.redact import redact
from qcc_desktop.core.settings import get_option, options
from qcc_desktop.services.doctor_ports import Status
from qcc_desktop.storage.log_tail import last_lines
from qcc_desktop.system.doctor.surroundings import desktop_name, qt_version, system_name

_LOG_LINES = 50
_STATUS_S = 10.0
_PRIVATE_OPTIONS = ("upstream.ca_file", "claude.arguments")
"""Options whose value may say more than a stranger should read; only that they are set is told."""


class RunsChecks(Protocol):
    """The part of the doctor that is used here."""

    async def run(self) -> Report:
        """Check everything."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosticsPorts:
    """Where the text comes from."""

    doctor: RunsChecks
    status: Status
    config: Callable[[], Config]
    secrets: Callable[[], tuple[str, ...]]
    """Every secret that is known, to be masked wherever it stands. Blocks."""
    log_file: Path
    environ: Mapping[str, str]
    home: Path
    """Shown as ``~``: the name of the user is nobody's business."""
    version: str
    python_version: str


class Diagnostics:
    """Puts the text together; it is English, for it is read by those who mend the program."""

    def __init__(self, ports: DiagnosticsPorts) -> None:
        self._ports = ports

    async def text(self) -> str:
        """Return the text. Takes as long as the doctor does."""
        report, status, lines, system = await asyncio.gather(
            self._ports.doctor.run(),
            _or_none(self._ports.status),
            asyncio.to_thread(last_lines, self._ports.log_file, _LOG_LINES),
            asyncio.to_thread(lambda: (system_name(), qt_version())),
        )
        config = self._ports.config()
        parts = {
            "QCC Desktop": self._versions(*system),
            "State": _state(status),
            "Endpoints": _endpoints(config, status),
            "Options changed": _changed(config),
            "Doctor": [_line(finding) for finding in report.findings],
            f"Last {_LOG_LINES} lines of the log": lines,
        }
        whole = "\n\n".join(
            "\n".join((f"## {title}", *(body or ["none"]))) for title, body in parts.items()
        )
        whole = whole.replace(str(self._ports.home), "~")
        secrets = await asyncio.to_thread(self._ports.secrets)
        return redact(whole, secrets) + "\n"

    def _versions(self, system: str, qt: str) -> list[str]:
        ports = self._ports
        return [
            f"Version {ports.version}, Python {ports.python_version}, Qt {qt}",
            f"System: {system}",
            f"Desktop: {desktop_name(ports.environ) or 'none'}",
        ]


async def _or_none(status: Status) -> Mapping[str, Any] | None:
    try:
        async with asyncio.timeout(_STATUS_S):
            return await status()
    except Exception:  # noqa: BLE001 - the doctor's own finding says why
        return None


def _state(status: Mapping[str, Any] | None) -> list[str]:
    if status is None:
        return ["not running, or not answering"]
    totals = ", ".join(f"{name} {value}" for name, value in dict(status["totals"]).items())
    return [
        f"Light: {status['light']}. {status['cause']}",
        f"Process {status['pid']}, port {status['port']}, version {status['version']}",
        f"Sessions: {len(status['sessions'])}. Totals: {totals}",
    ]


def _endpoints(config: Config, status: Mapping[str, Any] | None) -> list[str]:
    views = {view["id"]: view for view in (status or {}).get("endpoints", ())}
    lines = []
    for endpoint in in_order(config.endpoints):
        host = urlsplit(endpoint.base_url).hostname
        switch = "on" if endpoint.enabled else "off"
        lines.append(f"- {endpoint.name}: {host}, {endpoint.auth}, {switch}")
        lines += _view_lines(views.get(endpoint.id))
    return lines


def _view_lines(view: Mapping[str, Any] | None) -> list[str]:
    if view is None:
        return []
    breaker = view["breaker"]
    state = f"breaker {breaker['state']} ({breaker['failures']} failures in a row, an overload counts half)"
    counts = f"{view['requests']} requests, {view['failures']} failed"
    lines = [f"  {view['health']}, {state}, {counts}"]
    if error := view["last_error"]:
        lines.append(f"  last failure {error['at']}: {error['class']}, {error['message']}")
    return lines


def _changed(config: Config) -> list[str]:
    return [
        f"- {key} = {'(set)' if key in _PRIVATE_OPTIONS else value}"
        for key, option in options().items()
        if (value := get_option(config.settings, key)) != option.default
    ]


_MARKS = {
    Verdict.OK: "ok",
    Verdict.NOTE: "NOTE",
    Verdict.PROBLEM: "PROBLEM",
    Verdict.NOT_CHECKED: "not checked",
}


def _line(finding: Finding) -> str:
    return f"- {_MARKS[finding.verdict]}: {finding.title.plain()}: {finding.detail.plain()}"
