"""Reads the end of the log."""

from pathlib import Path

_MAX_BYTES = 1024 * 1024


def last_lines(file: Path, count: int) -> list[str]:
    """Return the last ``count`` lines, of the last megabyte at most; none without a file. Blocks."""
    if count <= 0:
        return []
    try:
        with file.open("rb") as log:
            size = log.seek(0, 2)
            start = max(0, size - _MAX_BYTES)
            log.seek(start)
            content = log.read(_MAX_BYTES)
    except OSError:
        return []
    lines = content.decode("utf-8", "replace").splitlines()
    return (lines[1:] if start else lines)[-count:]


class LogFollower:
    """Reads what is added to the log, across its rotations."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._identity: tuple[int, int] | None = None
        self._position = 0
        self._rest = b""
        self._skip_to_end()

    def new_lines(self) -> list[str]:
        """Return the whole lines added since the last call. Blocks."""
        try:
            with self._file.open("rb") as log:
                stat = self._file.stat()
                identity = (stat.st_dev, stat.st_ino)
                if identity != self._identity or stat.st_size < self._position:
                    self._identity, self._position, self._rest = identity, 0, b""
                log.seek(self._position)
                added = log.read(_MAX_BYTES)
        except OSError:
            return []
        self._position += len(added)
        *whole, self._rest = (self._rest + added).split(b"\n")
        return [line.removesuffix(b"\r").decode("utf-8", "replace") for line in whole]

    def _skip_to_end(self) -> None:
        try:
            stat = self._file.stat()
        except OSError:
            return
        self._identity, self._position = (stat.st_dev, stat.st_ino), stat.st_size
