"""Claude Code inside WSL, found from Windows."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from qcc_desktop.core.installation_texts import INSIDE_WSL
from qcc_desktop.system.finder.installation import Installation, Kind
from qcc_desktop.system.finder.machine import Machine

_LIST_TIMEOUT_S = 10.0
_ASK_TIMEOUT_S = 20.0
_WITHOUT_PEOPLE = ("docker-desktop", "rancher-desktop", "podman-")
"""Distributions that programs keep for themselves."""
_ASK = "command -v claude && claude --version"


def wsl_installations(machine: Machine) -> Iterator[Installation]:
    """Yield one for each running distribution that has it. Blocks for seconds.

    Only running ones are asked: to start the others takes long and a GB of memory. What runs
    in there reaches a port of Windows' loopback only with mirrored networking
    (learn.microsoft.com/windows/wsl/networking), so each says so.
    """
    if not machine.is_windows:
        return
    for name in distributions(machine):
        words = ("wsl.exe", "-d", name, "--", "sh", "-lc", _ASK)
        output = machine.run(words, machine.environ, _ASK_TIMEOUT_S)
        lines = (output or b"").decode("utf-8", errors="replace").split("\n")
        path = next((line.strip() for line in lines if re.match(r"/\S*claude", line)), "")
        # An interop PATH shows Windows' own program as /mnt/c/...; that one is found anyway.
        if not path or path.startswith("/mnt/"):
            continue
        version = re.search(r"\d+\.\d+\.\d+\S*", "\n".join(lines))
        yield Installation(
            machine.path(f"//wsl.localhost/{name}{PurePosixPath(path)}"),
            Kind.WSL,
            ("wsl.exe", "-d", name, "--", path),
            version[0] if version else "",
            problem=INSIDE_WSL,
        )


def distributions(machine: Machine) -> tuple[str, ...]:
    """Return the names of running distributions; ``wsl.exe`` writes UTF-16 unless told not to."""
    words = ("wsl.exe", "--list", "--running", "--quiet")
    output = machine.run(words, machine.environ, _LIST_TIMEOUT_S) or b""
    encoding = "utf-16-le" if b"\0" in output else "utf-8"
    names = output.decode(encoding, errors="replace").replace("\ufeff", "").splitlines()
    found = (name.strip().strip("\0") for name in names)
    return tuple(name for name in found if name and not name.startswith(_WITHOUT_PEOPLE))
