"""A command speaks the person's language; what programs read is the same in every one."""

import json
from pathlib import Path

import pytest

from tests.helpers.program import InProcess


@pytest.fixture
def cli(
    qcc_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> InProcess:
    return InProcess(qcc_home, capsys, monkeypatch)


def test_errors_and_tables_speak_chinese_once_that_is_chosen(cli: InProcess) -> None:
    before = cli("status")
    cli("config", "set", "ui.language", "zh_CN")

    assert before.stderr.startswith("qcc-desktop: QCC Desktop is not running.")
    after = cli("status")
    assert (after.returncode, after.stderr) == (
        3,
        "qcc-desktop: QCC Desktop 没有运行。请用 qcc-desktop 或 qcc-desktop serve 启动。\n",
    )
    wrong = cli("config", "set", "routing.max_attempts", "many")
    assert "取值应为：1 到 20 之间的整数。" in wrong.stderr
    assert "每个" not in cli("config", "get", "ui.language").stdout
    assert "取值：" in cli("config", "list").stdout


def test_json_is_the_same_in_every_language(cli: InProcess) -> None:
    cli("config", "set", "ui.language", "en")
    english = json.loads(cli("config", "list", "--json").stdout)
    cli("config", "set", "ui.language", "zh_CN")
    chinese = json.loads(cli("config", "list", "--json").stdout)

    assert len(english) == len(chinese)
    changed = [one for one, other in zip(english, chinese, strict=True) if one != other]
    assert [one["key"] for one in changed] == ["ui.language"]
