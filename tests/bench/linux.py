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


def memory_mb(pid: int) -> dict[str, float]:
    """Resident memory of a process: all of it, its share of what is shared, what is its own."""
    kib: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
        name, _, rest = line.partition(":")
        kib[name] = int(rest.split()[0])
    own = kib["Private_Clean"] + kib["Private_Dirty"]
    shares = {"rss_mb": kib["Rss"], "pss_mb": kib["Pss"], "uss_mb": own}
    return {name: value * 1024 / 1e6 for name, value in shares.items()}


def wake_ups(pid: int) -> dict[str, int]:
    """How often each thread of a process went to sleep by itself, so was woken, since its start."""
    counted = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        lines = (thread / "status").read_text(encoding="utf-8").splitlines()
        status = dict(line.split(":", 1) for line in lines if ":" in line)
        name = f"{thread.name} {status['Name'].strip()}"
        counted[name] = int(status["voluntary_ctxt_switches"])
    return counted


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
