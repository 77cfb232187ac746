"""Routing reads the same as a JSON parser would, and edits nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.request_head import RequestHead, member, read_head, replace_model
from tests.unit.wire.splitting import pieces_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["model", "stream", "a", '"', "\\"]), inner, max_size=3)
    ),
    max_leaves=10,
)
TRICKY = st.sampled_from(
    ['"stream":true', '"', "\\", '\\"stream":true}', "模型", "stream", "model"]
)
REQUESTS = st.dictionaries(
    st.sampled_from(["model", "stream", "messages", "metadata", "x", 'a"b', "a\\", "é"]),
    JSON | TRICKY | st.lists(TRICKY, max_size=2),
    max_size=6,
)
STYLES = st.sampled_from([{"separators": (",", ":")}, {"indent": 1}, {"ensure_ascii": False}, {}])


def expected(value: Any) -> tuple[str | None, bool]:
    model = value.get("model")
    return (model if isinstance(model, str) else None), value.get("stream") is True


@pytest.mark.parametrize("rest", ["}", ', "x": {"a": 1}, "stream": true}'])
@pytest.mark.parametrize("first", ["{", '{"x": [1], '])
def test_a_model_is_short_and_fit_for_utf_8(first: str, rest: str) -> None:
    half = read_head(f'{first}"model": "m\\ud800"{rest}'.encode()).model
    long = read_head(f'{first}"model": "{"m" * 1000}"{rest}'.encode()).model

    assert half == "m?"
    assert long == "m" * 256


@given(REQUESTS, STYLES)
def test_the_head_is_what_a_parser_reads(request_: dict[str, Any], style: dict[str, Any]) -> None:
    body = json.dumps(request_, **style).encode()

    head = read_head(body)

    assert (head.model, head.stream) == expected(request_)


@given(REQUESTS, STYLES, st.text(max_size=8))
def test_replacing_the_model_changes_nothing_else(
    request_: dict[str, Any], style: dict[str, Any], new: str
) -> None:
    body = json.dumps(request_, **style).encode()

    replaced = replace_model(body, new)

    if isinstance(request_.get("model"), str):
        assert json.loads(replaced) == {**request_, "model": new}
        span = read_head(body).model_span
        assert span is not None
        assert replaced.startswith(body[: span[0]])
        assert replaced.endswith(body[span[1] :])
    else:
        assert replaced == body


@given(REQUESTS, STYLES, st.sampled_from(["metadata", "x", "stream", "absent"]))
def test_members_are_what_a_parser_reads(
    request_: dict[str, Any], style: dict[str, Any], name: str
) -> None:
    body = json.dumps(request_, **style).encode()

    assert member(body, name) == request_.get(name)


BIG = "x" * 20_000
CASES = {
    "Claude Code's order": ({"model": "m", "messages": [BIG], "stream": True}, ("m", True)),
    "no stream": ({"model": "m", "messages": [BIG]}, ("m", False)),
    "stream first": ({"stream": True, "model": "m", "messages": [BIG]}, ("m", True)),
    "stream in the middle": ({"model": "m", "a": [], "stream": True, "z": BIG}, ("m", True)),
    "stream in a tool": ({"model": "m", "tools": [{"stream": True}], "z": BIG}, ("m", False)),
    "stream in the last tool": ({"model": "m", "tools": [{"stream": True}]}, ("m", False)),
    "model last": ({"stream": False, "messages": [BIG], "model": "m"}, ("m", False)),
    "a number as the model": ({"model": 3, "stream": True}, (None, True)),
    "an escaped model": ({"model": 'a"b\n', "stream": True}, ('a"b\n', True)),
    "only a model": ({"model": "m"}, ("m", False)),
    "nothing": ({}, (None, False)),
}


@pytest.mark.parametrize(("request_", "read"), CASES.values(), ids=CASES)
def test_the_order_of_members_does_not_matter(
    request_: dict[str, Any], read: tuple[str | None, bool]
) -> None:
    head = read_head(json.dumps(request_).encode())

    assert (head.model, head.stream) == read


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"[]",
        b'"model"',
        b"{",
        b'{"model"',
        b'{"model" 1}',
        b'{"model":',
        b"{1:2}",
        b'{"model":"a" "b"',
        b'{"a":' + b"[" * 100_000,
        b'{"a":' + b"1" * 5000 + b"}",
        b"\xff\xfe",
    ],
)
def test_what_is_no_request_has_no_head(body: bytes) -> None:
    assert read_head(body) == RequestHead()
    assert replace_model(body, "new") == body
    assert member(body, "model") is None


def test_a_model_that_is_no_unicode_is_no_model() -> None:
    assert read_head(b'{"model":"\xff"}').model is None


@given(st.binary(max_size=100) | pieces_of(b'{"model":"m","stream":true}').map(lambda p: p[0]))
def test_garbage_never_raises(body: bytes) -> None:
    read_head(body)
    replace_model(body, "m")
    member(body, "model")
