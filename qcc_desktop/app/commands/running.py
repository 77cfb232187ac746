"""The commands that look at the running program: ``env`` and ``status``."""

import os
from argparse import Namespace
from datetime import datetime
from typing import Any

from qcc_desktop.app.commands.output import say, say_json, say_table, tell
from qcc_desktop.app.commands.session import ask_running, running_program
from qcc_desktop.app.commands.speech import spoken
from qcc_desktop.core.errors import NotRunning
from qcc_desktop.core.health import Health
from qcc_desktop.runtime.clock import SystemClock
from qcc_desktop.services.claude_code import Target, variables_of
from qcc_desktop.services.shells import Shell, shell_lines
from qcc_desktop.storage.runtime_file import RuntimeInfo

SHELLS = {str(shell): shell for shell in Shell} | {"bash": Shell.SH, "zsh": Shell.SH}
"""What ``env --shell`` takes; bash and zsh understand sh."""
_HEALTH = {
    Health.UNHEALTHY: "cooling down",
    Health.CIRCUIT_OPEN: "circuit open",
    Health.QUARANTINED: "needs you",
    Health.DISABLED: "off",
}
"""The window's words, where they differ from the JSON's."""
_LIGHTS = {"green": "●", "amber": "▲", "red": "✖", "grey": "○"}


def env(namespace: Namespace) -> int:
    """Print the variables that lead Claude Code to the running proxy."""
    variables = variables_of(target_of(running_program()))
    if namespace.json:
        say_json(variables)
    else:
        default = Shell.POWERSHELL if os.name == "nt" else Shell.SH
        shell = SHELLS[namespace.shell] if namespace.shell else default
        say(shell_lines(shell, variables), end="")
    return 0


def target_of(info: RuntimeInfo) -> Target:
    """Return where the running proxy is.

    Raises:
        NotRunning: it is switched off.
    """
    if info.port is None:
        raise NotRunning(
            "QCC Desktop runs, but its proxy is off.", "Switch it on in the tray's menu."
        )
    return Target(info.host, info.port, info.token)


def status(namespace: Namespace) -> int:
    """Print light, endpoints, breakers and sessions of the running program."""
    answer = ask_running("status")["status"]
    if namespace.json:
        say_json(answer)
    else:
        _print_status(answer)
    return 0


def _print_status(answer: dict[str, Any]) -> None:
    mark = _LIGHTS.get(answer["light"], "?")
    where = f"port {answer['port']}" if answer["port"] else "off"
    say(f"{mark} {spoken(answer['light'])}  {spoken(answer['cause'])}")
    tell(f"QCC Desktop {answer['version']}, process {answer['pid']}, {where}")
    headings = ("Endpoint", "Health", "Breaker", "Requests", "Failed", "p50", "p95", "Sessions")
    rows = [_endpoint_row(endpoint) for endpoint in answer["endpoints"]]
    if rows:
        say_table("", headings, rows)
    for endpoint in answer["endpoints"]:
        if error := endpoint["last_error"]:
            what, when = spoken(error["message"]), spoken(_relative(error["at"]))
            say(f"{endpoint['name']}: {what} ({error['class']}, {when})")
    names = {endpoint["id"]: endpoint["name"] for endpoint in answer["endpoints"]}
    sessions = [_session_row(session, names) for session in answer["sessions"]]
    if sessions:
        say_table("", ("Session", "Endpoint", "Model", "Turns", "Last seen"), sessions)
    totals = answer["totals"]
    tell(
        f"{totals['requests']} requests, {totals['failovers']} answered by another endpoint,"
        f" {totals['failures']} failed."
    )


def _endpoint_row(endpoint: dict[str, Any]) -> tuple[str, ...]:
    breaker = endpoint["breaker"]
    said = [breaker["state"]]
    if breaker["failures"]:  # halves are possible: an overload (529) counts half
        said.append(f"{breaker['failures']} failed in a row")
    if breaker["retry_at"]:
        verb = "checked" if breaker["state"] == "closed" else "tried"
        said.append(f"{verb} again {_due(breaker['retry_at'])}")
    latency = endpoint["latency_ms"]
    return (
        endpoint["name"],
        spoken(_HEALTH.get(endpoint["health"], endpoint["health"])),
        ", ".join(map(spoken, said)),
        str(endpoint["requests"]),
        str(endpoint["failures"]),
        _milliseconds(latency["p50"]),
        _milliseconds(latency["p95"]),
        str(endpoint["sessions"]),
    )


def _session_row(session: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    return (
        session["key"],
        names.get(session["endpoint_id"], session["endpoint_id"]),
        session["model"],
        str(session["turns"]),
        spoken(_relative(session["last_seen"])),
    )


def _milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} ms"


def _due(moment: str) -> str:
    words = _relative(moment)
    return words if words.startswith("in ") else "now"


def _relative(moment: str) -> str:
    """Return an ISO time as seen from now: ``in 42 s``, ``3 min ago``."""
    seconds = datetime.fromisoformat(moment).timestamp() - SystemClock().wall_s()
    size = abs(seconds)
    words = f"{size:.0f} s" if size < 90 else f"{size / 60:.0f} min"
    if size >= 5400:
        words = f"{size / 3600:.0f} h"
    return f"in {words}" if seconds > 0 else f"{words} ago"
