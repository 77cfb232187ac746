"""What starts Claude Code, as data."""

import json
from pathlib import Path

import pytest

from qcc_desktop.system.launcher.command import (
    CONFLICTING,
    build_command,
    overruled_variables,
    split_settings,
    with_settings_file,
)

TOKEN = "qcc-token-of-this-test"
PROXY = {"ANTHROPIC_BASE_URL": "http://127.0.0.1:7860", "ANTHROPIC_AUTH_TOKEN": TOKEN}


def test_the_proxys_variables_are_set_and_conflicting_ones_left_out_and_named() -> None:
    environ = dict.fromkeys(CONFLICTING, "1") | {
        "HOME": "/home/a",
        "ANTHROPIC_BASE_URL": "https://elsewhere.example",
    }

    command = build_command(("claude",), ("-p", "hi"), environ, PROXY)

    assert command.words == ("claude", "-p", "hi")
    assert command.environment == {"HOME": "/home/a", **PROXY}
    assert set(command.removed) == {*CONFLICTING, "ANTHROPIC_BASE_URL"}
    assert command.settings is None


def test_nothing_is_reported_when_nothing_was_in_the_way() -> None:
    command = build_command(("claude",), (), {"HOME": "/h", "ANTHROPIC_API_KEY": ""}, PROXY)

    assert command.removed == ()
    assert "ANTHROPIC_API_KEY" not in command.environment


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
def test_requests_to_the_proxy_do_not_go_through_another_proxy(name: str) -> None:
    environ = {name: "http://proxy.example:3128", "NO_PROXY": "intra.example,localhost"}

    command = build_command(("claude",), (), environ, PROXY)

    assert command.environment["NO_PROXY"] == "intra.example,localhost,127.0.0.1"
    assert command.environment["no_proxy"] == command.environment["NO_PROXY"]


def test_settings_that_overrule_us_are_overridden_and_what_leads_past_us_is_emptied() -> None:
    command = build_command(
        ("claude",), (), {}, PROXY, overruled=("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL")
    )

    assert command.settings is not None
    assert json.loads(command.settings) == {"env": {"ANTHROPIC_API_KEY": "", **PROXY}}


def test_the_token_is_neither_among_the_words_nor_in_a_repr() -> None:
    command = build_command(("claude",), (), {}, PROXY, overruled=("ANTHROPIC_BASE_URL",))
    words = with_settings_file(command, Path("/run/settings.json"))

    assert TOKEN not in " ".join(words)
    assert TOKEN not in repr(command)


def test_the_settings_file_is_named_before_the_users_own_arguments() -> None:
    command = build_command(("node", "cli.js"), ("--resume", "--", "x"), {}, PROXY)

    assert with_settings_file(command, Path("s.json")) == (
        *("node", "cli.js", "--settings", "s.json"),
        *("--resume", "--", "x"),
    )


def test_the_users_own_settings_are_taken_into_ours_when_ours_are_needed() -> None:
    own = '{"model": "opus", "env": {"KEPT": "1", "ANTHROPIC_BASE_URL": "u"}}'

    command = build_command(
        ("claude",), ("-p", "--settings", "s.json", "x"), {}, PROXY, own_settings=own
    )

    assert command.words == ("claude", "-p", "x")
    assert command.overruled == ("ANTHROPIC_BASE_URL",)
    assert json.loads(command.settings or "") == {"model": "opus", "env": {"KEPT": "1", **PROXY}}


def test_the_users_own_settings_are_left_alone_when_nothing_is_in_the_way() -> None:
    words = ("--settings", "s.json")

    command = build_command(("claude",), words, {}, PROXY, own_settings='{"model": "opus"}')

    assert command.words == ("claude", *words)
    assert command.settings is None


@pytest.mark.parametrize(
    ("arguments", "rest", "value"),
    [
        (("a", "--settings", "f", "b"), ("a", "b"), "f"),
        (("--settings=f", "b"), ("b",), "f"),
        (("a", "--", "--settings", "f"), ("a", "--", "--settings", "f"), None),
        (("--settings",), (), None),
        ((), (), None),
    ],
)
def test_the_settings_are_told_apart_from_the_other_arguments(
    arguments: tuple[str, ...], rest: tuple[str, ...], value: str | None
) -> None:
    assert split_settings(arguments) == (rest, value)


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ('{"env": {"ANTHROPIC_BASE_URL": "x", "OTHER": "y"}}', ("ANTHROPIC_BASE_URL",)),
        ('{"env": {"ANTHROPIC_BASE_URL": ""}}', ()),
        ('{"env": null}', ()),
        ("{}", ()),
        ("[]", ()),
        ("// comment", ()),
        ("", ()),
    ],
)
def test_only_set_variables_of_ours_overrule(text: str, variables: tuple[str, ...]) -> None:
    assert overruled_variables(text) == variables
