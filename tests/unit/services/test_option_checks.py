"""What options name must be there."""

import ssl
import sys
from pathlib import Path

import pytest
import trustme

from qcc_desktop.services.option_checks import checked


def test_a_certificate_file_is_kept_with_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.chdir(tmp_path)

    assert checked("upstream.ca_file", "ca.pem") == str(tmp_path / "ca.pem")


def test_a_file_that_is_missing_or_holds_no_certificate_is_refused(tmp_path: Path) -> None:
    for content in (
        b"",
        b"text",
        b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
    ):
        file = tmp_path / "ca.pem"
        file.write_bytes(content)
        with pytest.raises(ValueError, match="holds no certificate"):
            checked("upstream.ca_file", str(file))
    with pytest.raises(ValueError, match="There is no file"):
        checked("upstream.ca_file", str(tmp_path / "none.pem"))
    with pytest.raises(ValueError, match="There is no file"):
        checked("upstream.ca_file", str(tmp_path))


def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: ssl.SSLContext, cafile: Path) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "ca.pem").touch()
    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", refuse)

    with pytest.raises(ValueError, match=r"cannot be read: Permission denied\."):
        checked("upstream.ca_file", str(tmp_path / "ca.pem"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has several terminals")
def test_a_terminal_must_be_installed_and_may_have_options() -> None:
    assert checked("claude.terminal", "sh -x") == "sh -x"
    for text, sentence in (
        ("no-such-terminal -e", "There is no program 'no-such-terminal'"),
        ("  ", "There is no program"),
        ("sh 'open", "quotes do not match"),
    ):
        with pytest.raises(ValueError, match=sentence):
            checked("claude.terminal", text)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode for programs")
def test_a_claude_code_must_be_a_program_and_is_kept_with_its_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "claude"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="its file mode forbids it"):
        checked("claude.executable", str(program))
    program.chmod(0o700)

    assert checked("claude.executable", "./claude") == str(program)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert checked("claude.executable", "claude") == str(program)
    with pytest.raises(ValueError, match=r"There is no program '/nonexistent'\. Name"):
        checked("claude.executable", "/nonexistent")


def test_what_is_empty_or_names_nothing_is_kept_as_it_is() -> None:
    assert checked("upstream.ca_file", "") == ""
    assert checked("claude.terminal", "") == ""
    assert checked("server.port", 1) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there every text is taken apart somehow")
def test_arguments_whose_quotes_do_not_match_are_refused() -> None:
    assert checked("claude.arguments", "--model 'opus 4'") == "--model 'opus 4'"
    with pytest.raises(ValueError, match="quotes do not match"):
        checked("claude.arguments", "--model 'opus")
