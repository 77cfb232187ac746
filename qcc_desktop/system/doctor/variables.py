"""Variables that lead Claude Code past the proxy: here, in shell profiles, in the registry.

Only names, places and line numbers leave this module; of a value at most host and port.
"""

import importlib
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcc_desktop.core import diagnosis_texts as texts
from qcc_desktop.core.diagnosis import Finding, Verdict, say
from qcc_desktop.system.doctor.claude_settings import loopback_port, shown_address
from qcc_desktop.system.doctor.listeners import answers
from qcc_desktop.system.launcher.command import AUTH_TOKEN, BASE_URL, CONFLICTING

NAMES = (BASE_URL, AUTH_TOKEN, *CONFLICTING)
_NAME = "|".join(NAMES)
_START = r"(?:^|[\s;&|({])"
_ASSIGNMENT = re.compile(
    rf"{_START}(?:\$env:)?(?P<name>{_NAME})\s*=(?!=)\s*(?P<value>\S.*)", re.IGNORECASE
)
"""``export NAME=value`` of sh, ``$env:NAME = value`` of PowerShell, ``NAME=value`` of files."""
_SET_WORD = re.compile(
    rf"{_START}(?:set\s+(?:-(?![eq])\S+\s+)*|setenv\s+|SETUVAR\s+(?:--\S+\s+)*)"
    rf"(?P<name>{_NAME})[:\s]\s*(?P<value>\S.*)"
)
"""``set -gx NAME value`` of fish, ``setenv NAME value`` of csh, fish's own variable store."""
_POWERSHELL_CALL = re.compile(
    rf"SetEnvironmentVariable\(\s*['\"](?P<name>{_NAME})['\"]\s*,\s*(?P<value>.+)$", re.IGNORECASE
)
_URL = re.compile(r"https?(?:://|\\x3a//)[^\s'\";]+", re.IGNORECASE)
_PROFILES = (
    *(".bashrc", ".bash_profile", ".bash_login", ".bash_aliases", ".profile", ".xprofile"),
    *(".zshrc", ".zshenv", ".zprofile", ".zlogin", ".pam_environment"),
)
_BELOW_CONFIG = ("fish/config.fish", "fish/conf.d/*.fish", "fish/fish_variables")
_POWERSHELL = ("profile.ps1", "Microsoft.PowerShell_profile.ps1", "Microsoft.VSCode_profile.ps1")
_SYSTEM_WIDE = ("/etc/environment", "/etc/profile", "/etc/bash.bashrc", "/etc/zsh/zshenv")
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a profile that sets a variable; ``address`` is of a dead base URL only."""

    file: Path
    line: int
    name: str
    address: str = ""


def check_environment(
    environ: Mapping[str, str], own_ports: tuple[int, ...]
) -> tuple[Finding, ...]:
    """Look at the variables of this process. Blocks for a second at most."""
    names = [name for name in NAMES if environ.get(name)]
    url = environ.get(BASE_URL, "")
    port = loopback_port(url)
    if port is not None and port in own_ports:
        names = [name for name in names if name not in {BASE_URL, AUTH_TOKEN}]
    title = say(texts.ENVIRONMENT)
    if not names:
        return (Finding("environment", title, Verdict.OK, say(texts.ENVIRONMENT_CLEAN)),)
    remedy = say(texts.ENVIRONMENT_DO, command=_forget(names))
    if port is not None and BASE_URL in names and not answers("127.0.0.1", port):
        dead = say(texts.ENVIRONMENT_DEAD, address=shown_address(url))
        return (Finding("environment", title, Verdict.PROBLEM, dead, remedy),)
    detail = say(texts.ENVIRONMENT_SET, names=", ".join(names))
    return (Finding("environment", title, Verdict.NOTE, detail, remedy),)


def _forget(names: Iterable[str]) -> str:
    platform: str = sys.platform  # a variable, which a type checker of one system leaves open
    if platform == "win32":
        return f"Remove-Item {', '.join(f'Env:{name}' for name in names)}"
    return f"unset {' '.join(names)}"


def check_profiles(
    environ: Mapping[str, str], home: Path, own_ports: tuple[int, ...]
) -> tuple[Finding, ...]:
    """Look at the profiles of bash, zsh, fish and PowerShell. Blocks."""
    places = [
        place
        for file in profile_files(environ, home)
        for place in assignments(file)
        if not _leads_to_us(place, own_ports)
    ]
    title = say(texts.PROFILES)
    if not places:
        return (Finding("shell_profiles", title, Verdict.OK, say(texts.PROFILES_CLEAN)),)
    dead = [place for place in places if place.address and not _lives(place.address)]
    listed = _listed(dead or places, home)
    remedy = say(texts.PROFILES_DO, lines=_listed(places, home))
    if dead:
        detail = say(texts.PROFILES_DEAD, address=dead[0].address, places=listed)
        return (Finding("shell_profiles", title, Verdict.PROBLEM, detail, remedy),)
    detail = say(texts.PROFILES_SET, places=listed)
    return (Finding("shell_profiles", title, Verdict.NOTE, detail, remedy),)


def profile_files(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Return the profile files that are there, each once. Blocks."""
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    zsh = Path(environ.get("ZDOTDIR") or home)
    folders = (config / "powershell", *(home / "Documents" / name for name in _POWERSHELL_HOMES))
    found = [
        *(home / name for name in _PROFILES),
        *(zsh / name for name in _PROFILES if name.startswith(".z")),
        *(file for pattern in _BELOW_CONFIG for file in sorted(config.glob(pattern))),
        *sorted(config.glob("environment.d/*.conf")),
        *(folder / name for folder in folders for name in _POWERSHELL),
        *(map(Path, _SYSTEM_WIDE) if sys.platform != "win32" else ()),
    ]
    return tuple(dict.fromkeys(file for file in found if file.is_file()))


_POWERSHELL_HOMES = ("PowerShell", "WindowsPowerShell")


def assignments(file: Path) -> tuple[Place, ...]:
    """Return the lines of ``file`` that set a variable; none if it cannot be read. Blocks."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES)
    except OSError:
        return ()
    text = content.decode("utf-16" if content[:2] in _UTF16 else "utf-8-sig", "replace")
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = None if line.lstrip().startswith("#") else assignment(line)
        if match is not None:
            name, value = match
            address = _loopback_address(value) if name == BASE_URL else ""
            found.append(Place(file, number, name, address))
    return tuple(found)


_UTF16 = {b"\xff\xfe", b"\xfe\xff"}


def assignment(line: str) -> tuple[str, str] | None:
    """Return the variable that a line of a profile sets, and its value as written."""
    match = next(
        (
            found
            for way in (_POWERSHELL_CALL, _ASSIGNMENT, _SET_WORD)
            if (found := way.search(line))
        ),
        None,
    )
    return None if match is None else (match["name"].upper(), match["value"])


def _loopback_address(value: str) -> str:
    match = _URL.search(value)
    url = match[0].replace("\\x3a", ":") if match is not None else ""
    return shown_address(url) if loopback_port(url) is not None else ""


def _leads_to_us(place: Place, own_ports: tuple[int, ...]) -> bool:
    return loopback_port(f"http://{place.address}") in own_ports if place.address else False


def _lives(address: str) -> bool:
    port = loopback_port(f"http://{address}")
    return port is not None and answers("127.0.0.1", port)


def _listed(places: Iterable[Place], home: Path) -> str:
    return ", ".join(
        f"{_short(place.file, home)} line {place.line} ({place.name})" for place in places
    )


def _short(file: Path, home: Path) -> str:
    if file.is_relative_to(home):
        return f"~/{file.relative_to(home).as_posix()}"
    return str(file)


def check_registry() -> tuple[Finding, ...]:
    """Look at the variables that Windows gives to every program. Blocks; Windows only."""
    return judge_registry({scope: _registry_names(scope) for scope in ("User", "Machine")})


def judge_registry(found: Mapping[str, Iterable[str]]) -> tuple[Finding, ...]:
    """Return the finding for the names that are set, by scope (``User``, ``Machine``)."""
    title = say(texts.REGISTRY)
    places = [(scope, name) for scope, names in found.items() for name in names]
    if not places:
        return (Finding("registry", title, Verdict.OK, say(texts.REGISTRY_CLEAN)),)
    detail = say(texts.REGISTRY_SET, places=", ".join(f"{scope}: {name}" for scope, name in places))
    commands = "; ".join(
        f"[Environment]::SetEnvironmentVariable('{name}', $null, '{scope}')"
        for scope, name in places
    )
    remedy = say(texts.REGISTRY_DO, command=commands)
    return (Finding("registry", title, Verdict.NOTE, detail, remedy),)


def _registry_names(scope: str) -> list[str]:
    winreg: Any = importlib.import_module("winreg")
    root, path = {
        "User": (winreg.HKEY_CURRENT_USER, "Environment"),
        "Machine": (
            winreg.HKEY_LOCAL_MACHINE,
            r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment",
        ),
    }[scope]
    try:
        with winreg.OpenKey(root, path) as key:
            count = winreg.QueryInfoKey(key)[1]
            names = {str(winreg.EnumValue(key, index)[0]).upper() for index in range(count)}
    except OSError:
        return []
    return [name for name in NAMES if name in names]
