"""What starts Claude Code through the proxy, as data: words, environment, private settings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

BASE_URL = "ANTHROPIC_BASE_URL"
AUTH_TOKEN = "ANTHROPIC_AUTH_TOKEN"  # noqa: S105 - the name of a variable

CONFLICTING = (
    "ANTHROPIC_API_KEY",
    "CLAUDE_CODE_USE_BEDROCK",
    "CLAUDE_CODE_USE_VERTEX",
    "CLAUDE_CODE_USE_FOUNDRY",
    "ANTHROPIC_BEDROCK_BASE_URL",
    "ANTHROPIC_VERTEX_BASE_URL",
    "ANTHROPIC_UNIX_SOCKET",
    "CLAUDE_CODE_OAUTH_TOKEN",
)
"""Variables that lead Claude Code past the proxy, or make it ask which credential to use."""


@dataclass(frozen=True, slots=True)
class ClaudeCommand:
    """One start of Claude Code; ``settings`` must go to a private file named by ``--settings``."""

    words: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    removed: tuple[str, ...] = ()
    """Names of variables that were in the way and are left out for this start."""
    settings: str | None = field(default=None, repr=False)


def removed_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of set variables that a launch leaves out or replaces."""
    names = (*CONFLICTING, BASE_URL, AUTH_TOKEN)
    return tuple(name for name in names if environ.get(name))


def build_command(
    program: Sequence[str],
    arguments: Sequence[str],
    environ: Mapping[str, str],
    proxy: Mapping[str, str],
    *,
    overruled: Sequence[str] = (),
) -> ClaudeCommand:
    """Return what starts Claude Code with the variables of ``proxy`` and no conflicting ones.

    ``overruled`` are variables that Claude Code's own settings files set: their ``env`` beats
    the environment, and ``--settings`` beats them (Claude Code docs, "Settings precedence"). The
    values go into a file, for every user can read the words of a process.
    """
    kept = {name: value for name, value in environ.items() if name not in CONFLICTING}
    return ClaudeCommand(
        words=(*program, *arguments),
        environment={**kept, **_reaching_loopback(kept), **proxy},
        removed=removed_variables(environ),
        settings=overriding_settings(overruled, proxy) if overruled else None,
    )


def _reaching_loopback(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the NO_PROXY that keeps requests to this computer off an HTTP proxy, if one is set."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    if not any(environ.get(name) or environ.get(name.lower()) for name in names):
        return {}
    excepted = environ.get("NO_PROXY") or environ.get("no_proxy") or ""
    hosts = [host.strip() for host in excepted.split(",") if host.strip()]
    hosts += [host for host in ("127.0.0.1", "localhost") if host not in hosts]
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(hosts))


def overriding_settings(overruled: Sequence[str], proxy: Mapping[str, str]) -> str:
    """Return settings (JSON) whose ``env`` undoes the variables ``overruled``."""
    emptied = {name: "" for name in overruled if name in CONFLICTING}
    return json.dumps({"env": {**emptied, **proxy}})


def with_settings_file(command: ClaudeCommand, program_words: int, file: Path) -> tuple[str, ...]:
    """Return the words with ``--settings FILE`` right after the program."""
    head, tail = command.words[:program_words], command.words[program_words:]
    return (*head, "--settings", str(file), *tail)


def overruled_variables(settings_text: str) -> tuple[str, ...]:
    """Return which of our variables the ``env`` of a settings file sets; none if unreadable."""
    try:
        document = json.loads(settings_text)
        env = document.get("env") or {}
        return tuple(name for name in (*CONFLICTING, BASE_URL, AUTH_TOKEN) if env.get(name))
    except (ValueError, AttributeError):
        return ()
