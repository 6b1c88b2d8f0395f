"""What people complained of in other planners: which ways are shown, and which first."""

import pytest

from mobility.search.pace import Change
from mobility.travellers.profiles import Costs, Profile
from tests.mobility.routing.situations import FAMILY, HOURLY, HURRIED, RIVER, ROLLING, ROW, Situation, answered

BUS_AND_BOAT = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:15  8:40
    """
TWO_WAYS = """
    Bus1
    A     C
    8:00  8:40

    Bus2
    A     B
    8:00  8:10

    Bus3
    B     C
    8:13  8:25
    """

SITUATIONS = (
    Situation(
        "a bus and a boat to an island are one trip (motis#434)",
        ROW, BUS_AND_BOAT, "A > C 7:55",
        "best by_boat: Bus1 A 8:00 > B 8:10 | Boat2 B 8:15 > C 8:40",
        terrain=RIVER,
    ),
    Situation(
        "nobody changes between two banks without a bridge (motis#966)",
        "A 0 0, B 2.85 0, D 3.15 0, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:20 8:30",
        "A > C 7:55", "nothing: nothing_in_window",
        terrain=RIVER,
    ),
    Situation(
        "with a bridge it is a short walk",
        "A 0 0, B 2.85 0, D 3.15 0, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:20 8:30",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 5m > D | Bus2 D 8:20 > C 8:30",
    ),
    Situation(
        "one is not sent past the nearest stop to a further one (motis#510)",
        "A 0 0, B 0.4 0, C 6 0", "Bus1\nB A C\n8:00 8:02 8:20",
        "-0.1 0 > C 7:50", "best: walk 2m > A | Bus1 A 8:02 > C 8:20",
    ),
    Situation(
        "a silly short ride is not offered where walking is as fast (OTP#3331)",
        "A 0 0, B 0.5 0", "Bus1\nA B\n8:05 8:20",
        "A > B 8:00", "nothing: walking_is_better\nor best: walk 9m > B",
    ),
    Situation(
        "a bus that is faster than the walk stands beside the walk (OTP#7359)",
        "A 0 0, B 1.5 0", "Bus1\nA B\n8:00 8:05",
        "A > B 8:00",
        "best fastest: Bus1 A 8:00 > B 8:05\nor lowest_emissions cheapest: walk 25m > B",
        more={"fare_attributes": "fare_id,price,currency_type,payment_method,transfers\none,1.50,EUR,0,0"},
    ),
    Situation(
        "a bus runs, so nobody walks long to begin with (OTP#2259)",
        "A 0 0, B 0.9 0, C 6 0",
        "Bus1\nA B C\n8:00 8:04 8:20",
        "A > C 7:45", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "a change is made where it costs no walk (OTP#3834)",
        "A 0 0, B 3 0, D 3 0.3, C 6 0",
        "Bus1\nA B D\n8:00 8:10 8:12\n\nBus2\nB C\n8:14 8:30",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | Bus2 B 8:14 > C 8:30",
    ),
    Situation(
        "the faster way has a change, the other none: both are said",
        ROW, TWO_WAYS, "A > C 7:55",
        "best fastest: Bus2 A 8:00 > B 8:10 | Bus3 B 8:13 > C 8:25\nfewest_changes: Bus1 A 8:00 > C 8:40",
    ),
    Situation(
        "who dreads changes gets the way without one first",
        ROW, TWO_WAYS, "A > C 7:55",
        "best fewest_changes: Bus1 A 8:00 > C 8:40\nfastest: Bus2 A 8:00 > B 8:10 | Bus3 B 8:13 > C 8:25",
        who=Profile("blind", costs=Costs(change_s=1200)),
    ),
    Situation(
        "a tight change is not for who needs longer (motis#1595)",
        ROW, "Bus1\nA B\n8:00 8:10\n\nBus2\nB C\n8:13 8:25\n8:43 8:55",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | Bus2 B 8:43 > C 8:55",
        asked={"change": Change(minimum_s=300)},
    ),
    Situation(
        "who walks slowly between two stops takes the next bus",
        "A 0 0, B 3 0, D 3 0.2, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:14 8:30\n8:24 8:40",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 6m > D | Bus2 D 8:24 > C 8:40",
        who=Profile("low_mobility", 0.8),
    ),
    Situation(
        "who hurries catches the earlier one",
        "A 0 0, B 3 0, D 3 0.2, C 6 0",
        "Bus1\nA B\n8:00 8:10\n\nBus2\nD C\n8:13 8:30\n8:24 8:40",
        "A > C 7:55", "best: Bus1 A 8:00 > B 8:10 | walk 3m > D | Bus2 D 8:13 > C 8:30",
        who=HURRIED,
    ),
    Situation(
        "in a wheelchair a stop with steps is left out",
        "A 0 0, B 5.7 0, C 6 0", "Bus1\nA C\n8:00 8:20\n\nBus2\nA B\n8:00 8:30",
        "A > C 7:55", "best: Bus2 A 8:00 > B 8:30 | walk 7m > C (unknown 4)",
        who=ROLLING, step_free="C no",
    ),
    Situation(
        "in a wheelchair unknown data is no empty answer (OTP#4045, cac-tripplanner#665)",
        ROW, HOURLY, "A > C 7:55", "best: Bus1 A 8:00 > C 8:20 (unknown 3)",
        who=ROLLING,
    ),
    Situation(
        "what is known to be step-free comes before what is unknown, even if slower",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:00 8:24",
        "A > C 7:55",
        "best step_free: Bus2 A 8:00 > C 8:24\nfastest: Bus1 A 8:00 > C 8:20 (unknown 1)",
        who=ROLLING, step_free="A yes, C yes, Bus2-1 yes",
    ),
    Situation(
        "a pushchair is lifted where there is no other way, and that is said",
        ROW, HOURLY, "A > C 7:55", "best: Bus1 A 8:00 > C 8:20 (unknown 2, steps 1)",
        who=FAMILY, step_free="C no",
    ),
    Situation(
        "the bus of last night runs after midnight (r5py#508)",
        ROW, "Bus9\nA B\n24:50 25:10", "A > B 0:30", "best: Bus9 A 0:50 > B 1:10",
    ),
    Situation(
        "arriving by a time after midnight nothing arrives too late (OTP#6962)",
        ROW, "Bus9\nA B\n24:10 24:30\n24:50 25:10", "A > B by 1:00", "best: Bus9 A 0:10 > B 0:30",
    ),
    Situation(
        "nobody is sent over the harbour and back to wait",
        "A 0 0, B 3 0, D 3.5 0, C 9 0, Z 3 3",
        "Bus1\nA B\n7:00 7:10\n\nBoat2\nB Z\n7:20 7:30\n\nBoat3\nZ B\n7:35 7:45\n\nBus4\nD C\n8:20 8:40",
        "A > C 6:55", "best long_wait: Bus1 A 7:00 > B 7:10 | walk 9m > D | Bus4 D 8:20 > C 8:40",
    ),
    Situation(
        "an overnight wait is no second option",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA B\n8:30 8:40\n\nBus3\nB C\n20:00 20:10",
        "A > C 7:55", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "a bus that one waits long for is no better than the walk round the corner (OTP#3331)",
        "A 0 0, B 0.45 0", "Bus1\nA B\n8:16 8:18",
        "A > B 8:00", "alternative: Bus1 A 8:16 > B 8:18\nor best lowest_emissions: walk 8m > B",
    ),
    Situation(
        "who must be there by nine is not there at seven",
        ROW, "Bus1\nA C\n6:30 6:45\n\nBus2\nA C\n8:20 8:50\n\nBus3\nA C\n8:10 8:45\n\nBus4\nA C\n8:05 8:40",
        "A > C by 9:00",
        "best fastest: Bus2 A 8:20 > C 8:50\nalternative: Bus3 A 8:10 > C 8:45\nalternative: Bus4 A 8:05 > C 8:40",
        asked={"window_s": 10800},
    ),
    Situation(
        "beside three ways of now a way of the evening is for another time",
        ROW, "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:02 8:22\n\nBus3\nA C\n8:04 8:24\n\nBus4\nA C\n19:00 19:10",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:02 > C 8:22\nalternative: Bus3 A 8:04 > C 8:24",
        asked={"window_s": 43200},
    ),
    Situation(
        "a detour on foot to a slower bus is no fourth way",
        "A 0 0, B 0 0.7, C 6 0",
        "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:01 8:21\n\nBus3\nA C\n8:02 8:22\n\nBus4\nB C\n8:18 8:36",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:01 > C 8:21\nalternative: Bus3 A 8:02 > C 8:22",
    ),
    Situation(
        "six departures of one line are one option",
        ROW, "Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40\n8:30 8:50\n8:40 9:00\n8:50 9:10",
        "A > C 7:58", "best: Bus1 A 8:00 > C 8:20",
    ),
    Situation(
        "three different lines are three options",
        ROW, "Bus1\nA C\n8:00 8:20\n8:06 8:26\n\nBus2\nA C\n8:02 8:22\n\nBus3\nA C\n8:04 8:24",
        "A > C 7:58",
        "best: Bus1 A 8:00 > C 8:20\nalternative: Bus2 A 8:02 > C 8:22\nalternative: Bus3 A 8:04 > C 8:24",
    ),
    Situation(
        "who waits at home is not asked to leave early for a detour",
        ROW, "Bus1\nA B C\n8:00 8:30 9:00\n\nBus2\nA C\n8:40 9:00", "A > C 7:58",
        "best: Bus2 A 8:40 > C 9:00",
    ),
)  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.name)
def test_the_situation_is_answered(situation: Situation) -> None:
    assert answered(situation) == situation.answer
