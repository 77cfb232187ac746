"""What kind of thing a body is, and what of it may be matched."""

import json

import pytest

from qcc_desktop.core.classification.body import MAX_BODY_BYTES, Shape, read_body


@pytest.mark.parametrize(
    ("body", "shape"),
    [
        (b"", Shape.EMPTY),
        (b" \r\n ", Shape.EMPTY),
        (b'{"error":"x"}', Shape.JSON),
        (b"\xef\xbb\xbf[1]", Shape.JSON),
        (b'"{\\"error\\":\\"x\\"}"', Shape.JSON),
        (b'data: {"error":"x"}\n\n', Shape.JSON),
        (b"<!DOCTYPE HTML><p>", Shape.HTML),
        (b"<html>", Shape.HTML),
        (b"<?xml version='1.0'?><html>", Shape.HTML),
        (b"<!-- x --><center>", Shape.HTML),
        (b"<?xml version='1.0'?><Error><Message>no</Message></Error>", Shape.TEXT),
        (b"error code: 1020", Shape.TEXT),
        (b'"just words"', Shape.TEXT),
        (b"{broken", Shape.TEXT),
        (b"event: error\n\n", Shape.TEXT),
        (b"\xff\xfe\x00", Shape.TEXT),
    ],
)
def test_the_shape_of_a_body(body: bytes, shape: Shape) -> None:
    assert read_body(body, {}).shape is shape


def test_the_content_type_can_say_html_but_json_stays_json() -> None:
    headers = {"content-type": "text/html; charset=utf-8"}

    assert read_body(b"Access denied", headers).shape is Shape.HTML
    assert read_body(b'{"error":"x"}', headers).shape is Shape.JSON


def test_html_has_no_text_to_match() -> None:
    assert read_body(b"<html>rate limit, quota, 401</html>", {}).text == ""


def test_xml_errors_give_their_code_and_message() -> None:
    body = b"<?xml version='1.0'?><Error><Code>Denied</Code><Message>Go away</Message></Error>"

    assert read_body(body, {}).text == "Denied Go away"


def test_chinese_in_gbk_is_read_when_the_header_says_so() -> None:
    body = '{"msg":"余额不足"}'.encode("gbk")

    assert read_body(body, {"content-type": "application/json; charset=GBK"}).text == "余额不足"


def test_the_error_type_of_amazon_is_a_code_without_its_address() -> None:
    headers = {"x-amzn-errortype": "ThrottlingException:http://internal/"}

    assert read_body(b"", headers).codes == ("throttlingexception",)


@pytest.mark.parametrize(
    "request_id",
    [
        "(request id: 4010293)",
        "request_id=429500401402",
        "Request ID: req_429",
        '"trace-id": "402"',
        "(ray id: 8f429)",
        "（request id：402）",
    ],
)
def test_a_request_id_is_not_part_of_the_text(request_id: str) -> None:
    body = read_body(f"upstream status {request_id} broke".encode(), {})

    assert not any(digits in body.text for digits in ("401", "402", "429"))
    assert body.nested_statuses == ()


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("status_code=429, busy", (429,)),
        ("bad response status code 401", (401,)),
        ("HTTP 402", (402,)),
        ("HTTP/1.1 403 Forbidden", (403,)),
        ("API Error: 529", (529,)),
        ("Upstream request failed with status 429", (429,)),
        ("upstream said no: 429", (429,)),
        ("401 Unauthorized", (401,)),
        ("Upstream error: 502, then status 429", (502, 429)),
        ("upstream port 402", ()),
        ("upstream 127.0.0.1:402", ()),
        ("status 4290", ()),
        ("401 of 429 items", (401,)),
        ("listening on :429", ()),
        ("error 200", ()),
    ],
)
def test_statuses_are_read_only_where_words_announce_them(
    text: str, statuses: tuple[int, ...]
) -> None:
    assert read_body(text.encode(), {}).nested_statuses == statuses


@pytest.mark.parametrize(
    "value",
    [
        {"error": {"message": "x"}},
        {"error": "x"},
        {"errors": [{"message": "x"}]},
        {"type": "error"},
        {"code": 401, "msg": "x"},
        {"errcode": "40001"},
        {"status": 500},
        {"success": False, "message": "x"},
        {"base_resp": {"status_code": 1008}},
        [{"error": {"code": 503}}],
    ],
)
def test_a_2xx_body_that_reports_an_error_is_recognised(value: object) -> None:
    assert read_body(json.dumps(value).encode(), {}).is_error


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"error": None},
        {"error": {}},
        {"code": 0, "msg": "ok"},
        {"code": "success"},
        {"success": True},
        {"base_resp": {"status_code": 0}},
        {"base_resp": "x"},
        {"type": "message", "code": 7},
        {"code": 7, "content": [{"text": "x"}]},
        {"status": 7, "choices": [1]},
        [],
        [1],
        "error",
    ],
)
def test_a_2xx_body_that_reports_none_is_not_taken_for_one(value: object) -> None:
    assert not read_body(json.dumps(value).encode(), {}).is_error


@pytest.mark.parametrize(
    ("value", "finished"),
    [
        ({"type": "message", "content": [{"type": "text", "text": "x"}]}, True),
        ({"type": "message", "content": [], "usage": {"output_tokens": 3}}, True),
        ({"type": "message", "content": [], "usage": {"output_tokens": 0}}, False),
        ({"type": "message", "content": [], "usage": None}, False),
        ({"type": "message", "content": "x"}, False),
        ({"type": "message"}, False),
        ({"type": "error"}, False),
        ([1], False),
    ],
)
def test_a_whole_message_needs_content_or_tokens(value: object, finished: bool) -> None:
    assert read_body(json.dumps(value).encode(), {}).is_message is finished


def test_nothing_behind_64_kilobytes_is_looked_at() -> None:
    body = b'{"error":{"message":"' + b"x" * MAX_BODY_BYTES + b'"}}'

    assert read_body(body, {}).shape is Shape.TEXT
