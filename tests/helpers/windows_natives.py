"""Runs under a Windows Python: what only Windows has, tried one by one.

``python -m tests.helpers.windows_natives DIRECTORY`` runs every check of this module and writes
what came of each to ``DIRECTORY/natives.json``: empty when it went well, else its traceback.
"""

import asyncio
import contextlib
import ctypes
import importlib
import json
import os
import ssl
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import truststore

from qcc_desktop.app.single_instance import AlreadyRunningError, SingleInstance
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.proxy.transport.system_proxy import system_proxy_for
from qcc_desktop.proxy.transport.trust import client_ssl_context
from qcc_desktop.storage.atomic import write_private
from qcc_desktop.storage.keychain import open_keychain
from qcc_desktop.system.autostart import registry as registry_module
from qcc_desktop.system.autostart.state import AutostartStatus, LoginCommand
from qcc_desktop.system.autostart.windows import APPROVED, NAME, RunKey
from qcc_desktop.system.doctor.listeners import bind_error, is_taken
from qcc_desktop.system.finder.machine import read_registry
from qcc_desktop.system.launcher.apart import NEW_CONSOLE
from qcc_desktop.system.launcher.here import utf8_console
from qcc_desktop.system.motion import prefers_less_motion
from qcc_desktop.system.updating.aside import clear_away, put_aside
from qcc_desktop.system.updating.listing import Listing, read_listing, write_listing

_INTERNET = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_HELD_S = 0.3
_TOO_LONG_S = 2.0
_WAIT_S = 60.0


def autostart_lies_in_the_registry(_: Path) -> None:
    """Write, switch off as the task manager does, switch on, remove."""
    registry = getattr(registry_module, "UserRegistry")()  # noqa: B009 - typed on Windows only
    entry = RunKey(LoginCommand(("C:\\a b\\qcc-desktopw.exe", "--hidden")), registry)
    assert entry.read().status is AutostartStatus.OFF
    entry.write()
    assert entry.read().status is AutostartStatus.ON
    assert entry.read().command == '"C:\\a b\\qcc-desktopw.exe" --hidden'
    _set_value(APPROVED, NAME, bytes([3]) + bytes(11))
    assert entry.read().status is AutostartStatus.BLOCKED
    entry.write()
    assert entry.read().status is AutostartStatus.ON
    entry.remove()
    assert entry.read().status is AutostartStatus.OFF


def the_list_of_programs_is_kept_and_given_back(_: Path) -> None:
    """Give back exactly what was there, and nothing that was added."""
    key = r"Software\QCC Desktop test"
    before: Listing = {"DisplayVersion": "1.0", "EstimatedSize": 70_000, "NoModify": 1}
    write_listing(before, key)
    assert read_listing(key) == before
    write_listing({**before, "DisplayVersion": "1.1", "HelpLink": "x"}, key)
    write_listing(before, key)
    assert read_listing(key) == before
    assert read_listing(key + " that is not there") == {}


def keys_lie_in_the_credential_manager(_: Path) -> None:
    """Set, get and delete one; refuse one that is too long for it."""
    keychain = open_keychain("qcc-desktop-test")
    assert keychain is not None
    assert keychain.name == "Windows Credential Manager"
    keychain.set("endpoint", "sk-鍵-1")
    assert keychain.get("endpoint") == "sk-鍵-1"
    with contextlib.suppress(UserFacingError):
        keychain.set("endpoint", "x" * 1281)
        raise AssertionError("a key that is too long was kept")
    keychain.delete("endpoint")
    assert keychain.get("endpoint") is None


def a_file_that_is_open_for_a_moment_is_replaced(folder: Path) -> None:
    """Outlast a reader such as a virus scanner."""
    file = folder / "config.json"
    file.write_bytes(b"old")
    with _held(file, _HELD_S):
        write_private(file, b"new")
    assert file.read_bytes() == b"new"
    assert [path.name for path in folder.iterdir()] == ["config.json"]


def a_file_that_stays_open_stays_as_it_is(folder: Path) -> None:
    """Give up after a second, leaving nothing behind."""
    file = folder / "config.json"
    file.write_bytes(b"old")
    with _held(file, _TOO_LONG_S):
        try:
            write_private(file, b"new")
        except PermissionError:
            pass
        else:
            raise AssertionError("it was replaced under its reader")
    assert file.read_bytes() == b"old"
    assert [path.name for path in folder.iterdir()] == ["config.json"]


def a_name_longer_than_260_characters_is_no_hindrance(folder: Path) -> None:
    """Write below many folders."""
    file = folder.joinpath(*["很长的名字" * 6] * 9) / "config.json"
    assert len(str(file)) > 260
    write_private(file, b"deep")
    assert file.read_bytes() == b"deep"


def one_program_runs_at_a_time(folder: Path) -> None:
    """Refuse a second one; a process that dies lets the next one in."""
    code = (
        "import sys, pathlib, time\n"
        "from qcc_desktop.app.single_instance import SingleInstance\n"
        "one = SingleInstance(pathlib.Path(sys.argv[1]))\n"
        "one.acquire()\n"
        "print('held', flush=True)\n"
        "time.sleep(600)\n"
    )
    file = folder / "instance.lock"
    other = subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    one = SingleInstance(file)
    with contextlib.suppress(AlreadyRunningError):
        one.acquire()
        raise AssertionError("two of them")
    other.kill()
    other.wait()
    one.acquire()
    one.release()


def a_port_that_is_in_use_is_said_to_be(_: Path) -> None:
    """Not shared, as SO_REUSEADDR would have it on Windows."""

    async def listen() -> OSError | None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0, reuse_address=False)
        try:
            return bind_error(server.sockets[0].getsockname()[1])
        finally:
            server.close()

    error = asyncio.run(listen())
    assert error is not None
    assert is_taken(error), error


def the_systems_proxy_is_used_but_for_its_exceptions(_: Path) -> None:
    """Read what the settings of Windows say."""
    _set_value(_INTERNET, "ProxyServer", "proxy.example:8080")
    _set_value(_INTERNET, "ProxyOverride", "*.inside.example;<local>")
    _set_value(_INTERNET, "ProxyEnable", 1)
    try:
        assert system_proxy_for("https://api.example.com") == "http://proxy.example:8080"
        assert system_proxy_for("https://relay.inside.example") is None
        assert system_proxy_for("http://127.0.0.1:1") is None
    finally:
        _set_value(_INTERNET, "ProxyEnable", 0)
    assert system_proxy_for("https://api.example.com") is None


def windows_itself_verifies_certificates(_: Path) -> None:
    """Leave trust to the system's own store."""
    context = client_ssl_context()
    assert isinstance(context, truststore.SSLContext)
    assert context.verify_mode is ssl.CERT_REQUIRED


def the_registry_is_read_whole(_: Path) -> None:
    """See every text of a key, and nothing where there is none."""
    key = r"Software\QCC Desktop test\many"
    for number in range(5):
        _set_value(key, f"name {number}", f"值 {number}")
    wanted = {f"name {number}": f"值 {number}" for number in range(5)}
    assert read_registry(f"HKCU\\{key}") == wanted
    assert read_registry("HKCU\\Software\\no such key") == {}


def the_wish_for_less_motion_is_asked_for(_: Path) -> None:
    """Get an answer at all."""
    assert asyncio.run(prefers_less_motion()) in (True, False)


def a_console_speaks_utf8_for_a_while(folder: Path) -> None:
    """Give the console its code page back."""
    seen = _in_console(folder, "code_pages")
    assert seen == [[936, 936], [65001, 65001], [936, 936]], seen


def what_still_runs_is_deleted_later(folder: Path) -> None:
    """Move a program that runs aside, fail to delete it, and delete it once it has ended."""
    program = folder / "program.exe"
    launcher = Path(os.environ["LAUNCHER"])
    program.write_bytes(launcher.read_bytes())
    with subprocess.Popen([program], stdin=subprocess.PIPE) as running:
        (folder / "former").mkdir()
        program.rename(folder / "former" / "program.exe")
        clear_away(folder)
        left = [path.name for path in put_aside(folder)]
        running.kill()
    clear_away(folder)
    assert left == ["former"]
    assert put_aside(folder) == []


@contextlib.contextmanager
def _held(file: Path, seconds: float) -> Iterator[None]:
    """Have a file open for reading for a while, as Python and most programs open it."""
    opened = file.open("rb")
    timer = threading.Timer(seconds, opened.close)
    timer.start()
    try:
        yield
    finally:
        timer.join()


def _in_console(folder: Path, what: str) -> Any:
    """Run a function of this module in a console of its own; return what it saw."""
    file = folder / "seen.json"
    words = [sys.executable, "-m", __spec__.name, "--console", what, str(file)]
    subprocess.run(words, creationflags=NEW_CONSOLE, timeout=_WAIT_S, check=True)
    return json.loads(file.read_text("utf-8"))


def code_pages() -> Any:
    """Return the console's code pages before, while and after it speaks UTF-8."""
    kernel32 = getattr(ctypes, "windll").kernel32  # noqa: B009 - typed on Windows only
    kernel32.SetConsoleCP(936)
    kernel32.SetConsoleOutputCP(936)

    def now() -> list[int]:
        return [kernel32.GetConsoleCP(), kernel32.GetConsoleOutputCP()]

    seen = [now()]
    with utf8_console():
        seen.append(now())
    return [*seen, now()]


def _set_value(key: str, name: str, value: str | int | bytes) -> None:
    winreg: Any = importlib.import_module("winreg")
    kinds = {str: winreg.REG_SZ, int: winreg.REG_DWORD, bytes: winreg.REG_BINARY}
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
        winreg.SetValueEx(opened, name, 0, kinds[type(value)], value)


CHECKS: tuple[Callable[[Path], None], ...] = (
    autostart_lies_in_the_registry,
    the_list_of_programs_is_kept_and_given_back,
    keys_lie_in_the_credential_manager,
    a_file_that_is_open_for_a_moment_is_replaced,
    a_file_that_stays_open_stays_as_it_is,
    a_name_longer_than_260_characters_is_no_hindrance,
    one_program_runs_at_a_time,
    a_port_that_is_in_use_is_said_to_be,
    the_systems_proxy_is_used_but_for_its_exceptions,
    windows_itself_verifies_certificates,
    the_registry_is_read_whole,
    the_wish_for_less_motion_is_asked_for,
    a_console_speaks_utf8_for_a_while,
    what_still_runs_is_deleted_later,
)


def main(words: list[str]) -> None:
    """Run every check, or one function in this console."""
    if words[0] == "--console":
        try:
            seen = globals()[words[1]]()
        except Exception:  # noqa: BLE001 - nobody reads that console
            seen = traceback.format_exc()
        Path(words[2]).write_text(json.dumps(seen), encoding="utf-8")
        return
    outcome: dict[str, str] = {}
    directory = Path(words[0])
    for check in CHECKS:
        folder = directory / check.__name__
        folder.mkdir()
        try:
            check(folder)
        except Exception:  # noqa: BLE001 - the test that reads this shows it
            outcome[check.__name__] = traceback.format_exc()
        else:
            outcome[check.__name__] = ""
    (directory / "natives.json").write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
