"""When it is this computer that has no network."""

import pytest

from qcc_desktop.core.endpoint import is_loopback
from qcc_desktop.core.failure import TransportFault as Fault
from qcc_desktop.core.offline import RECHECK_S, OfflineWatch, host_of


def watch_of(*hosts: str, attempts: int = 4) -> OfflineWatch:
    watch = OfflineWatch()
    watch.watch({host: f"https://{host}/v1" for host in hosts}, attempts=attempts)
    return watch


def test_all_hosts_failing_at_once_means_offline() -> None:
    watch = watch_of("a.example", "b.example")

    first = watch.failed("a.example", Fault.DNS, 0.0)
    second = watch.failed("b.example", Fault.UNREACHABLE, 4.0)

    assert (first, second, watch.is_offline) == (False, True, True)
    assert watch.recheck_s == 4.0 + RECHECK_S


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.CONNECT_TIMEOUT])
def test_refusals_of_every_remote_host_mean_offline(fault: Fault) -> None:
    watch = watch_of("a.example", "b.example")

    watch.failed("a.example", fault, 0.0)

    assert watch.failed("b.example", fault, 0.0)


def test_the_verdict_is_told_once() -> None:
    watch = watch_of("a.example", "b.example")
    told = [
        watch.failed(host, Fault.DNS, 0.0)
        for host in ("a.example", "b.example", "a.example", "b.example")
    ]

    assert told == [False, True, False, False]


def test_failures_too_far_apart_mean_nothing() -> None:
    watch = watch_of("a.example", "b.example")

    watch.failed("a.example", Fault.DNS, 0.0)

    assert not watch.failed("b.example", Fault.DNS, 5.1)


def test_an_answer_in_between_clears_the_suspicion() -> None:
    watch = watch_of("a.example", "b.example", "c.example")
    watch.failed("a.example", Fault.DNS, 0.0)
    watch.failed("b.example", Fault.DNS, 0.0)

    watch.reached("c.example")
    watch.failed("c.example", Fault.DNS, 1.0)

    assert not watch.is_offline


def test_an_answer_ends_it() -> None:
    watch = watch_of("a.example", "b.example")
    watch.failed("a.example", Fault.DNS, 0.0)
    watch.failed("b.example", Fault.DNS, 0.0)

    watch.reached("b.example")

    assert not watch.is_offline


@pytest.mark.parametrize("fault", [Fault.TLS, Fault.RESET, Fault.HEADERS_TIMEOUT, Fault.MALFORMED])
def test_faults_of_a_peer_that_was_reached_mean_nothing(fault: Fault) -> None:
    watch = watch_of("a.example", "b.example")

    watch.failed("a.example", fault, 0.0)

    assert not watch.failed("b.example", fault, 0.0)


@pytest.mark.parametrize("local", ["127.0.0.1:1234", "localhost:1234", "[::1]:1234"])
def test_it_is_never_reached_while_an_endpoint_of_this_computer_is_in_use(local: str) -> None:
    watch = watch_of("a.example", local)

    watch.failed("a.example", Fault.DNS, 0.0)

    assert not watch.failed(local, Fault.REFUSED, 0.0)


def test_two_endpoints_of_one_host_are_one() -> None:
    watch = OfflineWatch()
    watch.watch({"x": "https://a.example/1", "y": "https://a.example/2"}, attempts=4)

    watch.failed("x", Fault.REFUSED, 0.0)

    assert not watch.failed("y", Fault.REFUSED, 0.0)


@pytest.mark.parametrize(
    ("fault", "was_reached", "expected"),
    [
        pytest.param(Fault.UNREACHABLE, False, True, id="no route"),
        pytest.param(Fault.DNS, True, True, id="a name that was found before"),
        pytest.param(Fault.DNS, False, False, id="a name that may be typed wrong"),
        pytest.param(Fault.REFUSED, True, False, id="a server that refuses"),
    ],
)
def test_a_single_host_needs_a_telling_fault(
    fault: Fault,
    was_reached: bool,
    expected: bool,
) -> None:
    watch = watch_of("a.example")
    if was_reached:
        watch.reached("a.example")

    assert watch.failed("a.example", fault, 0.0) is expected


def test_as_many_as_one_request_may_ask_are_enough() -> None:
    watch = watch_of("a.example", "b.example", "c.example", attempts=2)

    watch.failed("a.example", Fault.DNS, 0.0)

    assert watch.failed("b.example", Fault.DNS, 0.0)


def test_unknown_endpoints_mean_nothing() -> None:
    watch = watch_of("a.example")

    watch.reached("gone")

    assert not watch.failed("gone", Fault.DNS, 0.0)


def test_no_endpoints_end_it() -> None:
    watch = watch_of("a.example")
    watch.failed("a.example", Fault.UNREACHABLE, 0.0)

    watch.watch({}, attempts=4)

    assert not watch.is_offline


def test_the_verdict_can_come_from_elsewhere() -> None:
    watch = watch_of("a.example", "b.example")

    watch.set_offline(10.0, offline=True)
    watch.set_offline(11.0, offline=True)
    recheck_s = watch.recheck_s
    watch.rechecked(15.0)

    assert (recheck_s, watch.recheck_s) == (15.0, 20.0)
    watch.set_offline(16.0, offline=False)
    assert not watch.is_offline


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://API.example/v1", "api.example"),
        ("http://[::1]:80", "::1"),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_host_of_a_url(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("x.localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("a.example", False),
        ("", False),
    ],
)
def test_loopback_hosts(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
