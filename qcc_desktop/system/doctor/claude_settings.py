"""Does a settings file of Claude Code lead it somewhere else, or nowhere."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import NO_TEXT, Finding, Text, Verdict, say
from qcc_desktop.core.endpoint import is_loopback
from qcc_desktop.system.doctor.listeners import answers
from qcc_desktop.system.launcher.claude_files import read_overruling
from qcc_desktop.system.launcher.command import AUTH_TOKEN, BASE_URL

_KEY_NAMES = (AUTH_TOKEN, "ANTHROPIC_API_KEY")
_PLACEHOLDERS = {"proxy-managed": "QCC", "PROXY_MANAGED": "cc-switch"}
"""What other programs write instead of a key: QCC 0.6 (`cli.py`), cc-switch (takeover)."""
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(frozen=True, slots=True)
class Lead:
    """Where one settings file leads Claude Code; ``owner`` is the program whose placeholder it holds."""

    file: Path
    url: str = ""
    owner: str = ""
    names: tuple[str, ...] = ()
    """The variables of ours that its ``env`` sets."""
    error: str = ""


def settings_files(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Return the settings files that hold for every folder."""
    folder = Path(environ.get("CLAUDE_CONFIG_DIR") or home / ".claude")
    return (folder / "settings.json", folder / "settings.local.json")


def check_claude_settings(
    environ: Mapping[str, str], home: Path, own_ports: Sequence[int]
) -> tuple[Finding, ...]:
    """Look at what holds for every folder; ``own_ports`` are those our running proxy has. Blocks."""
    leads = [read_lead(file) for file in settings_files(environ, home)]
    found = [finding for lead in leads if (finding := _judge(lead, own_ports))]
    managed = read_overruling(environ, home, home / ".claude" / "no-project").managed
    if managed:
        detail = say(texts.SETTINGS_MANAGED, names=", ".join(managed))
        found.append(_finding(Verdict.PROBLEM, detail, say(texts.SETTINGS_MANAGED_DO)))
    return tuple(found) or (_finding(Verdict.OK, say(texts.SETTINGS_CLEAN)),)


def read_lead(file: Path) -> Lead:
    """Return where ``file`` leads; a missing one leads nowhere. Blocks."""
    try:
        if file.exists() and not file.is_file():
            return Lead(file, error="it is no ordinary file")  # a pipe may never end
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Lead(file)
    except (OSError, UnicodeDecodeError) as error:
        return Lead(file, error=getattr(error, "strerror", None) or "it is no UTF-8 text")
    try:
        document: Any = json.loads(text) if text.strip() else {}
    except ValueError:
        return Lead(file, error=_why_no_json(text))
    env = document.get("env") if isinstance(document, dict) else None
    values = env if isinstance(env, dict) else {}
    keys = [str(values.get(name, "")) for name in _KEY_NAMES]
    return Lead(
        file,
        url=str(values.get(BASE_URL) or ""),
        owner=next((_PLACEHOLDERS[key] for key in keys if key in _PLACEHOLDERS), ""),
        names=tuple(name for name in (BASE_URL, *_KEY_NAMES) if values.get(name)),
    )


def _why_no_json(text: str) -> str:
    """Claude Code 2.1.330 loads nothing of a file with comments, without a word about it."""
    bare = _STRING_OR_COMMENT.sub(lambda m: m[0] if m[0].startswith('"') else " ", text)
    try:
        json.loads(_LAST_COMMA.sub(r"\1", bare))
    except ValueError:
        return "it is no JSON"
    return "it holds comments or a last comma, with which Claude Code loads none of it"


def loopback_port(url: str) -> int | None:
    """Return the port of a URL that means this computer, else None."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None
    return port if parts.hostname and is_loopback(parts.hostname) else None


def shown_address(url: str) -> str:
    """Return host and port of a URL, without user, password, path and query."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "?"
    return f"{parts.hostname or '?'}" + (f":{port}" if port else "")


def _judge(lead: Lead, own_ports: Sequence[int]) -> Finding | None:
    if lead.error:
        detail = say(texts.SETTINGS_UNREADABLE, file=lead.file, error=lead.error)
        return _finding(Verdict.PROBLEM, detail, say(texts.SETTINGS_UNREADABLE_DO))
    port = loopback_port(lead.url)
    if port is not None and port in own_ports:
        return _finding(Verdict.OK, say(texts.SETTINGS_OURS))
    if port is not None and not answers("127.0.0.1", port):
        return _dead(lead)
    if lead.url:
        detail = say(texts.SETTINGS_FOREIGN, file=lead.file, address=shown_address(lead.url))
        return _finding(Verdict.NOTE, detail)
    return _placeholder(lead) if lead.owner else None


def _dead(lead: Lead) -> Finding:
    owner = say(texts.LEFT_BY, owner=lead.owner) if lead.owner else say(texts.LEFT_BY_UNKNOWN)
    detail = say(texts.SETTINGS_DEAD, file=lead.file, address=shown_address(lead.url), owner=owner)
    remedy = say(texts.SETTINGS_DEAD_DO, names=", ".join(lead.names))
    return _finding(Verdict.PROBLEM, detail, remedy)


def _placeholder(lead: Lead) -> Finding:
    detail = say(texts.SETTINGS_PLACEHOLDER, file=lead.file, owner=lead.owner)
    remedy = say(texts.SETTINGS_PLACEHOLDER_DO, owner=lead.owner, names=", ".join(lead.names))
    return _finding(Verdict.PROBLEM, detail, remedy)


def _finding(verdict: Verdict, detail: Text, remedy: Text = NO_TEXT) -> Finding:
    return Finding("claude_settings", say(texts.SETTINGS), verdict, detail, remedy)
