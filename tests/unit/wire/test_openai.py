"""Addresses of OpenAI's API, and its errors as Claude Code knows them."""

import json

import pytest

from qcc_desktop.wire.openai import as_anthropic_error, chat_address, models_address


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://h/v1", ("https://h/v1", "/chat/completions")),
        ("https://h/openai/v1", ("https://h/openai/v1", "/chat/completions")),
        ("https://h/chat/completions", ("https://h", "/chat/completions")),
        (
            "https://x.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            (
                "https://x.openai.azure.com/openai/deployments/d",
                "/chat/completions?api-version=2024-10-21",
            ),
        ),
    ],
)
def test_chat_completions_are_found(base_url: str, expected: tuple[str, str]) -> None:
    assert chat_address(base_url) == expected
    assert models_address(base_url)[1].startswith("/models")


def said(body: bytes, *, is_overflow: bool = False) -> dict[str, str]:
    value = json.loads(as_anthropic_error("invalid_request_error", body, is_overflow=is_overflow))
    assert value["type"] == "error"
    error: dict[str, str] = value["error"]
    return error


def test_an_error_keeps_its_words() -> None:
    body = b'{"error":{"message":"Bad thing.","type":"invalid_request_error","code":"x"}}'

    assert said(body) == {"type": "invalid_request_error", "message": "Bad thing."}


@pytest.mark.parametrize("body", [b"", b"<html>x</html>", b"{}"])
def test_an_error_without_words_gets_some(body: bytes) -> None:
    assert said(body)["message"] == "The endpoint refused the request."


OPENAI_OVERFLOW = (
    "This model's maximum context length is 128000 tokens. However, your messages resulted"
    " in 130001 tokens. Please reduce the length of the messages."
)


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        (OPENAI_OVERFLOW, "prompt is too long: 130001 tokens > 128000 maximum"),
        (
            "the request exceeds the available context size (4096 tokens), try again with 5000",
            "prompt is too long: 5000 tokens > 4096 maximum",
        ),
        ("Input is too long for this model.", "prompt is too long: Input is too long"),
    ],
    ids=["OpenAI", "llama.cpp", "no numbers"],
)
def test_claude_code_reads_that_it_must_compact(words: str, begins: str) -> None:
    body = json.dumps({"error": {"message": words}}).encode()

    assert said(body, is_overflow=True)["message"].startswith(begins)
