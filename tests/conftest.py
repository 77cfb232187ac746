"""What holds for every test: a home of its own, no real keychain, no unexpected log line."""

import atexit
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

SESSION_HOME = Path(tempfile.mkdtemp(prefix="qcc-desktop-tests-"))
"""Home of everything that does not ask for one of its own; gone when the process ends."""

_FOREIGN_VARIABLES = re.compile(
    r"^(ANTHROPIC|CLAUDE|QCC)_|^(http|https|all|no)_proxy$|^XDG_(CONFIG|DATA|CACHE|STATE)_HOME$",
    re.I,
)


def _isolate() -> None:
    """Cuts the run off from the person's files, variables and keychain, before any import of ours.

    It acts on the process, not on one test, so that programs started by a test inherit it.
    """
    atexit.register(shutil.rmtree, SESSION_HOME, ignore_errors=True)
    for name in [name for name in os.environ if _FOREIGN_VARIABLES.search(name)]:
        del os.environ[name]
    os.environ |= _home_variables(SESSION_HOME)
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _home_variables(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "QCC_DESKTOP_HOME": str(home / "qcc-desktop"),
    }


_isolate()
os.environ.pop("LC_ALL", None)
os.environ["LC_MESSAGES"] = "C"  # the command line speaks English here, whatever the system does


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of this test's own, with `QCC_DESKTOP_HOME` below it; programs inherit both."""
    own = tmp_path / "home"
    own.mkdir()
    for name, value in _home_variables(own).items():
        monkeypatch.setenv(name, value)
    return own


@pytest.fixture
def qcc_home(home: Path) -> Path:
    """The directory of `QCC_DESKTOP_HOME` in a home of this test's own; not made yet."""
    return home / "qcc-desktop"


class LogWatch(logging.Handler):
    """Collects the warnings and errors of one test and compares them with what was announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._seen: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._allowed: list[re.Pattern[str]] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, *patterns: str) -> None:
        """Announces lines that must come: each pattern has to be found in one at least."""
        self._expected += map(re.compile, patterns)

    def allow(self, *patterns: str) -> None:
        """Announces lines that may come, for what depends on timing."""
        self._allowed += map(re.compile, patterns)

    def complaints(self) -> list[str]:
        """One sentence for each line nobody announced and each announced line that never came."""
        known = self._expected + self._allowed
        unexpected = [line for line in self._seen if not any(p.search(line) for p in known)]
        absent = [p.pattern for p in self._expected if not any(map(p.search, self._seen))]
        return [f"unexpected log line: {line}" for line in unexpected] + [
            f"announced log line never came: {pattern}" for pattern in absent
        ]


@pytest.fixture(autouse=True)
def log_watch(request: pytest.FixtureRequest) -> Iterator[LogWatch]:
    """Fails the test on a WARNING or worse that it did not announce.

    Announce with `@pytest.mark.logs("pattern")` (must come), `@pytest.mark.may_log("pattern")`
    (may come), or through this fixture's `expect` and `allow`. Patterns are searched in
    `LEVEL logger: message`.
    """
    watch = LogWatch()
    for marker in request.node.iter_markers("logs"):
        watch.expect(*marker.args)
    for marker in request.node.iter_markers("may_log"):
        watch.allow(*marker.args)
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if complaints := watch.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)
