"""A refusal teaches what to leave out; the words are those of real servers."""

import json
from dataclasses import replace
from typing import Any

import pytest

from qcc_desktop.wire.translate.quirks import Quirks, known_quirks, learnt


def openai(message: str, param: str = "") -> bytes:
    error = {"message": message, "type": "invalid_request_error", "param": param}
    return json.dumps({"error": error}).encode()


@pytest.mark.parametrize(
    ("refusal", "before", "change"),
    [
        pytest.param(
            openai(
                "Unsupported parameter: 'max_tokens' is not supported with this model."
                " Use 'max_completion_tokens' instead.",
                "max_tokens",
            ),
            {},
            {"limit_field": "max_completion_tokens"},
            id="OpenAI, reasoning models",
        ),
        pytest.param(
            b'{"detail":[{"type":"extra_forbidden","loc":["body","max_completion_tokens"],'
            b'"msg":"Extra inputs are not permitted"}]}',
            {"limit_field": "max_completion_tokens"},
            {"limit_field": "max_tokens"},
            id="a strict server that knows the old name only",
        ),
        pytest.param(
            openai(
                "max_tokens is too large: 32000. This model supports at most 16384 completion"
                " tokens, whereas you provided 32000."
            ),
            {},
            {"limit_cap": 16384},
            id="OpenAI, cap",
        ),
        pytest.param(
            openai(
                "`max_tokens` must be less than or equal to `8192`, the maximum value for"
                " `max_tokens` is less than the `context_window` for this model"
            ),
            {},
            {"limit_cap": 8192},
            id="Groq, cap",
        ),
        pytest.param(
            openai("Invalid max_tokens value, the valid range of max_tokens is [1, 8192]"),
            {},
            {"limit_cap": 8192},
            id="DeepSeek, cap",
        ),
        pytest.param(
            openai("max_tokens (384000) exceeds model's maximum output tokens (65536)"),
            {},
            {"limit_cap": 65536},
            id="Ollama Cloud, cap",
        ),
        pytest.param(
            openai(
                "This model's maximum context length is 32768 tokens. However, you requested 33000"
                " tokens (1000 in the messages, 32000 in the completion)."
            ),
            {},
            {"limit_cap": 0},
            id="vLLM, no room for so long an answer",
        ),
        pytest.param(
            b'{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body",'
            b'"stream_options","include_usage"],"msg":"Extra inputs are not permitted"}]}}',
            {},
            {"stream_options": False},
            id="Mistral, stream_options",
        ),
        pytest.param(
            openai("Tool call id was toolu_1 but must be a-z, A-Z, 0-9, with a length of 9."),
            {},
            {"short_ids": True},
            id="Mistral, ids",
        ),
        pytest.param(
            openai("The `reasoning_content` in the thinking mode must be passed back to the API."),
            {},
            {"returns_reasoning": True},
            id="DeepSeek, thinking",
        ),
        pytest.param(
            openai("Missing `reasoning_content` field in the assistant message at index 2."),
            {},
            {"returns_reasoning": True},
            id="DeepSeek, thinking, older words",
        ),
        pytest.param(
            openai(
                "'messages.1' : for 'role:assistant' the following must be satisfied"
                "[('messages.1' : property 'reasoning_content' is unsupported)]"
            ),
            {"returns_reasoning": True},
            {"returns_reasoning": False},
            id="Groq, thinking",
        ),
        pytest.param(
            openai("property 'reasoning_effort' is unsupported"),
            {"reasoning_effort": True},
            {"reasoning_effort": False},
            id="Groq, effort",
        ),
        pytest.param(
            b'{"error":"Model grok-4 does not support parameter reasoningEffort."}',
            {"reasoning_effort": True},
            {"reasoning_effort": False},
            id="xAI, effort",
        ),
        pytest.param(
            openai(
                "Unsupported value: 'temperature' does not support 0.5 with this model."
                " Only the default (1) value is supported."
            ),
            {},
            {"temperature": False},
            id="OpenAI, temperature",
        ),
        pytest.param(
            openai("deepseek-reasoner does not support this tool_choice"),
            {},
            {"forced_tools": False},
            id="DeepSeek, tool_choice",
        ),
        pytest.param(
            openai("Unsupported parameter: 'stop' is not supported with this model."),
            {},
            {"stop": False},
            id="OpenAI, stop",
        ),
        pytest.param(
            openai("Failed to deserialize: unknown variant `image_url`, expected `text`"),
            {},
            {"images": False},
            id="DeepSeek, images",
        ),
        pytest.param(
            openai("unknown variant `file`, expected `text`"),
            {},
            {"files": False},
            id="DeepSeek, files",
        ),
        pytest.param(
            b'[{"error":{"code":400,"message":"Function call is missing a thought_signature in'
            b' functionCall parts.","status":"INVALID_ARGUMENT"}}]',
            {},
            {"thought_signatures": True},
            id="Gemini, signatures",
        ),
        pytest.param(
            openai("System role not supported"),
            {},
            {"has_system": False},
            id="a chat template without system role",
        ),
    ],
)
def test_a_refusal_teaches_what_to_send(
    refusal: bytes, before: dict[str, Any], change: dict[str, Any]
) -> None:
    quirks = replace(Quirks(), **before)

    assert learnt(quirks, 400, refusal) == replace(quirks, **change)


def test_what_was_learnt_is_not_learnt_again() -> None:
    refusal = openai("property 'stream_options' is unsupported")
    better = learnt(Quirks(), 400, refusal)

    assert better is not None
    assert learnt(better, 400, refusal) is None


def test_a_cap_that_does_not_help_leaves_the_limit_out() -> None:
    refusal = openai("max_tokens is too large, at most 8192")
    once = learnt(Quirks(), 400, refusal)
    assert once is not None

    twice = learnt(once, 400, refusal)

    assert twice == replace(once, limit_cap=0)
    assert learnt(twice, 400, refusal) is None


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (401, openai("max_tokens is not supported")),
        (429, openai("temperature is not supported")),
        (400, openai("The model does not exist")),
        (400, openai("Invalid prompt")),
        (400, b""),
        (400, b"\xff\xfe"),
        (400, openai("reasoning_content is a fine word")),
        (400, openai("Unsupported parameter: 'colour'")),
        (400, openai("max_tokens is a fine word")),
        (400, openai("'file' is a fine word")),
    ],
)
def test_other_refusals_teach_nothing(status: int, refusal: bytes) -> None:
    assert learnt(Quirks(), status, refusal) is None


def test_learning_always_ends() -> None:
    refusal = openai(
        "unsupported: max_tokens max_completion_tokens stream_options parallel_tool_calls"
        " reasoning_effort tool_choice temperature top_p 'stop' image_url 'file' system role"
        " must be passed back reasoning_content at most 5 Tool call id x length of 9"
    )
    quirks: Quirks | None = Quirks(reasoning_effort=True)
    rounds = 0
    while quirks is not None:
        quirks = learnt(quirks, 400, refusal)
        rounds += 1

        assert rounds < 20


@pytest.mark.parametrize(
    ("url", "model", "expected"),
    [
        ("https://api.openai.com/v1", "gpt-4o", Quirks(limit_field="max_completion_tokens")),
        (
            "https://gateway.example/v1",
            "openai/gpt-5-mini",
            Quirks(
                limit_field="max_completion_tokens",
                reasoning_effort=True,
                temperature=False,
                top_p=False,
            ),
        ),
        ("https://api.groq.com/openai/v1", "openai/gpt-oss-120b", Quirks(reasoning_effort=True)),
        ("https://api.deepseek.com/v1", "deepseek-chat", Quirks(returns_reasoning=True)),
        (
            "https://api.mistral.ai/v1",
            "devstral",
            Quirks(stream_options=False, short_ids=True),
        ),
        ("http://localhost:11434/v1", "qwen3-coder", Quirks()),
        (
            "https://generativelanguage.googleapis.com/v1beta/openai",
            "gemini-3-pro",
            Quirks(thought_signatures=True),
        ),
        ("http://localhost:11434/v1", "o1x", Quirks()),
    ],
)
def test_what_is_documented_is_known_beforehand(url: str, model: str, expected: Quirks) -> None:
    assert known_quirks(url, model) == expected
