"""When it is said that the last one is gone, and when it is not."""

from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from mobility.routing.itinerary import clock
from tests.town import ask, town

NIGHT = """
    N2
    A B
    25:26 25:34

    Bus1
    A B
    9:25 9:35
    21:30 21:40

    Boat2
    B C
    9:00 9:12
    9:45 9:57
    22:00 22:12
    """
MORNINGS = "N2\nA B\n25:26 25:34\n\nBus1\nA B\n9:25 9:35\n\nBoat2\nB C\n9:00 9:12\n9:45 9:57"


def test_who_could_only_wait_a_night_on_the_quay_hears_that_the_last_boat_is_gone() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", NIGHT)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-02 23:00"))
    found = last_gone(territory, answer)
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["22:00", "9:45"]
    assert "Bus1 A 9:25 > B 9:35 | Boat2 B 9:45 > C 9:57" in map(str, answer.itineraries)


def test_before_the_first_boat_of_the_day_it_is_not_called_the_last() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", NIGHT)
    found = last_gone(territory, plan(territory, ask(territory, "A", "C", "2026-06-03 2:00")))
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["22:00", "9:45"]
    assert not found.too_late


def test_the_last_boat_of_a_day_may_be_one_of_the_morning() -> None:
    territory = town("A 0 0, B 3 0, C 6 0", MORNINGS)
    found = last_gone(territory, plan(territory, ask(territory, "A", "C", "2026-06-03 2:00")))
    assert found is not None
    assert [clock(one.at_s, territory.zone) for one in (found.last, found.next) if one] == ["9:45", "9:45"]
