"""The list of versions, from a server that behaves and from servers that do not."""

import json
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.services.release_feed import HttpFeed, Release
from tests.helpers import steps
from tests.helpers.upstream import ScriptedUpstream, Step

NOTES = "https://example.org/notes"
RELEASES = [
    {"version": "1.2.0", "notes_url": NOTES, "summary": "Faster\n and calmer."},
    {"version": "1.1.0"},
]


def document(releases: object = RELEASES) -> Step:
    return steps.respond(200, json.dumps({"releases": releases}).encode(), [])


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ScriptedUpstream]:
    async with ScriptedUpstream("releases") as made:
        yield made


def feed(server: ScriptedUpstream, path: str = "/feed.json", timeout_s: float = 10) -> HttpFeed:
    return HttpFeed(server.base_url + path, timeout_s=timeout_s)


async def test_the_published_versions_are_read(server: ScriptedUpstream) -> None:
    server.on("/feed.json", document())

    releases = await feed(server).releases()

    assert releases == (Release("1.2.0", NOTES, "Faster and calmer."), Release("1.1.0"))


async def test_nothing_about_the_person_or_the_program_is_sent(server: ScriptedUpstream) -> None:
    server.on("/feed.json", document())

    await feed(server).releases()

    (request,) = server.requests
    names = {name.decode().lower() for name, _ in request.headers}
    assert names == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert request.header("user-agent") == "qcc-desktop"
    assert request.body == b""


async def test_a_redirect_is_followed(server: ScriptedUpstream) -> None:
    server.on("/old", steps.redirect("/feed.json"))
    server.on("/feed.json", document())

    assert len(await feed(server, "/old").releases()) == 2


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        pytest.param("file:///etc/passwd", "cannot be read", id="a file"),
        pytest.param("ftp://127.0.0.1/feed", "cannot be read", id="another protocol"),
        pytest.param("/loop", "cannot be read", id="a circle"),
        pytest.param("http://127.0.0.1:1/feed.json", "cannot be reached", id="nobody there"),
    ],
)
async def test_a_redirect_to_no_web_page_is_refused(
    server: ScriptedUpstream, place: str, sentence: str
) -> None:
    server.on("/loop", steps.redirect(place))

    with pytest.raises(UserFacingError, match=sentence):
        await feed(server, "/loop").releases()

    assert len(server.requests) <= 4


async def test_a_place_that_is_no_web_address_is_not_asked() -> None:
    for place in ("file:///etc/passwd", "", "nonsense", "https://"):
        with pytest.raises(UserFacingError):
            await HttpFeed(place).releases()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"releases": [',
        b"[]",
        b"{}",
        b'{"releases": 3}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=["empty", "html", "cut", "list", "nothing", "number", "binary", "deep"],
)
async def test_a_document_that_is_none_is_said_to_be_unreadable(
    server: ScriptedUpstream, body: bytes
) -> None:
    server.on("/feed.json", steps.respond(200, body, []))

    with pytest.raises(UserFacingError, match="cannot be read"):
        await feed(server).releases()


async def test_entries_that_are_no_release_are_left_out(server: ScriptedUpstream) -> None:
    bad_link = {"version": "1.0", "notes_url": "javascript:alert(1)", "summary": ["x"]}
    server.on("/feed.json", document([3, None, {}, {"version": 7}, bad_link]))

    assert await feed(server).releases() == (Release("1.0"),)


async def test_a_long_or_unprintable_summary_is_cut(server: ScriptedUpstream) -> None:
    entry = {"version": "1.0", "summary": "a\x1b[31mb\u202e" + "x" * 9999}
    server.on("/feed.json", document([entry]))

    (release,) = await feed(server).releases()

    assert release.summary.startswith("a[31mbxxx")
    assert len(release.summary) == 300


async def test_a_document_without_end_is_not_read_to_the_end(server: ScriptedUpstream) -> None:
    server.on("/feed.json", steps.infinite(b"{", repeated=b" " * 65_536))

    with pytest.raises(UserFacingError, match="cannot be read"):
        await feed(server).releases()

    await server.client_interrupted()


@pytest.mark.parametrize(
    "step",
    [steps.hang_before_headers(), steps.hang_after_headers()],
    ids=["no answer", "no body"],
)
async def test_a_slow_server_is_given_up(server: ScriptedUpstream, step: Step) -> None:
    server.on("/feed.json", step)
    began_s = time.monotonic()

    with pytest.raises(UserFacingError, match="in time"):
        await feed(server, timeout_s=0.3).releases()

    assert time.monotonic() - began_s < 5


@pytest.mark.parametrize("status", [404, 500, 304])
async def test_a_server_that_has_none_is_said_to_be_out_of_reach(
    server: ScriptedUpstream, status: int
) -> None:
    server.on("/feed.json", steps.respond(status, b"", []))

    with pytest.raises(UserFacingError, match="cannot be"):
        await feed(server).releases()


async def test_a_system_proxy_is_used(
    server: ScriptedUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.base_url)
    server.on("http://releases.invalid/feed.json", document())

    releases = await HttpFeed("http://releases.invalid/feed.json").releases()

    assert len(releases) == 2
