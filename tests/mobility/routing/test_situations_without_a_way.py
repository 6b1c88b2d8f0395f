"""What people complained of in other planners: answers that do not say why there is nothing, or nothing any more."""

import pytest
from shapely import box

from mobility.network.terrain import Terrain
from mobility.routing.query import Walking
from tests.mobility.routing.situations import HOURLY, RIVER, ROLLING, ROW, SURELY, Situation, answered
from tests.town import at

ISLAND = "Boat1\nB A\n7:00 7:40\n18:00 18:40"
BUSY = "\n    Bus7\n    B     C\n" + "\n".join(f"    {10 + n // 6}:{n % 6}0  {10 + n // 6}:{n % 6}5" for n in range(60))

SITUATIONS = (
    Situation(
        "who asks strictly gets nothing rather than a guess",
        ROW, HOURLY, "A > C 7:55", "nothing: only_with_steps\nin the way: vehicle unknown Bus1",
        who=SURELY, step_free="A yes, C yes",
    ),
    Situation(
        "on the island at night it is said that the last boat is gone, and when the first one leaves",
        ROW, ISLAND, "B > A 20:00",
        "gone: the last boat left 18:00, the next leaves 7:00\nbest by_boat: Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "after midnight the last boat is that of the evening before",
        ROW, ISLAND, "B > A 1:30",
        "gone: the last boat left 18:00, the next leaves 7:00\nbest by_boat: Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "who is too far from the quay learns that the last boat is out of reach",
        ROW, ISLAND, "3 0.9 > A 17:50",
        "gone: the last boat leaves 18:00, the next leaves 7:00\nbest by_boat: walk 15m > B | Boat1 B 7:00 > A 7:40",
    ),
    Situation(
        "where it is a bus it is no boat that is gone",
        ROW, HOURLY, "A > C 9:30",
        "gone: the last one left 9:00, the next leaves 8:00\nbest: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "by day the next boat is no news",
        ROW, ISLAND, "B > A 12:00", "best by_boat: Boat1 B 18:00 > A 18:40",
    ),
    Situation(
        "where no stop is near the nearest one is advised, and of which end it is said (cartes#416)",
        ROW, HOURLY, "0 9 > C 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1",
    ),
    Situation(
        "beside the nearest stop the nearest big one is advised",
        ROW, HOURLY + BUSY, "0 9 > C 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1\naccess big_stop B 9486 m: Bus1, Bus7",
    ),
    Situation(
        "who is far from stops at both ends is advised at both",
        ROW, HOURLY, "0 9 > 6 5 8:00",
        "nothing: no_stop_near_origin\naccess nearest_stop A 9000 m: Bus1\negress nearest_stop C 5000 m: Bus1",
    ),
    Situation(
        "nobody is walked over the water to a stop",
        ROW, HOURLY, "3.15 0 > C 8:00", "nothing: no_stop_near_origin\naccess nearest_stop C 2850 m: Bus1",
        terrain=Terrain(barriers=(box(at("3.05 0").lon, at("0 -3").lat, at("3.1 0").lon, at("0 3").lat),), quay_m=20),
        asked={"walking": Walking(access_s=600)},
    ),
    Situation(
        "who is on the water is told so, and where the nearest stop is",
        "A 0 0, B 2.8 0, C 6 0", HOURLY, "3 0 > C 8:00",
        "nothing: origin_on_water\naccess nearest_stop B 200 m: Bus1",
        terrain=RIVER,
    ),
    Situation(
        "nobody goes to a place on the water, even on foot",
        "A 0 0, B 2.8 0, C 6 0", HOURLY, "A > 3 0 8:00",
        "nothing: destination_on_water\negress nearest_stop B 200 m: Bus1",
        terrain=RIVER,
    ),
    Situation(
        "who asks from another region is told that it is not served",
        ROW, HOURLY + BUSY, "0 60 > C 8:00",
        "nothing: origin_outside_territory\naccess nearest_stop A 60000 m: Bus1",
    ),
    Situation(
        "from farther than an hour by car nobody is led to a stop",
        ROW, HOURLY + BUSY, "0 400 > C 8:00",
        "nothing: origin_outside_territory",
    ),
    Situation(
        "who wants to go to another region is told that it is not served",
        ROW, HOURLY, "A > 6 30 8:00",
        "nothing: destination_outside_territory\negress nearest_stop C 30000 m: Bus1",
    ),
    Situation(
        "of two places that are not served the first is named, and both are advised",
        "A 0 0, B 2.8 0, C 6 0", HOURLY, "3 0 > 6 30 8:00",
        "nothing: origin_on_water\naccess nearest_stop B 200 m: Bus1\negress nearest_stop C 30000 m: Bus1",
        terrain=RIVER,
    ),
    Situation(
        "in a wheelchair it is said what is in the way, and not that nothing runs",
        ROW, HOURLY, "A > C 7:55",
        "nothing: only_with_steps\nin the way: stop no C",
        who=ROLLING, step_free="A yes, C no, Bus1-1 yes, Bus1-2 yes",
    ),
    Situation(
        "the only bus of the day is gone at nine: the next one is tomorrow's",
        ROW, "Bus1\nA B\n8:00 8:10", "A > B 9:00",
        "gone: the last one left 8:00, the next leaves 8:00\nbest: Bus1 A 8:00 > B 8:10",
    ),
    Situation(
        "who is there already is told so",
        ROW, HOURLY, "0 0.01 > 0 0.02 8:00", "nothing: already_there",
    ),
)  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)
def test_the_situation_is_answered(situation: Situation) -> None:
    assert answered(situation) == situation.answer
