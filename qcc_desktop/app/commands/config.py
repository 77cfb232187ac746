"""The command ``config``."""

import asyncio
from argparse import Namespace
from typing import Any

from qcc_desktop.app.commands.output import say, say_json, say_table, tell
from qcc_desktop.app.commands.session import open_session
from qcc_desktop.app.commands.speech import spoken, word
from qcc_desktop.core.settings import Option, OptionValue, allowed, options
from qcc_desktop.services.preferences import Preferences

_PIPED_COLUMNS = 100


def run(namespace: Namespace) -> int:
    """List, print or change options."""
    match namespace.action:
        case "list":
            return asyncio.run(_list(as_json=namespace.json))
        case "get":
            return asyncio.run(_get(namespace.key))
        case _:
            return asyncio.run(_set(namespace.key, namespace.value))


async def _list(*, as_json: bool) -> int:
    session = await open_session()
    rows = Preferences(session.stores.configuration).rows()
    if as_json:
        say_json([_described(option, value) for option, value in rows])
        return 0
    headings = ("Option", "Value", "Meaning")
    table = [_row(option, value) for option, value in rows]
    say_table("", headings, table, piped_columns=_PIPED_COLUMNS)
    return 0


async def _get(key: str) -> int:
    session = await open_session()
    say(_words(Preferences(session.stores.configuration).get(key)))
    return 0


async def _set(key: str, value: str) -> int:
    session = await open_session()
    stored = await Preferences(session.stores.configuration).set(key, value)
    await session.tell_running()
    option = options()[key]
    when = "" if option.live else " (from the next start on)"
    tell(f"{key} = {_words(stored)}{_unit(option)}{when}")
    return 0


def _row(option: Option, value: OptionValue) -> tuple[str, ...]:
    default = _words(option.default) or "empty"
    takes = spoken(f"Takes {allowed(option)}; default {default}.")
    help_ = word("Settings", option.help)
    meaning = help_ + ("" if help_.endswith("。") else " ") + takes
    return (option.key, _words(value), meaning)


def _described(option: Option, value: OptionValue) -> dict[str, Any]:
    return {
        "key": option.key,
        "value": value,
        "default": option.kind(option.default),
        "unit": option.unit,
        "minimum": option.minimum,
        "maximum": option.maximum,
        "choices": list(option.choices),
        "help": option.help,
    }


def _words(value: OptionValue) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _unit(option: Option) -> str:
    return f" {option.unit}" if option.unit else ""
