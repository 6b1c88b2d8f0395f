"""The most memory that this process has held at once."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")
MOST = "VmHWM:"


def peak_memory_mib() -> float:
    """Since its program began. On Linux getrusage(2) tells at least what its parent held when it was made (execve(2)
    keeps the figure): there it is read where the kernel starts anew with each program (proc_pid_status(5))."""
    if STATUS.exists():
        row = next(line for line in STATUS.read_text().splitlines() if line.startswith(MOST))
        return int(row.split()[1]) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
