"""What the benchmark asks of Linux: clocks and memory of other processes, and the machine itself."""

import os
import time
from pathlib import Path

_SCHEDULER_CLOCK = 2


def cpu_s(pid: int) -> float:
    """CPU time of a process with all its threads, in nanosecond steps.

    The clock id of another process is made as in Linux's `posix-timers.h` (MAKE_PROCESS_CPUCLOCK).
    """
    return time.clock_gettime((~pid << 3) | _SCHEDULER_CLOCK)


def rss_mb(pid: int) -> float:
    """Resident memory of a process."""
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * _page_bytes() / 1e6


def children(pid: int) -> list[int]:
    """Living children of a process's first thread."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def is_root() -> bool:
    """Whether this process may do anything."""
    return os.geteuid() == 0


def processors() -> str:
    """Name of the processor."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    models = {line.partition(":")[2].strip() for line in lines if line.startswith("model name")}
    return ", ".join(sorted(models))


def memory_gb() -> float:
    """Physical memory."""
    return _page_bytes() * os.sysconf("SC_PHYS_PAGES") / 1e9


def load() -> float:
    """Processes that wanted to run, on average over the last minute."""
    return os.getloadavg()[0]


def _page_bytes() -> int:
    return os.sysconf("SC_PAGE_SIZE")
