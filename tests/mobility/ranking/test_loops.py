"""An itinerary begins with its first leg and ends with its last one, also where a loop was taken out of it."""

from itertools import pairwise

from shapely import box

from mobility.network.terrain import Terrain
from mobility.planning.planner import plan
from tests.town import ask, at, town

STOPS = "B 3 0, D 3.5 0, C 9 0, Z 3 3"
LINES = "Boat2\nB Z\n7:20 7:30\n\nBoat3\nZ B\n7:35 7:45\n\nBus4\nD C\n8:20 8:40"
PATH = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nB,D,2,540"}
BASIN = Terrain(barriers=(box(at("3.2 0").lon, at("0 -1").lat, at("3.3 0").lon, at("0 1").lat),), quay_m=20)


def test_who_is_spared_a_loop_at_the_start_leaves_with_the_first_leg_that_is_left() -> None:
    territory = town(STOPS, LINES, PATH, BASIN)
    (found,) = plan(territory, ask(territory, "B", "C", "2026-06-03 7:00", window_s=3600)).itineraries
    assert str(found) == "walk 9m > D | Bus4 D 8:20 > C 8:40"
    assert (found.departure_s, found.arrival_s) == (found.legs[0].departure_s, found.legs[-1].arrival_s)


def test_legs_follow_each_other_in_every_itinerary() -> None:
    territory = town(STOPS, LINES, PATH, BASIN)
    ends = [(start, end) for start in "BDZ" for end in "BDCZ" if start != end]
    answers = [plan(territory, ask(territory, *pair, "2026-06-03 7:00", window_s=3600)) for pair in ends]
    found = [one for answer in answers for one in answer.itineraries]
    assert found
    for one in found:
        assert (one.departure_s, one.arrival_s) == (one.legs[0].departure_s, one.legs[-1].arrival_s), str(one)
        assert all(leg.arrival_s <= after.departure_s for leg, after in pairwise(one.legs)), str(one)


def test_who_is_spared_a_loop_on_the_way_takes_the_first_bus_that_is_then_caught() -> None:
    """From the boat of 7:10 one walks by W to D, farther than between two rides: the bus of 7:50, and not that of 8:20,
    which is the first for who goes by Z."""
    lines = """
        Boat1
        A B
        7:00 7:10

        Boat2
        W Z
        7:20 7:30

        Boat3
        Z W
        7:35 7:45

        Bus4
        D C
        7:15 7:35
        7:50 8:10
        8:20 8:40
        """
    path = {"transfers": "from_stop_id,to_stop_id,transfer_type,min_transfer_time\nB,W,2,540"}
    territory = town("A 0 0, B 3 0, W 3.5 0, Z 3.5 3, D 4 0, C 9 0", lines, path, BASIN)
    (found,) = plan(territory, ask(territory, "A", "C", "2026-06-03 6:55")).itineraries
    assert str(found) == "Boat1 A 7:00 > B 7:10 | walk 9m > W | walk 9m > D | Bus4 D 7:50 > C 8:10"


THERE_AND_BACK = """
    Bus1
    A P
    7:00 7:10

    Bus2
    Y B
    7:20 7:21

    Bus3
    T C
    7:40 7:50
    """


def test_nobody_rides_back_to_a_stop_beside_the_one_where_they_got_out() -> None:
    """From P one walks to B at once, and on to T, farther than between rides: no bus is walked to that leads back."""
    territory = town("A 0 0, P 3 0, B 2.9 0, Y 3.4 0, T 2.35 0, C 9 0", THERE_AND_BACK)
    (found,) = plan(territory, ask(territory, "A", "C", "2026-06-03 6:55")).itineraries
    assert str(found) == "Bus1 A 7:00 > P 7:10 | walk 2m > B | walk 9m > T | Bus3 T 7:40 > C 7:50"


def test_a_ride_that_spares_a_walk_is_no_circle() -> None:
    """From P to B it would be 8 minutes on foot, to the bus it is one."""
    territory = town("A 0 0, P 3 0, B 2.5 0, Y 3.05 0, T 2 0, C 9 0", THERE_AND_BACK)
    (found,) = plan(territory, ask(territory, "A", "C", "2026-06-03 6:55")).itineraries
    assert [ride.line_name for ride in found.rides] == ["Bus1", "Bus2", "Bus3"]
