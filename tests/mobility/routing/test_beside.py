"""Transit that is no faster than walking never stands alone, and the bike is always thought of."""

from __future__ import annotations

from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.routing.beside import cycled_all_the_way
from mobility.routing.query import Walking
from tests.town import ask, told, town

SLOW = "Bus1\nA B\n8:05 8:50"
AT = "2026-06-03 8:00"


def test_a_bus_slower_than_the_walk_gives_way_though_the_walk_is_not_shown() -> None:
    territory = town("A 0 0, B 1.2 0", SLOW)
    answer = plan(territory, ask(territory, "A", "B", AT, direct_modes=()))
    assert (told(answer), answer.direct) == ([], ())
    assert [(loss.code, [str(one.itinerary) for one in loss.told()]) for loss in answer.removed] == [
        (Code.WALKING_IS_AS_FAST, ["Bus1 A 8:05 > B 8:50"])
    ]
    assert answer.reason == "walking_is_better"


def test_beside_a_bus_slower_than_a_walk_too_long_for_the_traveller_that_walk_is_told() -> None:
    territory = town("A 0 0, B 2 0", SLOW)
    answer = plan(territory, ask(territory, "A", "B", AT, walking=Walking(direct_s=900)))
    assert told(answer)[0] == "Bus1 A 8:05 > B 8:50"
    assert str(answer.walk) == "walk 33m > B"
    assert answer.direct == ()


def test_beside_a_bus_faster_than_the_walk_nothing_is_told() -> None:
    territory = town("A 0 0, B 2 0", "Bus1\nA B\n8:05 8:10")
    answer = plan(territory, ask(territory, "A", "B", AT, walking=Walking(direct_s=900)))
    assert (told(answer)[0], answer.walk) == ("Bus1 A 8:05 > B 8:10", None)


def test_arriving_by_a_time_it_is_the_same() -> None:
    territory = town("A 0 0, B 1.2 0", SLOW)
    answer = plan(territory, ask(territory, "A", "B", "2026-06-03 9:00", arrive_by=True, direct_modes=("BIKE",)))
    assert told(answer) == []
    assert [str(one) for one in answer.direct] == ["bike 7m > B"]


def test_the_bike_all_the_way_is_known_unless_steps_are_in_the_way() -> None:
    territory = town("A 0 0, B 2 0", SLOW)
    asked, rolling = ask(territory, "A", "B", AT), ask(territory, "A", "B", AT, step_free=True)
    found = cycled_all_the_way(territory, asked)
    assert found is not None
    assert (found.duration_s, found.distance_m) == (620, 2600)
    assert cycled_all_the_way(territory, rolling) is None
