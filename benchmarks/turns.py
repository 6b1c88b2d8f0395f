"""`python -m benchmarks turns A B [BENCHMARK ...]`: the benchmarks of two checkouts in turn, five times, best of five.

Each is that checkout's own `python -m benchmarks NAME`, so that what else the machine does hits both. A ratio says how
much worse the second checkout is: 1.10 is ten per cent slower, or ten per cent fewer a second.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.checkout import Checkout
from benchmarks.table import table

NAMES = ("engines", "serving", "streets")
RUNS = 5
WORST = 1.10
BASE = {"µs": 1e-6, "ms": 1e-3, "s": 1.0, "MiB": 1.0, "": 1.0}
MEASURED = re.compile(r"(?P<number>\d+(\.\d+)?)( (?P<unit>µs|ms|s|MiB))?(?![\w.])")
COUNT = re.compile(r", \d+( segments)?$")
"""Once part of the name of a row about streets, where another count made it another row."""


@dataclass(frozen=True, slots=True)
class Figure:
    """text: as it was printed. value: in seconds or MiB, or a rate, of which more is better; step: of its last digit.
    median: of many questions, so that it is judged; what is done once says too little."""

    text: str
    value: float
    step: float
    rate: bool
    median: bool

    @property
    def cost(self) -> float:
        return 1 / max(self.value, 1e-9) if self.rate else self.value


Line = tuple[str, str]
"""The title of a table, and the first column."""
Runs = dict[Line, list[Figure]]


def main(words: list[str]) -> int:
    """The exit code: 1 where the best median of the second is worse by more than a tenth, or a row of the first is
    not there any more. Raises NotSetUp, Failed."""
    first, second = map(Checkout.at, words[:2])
    before, after = in_turn(first, second, words[2:] or list(NAMES))
    heads = ("what", str(first.folder), str(second.folder), "ratio", "")
    rows = list(_rows(before, after))
    print(table(f"Best of {RUNS} runs in turn", rows, heads))
    return int(any(row[-1] for row in rows))


def in_turn(first: Checkout, second: Checkout, names: list[str]) -> tuple[Runs, Runs]:
    """Who begins changes with each run."""
    found: dict[Checkout, Runs] = {first: defaultdict(list), second: defaultdict(list)}
    for number in range(RUNS):
        for name in names:
            for checkout in (first, second) if number % 2 == 0 else (second, first):
                print(f"run {number + 1}: {name}, {checkout.folder}", file=sys.stderr, flush=True)
                for line, figure in figures(checkout.benchmark(name)):
                    found[checkout][line].append(figure)
    return found[first], found[second]


def figures(printed: str) -> Iterator[tuple[Line, Figure]]:
    """Of Hent, the second column of each table; rows without a number ("not there") are left out."""
    title = ""
    for line in printed.splitlines():
        if line.startswith("### "):
            title = line[4:]
        elif line.startswith("| ") and not line.startswith(("| what |", "| --- |")):
            what, text = (cell.strip() for cell in line.split("|")[1:3])
            if figure := _figure(what, text):
                yield (title, COUNT.sub("", what)), figure


def _figure(what: str, text: str) -> Figure | None:
    found = MEASURED.match(text)
    if found is None:
        return None
    unit = found["unit"] or ""
    is_median = "median" in what or "quer" in what.split(",")[-1] or "(95 %:" in text
    step = BASE[unit] / 10 ** len(found["number"].partition(".")[2])
    return Figure(text, float(found["number"]) * BASE[unit], step, not unit and "a second" in what, is_median)


def _rows(before: Runs, after: Runs) -> Iterator[tuple[str, ...]]:
    for line in dict.fromkeys([*before, *after]):
        one, other = (
            min(runs[line], key=lambda figure: figure.cost) if line in runs else None for runs in (before, after)
        )
        what = ": ".join(line)
        if one and other:
            yield what, one.text, other.text, f"{ratio(one, other):.2f}", _verdict(one, other)
        else:
            yield what, one.text if one else "-", other.text if other else "-", "", "" if other else "gone"


def ratio(one: Figure, other: Figure) -> float:
    """How much worse the other is; 1 where both were printed as nothing."""
    return max(other.cost, other.step) / max(one.cost, one.step) if not one.rate else other.cost / one.cost


def _verdict(one: Figure, other: Figure) -> str:
    """One step of the last digit is rounding."""
    is_worse = ratio(one, other) > WORST and abs(other.value - one.value) > 1.5 * one.step
    return "worse" if one.median and is_worse else ""
