"""Whenever it is said of an evening of the demo that nothing leaves any more, a slow search with all walks of half an
hour finds nothing, either."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import permutations
from random import Random

import numpy as np
import pytest

from api.config import read_config
from api.territory.in_service import Following
from mobility.clock import night_ends_s
from mobility.network.network import Network
from mobility.network.timetable import DayTimetable
from mobility.planning.long_walks import FARTHER_S
from mobility.planning.missed import last_gone
from mobility.planning.planner import plan
from mobility.planning.trip_search import search_date, searched_day
from mobility.routing.access import early_at_quay_s, ways
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Walking
from mobility.routing.territory import Territory
from tests.demo_in_service import ROOT, demo_in_service

QUAYS = (
    "lorient_ban-gavres",
    "lorient_port-louis-locmalo",
    "lorient_port-louis-la-pointe",
    "lorient_embarcadere",
    "lorient_gavres-mairie",
)
EVENINGS = ("2026-12-05 18:46", "2026-12-05 19:30", "2026-12-06 18:10", "2026-12-06 20:05", "2026-12-07 20:40")

OTHERS, FOR_EVER_S = 25, 10**9


Walked = dict[int, dict[int, int]]


def half_hour_walks(territory: Territory, speed_mps: float) -> Walked:
    """Seconds by both stops, be they found from the one or from the other."""
    walked: Walked = {stop: {} for stop in range(len(territory.network.stops))}
    for stop in np.flatnonzero(territory.network.stops.modes != 0).tolist():
        for inward in (False, True):
            for other, seconds in at_an_end(territory, stop, speed_mps, inward).items():
                start, end = (other, stop) if inward else (stop, other)
                walked[start][end] = min(seconds, walked[start].get(end, seconds))
    return walked


def at_an_end(territory: Territory, stop: int, speed_mps: float, inward: bool) -> dict[int, int]:
    """With the minutes that one is early where boats leave and the way is a guess."""
    found = ways(territory, stop_spot(territory.network, stop), FARTHER_S, speed_mps, inward=inward)
    end = np.full(len(found), stop, np.int32) if inward else found.node
    early_s = early_at_quay_s(territory, end, found.seconds, found.estimated)
    return dict(zip(found.node.tolist(), (found.seconds + early_s).tolist(), strict=True))


def arrival_s(territory: Territory, query: Query, walked: Walked) -> int | None:
    """The earliest of the evening with all such walks, however many; None where there is none that is there before who
    walks all the way in half an hour. Written for being right: the rides that can be caught, in order."""
    start, speed_mps = query.origin.stop, query.walking.speed_mps
    day = searched_day(territory, query, search_date(territory, query.at_s, arrive_by=False))
    from_s, walks = query.at_s - day.timetable.anchor_s, day.footpaths
    ready = {stop: from_s + walk_s for stop, walk_s in at_an_end(territory, start, speed_mps, inward=False).items()}
    near = ways(territory, query.destination, FARTHER_S, speed_mps, inward=True)
    egress = dict(zip(near.node.tolist(), near.seconds.tolist(), strict=True))
    there_s, aboard = list[int](), set[int]()
    for leaves_s, arrives_s, trip, board, stop in hops(day.timetable, from_s):
        if trip in aboard or (board is not None and ready.get(board, FOR_EVER_S) <= leaves_s):
            aboard.add(trip)
            if stop is not None:
                there_s += [arrives_s + egress[stop]] if stop in egress else []
                usual = {int(walks.to_stop[row]): int(walks.duration_s[row]) for row in walks.of(stop)}
                for other, walk_s in (walked[stop] | usual | {stop: int(walks.change_s[stop])}).items():
                    ready[other] = min(ready.get(other, arrives_s + walk_s), arrives_s + walk_s)
    all_the_way = territory.streets.way(query.origin.point, query.destination.point, FARTHER_S, speed_mps)
    until_s = from_s + all_the_way.seconds - 1 if all_the_way else FOR_EVER_S
    night_s = night_ends_s(query.at_s, territory.zone) - day.timetable.anchor_s
    best_s = min(there_s, default=FOR_EVER_S)
    return best_s + day.timetable.anchor_s if best_s <= min(until_s, night_s) else None


def hops(day: DayTimetable, from_s: int) -> Iterator[tuple[int, int, int, int | None, int | None]]:
    """From one call of a trip to the next: when it leaves and arrives, the trip, where one may get in and out."""
    found = []
    for trip in range(day.n_trips):
        pattern = int(day.trip_pattern[trip])
        first, after = (int(one) for one in day.pattern_first_position[pattern : pattern + 2])
        call = int(day.pattern_first_call[pattern]) + (trip - int(day.pattern_first_trip[pattern])) * (after - first)
        for at in range(after - first - 1):
            start = int(day.position_stop[first + at]) if day.position_boards[first + at] else None
            stop = int(day.position_stop[first + at + 1]) if day.position_alights[first + at + 1] else None
            found.append((int(day.departure[call + at]), int(day.arrival[call + at + 1]), trip, start, stop))
    return iter(sorted((one for one in found if one[0] >= from_s), key=lambda one: one[:3]))


@pytest.fixture(scope="module")
def demo_territory(tmp_path_factory: pytest.TempPathFactory) -> Territory:
    folder = demo_in_service(tmp_path_factory, date(2026, 11, 23))
    return Following(folder, read_config(ROOT / "config.toml")).territory()


@pytest.fixture(scope="module")
def walked(demo_territory: Territory) -> Walked:
    return half_hour_walks(demo_territory, Walking().speed_mps)


def pairs(network: Network) -> list[tuple[int, int]]:
    """Between the quays of the harbour's mouth, and some others of all stops."""
    quays = [network.stop(one) for one in QUAYS]
    rows = np.flatnonzero(network.stops.modes != 0).tolist()
    return [*permutations(quays, 2), *(tuple(Random(seed).sample(rows, 2)) for seed in range(OTHERS))]


@pytest.mark.parametrize("evening", EVENINGS)
def test_nothing_leaves_any_more_where_that_is_said(demo_territory: Territory, walked: Walked, evening: str) -> None:
    network, told, gone_for_good = demo_territory.network, list[str](), 0
    at_s = int(datetime.fromisoformat(evening).replace(tzinfo=demo_territory.zone).timestamp())
    for start, end in pairs(network):
        query = Query(stop_spot(network, start), stop_spot(network, end), at_s)
        gone = last_gone(demo_territory, plan(demo_territory, query))
        if gone is not None and not gone.hurry:
            there_s, said_s = arrival_s(demo_territory, query, walked), gone.farther and gone.farther.arrival_s
            gone_for_good += said_s is None
            if there_s != said_s:
                told.append(f"{query.origin.name} > {query.destination.name}: {said_s} is {there_s}")
    assert told == []
    assert gone_for_good
