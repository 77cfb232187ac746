r"""Finds the working directory of a conversation in the body of its request.

Claude Code tells its model where it works. Measured with 2.1.197 (in ``system``) and 2.1.330 (in
a message of role ``system`` after the first one): ``\n - Primary working directory: /path\n``;
earlier versions wrote ``<env>\nWorking directory: /path\n``. The body is not parsed for it: the
escaped text is searched for, within its beginning only.
"""

import re

from qcc_desktop.wire.anthropic import parse
from qcc_desktop.wire.text import label

_SEARCHED_BYTES = 262_144
_LONGEST_BYTES = 4096
_MARKS = (b"\\n - Primary working directory: ", b"<env>\\nWorking directory: ")
_PATH = re.compile(rb'((?:[^"\\\x00-\x1f]|\\[^n])+)(?:\\n|")')
"""A JSON string up to its first line break. Escapes are taken whole: ``C:\\\\new`` is no break."""


def working_folder(body: bytes) -> str:
    """Return the folder that a request names, empty where it names none."""
    for mark in _MARKS:
        position = body.find(mark, 0, _SEARCHED_BYTES)
        if position >= 0:
            start = position + len(mark)
            found = _PATH.match(body, start, start + _LONGEST_BYTES)
            path = None if found is None else parse(b'"' + found[1] + b'"')
            return label(path.strip(), _LONGEST_BYTES) if isinstance(path, str) else ""
    return ""
