"""A disk in memory that can lose power: at any step, and within any write."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qcc_desktop.system.claude_settings.disk import Facts


class PowerCut(BaseException):
    """The machine stops here; nothing that comes after takes effect."""


@dataclass
class Breaker:
    """Stops everything before the step of this number; tells of each place where it might."""

    cut_step: int | None = None
    on_point: Callable[[], None] = lambda: None
    """Called before each step, and within a write after each byte."""
    steps: int = 0
    is_dead: bool = False

    def step(self) -> None:
        """Take a step."""
        if self.is_dead or self.cut_step == self.steps:
            self.is_dead = True
            raise PowerCut
        self.on_point()
        self.steps += 1


@dataclass
class Inode:
    """A file's content as programs see it, and as the disk holds it."""

    seen: bytes = b""
    held: bytes = b""
    mode: int = 0o600


class MemoryDisk:
    """Implements `Disk`; what was not synced is lost with the power."""

    def __init__(self, breaker: Breaker | None = None) -> None:
        self.breaker = breaker or Breaker()
        self.names: dict[Path, Inode] = {}
        self.held_names: dict[Path, Inode] = {}
        self.dirs: set[Path] = {Path("/")}
        self.held_dirs: set[Path] = {Path("/")}
        self.before_replace: Callable[[Path], None] = lambda _: None
        self._open: dict[int, Inode] = {}

    def put(self, path: Path, content: bytes, mode: int = 0o644) -> None:
        """Lay down a file that is safely there, and its directories."""
        inode = Inode(content, content, mode)
        self.names[path] = self.held_names[path] = inode
        for folder in path.parents:
            self.dirs.add(folder)
            self.held_dirs.add(folder)

    def put_dir(self, path: Path) -> None:
        """Lay down a directory and those above it."""
        for folder in (path, *path.parents):
            self.dirs.add(folder)
            self.held_dirs.add(folder)

    def after_kill(self) -> "MemoryDisk":
        """Return what is there when only the process died."""
        return self._copy(self.names, self.dirs, lambda inode: inode.seen)

    def after_power_loss(self) -> "MemoryDisk":
        """Return what is there when nothing that was not synced reached the disk."""
        return self._copy(self.held_names, self.held_dirs, lambda inode: inode.held)

    def after_reordering(self) -> "MemoryDisk":
        """Return what is there when names reached the disk before content did."""
        return self._copy(self.names, self.dirs, lambda inode: inode.held)

    def state(self) -> frozenset[object]:
        """Return what is there as one value."""
        return frozenset((*self.dirs, *((path, node.seen) for path, node in self.names.items())))

    def _copy(
        self, names: dict[Path, Inode], dirs: set[Path], content: Callable[[Inode], bytes]
    ) -> "MemoryDisk":
        other = MemoryDisk()
        for folder in dirs:
            other.put_dir(folder)
        for path, inode in names.items():
            if path.parent in dirs:
                other.put(path, content(inode), inode.mode)
        return other

    def resolve(self, path: Path) -> Path:
        return path

    def read(self, path: Path) -> bytes | None:
        if self.breaker.is_dead:
            raise PowerCut
        inode = self.names.get(path)
        return None if inode is None else inode.seen

    def facts(self, path: Path) -> Facts | None:
        inode = self.names.get(path)
        return None if inode is None else Facts(inode.mode, 0, 0, bool(inode.mode & 0o222))

    def has_dir(self, path: Path) -> bool:
        return path in self.dirs

    def make_dir(self, path: Path) -> None:
        self.breaker.step()
        if path.parent not in self.dirs:
            raise FileNotFoundError(path)
        self.dirs.add(path)

    def remove_dir(self, path: Path) -> None:
        self.breaker.step()
        if path not in self.dirs:
            raise FileNotFoundError(path)
        if any(path in name.parents for name in self.names):
            raise OSError("not empty")
        self.dirs.discard(path)

    def open_new(self, path: Path) -> int:
        self.breaker.step()
        if path in self.names:
            raise FileExistsError(path)
        self.names[path] = Inode()
        handle = len(self._open) + 1
        self._open[handle] = self.names[path]
        return handle

    def write(self, handle: int, content: bytes) -> int:
        self.breaker.step()
        inode, before = self._open[handle], self._open[handle].seen
        for count in range(1, len(content)):
            inode.seen = before + content[:count]
            self.breaker.on_point()
        inode.seen = before + content
        return len(content)

    def take_on(self, path: Path, facts: Facts) -> None:
        self.breaker.step()
        self.names[path].mode = facts.mode

    def sync(self, handle: int) -> None:
        self.breaker.step()
        self._open[handle].held = self._open[handle].seen

    def close(self, handle: int) -> None:
        if self.breaker.is_dead:
            raise PowerCut

    def replace(self, source: Path, target: Path) -> None:
        self.before_replace(target)
        self.breaker.step()
        self.names[target] = self.names.pop(source)

    def unlink(self, path: Path) -> None:
        self.breaker.step()
        self.names.pop(path, None)

    def sync_dir(self, path: Path) -> None:
        self.breaker.step()
        now = {name: inode for name, inode in self.names.items() if name.parent == path}
        others = {name: node for name, node in self.held_names.items() if name.parent != path}
        self.held_names = others | now
        self.held_dirs = {d for d in self.held_dirs if d.parent != path or d in self.dirs}
        self.held_dirs |= {d for d in self.dirs if d.parent == path}


class StepSecrets:
    """Keeps secrets beside a `MemoryDisk`; each change is one step and safely there after it."""

    place = "the memory of this test"
    is_fallback = False

    def __init__(self, breaker: Breaker, kept: dict[str, str] | None = None) -> None:
        self._breaker = breaker
        self.kept = {} if kept is None else kept

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, secret: str) -> None:
        self._breaker.step()
        self.kept[name] = secret

    def delete(self, name: str) -> None:
        self._breaker.step()
        self.kept.pop(name, None)


@contextlib.contextmanager
def no_lock() -> Iterator[None]:
    """Stand for the lock that other processes would wait for."""
    yield
