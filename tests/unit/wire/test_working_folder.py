"""Where a conversation works, by the body of its request."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.wire.working_folder import working_folder


def newest(folder: str) -> bytes:
    """As Claude Code 2.1.330 writes it: after the first message."""
    environment = (
        "# Environment\nYou have been invoked in the following environment: \n"
        f" - Primary working directory: {folder}\n - Is a git repository: false\n"
    )
    messages = [
        {"role": "user", "content": [{"type": "text", "text": "say hi"}]},
        {"role": "system", "content": [{"type": "text", "text": environment}]},
    ]
    return as_body({"model": "m", "messages": messages})


def as_body(request: object) -> bytes:
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    "folder",
    ["/home/me/shop", "/Users/me/我的 项目", r"C:\new\users\me", r"\\server\share", '/odd/"name"'],
)
def test_the_folder_is_read_as_it_is_called(folder: str) -> None:
    assert working_folder(newest(folder)) == folder


def test_older_versions_wrote_it_into_the_system_prompt() -> None:
    text = "You are Claude Code.\n<env>\nWorking directory: /srv/app\nIs directory a git repo: Yes"
    body = as_body({"model": "m", "messages": [], "system": [{"type": "text", "text": text}]})

    assert working_folder(body) == "/srv/app"


def test_it_may_be_the_last_line_of_its_text() -> None:
    text = "# Environment\n - Primary working directory: /srv/app"

    assert working_folder(as_body({"system": text})) == "/srv/app"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        as_body({"messages": [{"role": "user", "content": "Working directory: /etc"}]}),
        as_body({"system": "\n - Primary working directory: \n"}),
        as_body({"system": "\n - Primary working directory: " + "x" * 5000}),
        as_body({"pad": "x" * 300_000, "system": "\n - Primary working directory: /late\n"}),
        rb'{"system":"\n - Primary working directory: \ud800x\q\n"}',
    ],
    ids=["empty", "no JSON", "words of a person", "no path", "endless", "too late", "bad escape"],
)
def test_without_one_nothing_is_found(body: bytes) -> None:
    assert working_folder(body) == ""


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200))
def test_no_body_makes_it_fail(noise: bytes) -> None:
    working_folder(rb"\n - Primary working directory: " + noise)
