"""Editors."""

import os
import sys
from pathlib import Path

import pytest

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.launcher.editors import (
    EDITORS,
    EditorFamily,
    installed_editors,
    open_editor,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are scripts")


def _program(file: Path, text: str = "#!/bin/sh\n") -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    file.chmod(0o755)
    return str(file)


@pytest.mark.skipif(sys.platform != "linux", reason="places of Linux")
def test_editors_are_found_on_path_and_where_toolbox_puts_its_scripts(tmp_path: Path) -> None:
    code = _program(tmp_path / "bin" / "code")
    pycharm = _program(tmp_path / ".local/share/JetBrains/Toolbox/scripts" / "charm")

    found = installed_editors({"PATH": str(tmp_path / "bin")}, tmp_path)

    assert [(each.id, each.program, each.family) for each in found] == [
        ("code", code, EditorFamily.VSCODE),
        ("pycharm", pycharm, EditorFamily.JETBRAINS),
    ]


def test_on_macos_the_command_lies_within_the_application(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qcc_desktop.system.launcher.editors._PLATFORM", "darwin")
    apps = tmp_path / "Applications"
    code = _program(apps / "Visual Studio Code.app/Contents/Resources/app/bin/code")
    idea = _program(apps / "IntelliJ IDEA.app/Contents/MacOS/idea")

    found = installed_editors({"PATH": str(tmp_path)}, tmp_path)

    assert [each.program for each in found] == [code, idea]


def test_each_editor_has_an_id_of_its_own() -> None:
    assert len({editor.id for editor in EDITORS}) == len(EDITORS)
    assert all(editor.commands and editor.application for editor in EDITORS)


def test_it_opens_the_folder_with_the_environment(tmp_path: Path) -> None:
    told = tmp_path / "told"
    if sys.platform != "win32":
        os.mkfifo(told)
    script = f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$1" "$MARK" > "{told}"\n'
    _program(tmp_path / "bin" / "cursor", script)
    (editor,) = installed_editors({"PATH": str(tmp_path / "bin")}, tmp_path)
    folder = tmp_path / "it's 项目"
    folder.mkdir()

    open_editor(editor, folder, {"PATH": "/bin", "MARK": "here"})

    assert told.read_text().splitlines() == [str(folder), str(folder), "here"]


def test_one_that_cannot_start_is_told(tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "code", "#!/nowhere/interpreter\n")
    (editor,) = installed_editors({"PATH": str(tmp_path / "bin")}, tmp_path)

    with pytest.raises(UserFacingError, match="VS Code could not be opened"):
        open_editor(editor, tmp_path, {})
