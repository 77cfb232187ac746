"""Files with private certificate authorities."""

from pathlib import Path

import pytest
import trustme

from qcc_desktop.core.diagnosis import Verdict
from qcc_desktop.system.doctor.certificates import FIX, NODE, check_certificates


@pytest.fixture
def ca_file(tmp_path: Path) -> str:
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    return str(file)


def test_without_extra_files_all_is_well() -> None:
    assert check_certificates({}, "")[0].verdict is Verdict.OK


def test_a_good_file_is_named(ca_file: str) -> None:
    (finding,) = check_certificates({}, ca_file)

    assert finding.verdict is Verdict.OK
    assert f"{ca_file} (upstream.ca_file)" in finding.detail.plain()


@pytest.mark.parametrize("name", [NODE, "SSL_CERT_FILE", "upstream.ca_file"])
def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    missing = str(tmp_path / "gone.pem")
    environ = {} if name == "upstream.ca_file" else {name: missing}

    (finding,) = check_certificates(environ, "" if environ else missing)

    assert finding.verdict is Verdict.PROBLEM
    assert finding.detail.plain().startswith(f"{name} names {missing}")


def test_a_file_without_a_certificate_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("no certificate")

    (finding,) = check_certificates({}, str(file))

    assert "holds no certificate" in finding.detail.plain()


def test_a_file_that_only_claude_code_trusts_can_be_trusted_here_too(ca_file: str) -> None:
    (finding,) = check_certificates({NODE: ca_file}, "")

    assert (finding.verdict, finding.fix_id) == (Verdict.NOTE, FIX)


def test_a_file_that_both_trust_is_well(ca_file: str) -> None:
    (finding,) = check_certificates({NODE: ca_file}, ca_file)

    assert finding.verdict is Verdict.OK
