"""A country of joined cities: what it takes to load, and how long its queries are, the long ones above all.

`python -m benchmarks size [load] [queries] [city] [COPIES]`: all of it without a word; fewer copies to try things out.
Processor seconds throughout, so that what else the machine does counts little; engines take turns, each query counts
with the better of two runs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.country import COPIES, country
from benchmarks.engines import Asked, in_turns
from benchmarks.instances import Instance, instances
from benchmarks.others import Nigiri
from benchmarks.table import Row, table
from mobility.feeds import evaluate
from mobility.feeds.peak_memory import peak_memory_mib

WORDS = ("load", "queries", "city")
ENGINES = ("hent", "nigiri")
FIGURES = (
    ("load: zip to ready to answer, processor time", "ready_s", "{:.1f} s"),
    ("load: zip to quick to answer, processor time", "quick_s", "{:.1f} s"),
    ("peak memory of it", "peak_mib", "{:.0f} MiB"),
)
"""What is told of a Measured."""
PERCENTS = {50: "median", 95: "95 %", 99: "99 %"}


@dataclass(frozen=True)
class Measured:
    """Of one engine in a process that has loaded nothing else before; the times of queries are those of both.

    The other engine is quick as soon as it is ready.
    """

    ready_s: float
    quick_s: float
    peak_mib: float
    times_us: tuple[Sequence[float], Sequence[float]] = ((), ())


def run(*words: str) -> str:
    chosen = [word for word in words if word in WORDS] or WORDS
    copies = next((int(word) for word in words if word.isdigit()), COPIES)
    with TemporaryDirectory() as scratch:
        city = instances(Path(scratch))[-1]
        # Before the country is made: a process is also told the peak of the one that it was started by.
        tables = [alone(city)] if "city" in chosen else []
        if "load" in chosen or "queries" in chosen:
            tables.append(joined(country(city, Path(scratch) / "country", copies), chosen))
        return "\n".join(tables)


def alone(city: Instance) -> str:
    return table(f"Size: {city.name}", load_rows(*(measured(engine, city) for engine in ENGINES)))


def joined(of_country: Instance, chosen: Sequence[str]) -> str:
    ours = measured("hent", of_country, with_queries="queries" in chosen)
    rows = query_rows(*ours.times_us) if ours and ours.times_us[0] else []
    if "load" in chosen:
        rows += load_rows(ours, measured("nigiri", of_country))
    return table(f"Size: {of_country.name}", rows)


def query_rows(ours_us: Sequence[float], theirs_us: Sequence[float]) -> list[Row]:
    rows = []
    for percent, name in PERCENTS.items():
        ours, theirs = (float(np.percentile(times, percent)) / 1000 for times in (ours_us, theirs_us))
        told = f"Pareto query, {len(ours_us)} queries, {name}"
        rows.append(Row(told, f"{ours:.2f} ms", f"{theirs:.1f} ms (pynigiri)", f"{theirs / ours:.1f} x"))
    return rows


def load_rows(ours: Measured | None, theirs: Measured | None) -> list[Row]:
    """Times and memory of the other engine over those of Hent."""
    rows = []
    for what, name, form in FIGURES:
        mine, its = (getattr(found, name) if found else 0.0 for found in (ours, theirs))
        told = [form.format(figure) if figure else "not there" for figure in (mine, its)]
        rows.append(Row(what, told[0], f"{told[1]} (pynigiri)", f"{its / mine:.2f} x" if mine and its else ""))
    return rows


def measured(engine: str, instance: Instance, with_queries: bool = False) -> Measured | None:
    """In a process of its own; None where the engine is not there."""
    if engine == "nigiri" and not find_spec("pynigiri"):
        return None
    words = (engine, instance.name, str(instance.folder), str(instance.day), "queries" if with_queries else "")
    command = [sys.executable, "-m", "benchmarks.size", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def measure(engine: str, instance: Instance, with_queries: bool) -> Measured:
    if engine == "hent":
        evaluate.warm_up()
    begin_s = time.process_time()
    kept: evaluate.Instance | Nigiri = (
        evaluate.laid_out(instance.feed, instance.day) if engine == "hent" else Nigiri(instance)
    )
    ready_s = time.process_time() - begin_s
    if isinstance(kept, evaluate.Instance):
        kept = evaluate.made_quick(kept)
    quick_s = time.process_time() - begin_s
    peak_mib = peak_memory_mib()
    if not with_queries or not isinstance(kept, evaluate.Instance):
        return Measured(ready_s, quick_s, peak_mib)
    return Measured(ready_s, quick_s, peak_mib, times_us(instance, kept))


def times_us(instance: Instance, day: evaluate.Instance) -> tuple[Sequence[float], Sequence[float]]:
    def pareto(asked: Asked) -> Callable[[], Any]:
        return partial(evaluate.find_pareto, day, evaluate.StopQuery("", *asked))

    ours, theirs = zip(*in_turns(instance.queries(), pareto, Nigiri(instance).pareto, time.thread_time), strict=True)
    return ours, theirs


if __name__ == "__main__":
    engine, name, folder, day, with_queries = sys.argv[1:]
    of_day = Instance(name, Path(folder), date.fromisoformat(day))
    print(json.dumps(asdict(measure(engine, of_day, bool(with_queries)))))
