"""A kill at any step of an installation leaves a version that starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.releases import packed, script

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs are shell scripts")
_ROOT = Path(__file__).parents[3]
_RUNNER = Path(__file__).with_name("kill_points.py")


@pytest.mark.parametrize(
    ("kind", "asset"),
    [
        pytest.param("appimage", script("1.1"), id="appimage"),
        pytest.param("folder", packed("qcc", "qcc-desktop", script("1.1")), id="folder"),
    ],
)
def test_a_kill_at_any_step_leaves_the_old_or_the_new_version(
    tmp_path: Path, kind: str, asset: bytes
) -> None:
    files = {"asset": asset, "old": script("1.0")}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    words: list[str | Path] = [kind, *(tmp_path / name for name in ("apps", "asset", "old"))]

    answer = subprocess.run(
        [sys.executable, _RUNNER, *words],
        check=False,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
    )

    assert answer.returncode == 0, answer.stderr[-3000:]
    count, word = answer.stdout.split()
    assert word == "points"
    assert int(count) > 15
