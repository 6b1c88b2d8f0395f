"""Whatever is asked of whatever day, the search answers as the slow oracle does."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobility.network.timetable import NEVER
from mobility.search import bounds, labels, search
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits
from tests.mobility.search import randomly
from tests.oracle import Oracle
from tests.tiny import call

SEEDS = range(300)


Made = Callable[[Random], tuple[SearchDay, Ends]]


def question(seed: int, made: Made = randomly.one_town) -> tuple[SearchDay, Ends, Oracle, Random]:
    random = Random(seed)
    day, ends = made(random)
    if seed % 4:
        day = search.accelerated(day, arriving=True, workers=1)
    return day, ends, Oracle(day.timetable, day.footpaths, ends), random


def check_pareto(seed: int, made: Made = randomly.one_town) -> None:
    day, ends, oracle, random = question(seed, made)
    departure_s = random.randint(-10, 40) * 60
    paths = search.pareto(day, ends, departure_s)
    assert sorted((len(path.rides), path.arrival_s) for path in paths) == sorted(oracle.pareto(departure_s))
    assert all(path.departure_s >= departure_s for path in paths)
    for path in paths:
        check_travelled(day, ends, path)


def check_window(seed: int, made: Made = randomly.one_town) -> None:
    day, ends, oracle, random = question(seed, made)
    earliest_s = random.randint(-10, 30) * 60
    latest_s = earliest_s + random.randint(1, 30) * 60
    paths, after = search.window_and_after(day, ends, earliest_s, latest_s)
    assert sorted(map(as_journey, paths)) == sorted(oracle.window(earliest_s, latest_s))
    assert {path.departure_s for path in after} <= {latest_s}
    ridden = {(rides, arrival_s) for rides, arrival_s in oracle.pareto(latest_s) if rides}
    assert sorted((len(path.rides), path.arrival_s) for path in after) == sorted(ridden)
    for path in paths:
        check_travelled(day, ends, path)


def check_arriving(seed: int, made: Made = randomly.one_town) -> None:
    day, ends, oracle, random = question(seed, made)
    arrival_s = random.randint(0, 60) * 60
    paths = search.pareto_arriving(day, ends, arrival_s)
    assert sorted((len(path.rides), path.departure_s) for path in paths) == sorted(oracle.pareto_arriving(arrival_s))
    latest_s = arrival_s + random.randint(1, 30) * 60
    profile, before = search.window_arriving_and_before(day, ends, arrival_s, latest_s)
    assert sorted(map(as_journey, profile)) == sorted(oracle.window_arriving(arrival_s, latest_s))
    assert {path.arrival_s for path in before} <= {arrival_s - 1}
    ridden = {(rides, departure_s) for rides, departure_s in oracle.pareto_arriving(arrival_s - 1) if rides}
    assert sorted((len(path.rides), path.departure_s) for path in before) == sorted(ridden)
    for path in paths + profile:
        check_travelled(day, ends, path)


def as_journey(path: Path) -> tuple[int, int, int]:
    return path.departure_s, path.arrival_s, len(path.rides)


def check_travelled(day: SearchDay, ends: Ends, path: Path) -> None:
    """Ride by ride, the path can be travelled and takes what it says."""
    if not path.rides:
        assert path.arrival_s - path.departure_s == ends.walk_s
        return
    access = dict(zip(ends.access_stop.tolist(), ends.access_s.tolist(), strict=True))
    egress = dict(zip(ends.egress_stop.tolist(), ends.egress_s.tolist(), strict=True))
    for ride in path.rides:
        first = day.timetable.pattern_first_position[day.timetable.trip_pattern[ride.trip]]
        assert ride.board < ride.alight
        assert day.timetable.position_boards[first + ride.board]
        assert day.timetable.position_alights[first + ride.alight]
    for before, after in pairwise(path.rides):
        out_stop, out_s, _ = call(day.timetable, before.trip, before.alight)
        in_stop, _, in_s = call(day.timetable, after.trip, after.board)
        walks = {int(day.footpaths.to_stop[w]): int(day.footpaths.duration_s[w]) for w in day.footpaths.of(out_stop)}
        ready = {out_stop: int(day.footpaths.change_s[out_stop])} | walks
        assert out_s + ready[in_stop] <= in_s
    stop, _, leaves_s = call(day.timetable, path.rides[0].trip, path.rides[0].board)
    assert path.departure_s == leaves_s - access[stop]
    stop, arrives_s, _ = call(day.timetable, path.rides[-1].trip, path.rides[-1].alight)
    assert path.arrival_s == arrives_s + egress[stop]


@pytest.mark.parametrize("seed", SEEDS)
def test_leaving_at_a_moment(seed: int) -> None:
    check_pareto(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_leaving_within_a_window(seed: int) -> None:
    check_window(seed)


@pytest.mark.parametrize("seed", SEEDS[:150])
def test_arriving_by_a_moment_or_within_a_window(seed: int) -> None:
    check_arriving(seed)


@settings(max_examples=60, deadline=None)
@given(st.integers(1000, 10**9))
def test_whatever_the_day(seed: int) -> None:
    check_pareto(seed)
    check_window(seed)
    check_arriving(seed)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of a large network: few cells, of several stops each, looked up one by one."""
    monkeypatch.setattr(bounds, "MOST_CELLS", 5)
    monkeypatch.setattr(bounds, "MOST_REGIONS", 3)
    monkeypatch.setattr(labels, "FEW_STOPS", 0)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", SEEDS[:200])
def test_leaving_at_a_moment_where_cells_are_large(seed: int) -> None:
    check_pareto(seed)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", SEEDS[:100])
def test_from_one_town_to_another(seed: int) -> None:
    check_pareto(seed, randomly.joined_towns)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("seed", SEEDS[:20])
def test_one_question_after_another(seed: int) -> None:
    random = Random(seed)
    by_rounds, _ = randomly.joined_towns(random)
    by_trips = search.accelerated(by_rounds, workers=1)
    for _ in range(20):
        ends = randomly.between(*random.sample(range(by_rounds.timetable.n_stops), 2), by_rounds.footpaths)
        departure_s = random.randint(-10, 60) * 60
        found, expected = (search.pareto(day, ends, departure_s) for day in (by_trips, by_rounds))
        assert [(len(path.rides), path.arrival_s) for path in found] == [
            (len(path.rides), path.arrival_s) for path in expected
        ]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1000, 10**9))
def test_whatever_the_towns(large: None, seed: int) -> None:
    check_pareto(seed, randomly.joined_towns)
    check_window(seed, randomly.joined_towns)
    check_arriving(seed, randomly.joined_towns)


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_with_few_rides_allowed(seed: int) -> None:
    day, ends, oracle, random = question(seed)
    departure_s, most_rides = random.randint(-10, 40) * 60, random.randint(1, 3)
    paths = search.pareto(day, ends, departure_s, SearchLimits(most_rides))
    assert sorted((len(p.rides), p.arrival_s) for p in paths) == sorted(oracle.pareto(departure_s, most_rides))


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_the_earliest_arrival_alone(seed: int) -> None:
    day, ends, oracle, random = question(seed)
    departure_s = random.randint(-10, 40) * 60
    expected = min((arrival for _, arrival in oracle.pareto(departure_s)), default=int(NEVER))
    assert search.earliest(day, ends, departure_s) == expected


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_how_far_one_gets(seed: int) -> None:
    day, ends, oracle, random = question(seed)
    departure_s = random.randint(-10, 40) * 60
    times = search.reach(day, ends, departure_s).time_s.tolist()
    assert {stop: time for stop, time in enumerate(times) if time != NEVER} == oracle.reach(departure_s)
