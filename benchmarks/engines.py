"""The search beside other engines: same run, same feed, same queries, one thread.

Engines take turns in small blocks, so that what else the machine does hits all of them; each query counts with the
better of two runs. Ratios are of medians.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.instances import Instance, instances
from benchmarks.others import Cafein, Nigiri
from benchmarks.table import Row, table
from mobility.feeds import evaluate
from mobility.feeds.peak_memory import peak_memory_mib
from mobility.search import search

BLOCK = 20
QUERIES = {"pareto": 400, "window": 100, "journeys": 400}
Asked = tuple[str, str, int]
Ready = Callable[[Asked], Callable[[], Any]]
Clock = Callable[[], float]
"""Seconds."""


def run() -> str:
    with TemporaryDirectory() as scratch:
        return "\n".join(compared(instance) for instance in instances(Path(scratch)))


def compared(instance: Instance) -> str:
    loads = [loaded(engine, instance) for engine in ("hent", "nigiri")]
    hent = hent_on(instance)
    rows = [Row("load: zip to ready to answer", seconds(loads[0]), seconds(loads[1]) + " (pynigiri)", ratio(*loads, 0))]
    rows.append(Row("peak memory of it", mebibytes(loads[0]), mebibytes(loads[1]) + " (pynigiri)", ratio(*loads, 1)))
    asked = instance.queries()
    if find_spec("pynigiri"):
        nigiri = Nigiri(instance)
        rows += against("Pareto query", asked[: QUERIES["pareto"]], hent["pareto"], nigiri.pareto, "pynigiri")
        rows += against(
            "earliest arrival only", asked[: QUERIES["pareto"]], hent["earliest"], nigiri.pareto, "pynigiri"
        )
        rows += against("two-hour window", asked[: QUERIES["window"]], hent["window"], nigiri.window, "pynigiri")
        del nigiri
    if find_spec("cafein"):
        cafein = Cafein(instance)
        n = QUERIES["journeys"] if instance.name != "new_york" else QUERIES["window"]
        rows += against("whole itineraries", asked[:n], hent["journeys"], cafein.journeys, "cafein")
    return table(f"Search engines, {instance.name}, one thread, medians", rows)


def hent_on(instance: Instance) -> dict[str, Ready]:
    search.warm_up()
    day = evaluate.load(instance.feed, instance.day)
    kinds = {
        "pareto": evaluate.find_pareto,
        "earliest": evaluate.find_earliest,
        "window": evaluate.find_window,
        "journeys": evaluate.find_journeys,
    }

    def ready(find: Callable[..., Any], asked: Asked) -> Callable[[], Any]:
        return partial(find, day, evaluate.StopQuery("", *asked))

    return {kind: partial(ready, find) for kind, find in kinds.items()}


def against(what: str, asked: Sequence[Asked], ours: Ready, theirs: Ready, name: str) -> list[Row]:
    ours_us, theirs_us = (median(times) for times in zip(*in_turns(asked, ours, theirs), strict=True))
    return [
        Row(
            f"{what}, {len(asked)} queries",
            micros(ours_us),
            f"{micros(theirs_us)} ({name})",
            f"{theirs_us / ours_us:.1f} x",
        )
    ]


def in_turns(
    asked: Sequence[Asked], ours: Ready, theirs: Ready, clock: Clock = time.perf_counter
) -> Iterator[tuple[float, float]]:
    """Microseconds of both engines for each query."""
    for start in range(0, len(asked), BLOCK):
        block = asked[start : start + BLOCK]
        yield from zip(
            *([best_of_two(ready(query), clock) for query in block] for ready in (ours, theirs)), strict=True
        )


def best_of_two(search_it: Callable[[], Any], clock: Clock) -> float:
    times = []
    for _ in range(2):
        begin = clock()
        search_it()
        times.append((clock() - begin) * 1e6)
    return min(times)


def loaded(engine: str, instance: Instance) -> tuple[float, float]:
    """Seconds and MiB, in a process of its own; (0, 0) where the engine is not there."""
    words = [sys.executable, "-m", "benchmarks.engines", engine, instance.name, str(instance.folder), str(instance.day)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        return 0.0, 0.0
    seconds, mebibytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, mebibytes


def load_alone(engine: str, name: str, folder: str, day: str) -> None:
    instance = Instance(name, Path(folder), date.fromisoformat(day))
    if engine == "hent":
        search.warm_up()
    begin = time.perf_counter()
    kept = evaluate.load(instance.feed, instance.day) if engine == "hent" else Nigiri(instance)
    taken_s = time.perf_counter() - begin
    peak_mib = peak_memory_mib()
    print(json.dumps([taken_s, peak_mib]))
    del kept


def seconds(load: tuple[float, float]) -> str:
    return f"{load[0]:.2f} s" if load[0] else "not there"


def mebibytes(load: tuple[float, float]) -> str:
    return f"{load[1]:.0f} MiB" if load[1] else "not there"


def ratio(ours: tuple[float, float], theirs: tuple[float, float], which: int) -> str:
    return f"{theirs[which] / ours[which]:.2f} x" if theirs[which] else ""


def micros(time_us: float) -> str:
    return f"{time_us:.0f} µs" if time_us < 10_000 else f"{time_us / 1000:.1f} ms"


if __name__ == "__main__":
    load_alone(*sys.argv[1:])
