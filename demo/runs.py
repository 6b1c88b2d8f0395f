"""The tables of what runs, on which days, on which way. Source of the columns: GTFS Schedule reference."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise

from demo.days import Window, gtfs_day, service_days
from demo.geometry import distance_m, length_m, way
from demo.records import Service, Territory
from demo.timetable import Trip, clock, trips

Row = dict[str, str]

THREE_STATES = {"unknown": "0", "yes": "1", "no": "2"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def run_tables(territory: Territory, covered: Window) -> dict[str, list[Row]]:
    """File name to rows, for the days covered."""
    all_trips = list(trips(territory))
    services = [(service, service_days(service, covered, territory.holidays)) for service in territory.services]
    return {
        "trips.txt": [_trip(territory, trip) for trip in all_trips],
        "stop_times.txt": _all_stop_times(territory, all_trips),
        "frequencies.txt": [row for trip in all_trips for row in _frequencies(trip)],
        "calendar.txt": [_calendar(service, covered) for service, _ in services if _is_weekly(service)],
        "calendar_dates.txt": [row for service, days in services for row in _calendar_dates(service, days, covered)],
        "shapes.txt": _shapes(territory, all_trips),
    }


def _trip(territory: Territory, trip: Trip) -> Row:
    return {
        "route_id": trip.line.line_id,
        "service_id": trip.service,
        "trip_id": trip.trip_id,
        "trip_headsign": territory.stops[trip.stops[-1]].name.removesuffix(" (quai)"),
        "direction_id": str(int(trip.back)),
        "shape_id": _shape_id(trip),
        "wheelchair_accessible": THREE_STATES[trip.line.step_free],
        "bikes_allowed": THREE_STATES[trip.line.bikes],
    }


def _all_stop_times(territory: Territory, all_trips: list[Trip]) -> list[Row]:
    travelled = {stops: _travelled(territory, stops) for stops in {trip.stops for trip in all_trips}}
    return [row for trip in all_trips for row in _stop_times(trip, travelled[trip.stops])]


def _travelled(territory: Territory, stops: tuple[str, ...]) -> list[str]:
    """Metres from the first stop to each."""
    metres = (length_m(way(territory, a, b)) for a, b in pairwise(stops))
    return [f"{total:.0f}" for total in accumulate(metres, initial=0.0)]


def _stop_times(trip: Trip, travelled: list[str]) -> Iterator[Row]:
    for position, (stop, minutes) in enumerate(zip(trip.stops, trip.minutes, strict=True)):
        yield {
            "trip_id": trip.trip_id,
            "arrival_time": clock(minutes),
            "departure_time": clock(minutes),
            "stop_id": stop,
            "stop_sequence": str(position),
            "shape_dist_traveled": travelled[position],
        }


def _frequencies(trip: Trip) -> Iterator[Row]:
    if trip.headway is not None:
        yield {
            "trip_id": trip.trip_id,
            "start_time": clock(trip.headway.since),
            "end_time": clock(trip.headway.until),
            "headway_secs": str(60 * trip.headway.every),
            "exact_times": str(int(trip.headway.exact)),
        }


def _is_weekly(service: Service) -> bool:
    return service.season == "year"


def _calendar(service: Service, covered: Window) -> Row:
    days = {name: str(int(runs)) for name, runs in zip(WEEKDAYS, service.weekdays, strict=True)}
    return {
        "service_id": service.service_id,
        **days,
        "start_date": gtfs_day(covered.first),
        "end_date": gtfs_day(covered.last),
    }


def _calendar_dates(service: Service, days: list[date], covered: Window) -> Iterator[Row]:
    """What differs from the week in calendar.txt; a service of a season stands here day by day."""
    running = set(days)
    for day in covered.days():
        by_the_week = _is_weekly(service) and service.weekdays[day.weekday()]
        if (day in running) != by_the_week:
            kind = "1" if day in running else "2"
            yield {"service_id": service.service_id, "date": gtfs_day(day), "exception_type": kind}


def _shape_id(trip: Trip) -> str:
    return f"{trip.line.line_id}-{trip.stops[0]}-{trip.stops[-1]}"


def _shapes(territory: Territory, all_trips: list[Trip]) -> list[Row]:
    by_id = {_shape_id(trip): trip.stops for trip in all_trips}
    return [row for shape_id, stops in by_id.items() for row in _shape(territory, shape_id, stops)]


def _shape(territory: Territory, shape_id: str, stops: tuple[str, ...]) -> Iterator[Row]:
    points = [territory.stops[stops[0]].point]
    for a, b in pairwise(stops):
        points.extend(way(territory, a, b)[1:])
    travelled = accumulate((distance_m(a, b) for a, b in pairwise(points)), initial=0.0)
    for position, (point, metres) in enumerate(zip(points, travelled, strict=True)):
        yield {
            "shape_id": shape_id,
            "shape_pt_lat": f"{point[0]:.5f}",
            "shape_pt_lon": f"{point[1]:.5f}",
            "shape_pt_sequence": str(position),
            "shape_dist_traveled": f"{metres:.0f}",
        }
