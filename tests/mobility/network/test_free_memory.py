"""Memory that is free goes back to the system."""

from __future__ import annotations

import gc
from pathlib import Path

from mobility.network.free_memory import EVERY_S, FreeMemory

MIB = 1 << 20


def resident_mib() -> float:
    """Of this process, as the kernel tells it."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / MIB


def test_gaps_that_were_kept_for_later_go_back() -> None:
    """Small pieces lie on the heap of the C library; the last one, which stays, holds back all that is free before
    it."""
    pieces = [bytes(1024) for _ in range(100_000)]
    last = pieces[-1]
    del pieces
    gc.collect()
    kept = resident_mib()
    FreeMemory().give_back()
    assert resident_mib() < kept - 50
    assert len(last) == 1024


def test_it_is_done_now_and_then_only() -> None:
    moments_s, done, pads = [100.0, 100.5, 100.0 + EVERY_S, 101.0 + EVERY_S], list[int](), list[int]()

    def trim(pad: int) -> int:
        pads.append(pad)
        return 1

    free = FreeMemory(trim, iter(moments_s).__next__)
    for _ in moments_s:
        free.give_back()
        done.append(len(pads))
    assert done == [1, 1, 2, 2]
