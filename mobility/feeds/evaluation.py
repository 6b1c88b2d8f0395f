"""What came of comparing the answers of the search with a reference: which were equal, and how long all took."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mobility.feeds.elapsed import Elapsed


@dataclass(frozen=True, slots=True)
class Compared:
    """How many queries there were, which of them had other answers, and the microseconds of each."""

    queries: int
    unequal: tuple[str, ...]
    times_us: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """ready: to answer, by rounds; quick: with shortcuts."""

    ready: Elapsed
    quick: Elapsed
    peak_mib: float
    pareto: Compared
    window: Compared
    journeys_us: tuple[float, ...]
    earliest_us: tuple[float, ...]

    @property
    def all_equal(self) -> bool:
        return not self.pareto.unequal and not self.window.unequal

    def to_dict(self) -> dict[str, Any]:
        return {
            "queries": self.pareto.queries,
            "equal": self.pareto.queries - len(self.pareto.unequal),
            "window": {"queries": self.window.queries, "equal": self.window.queries - len(self.window.unequal)},
            "load_s": round(self.quick.clock_s, 3),
            "ready_s": round(self.ready.clock_s, 3),
            "quick_s": round(self.quick.clock_s, 3),
            "ready_processor_s": round(self.ready.processor_s, 3),
            "quick_processor_s": round(self.quick.processor_s, 3),
            "peak_mib": round(self.peak_mib, 1),
            "query_us": summary(self.pareto.times_us),
            "window_us": summary(self.window.times_us),
            "journeys_us": summary(self.journeys_us),
            "earliest_us": summary(self.earliest_us),
        }

    def __str__(self) -> str:
        told = self.to_dict()
        lines = [
            f"ready to answer in {told['ready_s']} s ({told['ready_processor_s']} s of processors)",
            f"quick in {told['quick_s']} s ({told['quick_processor_s']} s), peak memory {told['peak_mib']} MiB",
            f"Pareto sets equal: {told['equal']} of {told['queries']}",
            f"windows equal:     {told['window']['equal']} of {told['window']['queries']}",
        ]
        lines += [
            f"{name:12} " + "  ".join(f"{key} {value}" for key, value in told[name].items())
            for name in ("query_us", "journeys_us", "earliest_us", "window_us")
        ]
        unequal = (*self.pareto.unequal, *self.window.unequal)
        return "\n".join(lines + ([f"unequal: {' '.join(unequal[:20])}"] if unequal else []))


def summary(times_us: Iterable[float]) -> dict[str, float]:
    """Least, median, 95th and 99th percentile; nothing where nothing was timed."""
    times = np.fromiter(times_us, float)
    if not len(times):
        return {}
    least, median, p95, p99 = np.percentile(times, (0, 50, 95, 99)).round(1).tolist()
    return {"min": least, "median": median, "p95": p95, "p99": p99}
