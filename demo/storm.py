"""A disturbed day, invented for demonstrations: late buses and boats, a cancelled crossing, a closed stop.

The same for the same moment. Knows the timetable of the demo and nothing of how news of it are written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from demo.days import Window, service_days
from demo.records import Territory
from demo.timetable import Trip, trips

CLOSED_STOP, FERRY = "quai-des-indes", "GX"
BEFORE_MIN, AHEAD_MIN = 90, 240
"""Delays are of trips that were on their way so many minutes ago, or leave within so many. A stop is closed all day."""
MOST_LATE_MIN = {"bus": 14, "boat": 9, "ferry": 6}
UNKNOWN_OF = 4
"""Of every so many trips nothing is known of one."""


@dataclass(frozen=True, slots=True)
class DisturbedTrip:
    """late_s: None where nothing is known of its times. skipped: (place in the trip, stop). start_min: of the service
    day, which of the runs of a trip that is repeated; is_exact: to the minute."""

    trip_id: str
    day: date
    late_s: int | None
    skipped: tuple[tuple[int, str], ...] = ()
    start_min: int | None = None
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class DisturbedDay:
    """crossing: of the ferry, cancelled: trip, service day and when it was to leave, as clocks show."""

    trips: tuple[DisturbedTrip, ...]
    crossing: tuple[str, date, str] | None


def disturbed_day(territory: Territory, began: datetime, now: datetime) -> DisturbedDay:
    """began, now: as clocks of the territory show; the crossing is the next one after the replay began."""
    crossing = next(_crossings(territory, began), None)
    cancelled = crossing[:2] if crossing else None
    found = (
        one
        for trip, day, at_min in _days_around(territory, now)
        if (trip.trip_id, day) != cancelled
        for one in (_disturbed(trip, day, at_min) if trip.headway is None else _repeated(trip, day, at_min))
    )
    told = tuple(one for one in found if one.late_s is not None or one.skipped)
    return DisturbedDay(told, crossing)


def _crossings(territory: Territory, after: datetime) -> Iterator[tuple[str, date, str]]:
    """Of the ferry, out to the island, from half an hour on."""
    for day in (after.date(), after.date() + timedelta(1)):
        running = _running(territory, day)
        least = (after - datetime.combine(day, datetime.min.time(), after.tzinfo)).total_seconds() / 60 + 30
        for trip in sorted(_trips(territory, running), key=lambda trip: trip.minutes[0]):
            if trip.headway is None and trip.line.line_id == FERRY and not trip.back and trip.minutes[0] >= least:
                yield trip.trip_id, day, f"{trip.minutes[0] // 60}:{trip.minutes[0] % 60:02}"


def _days_around(territory: Territory, now: datetime) -> Iterator[tuple[Trip, date, float]]:
    """The trips of yesterday and of today, with the minute of that service day that it is."""
    for day in (now.date() - timedelta(1), now.date()):
        at_min = (now - datetime.combine(day, datetime.min.time(), now.tzinfo)).total_seconds() / 60
        yield from ((trip, day, at_min) for trip in _trips(territory, _running(territory, day)))


def _disturbed(trip: Trip, day: date, at_min: float) -> Iterator[DisturbedTrip]:
    if trip.minutes[-1] < at_min - BEFORE_MIN:
        return
    is_near = trip.minutes[0] <= at_min + AHEAD_MIN
    yield DisturbedTrip(trip.trip_id, day, _late_s(trip, day) if is_near else None, _skipped(trip))


def _repeated(trip: Trip, day: date, at_min: float) -> Iterator[DisturbedTrip]:
    """Of a shuttle no delay is known, but where it does not stop."""
    headway = trip.headway
    assert headway is not None
    lasts_min = trip.minutes[-1] - trip.minutes[0]
    for start_min in range(headway.since, headway.until, headway.every):
        if start_min + lasts_min >= at_min - BEFORE_MIN:
            yield DisturbedTrip(trip.trip_id, day, None, _skipped(trip), start_min, headway.exact)


def _trips(territory: Territory, running: frozenset[str]) -> Iterator[Trip]:
    return (trip for trip in trips(territory) if trip.service in running)


def _running(territory: Territory, day: date) -> frozenset[str]:
    covered = Window(day, day)
    services = territory.services
    return frozenset(one.service_id for one in services if service_days(one, covered, territory.holidays))


def _late_s(trip: Trip, day: date) -> int | None:
    chance = crc32(f"{trip.trip_id} {day}".encode())
    if chance % UNKNOWN_OF == 0:
        return None
    return 60 * (chance // UNKNOWN_OF % (MOST_LATE_MIN.get(trip.line.mode, 5) + 1))


def _skipped(trip: Trip) -> tuple[tuple[int, str], ...]:
    return tuple((place, stop) for place, stop in enumerate(trip.stops) if stop == CLOSED_STOP)
