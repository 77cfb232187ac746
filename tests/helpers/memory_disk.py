"""A disk in memory that can lose power: at any step, and within any write."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qcc_desktop.system.claude_settings.disk import Facts


class PowerCut(BaseException):
    """The machine stops here; nothing that comes after takes effect."""


@dataclass
class Breaker:
    """Counts steps and cuts before one of them, or within a write after some bytes."""

    cut_step: int | None = None
    cut_bytes: int = 0
    steps: list[int] = field(default_factory=list)
    """For each step so far, how many bytes it wrote."""
    is_dead: bool = False

    def step(self, size: int = 0) -> int | None:
        """Take a step; return after how many bytes a write ends, None when it is whole."""
        if self.is_dead:
            raise PowerCut
        if self.cut_step == len(self.steps):
            self.is_dead = True
            if not self.cut_bytes:
                raise PowerCut
            return self.cut_bytes
        self.steps.append(size)
        return None

    def cut_points(self) -> list[tuple[int, int]]:
        """Every place where a run like this one can be cut: before each step, after each byte."""
        return [
            (step, count) for step, size in enumerate(self.steps) for count in range(max(size, 1))
        ]


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
        count = self.breaker.step(len(content))
        self._open[handle].seen += content[:count]
        if count is not None:
            raise PowerCut
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
        for names, held in ((self.names, self.held_names),):
            for name in [name for name in held if name.parent == path and name not in names]:
                del held[name]
            held.update({name: inode for name, inode in names.items() if name.parent == path})
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
