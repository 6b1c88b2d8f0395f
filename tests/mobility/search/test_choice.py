"""Whichever engine found an answer, the same vehicles are told for it."""

from random import Random

import numpy as np
import pytest

from mobility.search import search
from mobility.search.choice import chosen, leaving_late
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay
from tests import tiny
from tests.mobility.search import randomly
from tests.mobility.search.test_against_oracle import as_journey, check_travelled
from tests.oracle import Oracle

SEEDS = range(300)
NOWHERE = Ends(*(np.empty(0, np.int32) for _ in range(4)), 600)
LEAST_DIFFERENT = 30
"""Of the answers below, those for which the engines come across different vehicles: without some there is no test."""


def answers(day: SearchDay, ends: Ends, random: Random) -> list[list[Path]]:
    """Every kind of question about times that are drawn in turn."""
    earliest_s = random.randint(-10, 40) * 60
    latest_s = earliest_s + random.randint(1, 30) * 60
    return [
        search.pareto(day, ends, earliest_s),
        search.pareto_arriving(day, ends, latest_s),
        search.window(day, ends, earliest_s, latest_s),
        search.window_arriving(day, ends, earliest_s, latest_s),
    ]


def told_all(day: SearchDay, ends: Ends, random: Random) -> list[list[Path]]:
    at_once, *others = answers(day, ends, random)
    return [chosen(day, ends, found) for found in (leaving_late(day, ends, at_once), *others)]


def both_engines(seed: int) -> tuple[SearchDay, SearchDay, Ends]:
    random = Random(seed)
    day = randomly.day(random)
    return day, search.accelerated(day, arriving=True, workers=1), randomly.ends(random, day.footpaths)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_tell_the_same_vehicles(seed):
    day, quick, ends = both_engines(seed)
    assert told_all(day, ends, Random(seed)) == told_all(quick, ends, Random(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_can_be_travelled_and_is_as_good_as_what_was_found(seed):
    day, _, ends = both_engines(seed)
    oracle = Oracle(day.timetable, day.footpaths, ends)
    pairs = zip(told_all(day, ends, Random(seed)), answers(day, ends, Random(seed)), strict=True)
    for told, found in pairs:
        for path, before in zip(told, found, strict=True):
            check_travelled(day, ends, path)
            assert len(path.rides) == len(before.rides)
            assert before.departure_s <= path.departure_s
            assert path.arrival_s <= before.arrival_s
            assert not path.rides or is_best(oracle, path)


def is_best(oracle: Oracle, path: Path) -> bool:
    leaving = dict(oracle.pareto(path.departure_s))
    arriving = dict(oracle.pareto_arriving(path.arrival_s))
    return leaving[len(path.rides)] == path.arrival_s and arriving[len(path.rides)] == path.departure_s


def test_a_window_is_not_changed_but_for_its_vehicles():
    for seed in SEEDS:
        day, _, ends = both_engines(seed)
        found = search.window(day, ends, 0, 1800)
        assert list(map(as_journey, chosen(day, ends, found))) == list(map(as_journey, found))


def test_the_engines_do_come_across_different_vehicles():
    different = 0
    for seed in SEEDS:
        day, quick, ends = both_engines(seed)
        pairs = zip(*(answers(one, ends, Random(seed)) for one in (day, quick)), strict=True)
        different += sum(by_rounds != by_trips for by_rounds, by_trips in pairs)
    assert different >= LEAST_DIFFERENT


def test_a_page_names_the_vehicles_that_the_page_before_named():
    for seed in SEEDS:
        day, _, ends = both_engines(seed)
        whole = chosen(day, ends, search.window(day, ends, 0, 2400))
        pages = [search.window(day, ends, from_s, from_s + 1200) for from_s in (1200, 0)]
        told = [path for page in pages for path in chosen(day, ends, page)]
        assert set(whole) >= {path for path in told if as_journey(path) in set(map(as_journey, whole))}


def test_who_waits_for_the_second_bus_anyway_leaves_as_late_as_that_allows():
    network = tiny.timetable("""
        Bus1
        A     B
        8:00  8:05
        8:10  8:15

        Bus2
        B     C
        8:20  8:30
        """)
    ends = network.ends("A", "C")
    found = search.pareto(network.day, ends, tiny.seconds("7:50"))
    (told,) = chosen(network.day, ends, leaving_late(network.day, ends, found))
    assert network.told(told, ends) == "Bus1 A 8:10 > B 8:15 | Bus2 B 8:20 > C 8:30"


def test_a_walk_all_the_way_stays():
    day, _, _ = both_engines(1)
    walk = search.pareto(day, NOWHERE, 0)
    assert walk == [Path(0, 600, ())]
    assert chosen(day, NOWHERE, leaving_late(day, NOWHERE, walk)) == walk
