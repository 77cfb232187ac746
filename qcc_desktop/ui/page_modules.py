"""Loads the modules of pages before they are looked at, one in a turn of the loop.

A page's modules take up to 90 ms to load. At once, with the click, that is a stall for every
answer that passes through the loop; in a thread it is a longer one, since the interpreter's lock
is then fought for.
"""

import dis
import gc
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from types import CodeType

from PySide6.QtCore import QObject, QTimer

_OURS = f"{__name__.partition('.')[0]}."
_PAUSE_MS = 20


def unloaded(names: Iterable[str]) -> Iterator[str]:
    """Yield our modules that ``names`` need and that are not loaded, each after what it needs.

    What a module imports within its functions is left to them.
    """
    begun: set[str] = set()
    for name in names:
        yield from _unloaded(name, begun)


def _unloaded(name: str, begun: set[str]) -> Iterator[str]:
    if name in begun or name in sys.modules:
        return
    begun.add(name)
    for needed in _imports(name):
        yield from _unloaded(needed, begun)
    yield name


def _imports(name: str) -> list[str]:
    """Return our modules named in import statements at the top of a module.

    Those that only type checkers follow are left out.
    """
    code = _code(name)
    named = _run_imports(code) if code is not None else ()
    return [each for each in named if each.startswith(_OURS)]


def _run_imports(code: CodeType) -> Iterator[str]:
    is_condition, skip_to = False, 0
    for step in dis.get_instructions(code):
        if step.offset < skip_to:
            continue
        if step.opname == "IMPORT_NAME":
            yield step.argval
        elif step.opname == "LOAD_NAME" and step.argval == "TYPE_CHECKING":
            is_condition = True
        elif is_condition and "JUMP" in step.opname:
            is_condition, skip_to = False, step.argval


def _code(name: str) -> CodeType | None:
    spec = find_spec(name)
    get_code = getattr(spec.loader, "get_code", None) if spec is not None else None
    found = get_code(name) if get_code is not None else None
    return found if isinstance(found, CodeType) else None


class Loading(QObject):
    """Loads modules one by one, with pauses; its timer ends with the last."""

    def __init__(self, names: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._names = unloaded(names)
        self._has_loaded = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._next)

    @property
    def is_running(self) -> bool:
        """Whether there is more to load."""
        return self._timer.isActive()

    def start(self) -> None:
        """Begin after a pause."""
        self._timer.start()

    def stop(self) -> None:
        """Load nothing more."""
        self._timer.stop()

    def _next(self) -> None:
        name = next(self._names, None)
        if name is not None:
            import_module(name)
            self._has_loaded = True
            return
        self._timer.stop()
        if self._has_loaded:
            gc.freeze()  # modules stay: full collections need not look at them, see Program.start
            self._has_loaded = False
