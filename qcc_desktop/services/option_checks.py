"""What the values of some options name must be there: looked up when the option is set."""

import shlex
import shutil
import ssl
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from qcc_desktop.core import installation_texts
from qcc_desktop.core.errors import UserFacingError
from qcc_desktop.core.settings import OptionValue
from qcc_desktop.system.launcher.quoting import own_words


def checked(key: str, value: OptionValue) -> OptionValue:
    """Return the value as it is to be stored. Blocks.

    Raises:
        ValueError: what it names is not there; the message is a sentence for the user.
    """
    check = _CHECKS.get(key)
    return check(value) if check is not None and isinstance(value, str) and value else value


def _ca_file(value: str) -> str:
    """Return the absolute path, for the running program works in another folder."""
    file = Path(value).expanduser().absolute()
    if not file.is_file():
        raise ValueError(f"There is no file {file}. Give the path of a PEM file, or '' for none.")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except ssl.SSLError as error:
        raise ValueError(
            f"{file} holds no certificate that can be read. Give a PEM file with certificates."
        ) from error
    except OSError as error:
        raise ValueError(
            f"{file} cannot be read: {error.strerror or error}. Make it readable for you."
        ) from error
    return str(file)


def _terminal(value: str) -> str:
    """Only Linux has more than one terminal to choose from here."""
    platform: str = sys.platform  # a variable, which a type checker of one system leaves open
    if not platform.startswith("linux"):
        return value
    try:
        words = shlex.split(value)
    except ValueError as error:
        raise ValueError("The terminal's quotes do not match. Close every quote.") from error
    if not words or shutil.which(words[0]) is None:
        raise ValueError(
            f"There is no program {(words or [value])[0]!r}. Name an installed terminal,"
            " or '' for the system's."
        )
    return value


def _arguments(value: str) -> str:
    """On Windows every text is taken apart somehow."""
    try:
        own_words(value)
    except UserFacingError as error:
        raise ValueError("The arguments' quotes do not match. Close every quote.") from error
    return value


def _claude(value: str) -> str:
    """Return the program's absolute path; a name is looked for as a shell does."""
    file = Path(value).expanduser()
    found = shutil.which(value if file.name == value else file.absolute())
    if found is None and file.is_file():
        raise ValueError(f"{file} does not start. {installation_texts.NOT_EXECUTABLE}")
    if found is None:
        raise ValueError(
            f"There is no program {value!r}. Name Claude Code's file, or '' for the first found."
        )
    return str(Path(found).absolute())


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "upstream.ca_file": _ca_file,
    "claude.terminal": _terminal,
    "claude.executable": _claude,
    "claude.arguments": _arguments,
}
