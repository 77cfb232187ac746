"""The log: readable, private, bounded, without secrets."""

import logging
import os
import re
import stat
import sys
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from qcc_desktop.app import logs as module
from qcc_desktop.app.logs import Logs, RedactingFormatter, area_of, remove_old_logs

SECRET = "opaque-secret-without-any-prefix"
_log = logging.getLogger("qcc_desktop.proxy.relay")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "qcc-desktop.log"


@pytest.fixture
def logs(file: Path) -> Iterator[Logs]:
    logs = Logs(file, lambda: (SECRET,))
    yield logs
    logs.close()


def test_a_line_has_utc_time_level_area_and_message(logs: Logs, file: Path) -> None:
    _log.info("Something %s", "happened")

    line = file.read_text()

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO    proxy     Something happened\n", line
    )


def test_a_message_with_line_breaks_stays_one_line(logs: Logs, file: Path) -> None:
    _log.info("first\r\nforged INFO line")

    assert file.read_text().count("\n") == 1


@pytest.mark.may_log("secret", "failed")
def test_secrets_are_masked_in_arguments_messages_and_tracebacks(logs: Logs, file: Path) -> None:
    _log.warning("a secret %s", SECRET)
    _log.warning("a secret key sk-ant-api03-abcdefgh and Authorization: Bearer abcdefghij")
    try:
        int(f"inside {SECRET}")
    except ValueError:
        _log.exception("it failed")

    text = file.read_text()

    assert SECRET not in text
    assert "abcdefgh" not in text
    assert "'inside ***'" in text


def test_only_our_own_lines_come_from_info_on_and_those_of_libraries_from_warning_on(
    logs: Logs, file: Path
) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://x.example?key=1")
    _log.debug("too fine")
    _log.info("ours")

    assert file.read_text().endswith("ours\n")
    assert file.read_text().count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_the_file_is_the_owners_alone_also_after_a_rotation(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FILE_BYTES", 500)
    logs = Logs(file, tuple)
    for number in range(100):
        _log.info("line %d", number)
    logs.close()

    files = sorted(file.parent.iterdir())

    assert [path.name for path in files] == [
        "qcc-desktop.log",
        *(f"qcc-desktop.log.{number}" for number in range(1, 5)),
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert all(path.stat().st_size <= 500 for path in files)
    assert "line 99" in file.read_text()


def test_five_files_of_two_megabytes_are_kept() -> None:
    assert module._FILE_BYTES == 2 * 1024 * 1024
    assert module._OLDER_FILES + 1 == 5


def test_a_rotation_that_the_system_refuses_loses_no_line(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(module, "_FILE_BYTES", 200)
    monkeypatch.setattr(os, "rename", refused)
    logs = Logs(file, tuple)
    for number in range(10):
        _log.info("line %d", number)
    logs.close()

    assert [f"line {number}" in file.read_text() for number in range(10)] == [True] * 10


@pytest.mark.may_log("shown")
def test_warnings_are_shown_on_stderr_if_asked_for(
    logs: Logs, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.to_stderr()

    _log.info("kept to the file")
    _log.warning("shown %s", SECRET)

    shown = capsys.readouterr().err
    assert "shown ***" in shown
    assert "kept" not in shown


def test_after_close_nothing_is_written_and_levels_are_as_before(file: Path) -> None:
    before = logging.getLogger().level, logging.getLogger("qcc_desktop").level
    logs = Logs(file, tuple)

    logs.close()
    _log.info("unheard")

    assert (logging.getLogger().level, logging.getLogger("qcc_desktop").level) == before
    assert not file.exists() or "unheard" not in file.read_text()


def test_characters_no_encoding_knows_do_not_break_the_log(logs: Logs, file: Path) -> None:
    # Straight to our handler: xdist cannot carry what pytest would capture of it.
    ours = next(
        each for each in logging.getLogger().handlers if isinstance(each, RotatingFileHandler)
    )
    ours.handle(_log.makeRecord(_log.name, logging.INFO, "", 0, "odd \udcff, 中文", (), None))

    assert "中文" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("logger", "area"),
    [("qcc_desktop.proxy.relay", "proxy"), ("aiohttp.server", "aiohttp"), ("root", "root")],
)
def test_the_area_is_the_room_or_the_library(logger: str, area: str) -> None:
    assert area_of(logger) == area


def test_rotated_logs_that_are_too_old_are_deleted_and_the_current_one_never(file: Path) -> None:
    file.parent.mkdir()
    for name, age in (("", 1), (".1", 1), (".2", 99)):
        path = file.with_name(file.name + name)
        path.touch()
        os.utime(path, (age, age))

    remove_old_logs(file, oldest_s=50)

    assert sorted(path.name for path in file.parent.iterdir()) == [
        "qcc-desktop.log",
        "qcc-desktop.log.2",
    ]


def test_the_formatter_masks_what_became_known_after_it_was_made() -> None:
    known: list[str] = []
    formatter = RedactingFormatter(lambda: tuple(known))
    known.append(SECRET)
    record = logging.LogRecord("qcc_desktop.x", logging.INFO, "f", 1, f"a {SECRET}", None, None)

    assert SECRET not in formatter.format(record)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_costs_lines_and_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    logs = Logs(Path("/dev/full"), lambda: (SECRET,))

    _log.info("a line about %s", SECRET)
    _log.info("another one")
    logs.close()

    assert capsys.readouterr() == ("", "")
