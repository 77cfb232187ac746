"""The words the command line understands."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from qcc_desktop import __version__
from qcc_desktop.app.commands.output import PROGRAM
from qcc_desktop.app.commands.usage import Parser
from qcc_desktop.core.endpoint import AuthStyle, WireProtocol
from qcc_desktop.services.presets import PRESETS

IMPORT_SOURCES = ("qcc", "cc-switch", "env", "claude")
"""The values of `services.legacy_items.Source`, which takes 30 ms to import."""
_SHELLS = ("sh", "bash", "zsh", "fish", "powershell", "cmd")
_Sub: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - its only name


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; ``command`` (and ``action``) name what to run, None is the tray.

    ``prog`` is the command as it is written, such as ``qcc-desktop endpoint add``.
    """
    parser: argparse.ArgumentParser = Parser(
        prog=PROGRAM,
        description="A tray program whose local proxy keeps Claude Code working. "
        "Without a command it starts in the tray.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--hidden", action="store_true", help="start in the tray without showing the window"
    )
    parser.set_defaults(prog=PROGRAM)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in _COMMANDS:
        add(commands)
    return parser


def _command(commands: _Sub, name: str, words: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words, description=_sentence(words), allow_abbrev=False)
    parser.set_defaults(prog=parser.prog)
    return parser


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _serve(commands: _Sub) -> None:
    parser = _command(commands, "serve", "run the proxy alone, without a window")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address (127.0.0.1)")
    parser.add_argument(
        "--port", type=int, metavar="N", help="exactly this port; 0 takes a free one"
    )
    parser.add_argument("--verbose", action="store_true", help="show the log on stderr")


def _demo(commands: _Sub) -> None:
    parser = _command(commands, "demo", "play with simulated endpoints; needs no key")
    parser.add_argument("--once", action="store_true", help="play one story and exit")
    parser.add_argument("--headless", action="store_true", help="in the terminal, without a window")


def _launch(commands: _Sub) -> None:
    parser = _command(commands, "launch", "open Claude Code through the proxy")
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="folder to work in")
    session = parser.add_mutually_exclusive_group()
    session.add_argument(
        "--continue",
        dest="continue_last",
        action="store_true",
        help="go on with the folder's last session",
    )
    session.add_argument(
        "--resume", nargs="?", const="", metavar="ID", help="go on with a session; asks which one"
    )
    parser.add_argument("--endpoint", metavar="NAME", help="prefer this endpoint for this launch")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--here", action="store_true", help="in this terminal")
    way.add_argument("--list", action="store_true", help="show every Claude Code found here")
    parser.add_argument("--json", action="store_true", help="with --list: as a JSON list")
    way.add_argument("--terminal", metavar="T", help="in this terminal program")
    way.add_argument("--editor", metavar="E", help="in an editor, such as code or pycharm")
    way.add_argument("--print", action="store_true", help="print the command, run nothing")
    way.add_argument("--ticket", metavar="FILE", help=argparse.SUPPRESS)
    parser.epilog = "What follows -- goes to Claude Code: launch . -- --model opus"


def _env(commands: _Sub) -> None:
    parser = _command(commands, "env", "print the variables that lead Claude Code to the proxy")
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--json", action="store_true", help="as a JSON object")
    style.add_argument("--shell", choices=_SHELLS, help="in the words of this shell")


def _status(commands: _Sub) -> None:
    parser = _command(commands, "status", "show light, endpoints, breakers and sessions")
    parser.add_argument("--json", action="store_true", help="as a JSON object")


def _stop(commands: _Sub) -> None:
    parser = _command(commands, "stop", "let the running program finish its answers and end")
    parser.add_argument("--json", action="store_true", help="as a JSON object")


def _endpoint(commands: _Sub) -> None:
    parser = _command(commands, "endpoint", "list and change endpoints")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = _command(actions, "list", "list the endpoints in the order they are asked")
    listed.add_argument("--json", action="store_true", help="as a JSON list")
    add = _command(actions, "add", "add an endpoint")
    _endpoint_options(add)
    edit = _command(actions, "edit", "change an endpoint; what is not named stays")
    edit.add_argument("endpoint", metavar="NAME", help="its name or id")
    _endpoint_options(edit)
    for action, words in _SIMPLE_ACTIONS.items():
        one = _command(actions, action, words)
        one.add_argument("endpoint", metavar="NAME", help="its name or id")
        one.add_argument("--json", action="store_true", help="as a JSON object")


_SIMPLE_ACTIONS = {
    "remove": "remove an endpoint and its key",
    "enable": "switch an endpoint on",
    "disable": "switch an endpoint off",
    "test": "ask an endpoint now and tell what came of it",
}


def _endpoint_options(parser: argparse.ArgumentParser) -> None:
    parser.epilog = f"Presets: {', '.join(PRESETS)}."
    parser.add_argument("--name", metavar="N", help="what it is called")
    parser.add_argument(
        "--base-url", metavar="U", help="its address, without /v1; with it for openai"
    )
    key = parser.add_mutually_exclusive_group()
    key.add_argument("--api-key", metavar="K", help="its key (others may see it among processes)")
    key.add_argument(
        "--api-key-stdin",
        action="store_true",
        help="read the key from stdin; asks for it in a terminal",
    )
    parser.add_argument(
        "--auth",
        choices=[str(style) for style in AuthStyle],
        help="the header that carries the key (bearer, unless the preset knows better)",
    )
    parser.add_argument(
        "--protocol",
        choices=[str(dialect) for dialect in WireProtocol],
        help="what it speaks (anthropic, unless the preset knows better); with openai, name"
        " its models with --map",
    )
    parser.add_argument("--priority", type=int, metavar="N", help="smaller is asked first")
    parser.add_argument("--weight", type=int, metavar="N", help="1 to 1000, for weighted")
    parser.add_argument("--preset", metavar="ID", help="a known vendor; the ids stand below")
    parser.add_argument("--proxy", metavar="URL", help="a proxy URL, 'direct' or 'system'")
    parser.add_argument(
        "--header", action="append", metavar="NAME:VALUE", help="an extra header (repeatable)"
    )
    parser.add_argument(
        "--map",
        action="append",
        metavar="PATTERN=MODEL",
        help="a model mapping, for models.mode map and for openai (repeatable)",
    )
    parser.add_argument("--note", metavar="TEXT", help="a note for yourself")
    for option in ("connect", "first-byte", "stream-idle"):
        parser.add_argument(
            f"--{option}-timeout",
            type=float,
            metavar="S",
            help=f"seconds; 0 takes those of routing.{option.replace('-', '_')}_timeout",
        )
    parser.add_argument("--json", action="store_true", help="print it as a JSON object")


def _config(commands: _Sub) -> None:
    parser = _command(commands, "config", "show and change options")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = _command(actions, "list", "list every option with unit, range and default")
    listed.add_argument("--json", action="store_true", help="as a JSON list")
    get = _command(actions, "get", "print the value of an option")
    get.add_argument("key", metavar="KEY")
    change = _command(actions, "set", "change an option")
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE")


def _import(commands: _Sub) -> None:
    parser = _command(commands, "import", "take over the endpoints of other programs")
    parser.add_argument(
        "source",
        nargs="?",
        choices=IMPORT_SOURCES,
        metavar="SOURCE",
        help=f"one of {', '.join(IMPORT_SOURCES)}; all without it. Their files are only read",
    )
    parser.add_argument("--dry-run", action="store_true", help="show it and change nothing")
    parser.add_argument("--json", action="store_true", help="as a JSON object")


def _takeover(commands: _Sub) -> None:
    parser = _command(commands, "takeover", "lead Claude Code's own settings to the proxy, or back")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    on = _command(actions, "on", "show the change, ask, and lead them to the proxy")
    on.add_argument("--yes", action="store_true", help="without showing and asking")
    off = _command(actions, "off", "put back what is ours and still is")
    status = _command(actions, "status", "tell how each settings file stands")
    for one in (on, off, status):
        one.add_argument("--json", action="store_true", help="as a JSON object")


def _backup(commands: _Sub) -> None:
    parser = _command(commands, "backup", "write endpoints and options to one file")
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a new file; else in the data folder"
    )
    parser.add_argument(
        "--with-keys", action="store_true", help="the keys too, readable in the file"
    )


def _restore(commands: _Sub) -> None:
    words = "put Claude Code's settings back, or bring back a backup"
    parser = _command(commands, "restore", words)
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="a backup or export; without it: the settings"
    )
    parser.add_argument("--after", type=int, metavar="PID", help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="as a JSON object")


def _erase(commands: _Sub) -> None:
    parser = _command(commands, "erase", "delete endpoints, keys, options, history and logs")
    parser.add_argument("--yes", action="store_true", help="agree to that")


def _export(commands: _Sub) -> None:
    parser = _command(commands, "export", "write endpoints and options, without secrets")
    parser.add_argument("file", metavar="FILE", help="a new file")


def _logs(commands: _Sub) -> None:
    parser = _command(commands, "logs", "print the end of the log")
    parser.add_argument("--follow", action="store_true", help="go on as lines are added")
    parser.add_argument("--lines", type=int, default=50, metavar="N", help="how many (50)")


def _doctor(commands: _Sub) -> None:
    parser = _command(commands, "doctor", "see what is wrong; asks each endpoint three questions")
    parser.add_argument("--fix", action="store_true", help="mend what can be mended")
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--json", action="store_true", help="as a JSON object")
    style.add_argument(
        "--report", action="store_true", help="a text for a bug report, secrets removed"
    )


def _autostart(commands: _Sub) -> None:
    parser = _command(commands, "autostart", "start at login")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    words = {"on": "start at login", "off": "do not start at login", "status": "say which it is"}
    for action, help_words in words.items():
        one = _command(actions, action, help_words)
        one.add_argument("--json", action="store_true", help="as a JSON object")


def _selftest(commands: _Sub) -> None:
    _command(commands, "selftest", "send a request through a proxy of its own and check the answer")


_COMMANDS: tuple[Callable[[_Sub], None], ...] = (
    _serve,
    _demo,
    _launch,
    _env,
    _status,
    _stop,
    _endpoint,
    _config,
    _import,
    _export,
    _backup,
    _restore,
    _takeover,
    _logs,
    _doctor,
    _autostart,
    _erase,
    _selftest,
)
