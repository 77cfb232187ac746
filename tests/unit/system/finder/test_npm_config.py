"""npm's prefix from its own files."""

from pathlib import Path

import pytest

from qcc_desktop.system.finder.npm_config import npm_directories, prefix_of
from tests.helpers.claude_trees import NATIVE, Computer


@pytest.mark.parametrize(
    ("line", "prefix"),
    [
        ("prefix=/opt/npm", "/opt/npm"),
        ("  prefix =  '/opt/my npm' ", "/opt/my npm"),
        ('prefix="${TOOLS}/npm"', "/tools/npm"),
        ("prefix=${NOT_SET}/npm", None),
        ("prefix=relative", None),
        ("; prefix=/opt/npm", None),
        ("# prefix=/opt/npm", None),
        ("save-prefix=/opt/npm", None),
        ("prefix", None),
    ],
)
def test_a_line_of_npmrc_is_read_as_npm_reads_it(
    tmp_path: Path, line: str, prefix: str | None
) -> None:
    computer = Computer(tmp_path, environ={"TOOLS": "/tools"})
    npmrc = tmp_path / "npmrc"
    npmrc.write_text(f"\ufeffregistry=https://example.com/\n{line}\n", encoding="utf-8")

    found = list(prefix_of(computer.machine(), npmrc))

    assert found == ([Path(prefix)] if prefix else [])


def test_a_home_in_npmrc_is_the_persons(tmp_path: Path) -> None:
    computer = Computer(tmp_path)
    computer.add({"~/.npmrc": "prefix=~/npm\n"})

    assert npm_directories(computer.machine(), ())[0] == computer.home / "npm" / "bin"


def test_the_environment_comes_before_the_users_file_before_nodes_own_place(tmp_path: Path) -> None:
    computer = Computer(tmp_path, environ={"NPM_CONFIG_PREFIX": "/env"})
    computer.add({"~/.npmrc": "prefix=/user\n", "/opt/node/bin/node": NATIVE})

    found = npm_directories(computer.machine(), (tmp_path / "opt/node/bin",))

    assert found[:3] == (Path("/env/bin"), Path("/user/bin"), tmp_path / "opt/node/bin")
