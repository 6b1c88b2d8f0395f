"""What itineraries of one answer share is worked out once: a walk for each pair of ends, the last kilometre for each
end and quarter of an hour."""

from __future__ import annotations

from dataclasses import replace

from mobility.geo import Point
from mobility.network.network import Network
from mobility.network.ways import StreetWay
from mobility.planning.planner import plan
from mobility.ranking.answer import Answer
from mobility.routing.itinerary import WalkLeg
from mobility.routing.last_kilometre.both_ends import last_kilometres
from mobility.streets.router import OnStreets
from tests.mobility.routing.surroundings import FACTORS, place, surrounded
from tests.mobility.streets.tiny import streets
from tests.town import ask, moment, town

STOPS = "Port 0.5 0, Isle 9 0"
LINES = """
    Bus2
    Port  Isle
    8:20  8:50
    8:30  9:00
    8:40  9:10
    8:50  9:20
    """
MAP = """
    A 0 0, B 500 0
    A B | highway=residential name=Rue_du_Port
    """
EIGHT = "2026-06-03 8:00"


class CountedWays(OnStreets):
    """Streets that remember which ways they were asked for."""

    def __init__(self, network: Network) -> None:
        super().__init__(streets(MAP), network)
        self.asked: list[tuple[Point, Point]] = []

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        self.asked.append((start, end))
        return super().way(start, end, longest_s, speed_mps, mode)


def drawn(answer: Answer) -> list[WalkLeg]:
    """All walks of an answer, each looked at as a map would."""
    walks = [leg for one in answer.itineraries for leg in one.legs if isinstance(leg, WalkLeg)]
    assert all(walk.line for walk in walks)
    return walks


def test_a_walk_that_four_buses_share_is_asked_of_the_streets_once() -> None:
    territory = town(STOPS, LINES)
    router = CountedWays(territory.network)
    found = plan(replace(territory, streets=router), ask(territory, "0 0", "Isle", EIGHT, window_s=7200, results=4))
    router.asked.clear()
    walks = drawn(found)
    assert len(walks) == 4
    assert len(router.asked) == len({(walk.start.point, walk.end.point) for walk in walks}) == 1


def test_the_last_kilometre_of_buses_within_a_quarter_of_an_hour_is_worked_out_once() -> None:
    """Arrivals at 8:50, 9:00, 9:10 and 9:20: 9:00 and 9:10 lie in one quarter."""
    rank = place("taxi_rank", "Station", "9 0", opening_hours="Mo-Fr 07:00-20:00")
    territory = surrounded(rank, stops="A 0 0, B 9 0", lines=LINES.replace("Port", "A").replace("Isle", "B"))
    found = plan(territory, ask(territory, "A", "9 0.6", EIGHT, window_s=7200, results=4))
    ends = last_kilometres(territory, found.query, FACTORS, moment(EIGHT))
    told = [id(ends.of(one)[1]) for one in found.itineraries]
    assert [told.index(one) for one in told] == [0, 1, 1, 3]


def test_where_nothing_has_hours_it_is_the_same_all_day() -> None:
    territory = surrounded(
        place("taxi_rank", "Station", "9 0"),
        stops="A 0 0, B 9 0",
        lines=LINES.replace("Port", "A").replace("Isle", "B"),
    )
    found = plan(territory, ask(territory, "A", "9 0.6", EIGHT, window_s=7200, results=4))
    ends = last_kilometres(territory, found.query, FACTORS, moment(EIGHT))
    assert len(found.itineraries) == 4
    assert len({id(ends.of(one)[1]) for one in found.itineraries}) == 1
