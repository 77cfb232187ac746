r"""Reads the small files that start Claude Code, to start what they start.

Whatever is passed to a ``.cmd`` is read by ``cmd.exe`` once more, where ``&``, ``|`` and ``%``
in a prompt or a folder's name would act; so shims are read and passed by. What they look like:

- npm: npm/cmd-shim, lib/index.js: ``claude.cmd``, ``claude.ps1`` and a shell script. nvm-windows
  is npm's, in the folder of a Node version.
- pnpm and Yarn 1: @zkochan/cmd-shim, src/index.ts: the same three, other words.
- Volta: crates/volta-core/src/shim.rs: ``volta run %~n0 %*``.
- mise: src/shims.rs: ``mise x -- claude %*``; asdf: internal/shims/shims.go: ``exec asdf exec``.
- Scoop: ScoopInstaller/Shim, README: ``claude.exe`` reads ``path = "..."`` from ``claude.shim``.
- Claude Code's own ``migrate-installer``: a shell script with one ``exec``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.system.finder.files import head, is_file, text

SCRIPTS = frozenset({".js", ".cjs", ".mjs"})
_MANAGERS = frozenset({"volta", "mise", "asdf"})
_BATCH = frozenset({".cmd", ".bat"})
_AND_OUTSIDE_QUOTES = re.compile(r'&(?=(?:[^"]*"[^"]*")*[^"]*$)')
_OWN_FOLDER = r"%~dp0|%dp0%|\$basedir|\$PSScriptRoot"


@dataclass(frozen=True, slots=True)
class Shim:
    """What a shim runs: a file, perhaps by a runtime, or a version manager that decides."""

    target: Path | None = None
    runtime: str = ""
    """``node`` or ``bun``; empty when the target runs by itself."""
    flags: tuple[str, ...] = ()
    """What the runtime is told before the target."""
    manager: tuple[str, ...] = ()
    """``("volta", "run", "claude")``; the target is then unknown."""


def read_shim(program: Path) -> Shim | None:
    """Return what the file runs; None when it is no shim of a known form. Reads files."""
    suffix = program.suffix.lower()
    if suffix in _BATCH:
        return parse_batch(text(program), program)
    if suffix == ".ps1":
        return parse_powershell(text(program), program)
    if suffix == ".exe" and is_file(scoop := program.with_suffix(".shim")):
        return parse_scoop(text(scoop))
    if (head(program, 2) or b"") == b"#!":
        return parse_shell(text(program), program)
    return None


def parse_batch(script: str, program: Path) -> Shim | None:
    """Return what a ``.cmd`` runs: the last line that passes all arguments on."""
    lines = [line.strip() for line in script.splitlines() if "%*" in line]
    if not lines:
        return None
    command = _AND_OUTSIDE_QUOTES.split(lines[-1].partition("%*")[0])[-1]
    words = _words(command.lstrip("@ "))
    words = [program.stem if word in {"%~n0", "%~nx0"} else word for word in words]
    return _shim(words, script, program)


def parse_powershell(script: str, program: Path) -> Shim | None:
    """Return what a ``.ps1`` runs: the last call with ``$args``."""
    calls = re.findall(r"^\s*&\s+(.*?)\s+\$args\s*$", script, re.MULTILINE)
    return _shim(_words(calls[-1].replace("$exe", "")), script, program) if calls else None


def parse_shell(script: str, program: Path) -> Shim | None:
    """Return what a shell script runs.

    One that sets more than ``NODE_PATH`` (Nix's wrappers do) must run itself: None.
    """
    first = script.partition("\n")[0]
    if not re.search(r"\b(?:ba|da|z)?sh\b", first):
        return None
    if set(re.findall(r"^\s*export\s+(\w+)", script, re.MULTILINE)) - {"NODE_PATH"}:
        return None
    calls = re.findall(r'^\s*(?:exec\s+)?(?!-)(\S.*?)\s+"\$@"\s*$', script, re.MULTILINE)
    if not calls or calls[-1].startswith("-"):
        return None
    own_name = re.sub(r'"?\$\(basename "?\$0"?\)"?', program.name, calls[-1])
    return _shim(_words(own_name), script, program)


def parse_scoop(description: str) -> Shim | None:
    """Return what Scoop's ``claude.shim`` names."""
    values = dict(re.findall(r"^\s*(path|args)\s*=\s*(.*?)\s*$", description, re.MULTILINE))
    if not (path := values.get("path", "").strip('"')):
        return None
    return Shim(Path(path.replace("\\", "/"))) if not values.get("args") else None


def shebang(script: Path) -> tuple[str, tuple[str, ...]]:
    """Return the runtime of a script's first line and its flags: ``("node", ("--no-warnings",))``.

    Claude Code 0.2 to 2.0 began with ``#!/usr/bin/env -S node --no-warnings``.
    """
    first = (head(script, 200) or b"").decode("utf-8", "replace").partition("\n")[0]
    words = first.removeprefix("#!").split() if first.startswith("#!") else []
    words = [word for word in words if word != "-S" and not word.endswith("/env")]
    return (Path(words[0]).name, tuple(words[1:])) if words else ("node", ())


def _shim(words: list[str], script: str, program: Path) -> Shim | None:
    if not words:
        return None
    name = Path(words[0].replace("\\", "/")).name.lower().removesuffix(".exe")
    if name in _MANAGERS:
        return Shim(manager=(name, *words[1:]))
    target = _path(words[-1], program)
    if target is None or not all(word.startswith("-") for word in words[1:-1]):
        return None
    if len(words) == 1:
        return Shim(target, runtime="node") if target.suffix in SCRIPTS else Shim(target)
    runtime = _runtime(words[0], script)
    return Shim(target, runtime, tuple(words[1:-1])) if runtime else None


def _runtime(word: str, script: str) -> str:
    """Return which runtime a word means, empty for another program."""
    if word == "%_prog%":
        named = re.findall(r'SET "_prog=([^"%]+)"', script)
        word = named[-1] if named else ""
    name = Path(word.replace("\\", "/")).name.lower().removesuffix(".exe")
    return name if name in {"node", "bun"} else ""


def _path(word: str, program: Path) -> Path | None:
    relative = re.sub(rf"^(?:{_OWN_FOLDER})", "", word)
    if "%" in relative or "$" in relative:
        return None
    plain = relative.replace("\\", "/")
    if relative != word:
        return program.parent / plain.lstrip("/")
    return Path(plain) if re.match(r"/|[A-Za-z]:/", plain) else None


def _words(command: str) -> list[str]:
    """Split a command line as the shims write it: quotes around paths, nothing escaped."""
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', command)]
