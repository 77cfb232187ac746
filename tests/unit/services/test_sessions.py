"""What a person can do with a running conversation."""

from collections.abc import Callable

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import Endpoint
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.sessions import Sessions

CONFIG = Config(
    endpoints=(
        Endpoint("a", "A", "https://a.example"),
        Endpoint("off", "Off", "https://off.example", enabled=False),
    )
)


class FakeEngine:
    """Knows the session ``s`` and notes what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def knows_session(self, session: str) -> bool:
        return session == "s"

    def pin_session(self, session: str, endpoint_id: str | None) -> None:
        self.told.append(("pin", session, endpoint_id))

    def move_session(self, session: str, endpoint_id: str) -> None:
        self.told.append(("move", session, endpoint_id))

    def release_session(self, session: str) -> None:
        self.told.append(("release", session))

    def changed(self, session: str) -> None:
        self.told.append(("changed", session))

    def refresh(self) -> None:
        self.told.append(("refresh",))


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def sessions(engine: FakeEngine) -> Sessions:
    return Sessions(engine, lambda: CONFIG, engine.refresh, on_change=engine.changed)


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda sessions: sessions.pin("s", "a"), ("pin", "s", "a")),
        (lambda sessions: sessions.pin("s", None), ("pin", "s", None)),
        (lambda sessions: sessions.move("s", "a"), ("move", "s", "a")),
        (lambda sessions: sessions.release("s"), ("release", "s")),
    ],
    ids=["pin", "take the pin back", "move", "release"],
)
def test_a_wish_is_passed_on_and_shown_at_once(
    act: Callable[[Sessions], None],
    told: tuple[object, ...],
    engine: FakeEngine,
    sessions: Sessions,
) -> None:
    act(sessions)

    assert engine.told == [told, ("changed", "s"), ("refresh",)]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda sessions: sessions.pin("gone", "a"), "session is not known"),
        (lambda sessions: sessions.pin("gone", None), "session is not known"),
        (lambda sessions: sessions.release("gone"), "session is not known"),
        (lambda sessions: sessions.move("s", "gone"), "does not exist any more"),
        (lambda sessions: sessions.pin("s", "off"), "is switched off"),
    ],
    ids=["pin", "unpin", "release", "no endpoint", "endpoint off"],
)
def test_what_is_not_there_any_more_is_said_and_nothing_changes(
    act: Callable[[Sessions], None], words: str, engine: FakeEngine, sessions: Sessions
) -> None:
    with pytest.raises(UserFacingError, match=words) as raised:
        act(sessions)

    assert raised.value.title.endswith(".")
    assert engine.told == []
