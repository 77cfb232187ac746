"""The text for a bug report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qcc_desktop.core.config import Config
from qcc_desktop.core.diagnosis import Finding, Report, Verdict, say
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.settings import Settings
from qcc_desktop.services.diagnostics import Diagnostics, DiagnosticsPorts

KEY = "a-key-of-no-known-shape"
ENDPOINT = Endpoint(
    id="ep-a",
    name="Relay",
    base_url="https://relay.example/deep/path",
    extra_headers=(("x-secret", KEY),),
    note="my note",
)
STATUS = {
    "version": "1.2.3",
    "pid": 7,
    "port": 7860,
    "light": "amber",
    "cause": "Another endpoint answers.",
    "sessions": [{}],
    "totals": {"requests": 12},
    "endpoints": [
        {
            "id": "ep-a",
            "health": "circuit_open",
            "breaker": {"state": "open", "failures": 3, "retry_at": None},
            "last_error": {"class": "AUTH", "message": f"refused {KEY}", "at": "then"},
            "requests": 12,
            "failures": 3,
        }
    ],
}


class OneFinding:
    async def run(self) -> Report:
        return Report((Finding("port", say("Port"), Verdict.PROBLEM, say("It is taken.")),))


async def _text(home: Path, status: Mapping[str, Any] | Exception | None = None) -> str:
    async def ask() -> Mapping[str, Any] | None:
        if isinstance(status, Exception):
            raise status
        return status

    log = home / "qcc.log"
    log.write_text("\n".join(f"line {number} {KEY}" for number in range(60)))
    config = Config(endpoints=(ENDPOINT,), settings=Settings(server_port=7999))
    ports = DiagnosticsPorts(
        doctor=OneFinding(),
        status=ask,
        config=lambda: config,
        secrets=lambda: (KEY,),
        log_file=log,
        environ={"XDG_CURRENT_DESKTOP": "KDE"},
        home=home,
        version="1.2.3",
        python_version="3.11.7",
    )
    return await Diagnostics(ports).text()


async def test_it_names_versions_state_endpoints_options_findings_and_log(tmp_path: Path) -> None:
    text = await _text(tmp_path, STATUS)

    for words in (
        "Version 1.2.3, Python 3.11.7, Qt 6.",
        "Desktop: KDE",
        "Light: amber. Another endpoint answers.",
        "- Relay: relay.example, bearer, on",
        "circuit_open, breaker open (3 failures in a row, an overload counts half), 12 requests, 3 failed",
        "last failure then: AUTH, refused ***",
        "- server.port = 7999",
        "- PROBLEM: Port: It is taken.",
        "line 59 ***",
    ):
        assert words in text


async def test_no_key_no_path_of_an_endpoint_and_no_header_stand_in_it(tmp_path: Path) -> None:
    text = await _text(tmp_path, STATUS)

    assert KEY not in text
    assert "deep/path" not in text
    assert "x-secret" not in text
    assert "my note" not in text


async def test_only_the_last_fifty_lines_of_the_log_are_told(tmp_path: Path) -> None:
    text = await _text(tmp_path)

    assert "line 10 " in text
    assert "line 9 " not in text


async def test_options_at_their_default_are_left_out(tmp_path: Path) -> None:
    assert "routing.strategy" not in await _text(tmp_path)


async def test_without_a_program_that_answers_the_rest_is_told(tmp_path: Path) -> None:
    text = await _text(tmp_path, RuntimeError("no"))

    assert "not running, or not answering" in text
    assert "- Relay: relay.example" in text
