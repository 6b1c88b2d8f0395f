"""Feeds for tests, written as timetables: one trip a line, `Line trip: A 8:00 > B 8:10-8:12 > C 8:20`.

Stop A, B, ... stand in a row, a kilometre apart, unless a test places them. A trip may name its service after `@`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np

from gtfs.fares.records import NO_FARES, Fare, FareRule, Fares
from gtfs.snapshot import (
    Agency,
    FeedSnapshot,
    FeedSource,
    Frequency,
    Route,
    Services,
    Shapes,
    Stop,
    StopTimes,
    Transfers,
    Trips,
)

MONDAY = date(2026, 6, 15)
DAILY = {"daily": "1" * 14}
DEGREES_PER_KM = 1 / 111.195


def feed(
    timetable: str,
    *,
    id: str = "t",
    stops: Sequence[Stop] = (),
    services: Mapping[str, str] = DAILY,
    first_day: date = MONDAY,
    transfers: str = "",
    frequencies: Sequence[tuple[str, str, str, int, bool]] = (),
    zone: str = "UTC",
    route_type: int = 3,
    blocks: Mapping[str, int] = MappingProxyType({}),
) -> FeedSnapshot:
    """services: a digit a day from first_day on. transfers: a rule a line, `A > B type [seconds]`, an end may be
    `A/route`, `A/trip` or `/trip`. frequencies: trip, start, end, headway_s, exact."""
    rows = [_trip(line) for line in timetable.strip().splitlines()]
    routes = list(dict.fromkeys(row[0] for row in rows))
    trip_row = {row[1]: number for number, row in enumerate(rows)}
    named = {stop.id for stop in stops}
    letters = sorted({call[0] for row in rows for call in row[3]} - named)
    places = [*stops, *(in_a_row(letter) for letter in letters)]
    return FeedSnapshot(
        source=FeedSource(id, "test licence", "tests"),
        sha256="0" * 64,
        agencies=(Agency("a", "Agency", "https://example.org", zone),),
        stops=tuple(places),
        routes=tuple(Route(name, 0, name, "", route_type) for name in routes),
        services=_services(services, first_day),
        trips=replace(
            _trips(rows, routes, list(services)), block=np.array([blocks.get(row[1], -1) for row in rows], np.int32)
        ),
        stop_times=_stop_times(rows, [stop.id for stop in places]),
        frequencies=tuple(
            Frequency(trip_row[trip], clock(start), clock(end), headway_s, exact)
            for trip, start, end, headway_s, exact in frequencies
        ),
        transfers=_transfers(transfers, [stop.id for stop in places], routes, trip_row),
        shapes=Shapes(np.zeros(1, np.int64), np.empty(0), np.empty(0)),
        fares=NO_FARES,
    )


def in_a_row(letter: str) -> Stop:
    return Stop(letter, letter, 47.0 + (ord(letter[0]) - ord("A")) * DEGREES_PER_KM, -3.0)


def metres_north(stop: Stop, metres: float, id: str, **changes: object) -> Stop:
    return replace(stop, id=id, name=id, lat=stop.lat + metres / 1000 * DEGREES_PER_KM, **changes)  # type: ignore[arg-type]


def clock(text: str) -> int:
    hours, minutes, *seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + (int(seconds[0]) if seconds else 0)


def fare(snapshot: FeedSnapshot, name: str, minor: int, routes: tuple[int, ...] = ()) -> FeedSnapshot:
    """In euro cents, on some routes or on all."""
    fare = Fare(name, minor, "EUR", payment=0, transfers=0, valid_s=-1)
    rules = tuple(FareRule(0, route) for route in routes)
    return replace(snapshot, fares=Fares(1, (fare,), rules))


Call = tuple[str, int, int]
Row = tuple[str, str, str, list[Call]]


def _trip(line: str) -> Row:
    head, calls = line.split(":", 1)
    head, _, service = head.strip().partition("@")
    route, _, trip = head.strip().partition(" ")
    return route, trip.strip() or route, service.strip(), [_call(call) for call in calls.split(">")]


def _call(text: str) -> Call:
    stop, times = text.split()
    arrival, _, departure = times.partition("-")
    return stop, clock(arrival), clock(departure or arrival)


def _services(services: Mapping[str, str], first_day: date) -> Services:
    active = np.array([[digit == "1" for digit in days] for days in services.values()])
    return Services(tuple(services), first_day, active)


def _trips(rows: list[Row], routes: list[str], services: list[str]) -> Trips:
    n, none = len(rows), np.zeros(len(rows), np.int8)
    return Trips(
        ids=np.array([row[1] for row in rows], object),
        route=np.array([routes.index(row[0]) for row in rows], np.int32),
        service=np.array([services.index(row[2]) if row[2] else 0 for row in rows], np.int32),
        headsign=np.array([f"to {row[3][-1][0]}" for row in rows], object),
        short_name=np.array([""] * n, object),
        direction=none - np.int8(1),
        wheelchair=none,
        bikes=none,
        shape=np.full(n, -1, np.int32),
    )


def _stop_times(rows: list[Row], stops: list[str]) -> StopTimes:
    calls = [call for row in rows for call in row[3]]
    none = np.zeros(len(calls), np.int8)
    return StopTimes(
        first_call=np.cumsum([0, *(len(row[3]) for row in rows)]).astype(np.int64),
        stop=np.array([stops.index(stop) for stop, _, _ in calls], np.int32),
        arrival_s=np.array([arrival for _, arrival, _ in calls], np.int32),
        departure_s=np.array([departure for _, _, departure in calls], np.int32),
        pickup=none,
        drop_off=none,
        exact=np.ones(len(calls), bool),
        headsign=np.empty(0, object),
    )


def _transfers(text: str, stops: list[str], routes: list[str], trips: Mapping[str, int]) -> Transfers:
    rules = [line.split() for line in text.strip().splitlines()]

    def end(name: str) -> tuple[int, int, int]:
        stop, _, named = name.partition("/")
        route = routes.index(named) if named in routes and named not in trips else -1
        return (stops.index(stop) if stop else -1), route, trips.get(named, -1)

    starts, ends = [end(rule[0]) for rule in rules], [end(rule[2]) for rule in rules]
    columns = [np.array([row[k] for row in rows], np.int32) for k in range(3) for rows in (starts, ends)]
    kind = np.array([int(rule[3]) for rule in rules], np.int8)
    return Transfers(*columns, kind, np.array([int(rule[4]) if len(rule) > 4 else -1 for rule in rules], np.int32))
