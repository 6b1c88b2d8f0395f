"""Counted from the feeds themselves, read here with csv: no change between two vehicles could be 50 m nearer."""

from __future__ import annotations

import csv
import io
import math
import os
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise, product
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from demo.build import build as build_demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND
from mobility.planning.planner import plan
from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg, stop_spot
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.search.days import Days

DATA = os.environ.get("HENT_REFERENCE_DATA", "")
DAYS = {
    "helsinki": date(2022, 2, 22),
    "perigueux": date(2026, 1, 13),
    "tampa_2018": date(2018, 6, 5),
    "demo": date(2026, 12, 1),
}
ITINERARIES, LESS_M = 500, 50
SPEED_MPS, DETOUR, LONGEST_M, CHANGE_S = 1.33, 1.3, 600, 60
"""As docs/configuration.md has them where no streets are known."""
ENOUGH_S, ENOUGH_FOR_BOATS_S = 120, 300
TIMED, MINIMUM, FORBIDDEN = "1", "2", "3"
FERRY, NOT_POSSIBLE = "4", "1"


@dataclass(frozen=True)
class Call:
    stop: str
    arrival_s: int
    departure_s: int
    pickup: str
    drop_off: str


@dataclass(frozen=True)
class Feed:
    """The tables as they are published."""

    path: Path

    def rows(self, table: str) -> Iterator[dict[str, str]]:
        with zipfile.ZipFile(self.path) as archive:
            if f"{table}.txt" in archive.namelist():
                with archive.open(f"{table}.txt") as file:
                    yield from csv.DictReader(io.TextIOWrapper(file, "utf-8-sig"))

    @cached_property
    def calls(self) -> dict[str, list[Call]]:
        found = defaultdict(list)
        for row in self.rows("stop_times"):
            if row["arrival_time"].strip():
                times = seconds(row["arrival_time"]), seconds(row["departure_time"])
                rules = row.get("pickup_type", ""), row.get("drop_off_type", "")
                found[row["trip_id"]].append((int(row["stop_sequence"]), Call(row["stop_id"], *times, *rules)))
        return {trip: [call for _, call in sorted(rows, key=lambda row: row[0])] for trip, rows in found.items()}

    @cached_property
    def stops(self) -> dict[str, dict[str, str]]:
        return {row["stop_id"]: row for row in self.rows("stops")}

    @cached_property
    def transfers(self) -> dict[tuple[str, str], dict[str, str]]:
        return {(row["from_stop_id"], row["to_stop_id"]): row for row in self.rows("transfers")}

    def rule(self, out: str, goal: str) -> dict[str, str] | None:
        """The one that names most of both themselves, not by their station."""
        both = [[stop, self.stops[stop].get("parent_station") or stop] for stop in (out, goal)]
        return next((self.transfers[pair] for pair in product(*both) if pair in self.transfers), None)

    @cached_property
    def boats(self) -> set[str]:
        lines = {row["route_id"] for row in self.rows("routes") if row["route_type"] == FERRY}
        return {row["trip_id"] for row in self.rows("trips") if row["route_id"] in lines}

    @cached_property
    def quays(self) -> set[str]:
        """Where boats call, who arrives is in time for what leaves in the same minute."""
        return {call.stop for trip in self.boats for call in self.calls[trip]}

    def way(self, out: str, goal: str) -> tuple[float, int] | None:
        """Metres and seconds from one stop to another; None where nobody walks."""
        metres, rule = self.straight_m(out, goal) * DETOUR, self.rule(out, goal)
        if rule and rule["transfer_type"] in (TIMED, MINIMUM, FORBIDDEN):
            forbidden = rule["transfer_type"] == FORBIDDEN
            return None if forbidden else (metres, int(rule.get("min_transfer_time") or 0))
        if out == goal:
            return 0.0, 0 if out in self.quays else CHANGE_S
        return None if metres > LONGEST_M * DETOUR else (metres, max(math.ceil(metres / SPEED_MPS), CHANGE_S))

    def straight_m(self, one: str, other: str) -> float:
        (lat, lon), (lat2, lon2) = (
            tuple(math.radians(float(self.stops[stop][name])) for name in ("stop_lat", "stop_lon"))
            for stop in (one, other)
        )
        h = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
        return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


def seconds(clock: str) -> int:
    hours, minutes, rest = map(int, clock.strip().split(":"))
    return 3600 * hours + 60 * minutes + rest


@pytest.mark.parametrize("name", DAYS)
def test_nobody_walks_50_m_more_than_they_must_between_two_vehicles(name: str, tmp_path: Path) -> None:
    if name != "demo" and not DATA:
        pytest.skip("HENT_REFERENCE_DATA is not set: no real feeds")
    path = build_demo(tmp_path, DAYS[name]) if name == "demo" else Path(DATA) / "gtfs" / f"{name}.zip"
    feed = Feed(path)
    found = itineraries(territory(path, DAYS[name]), DAYS[name])
    assert len(found) == ITINERARIES
    could = [f"{itinerary}: {place}" for itinerary in found for place in shorter(feed, itinerary)]
    assert could == []


def territory(path: Path, day: date) -> Territory:
    feed, _ = accept(path, FeedSource("f", "test"), ReadLimits(), day)
    network = build([feed], OPEN_GROUND, feed.agencies[0].timezone)
    return Territory(network, StraightLine(network), Days(network))


def itineraries(territory: Territory, day: date) -> list[Itinerary]:
    """With a change, between stops drawn by lot, half of them arriving by a time."""
    random, network, found = Random(50), territory.network, list[Itinerary]()
    served = [stop for stop in range(len(network.stops)) if network.stops.kind[stop] == 0 and network.stops.modes[stop]]
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(network.zones[0]))
    for number in range(5 * ITINERARIES):
        if len(found) >= ITINERARIES:
            break
        start, end = (stop_spot(network, stop) for stop in random.sample(served, 2))
        at_s = int((noon + timedelta(minutes=random.randint(-300, 360))).timestamp())
        answer = plan(territory, Query(start, end, at_s, window_s=3600, arrive_by=number % 2 == 1))
        found += [one for one in answer.itineraries if one.transfers]
    return found[:ITINERARIES]


def shorter(feed: Feed, itinerary: Itinerary) -> Iterator[str]:
    """Places where the same two vehicles could be changed between, 50 m nearer, in as much time as is enough."""
    for before, after in pairwise(itinerary.rides):
        if after.stays:
            continue
        first, second = Ridden(feed, before), Ridden(feed, after)
        walked_m = sum(
            leg.distance_m
            for leg in itinerary.legs
            if isinstance(leg, WalkLeg) and before.arrival_s <= leg.departure_s < after.departure_s
        )
        had_s = after.departure_s - before.arrival_s - between_s(itinerary, before, after, feed)
        least_s = min(had_s, ENOUGH_FOR_BOATS_S if second.trip in feed.boats else ENOUGH_S)
        for out in first.calls[first.board + 1 :]:
            for goal in second.calls[: second.alight]:
                spare_s = second.shift_s + goal.departure_s - first.shift_s - out.arrival_s
                if spare_s < least_s or out.drop_off == NOT_POSSIBLE or goal.pickup == NOT_POSSIBLE:
                    continue
                metres, way_s = feed.way(out.stop, goal.stop) or (math.inf, 0)
                if spare_s - way_s >= least_s and metres <= walked_m - LESS_M:
                    yield f"{out.stop} > {goal.stop}, {metres:.0f} m instead of {walked_m}"


def between_s(itinerary: Itinerary, before: RideLeg, after: RideLeg, feed: Feed) -> int:
    """Of the change as it was answered: its walk, or that at one stop."""
    for leg in itinerary.legs:
        if isinstance(leg, WalkLeg) and before.arrival_s <= leg.departure_s < after.departure_s:
            return leg.arrival_s - leg.departure_s
    way = feed.way(
        *(id_of(leg.network.stops.id[spot.stop]) for leg, spot in ((before, before.end), (after, after.start)))
    )
    return CHANGE_S if way is None else way[1]


@dataclass(frozen=True)
class Ridden:
    feed: Feed
    leg: RideLeg

    @property
    def trip(self) -> str:
        trips = self.leg.network.trips
        return id_of(trips.id[int(trips.id_row[self.leg.trip])])

    @cached_property
    def calls(self) -> list[Call]:
        return self.feed.calls[self.trip]

    @cached_property
    def shift_s(self) -> int:
        """To epoch seconds; of a run of frequencies.txt its own."""
        return self.leg.departure_s - self.calls[self.board].departure_s

    @cached_property
    def board(self) -> int:
        return self._position(self.leg.board)

    @cached_property
    def alight(self) -> int:
        return self._position(self.leg.alight)

    def _position(self, position: int) -> int:
        """Among the calls with a time; the reader numbers all of them."""
        stop = id_of(self.leg.network.stops.id[self.leg.stop_at(position)])
        return min((at for at, call in enumerate(self.calls) if call.stop == stop), key=lambda at: abs(at - position))


def id_of(namespaced: str) -> str:
    return namespaced.removeprefix("f_")
