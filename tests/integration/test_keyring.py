"""A real Secret Service: gnome-keyring on a session bus of its own.

Each test runs a script in a process, for `keyring` picks its backend once and the bus address is
a variable of the environment.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.skipif(
        sys.platform != "linux"
        or shutil.which("dbus-run-session") is None
        or shutil.which("gnome-keyring-daemon") is None,
        reason="needs dbus-run-session and gnome-keyring-daemon",
    ),
    pytest.mark.timeout(60),
]
KEY = "sk-ant-key-of-this-test-中文"
UNLOCKED = "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1\n"
NO_SERVICE = "unset DBUS_SESSION_BUS_ADDRESS\n"
PREPARE = """
import sys
from pathlib import Path
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.storage.secrets import UserSecrets
home = Path(sys.argv[1])
store = UserSecrets(service="qcc-desktop-test", file=home / "secrets.json", lock=home / "s.lock")
"""


def _session(home: Path, shell: str, **scripts: str) -> str:
    """Run a shell script in a session bus of its own; ``$name`` runs the Python of that name."""
    home.mkdir(exist_ok=True)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DBUS_")}
    del environ["PYTHON_KEYRING_BACKEND"]
    for directory in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        place = home / directory.lower()
        place.mkdir(mode=0o700, exist_ok=True)
        environ[directory] = str(place)
    for name, script in scripts.items():
        file = home / f"{name}.py"
        file.write_text(PREPARE + script)
        environ[name] = f"{sys.executable} {file} {home}"
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", shell],
        env=environ,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_key_lies_in_the_keychain_and_another_process_reads_and_deletes_it(
    tmp_path: Path,
) -> None:
    said = _session(
        tmp_path,
        UNLOCKED + "$write && $read && $delete && $read",
        write=f"store.set('a', {KEY!r}); print(store.place, store.is_fallback)",
        read=f"key = store.get('a'); print('same' if key == {KEY!r} else key)",
        delete="store.delete('a'); store.delete('a')",
    )

    assert said.splitlines() == [
        "the system keychain (Secret Service) False",
        "same",
        "None",
    ]
    assert all(
        KEY.encode() not in path.read_bytes()
        for path in tmp_path.rglob("*")
        if path.is_file() and path.suffix != ".py"
    )


def test_a_very_long_key_comes_back_whole(tmp_path: Path) -> None:
    said = _session(
        tmp_path,
        UNLOCKED + "$write && $read",
        write="store.set('a', 'k' * 100_000)",
        read="print(len(store.get('a')))",
    )

    assert said == "100000\n"


def test_a_locked_keychain_is_a_sentence_and_no_lost_key(tmp_path: Path) -> None:
    lock = """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
"""
    ask = """
for action in (lambda: store.get('a'), lambda: store.set('a', 'sk-other'), lambda: store.delete('a')):
    try:
        print('not refused', action())
    except UserFacingError as error:
        print(error.title)
print(store.is_fallback)
"""

    said = _session(
        tmp_path,
        UNLOCKED + "$write && $lock && $ask",
        write=f"store.set('a', {KEY!r})",
        lock=lock,
        ask=ask,
    )

    *sentences, fallback = said.splitlines()
    assert len(sentences) == 3
    assert all("keychain" in sentence for sentence in sentences), said
    assert fallback == "False"


def test_a_keychain_that_nobody_has_set_up_is_a_sentence_with_a_way_out(tmp_path: Path) -> None:
    said = _session(
        tmp_path,
        "$write",
        write="""
try:
    store.set('a', 'sk-any-000000')
except UserFacingError as error:
    print(error)
""",
    )

    assert said.startswith("The system keychain is not set up.")
    assert "PYTHON_KEYRING_BACKEND=keyring.backends.null.Keyring" in said


def test_without_a_service_the_file_is_used_and_said_so(tmp_path: Path) -> None:
    said = _session(
        tmp_path,
        NO_SERVICE + "$write",
        write=f"store.set('a', {KEY!r}); print(store.is_fallback, store.place)",
    )

    assert said.startswith("True a file that only you can read (")
    assert "sk-ant" in (tmp_path / "secrets.json").read_text(encoding="utf-8")


def test_a_key_given_without_a_keychain_moves_into_it_once_there_is_one(tmp_path: Path) -> None:
    read = f"print(store.get('a') == {KEY!r}, store.is_fallback)"
    _session(tmp_path, NO_SERVICE + "$write", write=f"store.set('a', {KEY!r})")

    said = _session(tmp_path, UNLOCKED + "$read && $read", read=read)

    assert said == "True False\nTrue False\n"
    assert "sk-ant" not in (tmp_path / "secrets.json").read_text(encoding="utf-8")
