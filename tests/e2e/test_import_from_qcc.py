"""The real QCC 0.6.0 stores its profiles, a cluster and a group; they are imported."""

import os
import subprocess
from pathlib import Path

import pytest

import dev_env
import dev_tools
from tests.helpers.legacy import untouched
from tests.helpers.program import Cli

pytestmark = pytest.mark.e2e

_GROUP = """
from fastcc.core.endpoint_group_manager import EndpointGroupManager
made = EndpointGroupManager().create_group(
    "Team", primary_configs=["中转"], secondary_configs=["spare"]
)
assert made is not None
"""


class Qcc:
    """The predecessor's own commands, in one home."""

    def __init__(self, home: Path) -> None:
        self._program = dev_tools.qcc()
        self._environ = {
            **{name: value for name, value in os.environ.items() if name != "QCC_DESKTOP_HOME"},
            "HOME": str(home),
            "USERPROFILE": str(home),
            "PYTHONUTF8": "1",
        }

    def __call__(self, *words: str, answers: str = "") -> None:
        self._run([str(self._program), *words], answers)

    def script(self, code: str) -> None:
        """Run Python with QCC's packages: its groups can be made in its web page only."""
        environment = self._program.parent.parent
        python = dev_env.executable("python", environment=environment)
        self._run([str(python), "-c", code], "")

    def _run(self, words: list[str], answers: str) -> None:
        done = subprocess.run(
            words,
            input=answers,
            env=self._environ,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done


def test_what_the_real_qcc_stores_is_imported_once_and_left_alone(
    home: Path, qcc_home: Path
) -> None:
    qcc, cli = Qcc(home), Cli(qcc_home)
    qcc("init", answers="3\n")
    qcc("add", "relay", answers="https://relay.example\nsk-qcc-relay-0001\nmine\ny\n")
    qcc("add", "中转", answers="https://zhong.example/v1\nsk-qcc-zhong-0002\n\ny\n")
    qcc("add", "spare", answers="https://spare.example\nsk-qcc-spare-0003\n\ny\n")
    qcc("priority", "set", "relay", "fallback")
    qcc("endpoint", "add", "cluster", answers="1\n\n")
    qcc.script(_GROUP)

    with untouched(home / ".fastcc", home / ".qcc"):
        said = cli.ok("import", "qcc")
        again = cli.json("import", "qcc", "--json")

    assert said.endswith("3 endpoints added.\n")
    assert [(one["name"], one["base_url"]) for one in cli.json("endpoint", "list", "--json")] == [
        ("中转", "https://zhong.example"),
        ("relay", "https://relay.example"),
        ("spare", "https://spare.example"),
    ]
    (place,) = again["found"]
    assert [(item["key"], item["groups"], item["known_as"]) for item in place["items"]] == [
        ("…0002", ["Team"], "中转"),
        ("…0001", ["cluster"], "relay"),
        ("…0003", ["Team"], "spare"),
    ]
    assert again["added"] == []
