"""Requests of the Messages API become requests that servers of OpenAI's API take."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcc_desktop.wire.anthropic import dump
from qcc_desktop.wire.translate.quirks import Quirks
from qcc_desktop.wire.translate.request import (
    NeedsAnthropicTool,
    OpenAIRequest,
    Untranslatable,
    needs_anthropic_tool,
    to_openai,
)

MODEL = "gpt-x"
USER = {"role": "user", "content": "hi"}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "Read", "input": {"path": "你好"}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "the text"}
PNG = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "aGk="}}
READ = {"name": "Read", "description": "Reads.", "input_schema": {"type": "object", "required": []}}
SEARCH = {"type": "web_search_20250305", "name": "web_search", "max_uses": 8}


def translated(quirks: Quirks | None = None, **request: Any) -> OpenAIRequest:
    body = dump({"model": "claude-x", "messages": [USER], **request})
    return to_openai(body, MODEL, quirks or Quirks(), requested="claude-x", seed="s")


def sent(quirks: Quirks | None = None, **request: Any) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(translated(quirks, **request).body)
    return body


def messages(*given: Any, quirks: Quirks | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sent(quirks, messages=list(given))["messages"]
    return found


def assistant(*content: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": list(content)}


def user(*content: Any) -> dict[str, Any]:
    return {"role": "user", "content": list(content)}


def test_the_plainest_request_asks_for_the_mapped_model_and_no_stream() -> None:
    assert sent() == {"model": MODEL, "messages": [USER], "stream": False}


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("Be brief.", "Be brief."),
        (
            [
                {"type": "text", "text": "x-anthropic-billing-header: cc_version=2; cch=1;"},
                {"type": "text", "text": "One.", "cache_control": {"type": "ephemeral"}},
                {"type": "text", "text": "Two."},
            ],
            "One.\n\nTwo.",
        ),
    ],
    ids=["text", "blocks without the billing line and cache marks"],
)
def test_the_system_prompt_becomes_the_first_message(system: object, expected: str) -> None:
    assert sent(system=system)["messages"] == [{"role": "system", "content": expected}, USER]


def test_system_messages_within_the_conversation_stay_where_they_are() -> None:
    reminder = {"role": "system", "content": [{"type": "text", "text": "Remember."}]}

    assert messages(USER, reminder) == [USER, {"role": "system", "content": "Remember."}]


def test_a_template_without_system_role_gets_the_prompt_in_the_users_message() -> None:
    quirks = Quirks(has_system=False)

    plain = sent(quirks, system="Be brief.")["messages"]
    with_image = sent(quirks, system="Be brief.", messages=[user(PNG)])["messages"]
    alone = sent(quirks, system="Be brief.", messages=[])["messages"]

    assert plain == [{"role": "user", "content": "Be brief.\n\nhi"}]
    assert with_image[0]["content"][0] == {"type": "text", "text": "Be brief."}
    assert alone == [{"role": "user", "content": "Be brief."}]


def test_calls_and_results_become_tool_calls_and_tool_messages_behind_them() -> None:
    said = assistant({"type": "text", "text": "Reading."}, CALL)

    assert messages(USER, said, user(RESULT)) == [
        USER,
        {
            "role": "assistant",
            "content": "Reading.",
            "tool_calls": [
                {
                    "id": "toolu_1",
                    "type": "function",
                    "function": {"name": "Read", "arguments": '{"path":"你好"}'},
                }
            ],
        },
        {"role": "tool", "tool_call_id": "toolu_1", "content": "the text"},
    ]


def test_text_beside_a_result_is_kept_behind_it() -> None:
    """fuergaosi233/claude-code-proxy drops it; Claude Code puts its reminders there."""
    reminder = {"type": "text", "text": "<system-reminder>x</system-reminder>"}

    found = messages(assistant(CALL), user(reminder, RESULT))

    assert [each["role"] for each in found] == ["assistant", "tool", "user"]
    assert found[2]["content"] == reminder["text"]


def test_history_of_tools_is_never_written_as_text() -> None:
    """1rgs/claude-code-proxy does so; models then imitate it rather than call tools."""
    found = messages(assistant(CALL), user(RESULT))

    assert found[0]["tool_calls"][0]["function"]["name"] == "Read"
    assert found[0]["content"] is None
    assert found[1]["role"] == "tool"


def test_parallel_results_stand_directly_behind_their_calls_in_their_order() -> None:
    second = {**CALL, "id": "toolu_2"}
    late = {**RESULT, "tool_use_id": "toolu_2", "content": "two"}

    found = messages(
        assistant(CALL, second), user(late, {"type": "text", "text": "t"}), user(RESULT)
    )

    assert [each.get("tool_call_id", each["role"]) for each in found] == [
        "assistant",
        "toolu_1",
        "toolu_2",
        "user",
    ]


def test_a_call_without_result_and_a_result_without_call_are_made_acceptable() -> None:
    stray = {**RESULT, "tool_use_id": "toolu_9", "content": "stray"}

    found = messages(assistant(CALL), user(stray), assistant({"type": "text", "text": "ok"}))

    assert [each["role"] for each in found] == ["assistant", "tool", "user", "assistant"]
    assert found[1]["tool_call_id"] == "toolu_1"
    assert "stray" in found[2]["content"]


@pytest.mark.parametrize(
    ("content", "is_error", "expected"),
    [
        ("no such file", True, "Error: no such file"),
        ("", True, "Error"),
        ("", False, "(no output)"),
        (None, False, "(no output)"),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], False, "a\n\nb"),
    ],
)
def test_results_are_text_and_errors_are_marked(
    content: object, is_error: bool, expected: str
) -> None:
    result = {**RESULT, "content": content, "is_error": is_error}

    assert messages(assistant(CALL), user(result))[1]["content"] == expected


def test_images_in_a_result_move_into_the_next_users_message() -> None:
    found = messages(assistant(CALL), user({**RESULT, "content": [PNG]}))

    url = {"url": "data:image/png;base64,aGk="}
    assert "next message" in found[1]["content"]
    assert found[2] == {"role": "user", "content": [{"type": "image_url", "image_url": url}]}


def test_images_and_documents_become_parts_and_text_stays_text() -> None:
    linked = {"type": "image", "source": {"type": "url", "url": "https://e.example/i.png"}}
    pdf = {
        "type": "document",
        "title": "a.pdf",
        "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBE"},
    }
    plain = {"type": "document", "source": {"type": "text", "data": "plain"}}
    nested = {"type": "document", "source": {"type": "content", "content": "inner"}}
    page = {"type": "document", "source": {"type": "url", "url": "https://e.example/a.pdf"}}

    parts = messages(user(linked, pdf, plain, nested, page))[0]["content"]

    assert parts == [
        {"type": "image_url", "image_url": {"url": "https://e.example/i.png"}},
        {
            "type": "file",
            "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBE"},
        },
        {"type": "text", "text": "plain"},
        {"type": "text", "text": "inner"},
        {"type": "text", "text": "[A document: https://e.example/a.pdf]"},
    ]


def test_a_model_that_cannot_see_is_told_what_was_there() -> None:
    pdf = {"type": "document", "source": {"type": "base64", "data": "JVBE"}}
    quirks = Quirks(images=False, files=False)

    content = messages(user(PNG, pdf), quirks=quirks)[0]["content"]

    assert "An image was here" in content
    assert "A document was here" in content


def test_an_image_kept_on_anthropics_servers_is_named() -> None:
    kept = {"type": "image", "source": {"type": "file", "file_id": "f"}}

    assert "An image was here" in messages(user(kept))[0]["content"]


def test_thinking_of_earlier_turns_goes_with_its_signature() -> None:
    thought = {"type": "thinking", "thinking": "hm", "signature": "sig"}
    hidden = {"type": "redacted_thinking", "data": "x"}

    found = messages(USER, assistant(thought, hidden, {"type": "text", "text": "ok"}), user())
    only_thought = messages(USER, assistant(thought))

    assert found == [USER, {"role": "assistant", "content": "ok"}]
    assert only_thought == [USER]


def test_deepseek_gets_the_thinking_before_its_calls_back_even_where_there_was_none() -> None:
    quirks = Quirks(returns_reasoning=True)
    thought = {"type": "thinking", "thinking": "hm", "signature": "sig"}

    with_thought = messages(assistant(thought, CALL), user(RESULT), quirks=quirks)
    without = messages(assistant(CALL), user(RESULT), quirks=quirks)
    no_call = messages(assistant({"type": "text", "text": "ok"}), quirks=quirks)

    assert with_thought[0]["reasoning_content"] == "hm"
    assert without[0]["reasoning_content"] == ""
    assert "reasoning_content" not in no_call[0]


def test_gemini_gets_a_signature_for_calls_it_did_not_sign() -> None:
    found = messages(assistant(CALL), user(RESULT), quirks=Quirks(thought_signatures=True))

    extra = found[0]["tool_calls"][0]["extra_content"]
    assert extra == {"google": {"thought_signature": "skip_thought_signature_validator"}}


def test_what_anthropics_servers_did_is_told_without_what_only_they_can_read() -> None:
    searched = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "q"}}
    found = {
        "type": "web_search_tool_result",
        "tool_use_id": "s",
        "content": [{"title": "T", "url": "https://e.example", "encrypted_content": "SECRET"}],
    }

    content = messages(USER, assistant(searched, found))[1]["content"]

    assert "web_search" in content
    assert "https://e.example" in content
    assert "SECRET" not in content


def test_search_results_keep_title_source_and_text() -> None:
    block = {
        "type": "search_result",
        "title": "T",
        "source": "S",
        "content": [{"type": "text", "text": "body"}],
    }

    assert messages(user(block))[0]["content"] == "T\nS\nbody"


def test_tools_become_functions_with_their_schema() -> None:
    found = sent(tools=[READ, {"name": "Bare", "type": "custom"}])["tools"]

    assert found == [
        {
            "type": "function",
            "function": {
                "name": "Read",
                "description": "Reads.",
                "parameters": {"type": "object", "properties": {}, "required": []},
            },
        },
        {
            "type": "function",
            "function": {"name": "Bare", "parameters": {"type": "object", "properties": {}}},
        },
    ]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (None, {}),
        ({"type": "auto"}, {"tool_choice": "auto"}),
        ({"type": "any"}, {"tool_choice": "required"}),
        ({"type": "none"}, {"tool_choice": "none"}),
        (
            {"type": "tool", "name": "Read"},
            {"tool_choice": {"type": "function", "function": {"name": "Read"}}},
        ),
        (
            {"type": "auto", "disable_parallel_tool_use": True},
            {"tool_choice": "auto", "parallel_tool_calls": False},
        ),
    ],
)
def test_the_choice_of_tools_is_translated(choice: object, expected: dict[str, Any]) -> None:
    """1rgs sends ``any``, fuergaosi233 ``auto`` where ``required`` is meant."""
    found = sent(tools=[READ], tool_choice=choice)

    assert {key: found[key] for key in ("tool_choice", "parallel_tool_calls") if key in found} == (
        expected
    )


def test_a_server_that_takes_no_forced_tools_may_choose() -> None:
    quirks = Quirks(forced_tools=False)

    assert sent(quirks, tools=[READ], tool_choice={"type": "any"})["tool_choice"] == "auto"


def test_tools_of_anthropics_servers_are_left_out_beside_others() -> None:
    assert len(sent(tools=[READ, SEARCH])["tools"]) == 1


@pytest.mark.parametrize(
    "request_",
    [
        {"tools": [SEARCH]},
        {"tools": [READ, SEARCH], "tool_choice": {"type": "tool", "name": "web_search"}},
    ],
    ids=["nothing else", "it is wanted"],
)
def test_a_request_that_is_about_such_a_tool_is_refused_so_that_another_endpoint_is_asked(
    request_: dict[str, Any],
) -> None:
    """Without its tool the model would make the search results up."""
    with pytest.raises(NeedsAnthropicTool, match="Anthropic's servers"):
        sent(**request_)
    assert needs_anthropic_tool(dump({"messages": [USER], **request_}))


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"tools":3}', b'{"tools":[]}'])
def test_what_names_no_tools_needs_none_of_anthropics(body: bytes) -> None:
    assert not needs_anthropic_tool(body)


def test_long_tool_names_are_shortened_and_known_again() -> None:
    name = f"mcp__{'server' * 10}__tool"
    other = f"{name}2"

    found = translated(tools=[{**READ, "name": name}, {**READ, "name": other}])
    names = [each["function"]["name"] for each in json.loads(found.body)["tools"]]

    assert all(len(each) <= 64 for each in names)
    assert [found.terms.names[each] for each in names] == [name, other]


def test_options_are_carried_over() -> None:
    found = sent(
        max_tokens=32000,
        temperature=0.5,
        top_p=0.9,
        top_k=5,
        stop_sequences=["a", "b", "c", "d", "e"],
        stream=True,
        metadata={"user_id": "device"},
        thinking={"type": "enabled", "budget_tokens": 10000},
        context_management={"edits": []},
    )

    assert found == {
        "model": MODEL,
        "messages": [USER],
        "max_tokens": 32000,
        "temperature": 0.5,
        "top_p": 0.9,
        "stop": ["a", "b", "c", "d"],
        "stream": True,
        "stream_options": {"include_usage": True},
    }


@pytest.mark.parametrize(
    ("quirks", "expected"),
    [
        (Quirks(limit_field="max_completion_tokens"), {"max_completion_tokens": 32000}),
        (Quirks(limit_cap=8192), {"max_tokens": 8192}),
        (Quirks(limit_cap=64000), {"max_tokens": 32000}),
        (Quirks(limit_cap=0), {}),
    ],
    ids=["other name", "cap", "cap above", "none at all"],
)
def test_the_limit_of_an_answer_is_what_the_server_takes(
    quirks: Quirks, expected: dict[str, int]
) -> None:
    """1rgs caps at 16384 and fuergaosi233 at 4096 whatever the server takes."""
    found = sent(quirks, max_tokens=32000)

    assert {key: value for key, value in found.items() if "tokens" in key} == expected


def test_fields_a_server_refuses_are_left_out() -> None:
    quirks = Quirks(temperature=False, top_p=False, stop=False, stream_options=False)

    found = sent(quirks, temperature=1, top_p=1, stop_sequences=["a"], stream=True)

    assert set(found) == {"model", "messages", "stream"}


@pytest.mark.parametrize(
    ("request_", "effort"),
    [
        ({"thinking": {"type": "enabled", "budget_tokens": 4000}}, "low"),
        ({"thinking": {"type": "enabled", "budget_tokens": 10000}}, "medium"),
        ({"thinking": {"type": "enabled", "budget_tokens": 31999}}, "high"),
        ({"thinking": {"type": "adaptive"}, "output_config": {"effort": "max"}}, "high"),
        ({"output_config": {"effort": "low"}}, "low"),
        ({"thinking": {"type": "disabled"}}, None),
    ],
)
def test_how_hard_to_think_is_said_to_models_that_take_it(
    request_: dict[str, Any], effort: str | None
) -> None:
    assert sent(Quirks(reasoning_effort=True), **request_).get("reasoning_effort") == effort
    assert "reasoning_effort" not in sent(**request_)


@pytest.mark.parametrize("body", [b"no json", b"[]", b"{}", b'{"messages":3}'])
def test_what_is_no_request_is_refused_in_anthropics_words(body: bytes) -> None:
    with pytest.raises(Untranslatable, match="messages: Field required"):
        to_openai(body, MODEL, Quirks())


def test_odd_messages_and_blocks_do_no_harm() -> None:
    found = sent(
        messages=["odd", {"role": "user", "content": ["odd", {"type": "new_kind", "x": 1}]}],
        tools="odd",
        stop_sequences="odd",
        output_config={"effort": "huge"},
    )

    assert found["messages"] == [{"role": "user", "content": '[new_kind] {"x":1}'}]


def test_the_terms_tell_what_the_answer_needs() -> None:
    found = translated(messages=[USER, assistant(CALL)], stop_sequences=["END"])

    assert found.terms.model == "claude-x"
    assert found.terms.taken_ids == {"toolu_1"}
    assert found.terms.stops == ("END",)
    assert found.terms.prompt_tokens > 0


def test_a_request_and_its_terms_show_no_words_of_the_person() -> None:
    assert "hi" not in repr(translated(messages=[{"role": "user", "content": "hihi"}]))


# Any conversation gives one that every server accepts.

TEXTS = st.text(max_size=12)
IDS = st.sampled_from(["toolu_1", "toolu_2", "functions.Read:0", "x" * 70])
BLOCKS = st.one_of(
    st.builds(lambda text: {"type": "text", "text": text}, TEXTS),
    st.just(PNG),
    st.builds(
        lambda i, text, e: {
            "type": "tool_result",
            "tool_use_id": i,
            "content": text,
            "is_error": e,
        },
        IDS,
        TEXTS,
        st.booleans(),
    ),
    st.builds(lambda i: {**CALL, "id": i}, IDS),
    st.builds(lambda text: {"type": "thinking", "thinking": text, "signature": "s"}, TEXTS),
    st.just({"type": "web_search_tool_result", "content": []}),
)
TURNS = st.lists(
    st.builds(
        lambda role, content: {"role": role, "content": content},
        st.sampled_from(["user", "assistant", "system"]),
        st.one_of(TEXTS, st.lists(BLOCKS, max_size=4)),
    ),
    max_size=6,
)


@given(TURNS, st.booleans(), st.booleans())
def test_every_conversation_keeps_openais_rules(
    turns: list[dict[str, Any]], short: bool, has_system: bool
) -> None:
    found = messages(*turns, quirks=Quirks(short_ids=short, has_system=has_system))

    wanted: list[str] = []
    for message in found:
        if message["role"] == "tool":
            assert message["tool_call_id"] == wanted.pop(0)
            assert message["content"]
            continue
        assert not wanted, "every call is answered before anyone else speaks"
        calls = message.get("tool_calls", [])
        assert message["content"] or calls
        wanted = [call["id"] for call in calls]
        assert all(isinstance(json.loads(c["function"]["arguments"]), dict) for c in calls)
        assert all(len(each) == 9 if short else len(each) <= 40 for each in wanted)
    assert not wanted
