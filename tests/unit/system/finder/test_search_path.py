"""PATH as a new terminal has it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from qcc_desktop.system.finder.machine import MACHINE_ENVIRONMENT, USER_ENVIRONMENT
from qcc_desktop.system.finder.search import Finder
from qcc_desktop.system.finder.search_path import own_path, shell_path, terminal_path
from tests.helpers.claude_trees import Computer


def _says(path: str, *, noise: str = "") -> bytes:
    return f"{noise}qcc-desktop-path\n{path}\nqcc-desktop-path\n".encode()


@pytest.mark.parametrize(
    ("shell", "flags"),
    [
        ("/bin/zsh", ("-i", "-l", "-c")),
        ("/usr/bin/fish", ("-i", "-l", "-c")),
        ("/bin/tcsh", ("-ic",)),
        ("/opt/homebrew/bin/nu", ("-l", "-c")),
        ("/usr/local/bin/pwsh", ("-Login", "-NoLogo", "-Command")),
    ],
)
def test_each_shell_is_asked_in_its_own_way(
    tmp_path: Path, shell: str, flags: tuple[str, ...]
) -> None:
    computer = Computer(tmp_path, shell=shell, answers=lambda _words: _says("/a:/b"))

    found = shell_path(computer.machine())

    assert found == (Path("/a"), Path("/b"))
    assert [words[:-1] for words in computer.asked] == [(shell, *flags)]


def test_what_a_profile_says_besides_is_no_path(tmp_path: Path) -> None:
    computer = Computer(
        tmp_path,
        shell="/bin/bash",
        answers=lambda _words: _says("/a b:/c", noise="Welcome!\nqcc-desktop-path is great\n"),
    )

    assert shell_path(computer.machine()) == (Path("/a b"), Path("/c"))


def test_a_profile_that_hangs_is_left_out_and_the_plain_one_asked(tmp_path: Path) -> None:
    def answer(words: Sequence[str]) -> bytes | None:
        return None if "-i" in words else _says("/plain")

    computer = Computer(tmp_path, shell="/bin/bash", answers=answer)

    assert shell_path(computer.machine()) == (Path("/plain"),)
    assert len(computer.asked) == 2


@pytest.mark.parametrize("answer", [None, b"", b"no marks", b"qcc-desktop-path\n/a\n"])
def test_a_shell_that_does_not_answer_adds_nothing(tmp_path: Path, answer: bytes | None) -> None:
    computer = Computer(tmp_path, shell="/bin/bash", answers=lambda _words: answer)

    assert shell_path(computer.machine()) == ()


def test_the_login_shell_is_asked_once(tmp_path: Path) -> None:
    computer = Computer(tmp_path, shell="/bin/zsh", answers=lambda _words: _says("/a"))
    finder = Finder(computer.machine())

    first, second = finder.search_path(), finder.search_path()
    finder.forget()
    finder.search_path()

    assert first == second == (Path("/a"),)
    assert len(computer.asked) == 2


def test_macos_lists_are_read_in_path_helpers_order(tmp_path: Path) -> None:
    computer = Computer(tmp_path, "darwin")
    computer.add(
        {
            "/etc/paths": "/usr/local/bin\n/usr/bin\n",
            "/etc/paths.d/40-x": "/opt/x/bin\n",
            "/etc/paths.d/10-brew": "/opt/homebrew/bin\n\n",
        }
    )

    found = terminal_path(computer.machine())

    assert [f"/{path.relative_to(tmp_path)}" for path in found] == [
        "/usr/local/bin",
        "/usr/bin",
        "/opt/homebrew/bin",
        "/opt/x/bin",
    ]


def test_the_registry_gives_the_machines_path_then_the_users_expanded() -> None:
    root = Path(Path.cwd().anchor, "c")
    computer = Computer(
        root,
        "win32",
        {"SystemRoot": f"{root}/Windows"},
        {
            MACHINE_ENVIRONMENT: {"Path": r"%systemroot%\system32;%TOOLS%;;"},
            USER_ENVIRONMENT: {
                "PATH": r'"%OneDrive%\my bin";%UNKNOWN%\x',
                "TOOLS": f"{root}/tools",
            },
        },
    )
    computer.registry[USER_ENVIRONMENT]["OneDrive"] = r"%TOOLS%\drive"

    found = terminal_path(computer.machine())

    assert found == (
        root / "Windows/system32",
        root / "tools",
        root / "tools/drive/my bin",
    )


def test_a_variable_that_names_itself_ends() -> None:
    computer = Computer(
        Path("/c"), "win32", {}, {USER_ENVIRONMENT: {"A": "%A%", "B": "%C%", "C": "%B%"}}
    )
    machine = computer.machine()

    assert machine.variable("a") == "%A%"
    assert machine.expanded("%B%") in {"%B%", "%C%"}


def test_an_own_path_leaves_relative_and_empty_entries_out() -> None:
    computer = Computer(Path("/"), environ={"PATH": ":/a::relative:/b:/a:"})

    assert own_path(computer.machine()) == (Path("/a"), Path("/b"))
