"""The Run key, over a registry in memory; over the real one where there is one."""

import sys

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.autostart.state import AutostartStatus, LoginCommand
from qcc_desktop.system.autostart.windows import APPROVED, NAME, RUN, RunKey

PROGRAM = r"C:\Program Files\QCC 陳\qcc-desktop.exe"
COMMAND = LoginCommand((PROGRAM, "--hidden"))


class Memory:
    """Implements `system.autostart.windows.Registry`."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str | bytes] = {}

    def get(self, key: str, name: str) -> str | bytes | None:
        return self.values.get((key, name))

    def set_text(self, key: str, name: str, text: str) -> None:
        self.values[key, name] = text

    def delete(self, key: str, name: str) -> None:
        self.values.pop((key, name), None)


def test_the_value_quotes_a_path_with_blanks() -> None:
    registry = Memory()
    entry = RunKey(COMMAND, registry)
    before = entry.read().status

    entry.write()

    assert before is AutostartStatus.OFF
    assert registry.values == {(RUN, NAME): f'"{PROGRAM}" --hidden'}
    assert entry.read().status is AutostartStatus.ON


def test_switching_off_leaves_nothing_behind() -> None:
    registry = Memory()
    entry = RunKey(COMMAND, registry)
    entry.write()
    registry.values[APPROVED, NAME] = bytes([3, *[0] * 11])

    entry.remove()
    entry.remove()

    assert not registry.values


@pytest.mark.parametrize(
    ("first_byte", "status"),
    [
        (2, AutostartStatus.ON),
        (6, AutostartStatus.ON),
        (3, AutostartStatus.BLOCKED),
        (7, AutostartStatus.BLOCKED),
    ],
)
def test_what_the_task_manager_switched_off_is_respected_and_lifted_by_switching_on(
    first_byte: int, status: AutostartStatus
) -> None:
    registry = Memory()
    entry = RunKey(COMMAND, registry)
    entry.write()
    registry.values[APPROVED, NAME] = bytes([first_byte, *[0] * 11])

    found = entry.read().status
    entry.write()

    assert found is status
    assert entry.read().status is AutostartStatus.ON


@pytest.mark.parametrize(
    ("line", "is_orphaned"),
    [
        (r'"C:\old place\qcc-desktop.exe" --hidden', True),
        (r"C:\old\qcc-desktop.exe --hidden", True),
        (f"{sys.executable} other.py", False),
        (f'"{sys.executable}" other.py', False),
        ("", True),
    ],
)
def test_an_entry_that_starts_another_program_is_stale(line: str, is_orphaned: bool) -> None:
    registry = Memory()
    registry.set_text(RUN, NAME, line)

    found = RunKey(COMMAND, registry).read()

    assert found.status is AutostartStatus.STALE
    assert found.is_orphaned is is_orphaned
    assert found.command == line


def test_a_line_that_windows_would_not_start_is_refused() -> None:
    entry = RunKey(LoginCommand(("C:\\" + "long\\" * 60 + "qcc.exe", "--hidden")), Memory())

    with pytest.raises(UserFacingError, match="too long"):
        entry.write()


def test_a_portable_program_is_refused_for_the_value_has_no_room_for_its_home() -> None:
    registry = Memory()

    with pytest.raises(UserFacingError, match="portable"):
        RunKey(LoginCommand(COMMAND.words, {"QCC_DESKTOP_HOME": "D:\\"}), registry).write()

    assert not registry.values


@pytest.mark.skipif(sys.platform != "win32", reason="the registry of Windows")
def test_the_real_registry_keeps_and_forgets_a_value() -> None:
    if sys.platform == "win32":
        from qcc_desktop.system.autostart.registry import UserRegistry

        registry = UserRegistry()
        key, name = r"Software\qcc-desktop-tests", "陳"

        registry.set_text(key, name, '"C:\\a b" 陳')
        kept = registry.get(key, name)
        registry.delete(key, name)
        registry.delete(key, name)

        assert kept == '"C:\\a b" 陳'
        assert registry.get(key, name) is None
        assert registry.get(key + r"\none", name) is None
