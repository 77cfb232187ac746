"""Streams of real servers, however their bytes are split, become streams of the Messages API."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcc_desktop.wire.anthropic import parse, sse_to_message
from qcc_desktop.wire.gate import Gate, GateState, judge_json
from qcc_desktop.wire.sse import split_frames
from qcc_desktop.wire.translate.request import Terms
from qcc_desktop.wire.translate.stream import StreamTranslator, translate_whole
from qcc_desktop.wire.watch import StreamEnd, StreamWatch
from tests.unit.wire.splitting import pieces_of

TERMS = Terms(model="claude-x", seed="s1")


def sse(*chunks: object, done: bool = True, end: str = "\n\n") -> bytes:
    datas = [each if isinstance(each, str) else json.dumps(each) for each in chunks]
    return "".join(
        f"data: {each}{end}" for each in [*datas, *(["[DONE]"] if done else [])]
    ).encode()


def delta(finish: str | None = None, **said: Any) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": said, "finish_reason": finish}],
    }


def counts(prompt: int = 10, out: int = 5, **more: Any) -> dict[str, Any]:
    usage = {"prompt_tokens": prompt, "completion_tokens": out, "total_tokens": prompt + out}
    return {"choices": [], "usage": {**usage, **more}}


def translate(*pieces: bytes) -> bytes:
    translator = StreamTranslator(TERMS)
    return b"".join([*map(translator.feed, pieces), translator.finish()])


def message(body: bytes) -> Any:
    return sse_to_message(split_frames(translate(body)))


def end_of(body: bytes) -> StreamEnd:
    watch = StreamWatch()
    watch.feed(translate(body))
    return watch.finish()


def said(body: bytes) -> list[Any]:
    """Return what a stream says: texts, thoughts and calls, in their order."""
    found: list[Any] = []
    for block in message(body)["content"]:
        match block["type"]:
            case "tool_use":
                found.append((block["name"], block["input"]))
            case kind:
                found.append((kind, block[kind]))
    return found


CALL = {"index": 0, "id": "call_1", "type": "function"}

# The streams follow the examples in each vendor's documentation (2026).

OPENAI = sse(
    delta(role="assistant", content="", refusal=None),
    delta(content="Hello"),
    delta(content=" 你好"),
    delta("stop"),
    counts(prompt_tokens_details={"cached_tokens": 4}),
)
OPENAI_TOOLS = sse(
    delta(
        role="assistant",
        content=None,
        tool_calls=[{**CALL, "function": {"name": "Read", "arguments": ""}}],
    ),
    delta(tool_calls=[{"index": 0, "function": {"arguments": '{"pa'}}]),
    delta(tool_calls=[{"index": 0, "function": {"arguments": 'th":"a"}'}}]),
    delta(
        tool_calls=[
            {"index": 1, "id": "call_2", "type": "function"}
            | {"function": {"name": "Grep", "arguments": ""}}
        ]
    ),
    delta(tool_calls=[{"index": 1, "function": {"arguments": '{"q":"b"}'}}]),
    delta("tool_calls"),
    counts(),
)
AZURE = sse({"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}, delta(content="hi"))
AZURE = AZURE.replace(b"data: [DONE]\n\n", b"") + sse(delta("stop"), counts())
GROQ = sse(
    {**delta(role="assistant", content=""), "x_groq": {"id": "req_1"}},
    delta(reasoning="Think."),
    delta(content="Hi"),
    {**delta("stop"), "x_groq": {"id": "req_1", "usage": {"prompt_tokens": 9}}},
)
MISTRAL = sse(
    delta(role="assistant", content=""),
    delta(
        "tool_calls",
        content="",
        tool_calls=[
            {"id": "D681PevKs", "index": 0, "function": {"name": "Read", "arguments": "{}"}}
        ],
    )
    | {"usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}},
)
OLLAMA = sse(
    delta(role="assistant", content="", reasoning="Hm."),
    delta(
        role="assistant",
        content="",
        tool_calls=[{**CALL, "function": {"name": "Read", "arguments": '{"path":"a"}'}}],
    ),
    delta("stop", role="assistant", content=""),
)
VLLM = sse(
    delta(role="assistant", content=""),
    delta(reasoning_content="Hm"),
    delta(content="ok"),
    {**delta("stop", content=""), "stop_reason": None},
    counts(),
)
DEEPSEEK = sse(
    delta(role="assistant", content=None, reasoning_content=""),
    delta(content=None, reasoning_content="Hm"),
    delta(content="ok", reasoning_content=None),
    delta("stop", content="", reasoning_content=None)
    | {"usage": {"prompt_tokens": 20, "completion_tokens": 4, "prompt_cache_hit_tokens": 16}},
)
DEEPSEEK = b": keep-alive\n\n" + DEEPSEEK
OPENROUTER = b": OPENROUTER PROCESSING\n\n" + sse(
    delta(role="assistant", content="", reasoning="Hm", reasoning_details=[{"text": "Hm"}]),
    delta(content="ok", reasoning=None),
    delta("stop", content="") | {"native_finish_reason": "stop"},
    counts(cost=0.1),
)
LLAMA_CPP = sse(
    delta(role="assistant", content=None), delta(content="ok"), delta("stop"), end="\r\n\r\n"
)

STREAMS = {
    "OpenAI": (OPENAI, [("text", "Hello 你好")], "end_turn"),
    "OpenAI tools": (OPENAI_TOOLS, [("Read", {"path": "a"}), ("Grep", {"q": "b"})], "tool_use"),
    "Azure": (AZURE, [("text", "hi")], "end_turn"),
    "Groq": (GROQ, [("thinking", "Think."), ("text", "Hi")], "end_turn"),
    "Mistral": (MISTRAL, [("Read", {})], "tool_use"),
    "Ollama": (OLLAMA, [("thinking", "Hm."), ("Read", {"path": "a"})], "tool_use"),
    "vLLM": (VLLM, [("thinking", "Hm"), ("text", "ok")], "end_turn"),
    "DeepSeek": (DEEPSEEK, [("thinking", "Hm"), ("text", "ok")], "end_turn"),
    "OpenRouter": (OPENROUTER, [("thinking", "Hm"), ("text", "ok")], "end_turn"),
    "llama.cpp": (LLAMA_CPP, [("text", "ok")], "end_turn"),
}
EVERY_SERVER = pytest.mark.parametrize("server", STREAMS)


@EVERY_SERVER
def test_the_stream_of_each_server_says_the_same_in_the_messages_api(server: str) -> None:
    body, expected, reason = STREAMS[server]

    assert said(body) == expected
    assert message(body)["stop_reason"] == reason
    assert message(body)["model"] == "claude-x"
    assert end_of(body) is StreamEnd.COMPLETE


@EVERY_SERVER
def test_the_gate_lets_each_through_at_its_first_content(server: str) -> None:
    gate = Gate()

    assert gate.feed(translate(STREAMS[server][0])).state is GateState.COMMIT


@EVERY_SERVER
@settings(max_examples=15)
@given(data=st.data())
def test_any_split_of_the_bytes_gives_the_same_events(server: str, data: st.DataObject) -> None:
    body = STREAMS[server][0]

    assert translate(*data.draw(pieces_of(body))) == translate(body)


@EVERY_SERVER
@settings(max_examples=15)
@given(data=st.data())
def test_a_stream_that_breaks_off_never_looks_complete(server: str, data: st.DataObject) -> None:
    body = STREAMS[server][0]
    reason_at = body.rindex(b'"finish_reason": "')

    cut = data.draw(st.integers(0, reason_at))

    assert b"message_stop" not in translate(body[:cut])
    assert b'"stop_reason":"' not in translate(body[:cut])


def test_counts_tell_what_came_from_the_cache() -> None:
    assert message(OPENAI)["usage"] == {
        "input_tokens": 6,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 4,
        "output_tokens": 5,
    }


def test_text_comes_with_the_frame_that_holds_it() -> None:
    translator = StreamTranslator(TERMS)

    first = translator.feed(sse(delta(content="Hel"), done=False))

    assert b"Hel" in first


def test_a_sign_of_life_is_passed_on_as_one() -> None:
    said = StreamTranslator(TERMS).feed(b": OPENROUTER PROCESSING\n\n")

    assert said.startswith(b":")


@pytest.mark.parametrize(
    "body",
    [
        sse(delta(content="hi"), delta("stop"), done=False),
        sse(delta(content="hi"), delta("stop"), done=False)[:-2],
        sse(delta(content="hi"), delta("stop"))[:-2],
        sse(delta(content="hi"), delta("stop"), counts(), done=False),
    ],
    ids=["no DONE", "no blank line behind the reason", "none behind DONE", "counts last"],
)
def test_an_answer_with_a_reason_is_complete_whatever_its_last_bytes(body: bytes) -> None:
    assert end_of(body) is StreamEnd.COMPLETE
    assert message(body)["stop_reason"] == "end_turn"


@pytest.mark.parametrize(
    "body",
    [sse(delta(content="hi"), done=False), sse(delta(content="hi"))],
    ids=["the end alone", "DONE, as one-api writes it behind a cut"],
)
def test_an_answer_without_a_reason_is_cut(body: bytes) -> None:
    assert end_of(body) is StreamEnd.TRUNCATED


def test_it_is_known_when_only_counts_can_follow() -> None:
    translator = StreamTranslator(TERMS)
    translator.feed(sse(delta(content="hi"), done=False))
    assert not translator.is_finishing

    translator.feed(sse(delta("stop"), done=False))

    assert translator.is_finishing


@pytest.mark.parametrize(
    "error",
    [
        '{"error":{"message":"Rate limit","type":"rate_limit_error","code":429}}',
        '{"code":1001,"msg":"余额不足"}',
    ],
)
def test_an_error_within_the_stream_keeps_its_own_words(error: str) -> None:
    """The classifier reads them; fuergaosi233 lets the connection break instead."""
    before = translate(sse(error))
    after = translate(sse(delta(content="hi"), error, delta("stop")))

    gate = Gate()
    verdict = gate.feed(before)
    assert verdict.state is GateState.ERROR
    assert verdict.is_sse
    assert json.loads(verdict.data) == json.loads(error)
    assert b"message_stop" not in after
    assert b"event: error" in after


def test_an_error_by_the_name_of_its_event_is_one() -> None:
    assert b"event: error" in translate(b'event: error\ndata: {"message":"x"}\n\n')


def test_an_event_that_is_no_json_fails_the_answer() -> None:
    translated = translate(sse(delta(content="hi"), '{"choices":[{"delta":{"cont', delta("stop")))

    assert b"event: error" in translated
    assert b"message_stop" not in translated


def test_an_event_that_is_too_long_fails_the_answer() -> None:
    translated = translate(sse(delta(content="x" * 1_100_000), delta("stop")))

    assert b"event: error" in translated
    assert b"message_stop" not in translated


def test_empty_data_and_later_events_are_passed_over() -> None:
    translated = translate(sse("", delta(content="hi"), delta("stop"), counts()) + sse(delta()))

    assert translated.count(b"message_stop") == 2  # the name and the data of one event


COMPLETION = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "choices": [
        {
            "index": 0,
            "finish_reason": "tool_calls",
            "message": {
                "role": "assistant",
                "content": "Reading.",
                "reasoning_content": "Hm",
                "tool_calls": [
                    {"id": "call_1", "type": "function"}
                    | {"function": {"name": "Read", "arguments": '{"path":"a"}'}}
                ],
            },
        }
    ],
    "usage": {"prompt_tokens": 10, "completion_tokens": 5},
}
WHOLE = json.dumps(COMPLETION).encode()


def test_a_whole_answer_becomes_a_message() -> None:
    found = parse(translate_whole(WHOLE, TERMS))

    assert [block["type"] for block in found["content"]] == ["thinking", "text", "tool_use"]
    assert found["content"][2]["input"] == {"path": "a"}
    assert found["stop_reason"] == "tool_use"
    assert found["usage"]["output_tokens"] == 5
    assert judge_json(translate_whole(WHOLE, TERMS)).state is GateState.JSON_MESSAGE


@settings(max_examples=20)
@given(pieces_of(WHOLE))
def test_a_whole_answer_to_a_request_for_a_stream_is_taken(pieces: list[bytes]) -> None:
    gate = Gate()
    gate.feed(translate(*pieces))

    assert gate.at_eof().state is GateState.JSON_MESSAGE


def test_a_stream_nobody_asked_for_becomes_one_of_the_messages_api() -> None:
    collected = sse_to_message(split_frames(translate_whole(OPENAI, TERMS)))

    assert collected is not None
    assert collected["content"] == [{"type": "text", "text": "Hello 你好"}]


def test_a_whole_answer_with_a_broken_call_is_an_error() -> None:
    broken = WHOLE.replace(b'{\\"path\\":\\"a\\"}', b'{\\"path')

    assert judge_json(translate_whole(broken, TERMS)).state is GateState.ERROR


@pytest.mark.parametrize(
    "body",
    [b"", b"  ", b"<html></html>", b'{"error":{"message":"x"}}', b'{"a":1}', b"[1]", b"garbage"],
)
def test_what_is_no_answer_passes_as_it_is_for_the_gate_to_judge(body: bytes) -> None:
    assert translate(body) == body
    assert translate_whole(body, TERMS) == body


def test_an_answer_without_content_is_none() -> None:
    empty = {"choices": [{"message": {"content": None}, "finish_reason": "stop"}]}
    whole = translate_whole(json.dumps(empty).encode(), TERMS)
    streamed = Gate()

    assert judge_json(whole).state is GateState.EMPTY
    assert streamed.feed(translate(sse(delta("stop")))).state is GateState.EMPTY


def test_json_without_end_is_not_held_for_ever() -> None:
    translator = StreamTranslator(TERMS)
    said = translator.feed(b"{" + b" " * 9_000_000)

    assert said
    assert translator.feed(b"x") == b"x"
    assert translator.finish() == b""
