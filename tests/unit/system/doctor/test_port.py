"""What is said about a port that cannot be listened on."""

import errno

import pytest

from qcc_desktop.core.diagnosis import Finding, Verdict
from qcc_desktop.system.doctor import port
from qcc_desktop.system.doctor.listeners import Listener

TAKEN = OSError(errno.EADDRINUSE, "Address already in use")
FORBIDDEN = OSError(errno.EACCES, "Permission denied")
NETSH_ENGLISH = """
Protocol tcp Port Exclusion Ranges

Start Port    End Port
----------    --------
      5357        5357
      7800        7899
     50000       50059     *

* - Administered port exclusions.
"""
NETSH_CHINESE = """
协议 tcp 端口排除范围

开始端口    结束端口
----------    --------
      7800        7899

* - 管理的端口排除。
"""


def _blocked(
    error: OSError,
    *,
    used: int | None = None,
    reserved: tuple[tuple[int, int], ...] = (),
    listener: Listener | None = None,
) -> Finding:
    return port.blocked(7860, used, error, reserved, listener)


def test_the_program_that_has_the_port_is_named_with_its_process() -> None:
    finding = _blocked(TAKEN, listener=Listener(4711, "node"))

    assert finding.verdict is Verdict.PROBLEM
    assert finding.detail.plain() == "Port 7860 is used by node (process 4711)."
    assert finding.fix_id == port.FIX


def test_a_program_of_another_user_is_said_to_be_one() -> None:
    assert "another user" in _blocked(TAKEN, listener=Listener(None)).detail.plain()


def test_a_taken_port_is_only_a_note_while_the_proxy_runs_on_another() -> None:
    finding = _blocked(TAKEN, used=7861, listener=Listener(4711, "node"))

    assert finding.verdict is Verdict.NOTE
    assert finding.detail.plain() == (
        "The proxy uses port 7861 instead. Port 7860 is used by node (process 4711)."
    )


def test_a_range_that_windows_keeps_is_named() -> None:
    finding = _blocked(FORBIDDEN, reserved=((7800, 7899),))

    assert "Windows keeps ports 7800 to 7899 for itself" in finding.detail.plain()


def test_a_forbidden_port_is_not_said_to_be_in_use() -> None:
    assert _blocked(FORBIDDEN).detail.plain() == (
        "Port 7860 may not be used by you: Permission denied."
    )


@pytest.mark.parametrize(
    ("output", "ranges"),
    [
        (NETSH_ENGLISH, ((5357, 5357), (7800, 7899), (50000, 50059))),
        (NETSH_CHINESE, ((7800, 7899),)),
        ("The following command was not found.", ()),
    ],
    ids=["english", "chinese", "no netsh"],
)
def test_reserved_ranges_are_read_in_every_language(
    output: str, ranges: tuple[tuple[int, int], ...]
) -> None:
    assert port.read_reserved(output) == ranges


def test_port_zero_is_well_before_the_proxy_runs() -> None:
    (finding,) = port.check_port(0, None, platform="linux")

    assert finding.verdict is Verdict.OK
