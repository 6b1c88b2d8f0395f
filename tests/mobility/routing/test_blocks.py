"""A vehicle that goes on as another trip of its block: who is in it stays."""

from __future__ import annotations

import pytest

from mobility.planning.planner import plan
from tests.town import ask, told, town

STOPS = "A 0 0, B 3 0, C 6 0, Z 3 3"
ROUND = """
    Ring
    Z     A     B     C     Z
    8:00  8:05  8:10  8:15  {end}
    8:20  8:25  8:30  8:35  8:40
    8:40  8:45  8:50  8:55  9:00
    """


def round_line(end: str = "8:20", blocks: tuple[str, str, str] = ("v", "v", "v"), transfers: str = ""):
    rows = [f"Ring,S,Ring-{number},{block}" for number, block in enumerate(blocks, start=1)]
    more = {"trips": "\n".join(["route_id,service_id,trip_id,block_id", *rows])}
    rules = {"transfers": f"from_stop_id,to_stop_id,from_trip_id,to_trip_id,transfer_type\n{transfers}"}
    return town(STOPS, ROUND.format(end=end), more | (rules if transfers else {}))


@pytest.mark.parametrize("end", ["8:20", "8:18"])
def test_round_the_terminus_nobody_gets_out(end: str):
    territory = round_line(end)
    answer = plan(territory, ask(territory, "C", "A", "2026-06-01 8:11"))
    first = answer.itineraries[0]
    assert told(answer)[0] == f"Ring C 8:15 > Z {end} | Ring Z 8:20 > A 8:25"
    assert (first.transfers, first.rides[1].stays) == (0, True)


def test_another_vehicle_must_be_changed_into():
    territory = round_line("8:18", blocks=("v", "w", "v"))
    first = plan(territory, ask(territory, "C", "A", "2026-06-01 8:11")).itineraries[0]
    assert (first.transfers, first.rides[1].stays) == (1, False)


def test_where_type_five_forbids_it_one_must_get_out():
    """A change takes a minute: the vehicle that leaves at once is not caught again."""
    territory = round_line("8:20", transfers="Z,Z,Ring-1,Ring-2,5")
    assert told(plan(territory, ask(territory, "C", "A", "2026-06-01 8:11")))[0].endswith("Ring Z 8:40 > A 8:45")


def test_arriving_by_a_time_one_stays_as_well():
    territory = round_line()
    answer = plan(territory, ask(territory, "C", "A", "2026-06-01 8:30", arrive_by=True))
    assert told(answer)[-1] == "Ring C 8:15 > Z 8:20 | Ring Z 8:20 > A 8:25"
