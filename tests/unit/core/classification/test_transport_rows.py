"""Verdicts on what broke below HTTP semantics."""

import pytest

from qcc_desktop.core.classification import transport_rows
from qcc_desktop.core.classification.body import ErrorBody, Shape
from qcc_desktop.core.failure import Observation, Phase, Scope, TransportFault

LOCAL = {
    TransportFault.OFFLINE,
    TransportFault.PROXY_REFUSED,
    TransportFault.PROXY_AUTH,
    TransportFault.POOL_TIMEOUT,
    TransportFault.LOCAL_RESOURCE,
}


@pytest.mark.parametrize("fault", TransportFault)
def test_only_faults_of_this_computer_are_local(fault: TransportFault) -> None:
    failure = transport_rows.local(fault)

    assert (failure is not None) == (fault in LOCAL)
    assert failure is None or failure.scope is Scope.LOCAL


@pytest.mark.parametrize("fault", [fault for fault in TransportFault if fault not in LOCAL])
@pytest.mark.parametrize("phase", [Phase.CONNECT, Phase.HEADERS])
def test_every_fault_before_an_answer_has_a_row(fault: TransportFault, phase: Phase) -> None:
    failure = transport_rows.before_status(Observation(phase, fault=fault), fault)

    assert failure.row in {2, 3, 5, 7}


def test_a_closed_reused_connection_is_asked_again_without_blame() -> None:
    seen = Observation(Phase.HEADERS, fault=TransportFault.RESET, reused_connection=True)

    failure = transport_rows.before_status(seen, TransportFault.RESET)

    assert (failure.row, failure.retry_same, failure.cooldown) == (4, 1, None)


def test_a_local_fault_that_comes_here_all_the_same_is_unknown() -> None:
    seen = Observation(Phase.HEADERS, fault=TransportFault.POOL_TIMEOUT)

    assert transport_rows.before_status(seen, TransportFault.POOL_TIMEOUT).row == 36


@pytest.mark.parametrize(
    ("fault", "shape", "row"),
    [
        (TransportFault.CONTENT_TIMEOUT, Shape.HTML, 32),
        (TransportFault.MALFORMED, Shape.HTML, 28),
        (TransportFault.EOF, Shape.EMPTY, 30),
        (None, Shape.EMPTY, 30),
    ],
)
def test_a_2xx_head_without_content(fault: TransportFault | None, shape: Shape, row: int) -> None:
    assert transport_rows.before_content(fault, ErrorBody(shape)).row == row


def test_a_stall_after_content_has_a_reason_of_its_own() -> None:
    assert transport_rows.mid_stream(TransportFault.IDLE_TIMEOUT).reason == "idle_mid_stream"
    assert transport_rows.mid_stream(None).reason == "cut_mid_stream"
