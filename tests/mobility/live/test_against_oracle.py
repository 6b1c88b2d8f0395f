"""Random timetables with random updates, nights, loops, blocks, new runs, DST days: the search on the live day answers
as the slow oracle does on the changed timetable, which is written here by hand from the rules of the specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gtfs.snapshot import FeedSnapshot
from mobility.clock import service_day_start
from mobility.feeds.build.network import build
from mobility.search import search
from mobility.search.days import Days
from mobility.search.path import Ends
from mobility.search.search import NO_LIMITS, SearchDay
from tests.mobility.feeds import tiny
from tests.mobility.live.now import NO_WALKING, Now, update
from tests.oracle import Oracle
from tests.tiny import clock

PLACES = "ABCDEF"
DAYS = (date(2026, 6, 15), date(2026, 10, 25), date(2027, 3, 28))
"""A plain one and both on which clocks change; of each the day before and the day after run as well."""
WALKS = "A > B 2 120\nB > A 2 120\nC > D 2 60\nD > C 2 60"
ZONE = ZoneInfo("Europe/Paris")
BLOCK, STAYS_S = {"u1": 7, "u2": 7}, 600
"""A vehicle, and for how long it may be planned to stand where who is in it stays (decision 30). As things are then one
stays as long as the first is there before the second leaves: in the changed timetable an explicit rule says so."""
NO_BLOCKS: Mapping[str, int] = {}
OF_BLOCKS = "cancel", "late", "early", "catches up"
"""Of a vehicle that goes on as another trip; where a call of it is skipped or it is replaced, no specification says who
stays seated."""

Calls = list[tuple[str, int, int]]
"""Stop, arrival, departure in seconds of the service day."""


@dataclass(frozen=True)
class Run:
    trip: str
    offset: int
    calls: Calls


def planned_trips(random: Random) -> dict[str, Calls]:
    """The last two are a block: the vehicle of the one goes on as the other, from where that one ended."""
    found = {f"t{number}": _calls(random) for number in range(random.randint(2, 6))}
    found["u1"] = _calls(random)
    (stop, arrives_s, _), wait_s = found["u1"][-1], 60 * random.randint(0, 20)
    return found | {"u2": _calls(random, stop, arrives_s + wait_s)}


def _calls(random: Random, first_stop: str = "", first_s: int = -1) -> Calls:
    """first_stop, first_s: where and when it begins; else anywhere, at any time."""
    time_s, found = first_s if first_stop else 60 * random.randint(0, 26 * 60), []
    stops = random.choices(PLACES, k=random.randint(2, 5))
    stops[0] = first_stop or stops[0]
    for row, stop in enumerate(stops):
        if row and stop == stops[row - 1]:
            stop = stops[row] = PLACES[(PLACES.index(stop) + 1) % len(PLACES)]
        leaves_s = time_s + 60 * random.choice((0, 0, 0, 2, 5))
        found.append((stop, time_s, leaves_s))
        time_s = leaves_s + 60 * random.randint(1, 20)
    return found


def told(random: Random, run: Run, start_s: int) -> tuple[str, Calls]:
    """An update for a run and what its calls are then; an empty list where it does not run."""
    kind = random.choice(OF_BLOCKS if run.trip in BLOCK else (*OF_BLOCKS, "skip", "replaced"))
    head = f"{run.trip} start_date:{_dashless(run.offset)}"
    last = len(run.calls) - 1
    if kind == "cancel":
        return update(f"{head} schedule_relationship:{random.choice(('CANCELED', 'DELETED'))}"), []
    if kind == "late":
        at, late_s = random.randint(0, last - 1), 60 * random.randint(1, 90)
        return update(head, f"#{at + 1} dep+{late_s}"), _late(run.calls, at, late_s)
    if kind == "early":
        late_s = -60 * min(random.randint(1, 5), run.calls[0][2] // 60)
        return update(head, f"#1 dep{late_s:+}"), _pushed(_late(run.calls, 0, late_s, arrives=True))
    if kind == "skip":
        out = {at for at in range(last + 1) if random.random() < 0.4}
        kept = [one for at, one in enumerate(run.calls) if at not in out]
        return update(head, *(f"#{at + 1} SKIPPED" for at in sorted(out))), kept if len(kept) > 1 else []
    if kind == "catches up":
        on_time = run.calls[last]
        late_s = min(60 * random.randint(1, 30), on_time[1] - run.calls[0][2])
        calls = [(s, min(a, on_time[1]), min(d, on_time[1])) for s, a, d in _late(run.calls, 0, late_s)[:last]]
        return update(head, f"#1 dep+{late_s}", f"#{last + 1} arr+0"), [*calls, on_time]
    calls = [(stop, arrival + 60, departure + 60) for stop, arrival, departure in run.calls[::-1]]
    times = sorted(time for _, *both in run.calls for time in both)
    calls = [(stop, times[2 * at], times[2 * at + 1]) for at, (stop, _, _) in enumerate(calls)]
    return update(f"{head} schedule_relationship:REPLACEMENT", *_at(calls, start_s)), calls


def _at(calls: Calls, start_s: int) -> Iterator[str]:
    for stop, arrival, departure in calls:
        yield f"{stop} arr@{start_s + arrival} dep@{start_s + departure}"


def _late(calls: Calls, at: int, late_s: int, arrives: bool = False) -> Calls:
    """Late from the departure of call `at` on."""
    found = []
    for row, (stop, arrival, departure) in enumerate(calls):
        later_s = late_s if row > at or (row == at and arrives) else 0
        found.append((stop, arrival + later_s, departure + (late_s if row >= at else 0)))
    return found


def _pushed(calls: Calls) -> Calls:
    """It arrives at its first stop no later than it leaves it."""
    (stop, _, departure), *others = calls
    return [(stop, departure, departure), *others]


def _dashless(offset: int) -> str:
    return f"{{day{offset}}}"


def feeds(random: Random, day: date) -> tuple[FeedSnapshot, list[str], FeedSnapshot]:
    """The plan, the updates, and the plan as it is then, a trip for each run."""
    trips = planned_trips(random)
    first = day - timedelta(days=1)
    plan = _feed(_text((name, "daily", calls) for name, calls in trips.items()), {"daily": "111"}, first, BLOCK)
    said, rows = [], []
    for name, calls in trips.items():
        for offset in range(3):
            run, now = Run(name, offset, calls), calls
            if random.random() < 0.5:
                of = first + timedelta(days=offset)
                news, now = told(random, run, service_day_start(of, ZONE))
                said.append(news.replace(_dashless(offset), f"{of:%Y%m%d}"))
            if now:
                rows.append((f"{name}x{offset}", f"d{offset}", now))
    for number in range(random.randint(0, 2)):
        offset, calls = random.randint(0, 2), _calls(random)
        of = first + timedelta(days=offset)
        head = f"new{number} route_id:Bus start_date:{of:%Y%m%d} schedule_relationship:NEW"
        said.append(update(head, *_at(calls, service_day_start(of, ZONE))))
        rows.append((f"new{number}", f"d{offset}", calls))
    rows = rows or [("none", "never", next(iter(trips.values())))]
    ridden, wait_s = {trip for trip, _, _ in rows}, trips["u2"][0][2] - trips["u1"][-1][1]
    pairs = [(f"u1x{offset}", f"u2x{offset}") for offset in range(3)] if wait_s <= STAYS_S else []
    stays = "".join(f"\n/{one} > /{other} 4" for one, other in pairs if {one, other} <= ridden)
    changed = _feed(_text(rows), {"d0": "100", "d1": "010", "d2": "001", "never": "000"}, first, stays=stays)
    return plan, said, changed


def _text(rows: Iterable[tuple[str, str, Calls]]) -> str:
    return "\n".join(
        f"Bus {name} @{service}: " + " > ".join(f"{stop} {clock(a)}-{clock(d)}" for stop, a, d in calls)
        for name, service, calls in rows
    )


def _feed(
    text: str, services: dict[str, str], first: date, blocks: Mapping[str, int] = NO_BLOCKS, stays: str = ""
) -> FeedSnapshot:
    stops = [tiny.in_a_row(letter) for letter in PLACES]
    given = {"services": services, "first_day": first, "transfers": WALKS + stays, "blocks": blocks}
    return tiny.feed(text, stops=stops, zone=str(ZONE), **given)


Answers = tuple[list[tuple[int, ...]], ...]
"""Journeys leaving at a moment, arriving by it, and within a window."""


def both(seed: int) -> tuple[Answers, Answers]:
    """What the search of the live day finds, and the oracle on the changed timetable."""
    random = Random(seed)
    day = random.choice(DAYS)
    plan, said, changed = feeds(random, day)
    now = Now(plan, said, service_day_start(day, ZONE) + 12 * 3600)
    live = Days(now.live).on(day)
    if seed % 3 == 0:
        live = search.accelerated(live, arriving=True, workers=1)
    truth = Days(build([changed], NO_WALKING, str(ZONE))).on(day)
    origin, destination = random.sample(range(len(PLACES)), 2)
    ends = _ends(origin, destination)
    oracle = Oracle(truth.timetable, truth.footpaths, ends)
    return _answers(live, oracle, ends, random)


def _answers(live: SearchDay, oracle: Oracle, ends: Ends, random: Random) -> tuple[Answers, Answers]:
    departure_s = 60 * random.randint(0, 24 * 60)
    latest_s = departure_s + 60 * random.randint(1, 300)
    leaving = search.pareto(live, ends, departure_s, NO_LIMITS)
    arriving = search.pareto_arriving(live, ends, departure_s)
    window = search.window(live, ends, departure_s, latest_s)
    found = (
        sorted((len(path.rides), path.arrival_s) for path in leaving),
        sorted((len(path.rides), path.departure_s) for path in arriving),
        sorted((path.departure_s, path.arrival_s, len(path.rides)) for path in window),
    )
    expected = oracle.pareto(departure_s), oracle.pareto_arriving(departure_s), oracle.window(departure_s, latest_s)
    return found, tuple(map(sorted, expected))


def _ends(origin: int, destination: int) -> Ends:
    zero = np.zeros(1, np.int32)
    return Ends(np.array([origin], np.int32), zero, np.array([destination], np.int32), zero, 2**31 - 1)


@pytest.mark.parametrize("block", range(8))
def test_the_live_day_is_searched_as_the_changed_timetable(block: int) -> None:
    for seed in range(block * 25, (block + 1) * 25):
        found, expected = both(seed)
        assert found == expected, seed


@given(st.integers(1_000, 10**9))
@settings(max_examples=60, deadline=None)
def test_whatever_the_timetable_and_the_news(seed: int) -> None:
    found, expected = both(seed)
    assert found == expected
