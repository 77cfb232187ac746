"""What starts Claude Code through the proxy, as data: words, environment, private settings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qcc_desktop.wire.launch_wish import LaunchWish, with_wish

BASE_URL = "ANTHROPIC_BASE_URL"
AUTH_TOKEN = "ANTHROPIC_AUTH_TOKEN"  # noqa: S105 - the name of a variable

CUSTOM_HEADERS = "ANTHROPIC_CUSTOM_HEADERS"

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
    overruled: tuple[str, ...] = ()
    """Names of variables of Claude Code's settings files that `settings` overrides."""
    settings: str | None = field(default=None, repr=False)
    program_words: int = 1
    """How many of `words` are the program; the rest are its arguments."""


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
    own_settings: str | None = None,
) -> ClaudeCommand:
    """Return what starts Claude Code with the variables of ``proxy`` and no conflicting ones.

    ``overruled`` are variables that Claude Code's own settings files set: their ``env`` beats
    the environment, and ``--settings`` beats them (Claude Code docs, "Settings precedence"). The
    values go into a file, for every user can read the words of a process. ``own_settings`` is
    the content of the user's own ``--settings``, which ours takes in, for only one can be given.
    """
    kept = {name: value for name, value in environ.items() if name not in CONFLICTING}
    in_the_way = dict.fromkeys((*overruled, *overruled_variables(own_settings or "")))
    settings = overriding_settings(tuple(in_the_way), proxy, own_settings) if in_the_way else None
    if settings is not None and own_settings is not None:
        arguments = split_settings(arguments)[0]
    return ClaudeCommand(
        words=(*program, *arguments),
        environment={**kept, **_reaching_loopback(kept), **proxy},
        removed=removed_variables(environ),
        overruled=tuple(in_the_way),
        settings=settings,
        program_words=len(program),
    )


def split_settings(arguments: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the arguments without ``--settings``, and its (last) value; None if not given."""
    rest: list[str] = []
    value: str | None = None
    words = iter(arguments)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--settings":
            value = next(words, None)
        elif word.startswith("--settings="):
            value = word.partition("=")[2]
        else:
            rest.append(word)
    return tuple(rest), value


def _reaching_loopback(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the NO_PROXY that keeps requests to this computer off an HTTP proxy, if one is set."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    if not any(environ.get(name) or environ.get(name.lower()) for name in names):
        return {}
    excepted = environ.get("NO_PROXY") or environ.get("no_proxy") or ""
    hosts = [host.strip() for host in excepted.split(",") if host.strip()]
    hosts += [host for host in ("127.0.0.1", "localhost") if host not in hosts]
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(hosts))


def overriding_settings(
    overruled: Sequence[str], proxy: Mapping[str, str], own_settings: str | None = None
) -> str:
    """Return settings (JSON) whose ``env`` undoes ``overruled``; the rest is the user's own."""
    own = _object(own_settings)
    env = own.get("env")
    emptied = {name: "" for name in overruled if name in CONFLICTING}
    return json.dumps(
        {**own, "env": {**(env if isinstance(env, dict) else {}), **emptied, **proxy}}
    )


def with_settings_file(command: ClaudeCommand, file: Path) -> tuple[str, ...]:
    """Return the words with ``--settings FILE`` right after the program."""
    head, tail = command.words[: command.program_words], command.words[command.program_words :]
    return (*head, "--settings", str(file), *tail)


def overruled_variables(settings_text: str) -> tuple[str, ...]:
    """Return which of our variables the ``env`` of a settings file sets; none if unreadable."""
    env = _object(settings_text).get("env")
    if not isinstance(env, dict):
        return ()
    return tuple(name for name in (*CONFLICTING, BASE_URL, AUTH_TOKEN) if env.get(name))


def wish_variables(
    wish: LaunchWish, environ: Mapping[str, str], settings_headers: str | None
) -> dict[str, str]:
    """Return the variable that makes every request carry ``wish`` and the person's own headers.

    ``settings_headers`` are those of a settings file, which hide those of the environment.
    """
    own = environ.get(CUSTOM_HEADERS, "") if settings_headers is None else settings_headers
    headers = with_wish(own, wish)
    return {CUSTOM_HEADERS: headers} if headers or CUSTOM_HEADERS in environ else {}


def custom_headers_of(settings_text: str) -> str | None:
    """Return the headers that the ``env`` of a settings file sets, None where it does not."""
    env = _object(settings_text).get("env")
    value = env.get(CUSTOM_HEADERS) if isinstance(env, dict) else None
    return value if isinstance(value, str) else None


def _object(text: str | None) -> dict[str, Any]:
    try:
        document = json.loads(text or "")
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
