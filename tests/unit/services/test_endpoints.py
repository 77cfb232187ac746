"""What a user can do with endpoints."""

from dataclasses import fields, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qcc_desktop.core.config import Config
from qcc_desktop.core.endpoint import AuthStyle, Endpoint
from qcc_desktop.core.errors import InvalidInput, UserFacingError
from qcc_desktop.core.health import Health
from qcc_desktop.core.snapshot import EndpointView, Snapshot
from qcc_desktop.proxy.report import Check, TestReport
from qcc_desktop.services.endpoints import EndpointDraft, Endpoints, draft_of
from qcc_desktop.storage.config_store import JsonConfigStore
from tests.helpers.configured import Configured

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

KEY = "sk-ant-0123456789"
REPORT = TestReport((Check("reach", True, "reached", 1.0),))


class FakeEngine:
    """Remembers what it was asked to test."""

    port: int | None = None

    def __init__(self) -> None:
        self.report = REPORT
        self.tested: list[tuple[Endpoint, str | None]] = []
        self.tried: list[str] = []
        self.views: tuple[EndpointView, ...] = ()

    async def test(
        self, endpoint: Endpoint, key: str | None, on_check: object = None
    ) -> TestReport:
        self.tested.append((endpoint, key))
        if callable(on_check):
            for check in self.report.checks:
                on_check(check)
        return self.report

    def snapshot(self) -> Snapshot:
        return Snapshot(endpoints=self.views)

    def try_now(self, endpoint_id: str) -> None:
        self.tried.append(endpoint_id)


@pytest.fixture
def configured(tmp_path: Path) -> Configured:
    return Configured(tmp_path)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def endpoints(configured: Configured, engine: FakeEngine) -> Endpoints:
    return _service(configured, engine)


def _service(configured: Configured, engine: FakeEngine) -> Endpoints:
    numbers = count(1)
    return Endpoints(
        configured.configuration, configured.keys, engine, new_id=lambda: f"ep-{next(numbers)}"
    )


def _draft(name: str = "A", **changes: object) -> EndpointDraft:
    draft = EndpointDraft(name=name, base_url="https://a.example", key=KEY)
    return replace(draft, **changes)  # type: ignore[arg-type] # a test's short hand


def _order(endpoints: Endpoints) -> list[str]:
    return [endpoint.name for endpoint in endpoints.listed()]


async def test_an_added_endpoint_is_stored_with_its_key_apart(
    endpoints: Endpoints, configured: Configured
) -> None:
    endpoint = await endpoints.add(_draft(" Relay A ", base_url="https://a.example/v1/messages/"))

    assert (endpoint.name, endpoint.base_url) == ("Relay A", "https://a.example")
    assert configured.keys.key_of(endpoint.id) == KEY
    assert (await configured.another_process().load()).endpoints == (endpoint,)
    assert KEY not in configured.paths.config_file.read_text()


async def test_a_new_endpoint_is_asked_last_unless_a_priority_is_given(
    endpoints: Endpoints,
) -> None:
    for draft in (_draft("A"), _draft("B"), _draft("C", priority=1)):
        await endpoints.add(draft)

    assert [(e.name, e.priority) for e in endpoints.listed()] == [("A", 1), ("C", 1), ("B", 2)]


async def test_all_faults_of_a_draft_are_reported_together(
    endpoints: Endpoints, configured: Configured
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await endpoints.add(_draft("", base_url="nonsense", weight=0, connect_timeout_s=-1.0))

    assert set(caught.value.faults) == {"name", "base_url", "weight", "connect_timeout_s"}
    assert configured.configuration.current.endpoints == ()
    assert configured.keys.secrets() == ()


@pytest.mark.parametrize("key", ["has blank", "schlüssel", "line\nbreak", "tab\t"])
async def test_a_key_no_header_may_carry_is_refused_without_repeating_it(
    endpoints: Endpoints, key: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        await endpoints.add(_draft(key=key))

    assert set(caught.value.faults) == {"key"}
    assert key not in str(caught.value)


async def test_names_are_unique_whatever_their_case(endpoints: Endpoints) -> None:
    await endpoints.add(_draft("Relay"))

    with pytest.raises(InvalidInput) as caught:
        await endpoints.add(_draft("RELAY "))

    assert set(caught.value.faults) == {"name"}


async def test_a_name_taken_by_another_process_meanwhile_is_refused_and_no_key_is_left(
    endpoints: Endpoints, configured: Configured
) -> None:
    taken = Endpoint(id="ep-x", name="Relay", base_url="https://x.example")
    await configured.another_process().update(lambda now: replace(now, endpoints=(taken,)))
    configured.configuration._current = replace(configured.configuration.current, endpoints=())

    with pytest.raises(InvalidInput):
        await endpoints.add(_draft("Relay"))

    assert configured.secrets._secrets == {}


async def test_credentials_do_not_go_into_extra_headers(endpoints: Endpoints) -> None:
    with pytest.raises(InvalidInput) as caught:
        await endpoints.add(_draft(extra_headers=(("X-Api-Key", KEY),)))

    assert set(caught.value.faults) == {"extra_headers"}
    assert KEY not in str(caught.value)


async def test_an_edit_keeps_the_key_unless_another_is_given(
    endpoints: Endpoints, configured: Configured
) -> None:
    endpoint = await endpoints.add(_draft())

    edited = await endpoints.edit(endpoint.id, replace(draft_of(endpoint), name="B", weight=5))
    assert (edited.id, edited.name, edited.weight) == (endpoint.id, "B", 5)
    assert configured.keys.key_of(endpoint.id) == KEY

    await endpoints.edit(endpoint.id, replace(draft_of(edited), key="sk-new-000000"))
    assert configured.keys.key_of(endpoint.id) == "sk-new-000000"

    await endpoints.edit(endpoint.id, replace(draft_of(edited), key=""))
    assert configured.keys.key_of(endpoint.id) is None


async def test_an_edit_that_cannot_be_saved_leaves_the_key_as_it_was(
    configured: Configured, endpoints: Endpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = await endpoints.add(_draft())
    monkeypatch.setattr(JsonConfigStore, "save", _full_disk)

    with pytest.raises(UserFacingError, match="full"):
        await endpoints.edit(added.id, _draft(base_url="https://b.example", key="sk-of-b"))

    assert configured.keys.key_of(added.id) == KEY
    await configured.keys.load([added.id])
    assert configured.keys.key_of(added.id) == KEY


async def test_a_new_key_is_not_used_before_its_new_address_is_in_force(
    configured: Configured, endpoints: Endpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = await endpoints.add(_draft())
    used: list[str | None] = []
    save = JsonConfigStore.save

    def spied(store: JsonConfigStore, config: Config) -> None:
        used.append(configured.keys.key_of(added.id))
        save(store, config)

    monkeypatch.setattr(JsonConfigStore, "save", spied)
    await endpoints.edit(added.id, _draft(base_url="https://b.example", key="sk-of-b"))

    assert used == [KEY]
    assert configured.keys.key_of(added.id) == "sk-of-b"


def _full_disk(store: JsonConfigStore, config: Config) -> None:
    del store, config
    raise UserFacingError("The disk is full.")


async def test_the_draft_of_an_endpoint_changes_nothing(endpoints: Endpoints) -> None:
    rich = _draft(
        auth=AuthStyle.X_API_KEY,
        enabled=False,
        priority=4,
        weight=9,
        proxy="direct",
        extra_headers=(("x-a", "b"),),
        model_map=(("*", "m"),),
        note="n",
        preset="zai",
        connect_timeout_s=1.0,
        first_byte_timeout_s=2.0,
        stream_idle_timeout_s=3.0,
    )
    endpoint = await endpoints.add(rich)

    assert replace(draft_of(endpoint), key=KEY) == rich
    assert await endpoints.edit(endpoint.id, draft_of(endpoint)) == endpoint


def test_a_draft_has_every_field_of_an_endpoint_that_a_user_gives() -> None:
    own = {item.name for item in fields(EndpointDraft)} - {"key"}

    assert own == {item.name for item in fields(Endpoint)} - {"id", "context_window_tokens"}


async def test_a_removed_endpoint_is_gone_with_its_key_and_can_be_restored_in_place(
    endpoints: Endpoints, configured: Configured
) -> None:
    first, second = await endpoints.add(_draft("A")), await endpoints.add(_draft("B", priority=1))
    await endpoints.pin(first.id)

    removed = await endpoints.remove(first.id)
    assert _order(endpoints) == ["B"]
    without = configured.configuration.current.pinned_id, configured.keys.key_of(first.id)
    assert without == (None, None)

    assert await endpoints.restore(removed) == first
    assert configured.configuration.current.endpoints == (first, second)
    assert configured.configuration.current.pinned_id == first.id
    assert configured.keys.key_of(first.id) == KEY
    assert KEY not in repr(removed)


@pytest.mark.logs("The key of A stays in the keychain")
async def test_an_endpoint_is_removed_even_if_its_key_cannot_be(
    endpoints: Endpoints, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = await endpoints.add(_draft())

    def locked(name: str) -> None:
        raise UserFacingError("The system keychain is locked.")

    monkeypatch.setattr(configured.secrets, "delete", locked)

    await endpoints.remove(endpoint.id)

    assert _order(endpoints) == []


async def test_restoring_twice_adds_no_second_one(endpoints: Endpoints) -> None:
    removed = await endpoints.remove((await endpoints.add(_draft())).id)

    await endpoints.restore(removed)
    await endpoints.restore(removed)

    assert _order(endpoints) == ["A"]


async def test_an_endpoint_whose_name_was_given_away_is_not_restored(endpoints: Endpoints) -> None:
    removed = await endpoints.remove((await endpoints.add(_draft())).id)
    await endpoints.add(_draft())

    with pytest.raises(InvalidInput):
        await endpoints.restore(removed)


async def test_endpoints_are_switched_off_and_on(endpoints: Endpoints) -> None:
    endpoint = await endpoints.add(_draft())

    assert (await endpoints.set_enabled(endpoint.id, enabled=False)).enabled is False
    assert (await endpoints.set_enabled(endpoint.id, enabled=True)).enabled is True


async def test_a_new_order_becomes_priorities_and_those_not_named_follow(
    endpoints: Endpoints,
) -> None:
    ids = [(await endpoints.add(_draft(name))).id for name in "ABCD"]

    await endpoints.reorder([ids[3], "gone", ids[1]])

    assert [(e.name, e.priority) for e in endpoints.listed()] == [
        ("D", 1),
        ("B", 2),
        ("A", 3),
        ("C", 4),
    ]


async def test_a_pin_can_be_set_and_taken_away(
    endpoints: Endpoints, configured: Configured
) -> None:
    endpoint = await endpoints.add(_draft())

    await endpoints.pin(endpoint.id)
    pinned = configured.configuration.current.pinned_id
    await endpoints.pin(None)
    unpinned = configured.configuration.current.pinned_id

    assert (pinned, unpinned) == (endpoint.id, None)
    with pytest.raises(InvalidInput):
        await endpoints.pin("gone")


async def test_a_test_uses_the_stored_key(endpoints: Endpoints, engine: FakeEngine) -> None:
    endpoint = await endpoints.add(_draft())

    assert await endpoints.test(endpoint.id) is REPORT
    assert engine.tested == [(endpoint, KEY)]


@pytest.mark.parametrize(
    ("name", "ok", "health", "is_tried"),
    [
        ("reach", True, Health.QUARANTINED, True),
        ("reach", True, Health.HEALTHY, False),
        ("reach", False, Health.QUARANTINED, False),
        ("tools", False, Health.QUARANTINED, True),
    ],
    ids=["out and well", "never out", "out and failing", "out, answers without tools"],
)
async def test_only_a_saved_endpoint_that_is_out_and_can_answer_is_verified_at_once(
    endpoints: Endpoints, engine: FakeEngine, name: str, health: Health, *, ok: bool, is_tried: bool
) -> None:
    endpoint = await endpoints.add(_draft())
    engine.views = (EndpointView(endpoint, health),)
    engine.report = TestReport((Check(name, ok, "", 1.0),))

    await endpoints.test_draft(_draft("New", base_url="https://b.example"), endpoint.id)
    await endpoints.test_draft(_draft("New", key="sk-ant-another"), endpoint.id)
    await endpoints.test_draft(_draft("New"), None)
    assert engine.tried == []
    await endpoints.test(endpoint.id)
    assert engine.tried == ([endpoint.id] if is_tried else [])


async def test_each_verdict_of_a_test_is_told_as_it_comes(
    endpoints: Endpoints, configured: Configured
) -> None:
    told: list[Check] = []

    endpoint = await endpoints.add(_draft())
    await endpoints.test(endpoint.id, told.append)
    await endpoints.test_draft(_draft("New"), None, told.append)

    assert told == [*REPORT.checks, *REPORT.checks]


@pytest.mark.parametrize(
    "base_url", ["http://127.0.0.1:7860", "http://localhost:7860/v1", "https://[::1]:7860"]
)
async def test_the_proxy_itself_is_no_endpoint(
    endpoints: Endpoints, engine: FakeEngine, base_url: str
) -> None:
    endpoint = await endpoints.add(_draft("A", base_url=base_url))
    engine.port = 7860

    for asked in (
        endpoints.add(_draft("B", base_url=base_url)),
        endpoints.edit(endpoint.id, _draft("A", base_url=base_url)),
        endpoints.test_draft(_draft("B", base_url=base_url), None),
    ):
        with pytest.raises(InvalidInput, match="own proxy") as caught:
            await asked
        assert set(caught.value.faults) == {"base_url"}
    assert (await endpoints.add(_draft("C", base_url="http://127.0.0.1:7861"))).name == "C"
    assert (await endpoints.add(_draft("D", base_url="http://10.0.0.1:7860"))).name == "D"


async def test_a_draft_is_tested_with_its_own_key_or_the_stored_one(
    endpoints: Endpoints, engine: FakeEngine
) -> None:
    endpoint = await endpoints.add(_draft())

    await endpoints.test_draft(_draft("New", key="sk-new-000000"), None)
    await endpoints.test_draft(
        replace(draft_of(endpoint), base_url="https://b.example"), endpoint.id
    )
    with pytest.raises(InvalidInput):
        await endpoints.test_draft(_draft("New", base_url="bad"), None)

    assert [(e.base_url, key) for e, key in engine.tested] == [
        ("https://a.example", "sk-new-000000"),
        ("https://b.example", KEY),
    ]


async def test_trying_now_is_handed_to_the_engine_unless_the_endpoint_is_well(
    endpoints: Endpoints, engine: FakeEngine
) -> None:
    out = await endpoints.add(_draft("Out"))
    well = await endpoints.add(_draft("Well"))
    engine.views = (EndpointView(out, Health.UNHEALTHY), EndpointView(well, Health.HEALTHY))

    endpoints.try_now(out.id)
    endpoints.try_now(well.id)

    assert engine.tried == [out.id]


async def test_an_unknown_name_lists_all_when_few_else_the_nearest(endpoints: Endpoints) -> None:
    for number in range(1, 9):
        await endpoints.add(_draft(f"Relay {number}"))
    with pytest.raises(InvalidInput, match=r"Known: Relay 1, .*, Relay 8"):
        endpoints.find("zzz")

    await endpoints.add(_draft("DeepSeek"))
    with pytest.raises(InvalidInput, match=r"Did you mean DeepSeek\?"):
        endpoints.find("depseek")
    with pytest.raises(InvalidInput, match="endpoint list"):
        endpoints.find("zzz")


async def test_an_endpoint_is_found_by_name_or_id_and_the_nearest_names_are_given(
    endpoints: Endpoints,
) -> None:
    with pytest.raises(InvalidInput, match="None is configured yet"):
        endpoints.find("x")
    endpoint = await endpoints.add(_draft("DeepSeek"))

    assert endpoints.find(" deepseek ") == endpoints.find(endpoint.id.upper()) == endpoint
    with pytest.raises(InvalidInput, match="DeepSeek"):
        endpoints.find("depseek")


@pytest.mark.parametrize("verb", ["edit", "remove", "enable", "test"])
async def test_an_endpoint_that_is_gone_is_invalid_input(endpoints: Endpoints, verb: str) -> None:
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "edit": lambda: endpoints.edit("gone", _draft()),
        "remove": lambda: endpoints.remove("gone"),
        "enable": lambda: endpoints.set_enabled("gone", enabled=True),
        "test": lambda: endpoints.test("gone"),
    }

    with pytest.raises(InvalidInput, match="does not exist any more"):
        await calls[verb]()


async def test_a_key_that_cannot_be_kept_adds_no_endpoint(
    endpoints: Endpoints, configured: Configured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(name: str, secret: str) -> None:
        raise UserFacingError("The system keychain is locked.")

    monkeypatch.setattr(configured.secrets, "set", locked)

    with pytest.raises(UserFacingError, match="locked"):
        await endpoints.add(_draft())

    assert _order(endpoints) == []


def test_no_key_shows_in_the_repr_of_a_draft() -> None:
    assert KEY not in repr(_draft())


async def test_several_are_removed_in_one_save_and_brought_back_as_they_were(
    endpoints: Endpoints, configured: Configured
) -> None:
    made = [await endpoints.add(_draft(name)) for name in "ABCD"]
    await endpoints.pin(made[1].id)
    before = configured.configuration.current

    removed = await endpoints.remove_all([made[3].id, made[1].id, "gone"])
    left = _order(endpoints)
    lost = [configured.keys.key_of(each.id) for each in made]
    await endpoints.restore_all(removed)

    assert [each.endpoint.name for each in removed] == ["B", "D"]
    assert left == ["A", "C"]
    assert lost == [KEY, None, KEY, None]
    assert configured.configuration.current == before
    assert configured.keys.key_of(made[1].id) == KEY


async def test_a_removal_that_cannot_be_undone_whole_is_not_undone_at_all(
    endpoints: Endpoints,
) -> None:
    made = [await endpoints.add(_draft(name)) for name in "AB"]
    removed = await endpoints.remove_all([each.id for each in made])
    await endpoints.add(_draft("B"))

    with pytest.raises(InvalidInput):
        await endpoints.restore_all(removed)

    assert _order(endpoints) == ["B"]


async def test_switching_several_tells_which_were_not_so_before(endpoints: Endpoints) -> None:
    made = [await endpoints.add(_draft(name)) for name in "ABC"]
    await endpoints.set_enabled(made[0].id, enabled=False)

    changed = await endpoints.set_all_enabled([made[0].id, made[2].id], enabled=False)

    assert changed == (made[2].id,)
    assert [each.enabled for each in endpoints.listed()] == [False, True, False]


@pytest.mark.parametrize("key", [None, KEY])
async def test_a_good_test_of_what_is_stored_brings_it_back_though_asked_as_a_draft(
    endpoints: Endpoints, engine: FakeEngine, key: str | None
) -> None:
    endpoint = await endpoints.add(_draft())
    engine.views = (EndpointView(endpoint, Health.QUARANTINED),)

    await endpoints.test_draft(_draft("Renamed", key=key), endpoint.id)

    assert engine.tried == [endpoint.id]


async def test_a_draft_that_cannot_answer_brings_nothing_back(
    endpoints: Endpoints, engine: FakeEngine
) -> None:
    endpoint = await endpoints.add(_draft())
    engine.views = (EndpointView(endpoint, Health.QUARANTINED),)
    engine.report = TestReport((Check("auth", False, "", 1.0),))

    await endpoints.test_draft(_draft(), endpoint.id)

    assert engine.tried == []


@pytest.mark.parametrize("stored", [None, KEY])
async def test_saving_a_key_has_an_endpoint_that_is_still_out_verified_at_once(
    endpoints: Endpoints, engine: FakeEngine, stored: str | None
) -> None:
    endpoint = await endpoints.add(_draft(key=stored))
    engine.views = (EndpointView(endpoint, Health.QUARANTINED),)

    await endpoints.edit(endpoint.id, _draft("Renamed", key=None))
    assert engine.tried == []
    await endpoints.edit(endpoint.id, _draft(key=KEY))

    assert engine.tried == [endpoint.id]
