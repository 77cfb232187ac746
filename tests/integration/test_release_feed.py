"""What is published, from a server that behaves and from servers that do not."""

import json
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.release import Release
from qcc_desktop.services.release_feed import HttpFeed
from tests.helpers import steps
from tests.helpers.upstream import ScriptedUpstream, Step

DOCUMENT = {
    "format": 1,
    "version": "1.2.0",
    "notes_url": "https://example.org/notes",
    "summary": "Faster\n and calmer.",
}


def document() -> Step:
    return steps.respond(200, json.dumps(DOCUMENT).encode(), [])


@pytest_asyncio.fixture
async def server() -> AsyncIterator[ScriptedUpstream]:
    async with ScriptedUpstream("releases") as made:
        yield made


def feed(server: ScriptedUpstream, path: str = "/feed.json", timeout_s: float = 10) -> HttpFeed:
    return HttpFeed(server.base_url + path, timeout_s=timeout_s)


async def test_the_published_version_is_read(server: ScriptedUpstream) -> None:
    server.on("/feed.json", document())

    release = await feed(server).release()

    assert release == Release("1.2.0", "https://example.org/notes", "Faster and calmer.")


async def test_nothing_about_the_person_or_the_program_is_sent(server: ScriptedUpstream) -> None:
    server.on("/feed.json", document())

    await feed(server).release()

    (request,) = server.requests
    names = {name.decode().lower() for name, _ in request.headers}
    assert names == {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert request.header("user-agent") == "qcc-desktop"
    assert request.body == b""


async def test_a_redirect_is_followed(server: ScriptedUpstream) -> None:
    server.on("/old", steps.redirect("/feed.json"))
    server.on("/feed.json", document())

    assert (await feed(server, "/old").release()).version == "1.2.0"


async def test_a_redirect_to_another_server_is_followed(server: ScriptedUpstream) -> None:
    """GitHub's ``releases/latest/download`` leads to itself and then to where it keeps files."""
    there = server.base_url.replace("127.0.0.1", "localhost")
    server.on("/latest/feed.json", steps.redirect("/v1/feed.json"))
    server.on("/v1/feed.json", steps.redirect(f"{there}/stored?signed=yes"))
    server.on("/stored", document())

    assert (await feed(server, "/latest/feed.json").release()).version == "1.2.0"


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
        await feed(server, "/loop").release()

    assert len(server.requests) <= 4


async def test_a_place_that_is_no_web_address_is_not_asked() -> None:
    for place in ("file:///etc/passwd", "", "nonsense", "https://"):
        with pytest.raises(UserFacingError):
            await HttpFeed(place).release()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b'{"format": 1',
        b"[]",
        b"{}",
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ],
    ids=["empty", "html", "cut", "list", "nothing", "binary", "deep"],
)
async def test_a_document_that_is_none_is_said_to_be_unreadable(
    server: ScriptedUpstream, body: bytes
) -> None:
    server.on("/feed.json", steps.respond(200, body, []))

    with pytest.raises(UserFacingError, match="cannot be read"):
        await feed(server).release()


async def test_a_document_for_later_programs_says_what_to_do(server: ScriptedUpstream) -> None:
    server.on("/feed.json", steps.respond(200, b'{"format": 2, "versions": []}', []))

    with pytest.raises(UserFacingError, match="for a newer QCC Desktop: download that by hand"):
        await feed(server).release()


async def test_a_document_without_end_is_not_read_to_the_end(server: ScriptedUpstream) -> None:
    server.on("/feed.json", steps.infinite(b"{", repeated=b" " * 65_536))

    with pytest.raises(UserFacingError, match="cannot be read"):
        await feed(server).release()

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
        await feed(server, timeout_s=0.3).release()

    assert time.monotonic() - began_s < 5


@pytest.mark.parametrize("status", [404, 500, 304])
async def test_a_server_that_has_none_is_said_to_be_out_of_reach(
    server: ScriptedUpstream, status: int
) -> None:
    server.on("/feed.json", steps.respond(status, b"", []))

    with pytest.raises(UserFacingError, match="cannot be"):
        await feed(server).release()


async def test_a_system_proxy_is_used(
    server: ScriptedUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.base_url)
    server.on("http://releases.invalid/feed.json", document())

    release = await HttpFeed("http://releases.invalid/feed.json").release()

    assert release.version == "1.2.0"
