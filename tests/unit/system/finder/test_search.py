"""Which of several comes first, and what strange trees do."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from qcc_desktop.core import installation_texts as faults
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.system.finder.installation import KIND_NAMES, Installation, Kind
from qcc_desktop.system.finder.machine import USER_ENVIRONMENT
from qcc_desktop.system.finder.search import Finder
from tests.helpers.claude_trees import (
    ASDF_SHIM,
    EXE,
    NATIVE,
    PACKAGE,
    PLACEHOLDER,
    SCRIPT,
    VOLTA_BATCH,
    Computer,
    manifest,
    npm_batch,
    npm_shell,
)
from tests.helpers.root_powers import without_root_powers


def _nvm(version: str, number: str) -> dict[str, str]:
    base = f"~/.nvm/versions/node/{version}"
    return {
        f"{base}/lib/{PACKAGE}/package.json": manifest(number),
        f"{base}/lib/{PACKAGE}/bin/claude.exe": NATIVE,
        f"{base}/bin/claude": f"-> {base}/lib/{PACKAGE}/bin/claude.exe",
    }


def _native(number: str) -> dict[str, str]:
    return {
        f"~/.local/share/claude/versions/{number}": NATIVE,
        "~/.local/bin/claude": f"-> ~/.local/share/claude/versions/{number}",
    }


def _summary(found: Sequence[Installation]) -> list[tuple[Kind, str]]:
    return [(each.kind, each.version) for each in found]


def test_the_order_is_that_of_path_then_the_newest_then_the_broken(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{home}/.nvm/versions/node/v18.0.0/bin"})
    computer.add(_nvm("v18.0.0", "1.0.9") | _nvm("v22.0.0", "2.1.10") | _native("2.1.9"))
    computer.add({"/usr/bin/claude": "-> /gone"})

    found = Finder(computer.machine()).find()

    assert _summary(found) == [
        (Kind.NVM, "1.0.9"),
        (Kind.NVM, "2.1.10"),
        (Kind.NATIVE, "2.1.9"),
        (Kind.SYSTEM, ""),
    ]
    assert found[-1].problem == faults.DEAD_LINK


def test_two_links_to_one_program_are_one_installation(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{home}/bin:{home}/.local/bin"})
    computer.add(_native("2.1.9") | {"~/bin/claude": "-> ~/.local/bin/claude"})

    (found,) = Finder(computer.machine()).find()

    assert found.path == computer.place("~/bin/claude")
    assert (found.kind, found.version) == (Kind.NATIVE, "2.1.9")


def test_a_broken_one_on_path_gives_way_to_a_sound_one(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{root}/usr/local/bin"})
    lib = f"/usr/local/lib/{PACKAGE}"
    computer.add(
        {
            f"{lib}/package.json": manifest("2.1.330"),
            f"{lib}/bin/claude.exe": PLACEHOLDER,
            "/usr/local/bin/claude": f"-> {lib}/bin/claude.exe",
        }
        | _native("2.1.9")
    )
    finder = Finder(computer.machine())

    found = finder.find()

    assert _summary(found) == [(Kind.NATIVE, "2.1.9"), (Kind.NPM, "2.1.330")]
    assert found[1].problem == faults.NO_POSTINSTALL
    assert finder.first() == found[0]


def test_the_first_one_is_the_head_of_the_list_however_it_is_found(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "/nowhere"})
    computer.add(_nvm("v22.0.0", "2.1.10") | _native("2.1.9"))
    finder = Finder(computer.machine())

    assert finder.first() == finder.find()[0]


def test_a_sound_one_on_path_is_the_first_without_asking_a_shell(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{home}/.local/bin"}, shell="/bin/zsh")
    computer.add(_native("2.1.9"))

    first = Finder(computer.machine()).first()

    assert first is not None
    assert first.words == (str(computer.place("~/.local/bin/claude")),)
    assert computer.asked == []


def test_the_chosen_one_wins_until_it_is_gone(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{home}/.local/bin"})
    computer.add(_native("2.1.9") | _nvm("v22.0.0", "2.1.10"))
    chosen = computer.place("~/.nvm/versions/node/v22.0.0/bin/claude")
    finder = Finder(computer.machine())

    picked = finder.first(str(chosen))
    chosen.unlink()
    fallen_back = finder.first(str(chosen))

    assert picked is not None
    assert picked.path == chosen
    assert fallen_back is not None
    assert fallen_back.path == computer.place("~/.local/bin/claude")


def test_nothing_installed_is_nothing_found(tmp_path: Path) -> None:
    finder = Finder(Computer(tmp_path).machine())

    assert finder.find() == ()
    assert finder.first() is None
    assert finder.examine(tmp_path / "claude") is None


def test_nothing_to_start_is_told_with_the_way_to_install_it(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "darwin")
    finder = Finder(computer.machine())

    with pytest.raises(
        UserFacingError, match=r"not found.*curl -fsSL https://claude.ai/install.sh"
    ):
        finder.words()

    computer.add({"~/.local/bin/claude": "-> /gone"})
    with pytest.raises(UserFacingError, match=r"does not start from .*is a link"):
        finder.words()


def test_the_words_are_those_of_the_one_to_start(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.add(_native("2.1.9"))

    assert Finder(computer.machine()).words() == (str(computer.place("~/.local/bin/claude")),)


def test_claude_desktop_is_not_claude_code(tmp_path: Path) -> None:
    apps = r"{home}\AppData\Local\Microsoft\WindowsApps"
    computer = Computer(tmp_path, "win32", registry={USER_ENVIRONMENT: {"Path": apps}})
    computer.add(
        {
            "~/AppData/Local/Microsoft/WindowsApps/claude.exe": EXE,
            "~/.local/bin/claude.exe": EXE,
        }
    )

    (found,) = Finder(computer.machine()).find()

    assert found.kind is Kind.NATIVE


def test_a_version_that_no_file_tells_is_asked_for(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "win32", answers=lambda _words: b"2.1.197 (Claude Code)\r\n")
    computer.add({"~/.local/bin/claude.exe": EXE})
    finder = Finder(computer.machine())

    (found,) = finder.find()

    assert found.version == "2.1.197"
    assert (*found.words, "--version") in computer.asked
    assert finder.find(ask_versions=False)[0].version == ""


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"~/bin/claude": "-> ~/bin/other", "~/bin/other": "-> ~/bin/claude"}, faults.DEAD_LINK),
        ({"~/bin/claude": npm_shell(f"{PACKAGE}/cli.js")}, faults.DEAD_SHIM),
        ({"~/bin/claude": SCRIPT, "~/bin/cli.js": SCRIPT}, ""),
        ({"~/bin/claude": ASDF_SHIM}, faults.NO_MANAGER),
        ({"~/bin/claude": "-> ~/lib/cli.js", "~/lib/cli.js": SCRIPT}, faults.NO_NODE),
    ],
    ids=["links in a circle", "shim of nothing", "a script", "no manager", "no node"],
)
def test_why_one_does_not_start_is_told(
    tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    computer = Computer(tmp_path)
    computer.add(files)

    (found,) = Finder(computer.machine()).find()

    assert found.problem == problem
    assert found.is_usable is (problem == "")


def test_a_file_that_may_not_be_run_says_so(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.add({"~/bin/claude": NATIVE})
    computer.place("~/bin/claude").chmod(0o644)

    (found,) = Finder(computer.machine()).find()

    assert found.problem == faults.NOT_EXECUTABLE


def test_a_shim_without_its_manager_on_windows_says_so(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "win32")
    computer.add({"~/AppData/Local/Volta/bin/claude.cmd": VOLTA_BATCH})

    (found,) = Finder(computer.machine()).find()

    assert found.problem == faults.NO_MANAGER


@pytest.mark.parametrize(
    "name",
    ["a\0b", "x" * 5000, "/dev/null", ".", ""],
    ids=["nul", "too long", "a device", "relative", "empty"],
)
def test_strange_directories_in_path_are_passed_over(tmp_path: Path, name: str) -> None:
    computer = Computer(tmp_path, environ={"PATH": f"{name}:{{home}}/.local/bin", "NVM_DIR": name})
    computer.add(_native("2.1.9"))

    assert _summary(Finder(computer.machine()).find()) == [(Kind.NATIVE, "2.1.9")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in its file system")
def test_a_named_pipe_is_not_read(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.add({"~/bin/x": "", "~/.nvm/versions/node/x": "not a directory"})
    os.mkfifo(computer.place("~/bin/claude"))
    os.mkfifo(computer.place("~/.npmrc"))

    assert Finder(computer.machine()).find() == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_a_home_that_may_not_be_read_is_empty(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"PATH": "{home}/.local/bin"})
    computer.add(_native("2.1.9") | _nvm("v22.0.0", "2.1.10"))
    finder = Finder(computer.machine())
    tmp_path.chmod(0o000)

    try:
        with without_root_powers():
            found = finder.find()
    finally:
        tmp_path.chmod(0o700)

    assert found == ()


def test_wsl_is_asked_where_it_runs_and_comes_last(tmp_path: Path) -> None:
    def answer(words: Sequence[str]) -> bytes | None:
        if "--list" in words:
            return "Ubuntu-24.04\r\ndocker-desktop\r\n".encode("utf-16-le")
        if words[:3] == ("wsl.exe", "-d", "Ubuntu-24.04"):
            return b"/home/me/.local/bin/claude\n2.1.330 (Claude Code)\n"
        return None

    computer = Computer(tmp_path, "win32", answers=answer)
    computer.add({"~/.local/bin/claude.exe": EXE})

    found = Finder(computer.machine()).find()

    assert [each.kind for each in found] == [Kind.NATIVE, Kind.WSL]
    assert found[1].words == ("wsl.exe", "-d", "Ubuntu-24.04", "--", "/home/me/.local/bin/claude")
    assert (found[1].version, found[1].problem) == ("2.1.330", faults.INSIDE_WSL)
    assert not any("docker-desktop" in words for words in computer.asked)


def test_windows_own_program_seen_from_wsl_is_not_another_one(tmp_path: Path) -> None:
    def answer(words: Sequence[str]) -> bytes | None:
        return b"Ubuntu\n" if "--list" in words else b"/mnt/c/Users/me/.local/bin/claude\n2.1.3\n"

    assert Finder(Computer(tmp_path, "win32", answers=answer).machine()).find() == ()


def test_a_batch_file_in_a_folder_with_hostile_characters_is_passed_by(tmp_path: Path) -> None:
    folder = "/R&D %PATH% ^ 100% 中文 (x)"
    computer = Computer(tmp_path, "win32", environ={"npm_config_prefix": f"{{root}}{folder}"})
    back = PACKAGE.replace("/", "\\")
    computer.add(
        {
            f"{folder}/{PACKAGE}/package.json": manifest("2.1.330"),
            f"{folder}/{PACKAGE}/bin/claude.exe": EXE,
            f"{folder}/claude.cmd": npm_batch(f"{back}\\bin\\claude.exe"),
        }
    )

    found = Finder(computer.machine()).find()

    assert [each.words for each in found] == [
        (str(computer.place(f"{folder}/{PACKAGE}/bin/claude.exe")),)
    ]


def test_every_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(Kind)
