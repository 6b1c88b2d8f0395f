"""What the facade promises beside right answers: days that can be kept, changes that can be timed, many threads."""

from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pytest

from mobility.network.timetable import NEVER
from mobility.search import search
from mobility.search.pace import Change
from mobility.search.path import Ends, Path
from tests import tiny
from tests.mobility.search import randomly
from tests.tiny import Tiny, seconds

TOWN = """
    Bus1
    A     B
    8:00  8:10

    Tram2
    B     C
    8:12  8:25
    8:20  8:33
    """


def test_a_day_is_the_same_once_kept_as_arrays():
    town = tiny.timetable(TOWN)
    kept = {name: array.copy() for name, array in search.arrays(search.accelerated(town.day, workers=1)).items()}
    opened = Tiny(search.from_arrays(kept), town.stops, town.lines)
    assert opened.day.shortcuts is not None
    assert opened.pareto("A", "C", "8:00") == town.pareto("A", "C", "8:00")
    assert opened.pareto_arriving("A", "C", "9:00") == town.pareto_arriving("A", "C", "9:00")


def test_more_time_for_changes_is_asked_of_every_change():
    town = tiny.timetable(TOWN)
    careful = search.with_changes(town.day, Change(minimum_s=120, additional_s=180))
    assert Tiny(careful, town.stops, town.lines).pareto("A", "C", "8:00") == [
        "Bus1 A 8:00 > B 8:10 | Tram2 B 8:20 > C 8:33"
    ]


def test_shortcuts_do_not_outlive_the_walks_they_were_made_for():
    town = tiny.timetable(TOWN)
    quick = search.accelerated(town.day, workers=1)
    careful = search.with_changes(quick, Change(additional_s=300))
    assert quick.ahead.shortcuts is not None
    assert careful.ahead.shortcuts is None


def test_reach_counts_rides_and_the_last_walk():
    town = tiny.timetable(TOWN, walks=["C ~ 5m ~ D"])
    found = search.reach(town.day, town.ends("A", "A"), seconds("8:00"))
    times = dict(zip(town.stops, zip(found.time_s.tolist(), found.rides.tolist(), strict=True), strict=True))
    assert times["A"] == (seconds("8:00"), 0)
    assert times["C"] == (seconds("8:25"), 2)
    assert times["D"] == (seconds("8:30"), 2)


def test_reach_backwards_says_when_to_leave():
    town = tiny.timetable(TOWN)
    found = search.reach_arriving(town.day, town.ends("C", "C"), seconds("8:30"))
    assert found.time_s.tolist() == [seconds("8:00"), seconds("8:12"), seconds("8:30")]


def test_many_threads_search_the_same_day():
    random = Random(5)
    day = search.accelerated(randomly.day(random), workers=1)
    asked = [randomly.ends(random, day.footpaths) for _ in range(40)]
    alone = [search.window(day, ends, -600, 3000) for ends in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda ends: search.window(day, ends, -600, 3000), asked * 5)) == alone * 5


def test_a_day_without_trips_has_no_answers_and_no_shortcuts():
    empty = search.search_day(tiny.laid_out("AB", []), tiny.footpaths(2, [], {}))
    quick = search.accelerated(empty)
    ends = Tiny(quick, ("A", "B"), ()).ends("A", "B")
    assert quick.shortcuts is None
    assert search.pareto(quick, ends, 0) == []
    assert search.window(quick, ends, 0, 86400) == []
    assert search.earliest(quick, ends, 0) == NEVER


def test_mapped_arrays_are_read_only_and_good_enough():
    town = tiny.timetable(TOWN)
    frozen = {name: array.copy() for name, array in search.arrays(town.day).items()}
    for array in frozen.values():
        array.flags.writeable = False
    opened = search.from_arrays(frozen)
    assert np.shares_memory(opened.ahead.timetable.arrival, frozen["timetable.arrival"])
    assert Tiny(opened, town.stops, town.lines).pareto("A", "C", "8:00") == town.pareto("A", "C", "8:00")


def test_a_question_leaves_nothing_behind_for_the_next_one():
    """Where so many trips run that those of a question are undone one by one."""
    bus = "\n".join(
        f"{8 + minute // 60}:{minute % 60:02} {8 + minute // 60}:{minute % 60:02}:30" for minute in range(900)
    )
    town = tiny.timetable(f"Bus1\nA B\n{bus}\n\nTram2\nB C\n9:00 9:10")
    quick = Tiny(search.accelerated(town.day, workers=1), town.stops, town.lines)
    assert quick.pareto("A", "B", "8:30") == ["Bus1 A 8:30 > B 8:30:30"]
    assert quick.pareto("A", "C", "8:00") == town.pareto("A", "C", "8:00")
    assert quick.pareto("A", "B", "8:45") == ["Bus1 A 8:45 > B 8:45:30"]
    assert quick.pareto("A", "B", "8:10") == ["Bus1 A 8:10 > B 8:10:30"]


def test_where_the_last_boat_has_gone_there_is_no_way():
    island = tiny.timetable("Bus1\nA B\n20:00 20:10\n21:00 21:10\n\nBoat\nB C\n20:15 20:45")
    quick = Tiny(search.accelerated(island.day, arriving=True, workers=1), island.stops, island.lines)
    assert quick.pareto("A", "C", "20:00") == ["Bus1 A 20:00 > B 20:10 | Boat B 20:15 > C 20:45"]
    assert quick.pareto("A", "C", "20:01") == []
    assert quick.pareto_arriving("A", "C", "20:44") == []


NOWHERE = np.empty(0, np.int32)


@pytest.mark.usefixtures("plain_kernels")
def test_who_can_get_out_nowhere_finds_the_walk_alone():
    town = tiny.timetable(TOWN)
    quick = search.accelerated(town.day, arriving=True, workers=1)
    there, at_once = np.array([town.stops.index("A")], np.int32), np.zeros(1, np.int32)
    onward, back = Ends(there, at_once, NOWHERE, NOWHERE, 600), Ends(NOWHERE, NOWHERE, there, at_once, 600)
    walk = Path(seconds("8:00"), seconds("8:10"), ())
    assert search.pareto(quick, onward, seconds("8:00")) == [walk]
    assert search.pareto_arriving(quick, back, seconds("8:10")) == [walk]
    assert search.window(quick, onward, seconds("7:00"), seconds("9:00")) == []
    assert search.window_arriving(quick, back, seconds("7:00"), seconds("9:00")) == []
