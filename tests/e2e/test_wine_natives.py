"""What only Windows has, tried under Wine with a Windows Python: registry, keychain, open files.

The Python is the one that the Windows programs are frozen with, so it is there once they were.
"""

import asyncio
import json
import shutil
from pathlib import Path

import pytest

import dev_tools
from tests.helpers import windows_natives
from tests.helpers.screen import Screen, missing_programs
from tests.helpers.tray_program import ROOT
from tests.helpers.windows_programs import sleeper
from tests.helpers.wine_user import WineUser
from windows import wine

PYTHON = dev_tools.TOOLS / "windows-build" / "python.exe"
NAMES = [check.__name__ for check in windows_natives.CHECKS]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(wine.missing()), reason=f"not installed: {wine.missing()}"),
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {missing_programs()}"),
    pytest.mark.skipif(
        not PYTHON.exists(), reason="not made: python3 installers/dev.py package --target windows"
    ),
]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of each check; empty where it went well."""
    folder = tmp_path_factory.mktemp("natives")
    asyncio.run(_try_all(folder))
    found: dict[str, str] = json.loads((folder / "natives.json").read_text("utf-8"))
    return found


async def _try_all(folder: Path) -> None:
    async with Screen() as screen:
        user = WineUser(folder, screen.variables)
        extra = {
            "LAUNCHER": wine.path(sleeper(folder / "sleeper.exe")),
            "PYTHONPATH": wine.path(Path(ROOT)),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        try:
            words = (PYTHON, "-m", "tests.helpers.windows_natives", wine.path(folder))
            done = user.run(*words, extra=extra)
            assert done.returncode == 0, done.stdout
        finally:
            user.close()
            shutil.rmtree(user.prefix)


@pytest.mark.parametrize("name", NAMES)
def test_on_windows(outcome: dict[str, str], name: str) -> None:
    assert outcome[name] == ""
