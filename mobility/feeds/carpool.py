"""Live offers as a GTFS feed that anybody may have: meeting points, times, days; no driver, no seat, no blurred home.

One offer is a trip; those with the same ends are a route of type 1551.
Source: extended route types, as OpenTripPlanner and Amarillo use them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from gtfs.write import write
from mobility.carpool.offer import MeetingPoint, Offer, PointKind, Waypoint, days_of
from mobility.clock import at_clock, days_after, service_day_start

Rows: TypeAlias = list[dict[str, object]]

CARPOOL = 1551
AGENCY = "hent-carpool"
ASK_THE_DRIVER, NEVER = 3, 1
DAYS_AHEAD = 31


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose feed it is. zone: of the territory's clocks; url: where people learn how to ask."""

    name: str
    url: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Coming:
    today: date
    school_holidays: frozenset[date]


def write_feed(offers: Iterable[Offer], publisher: Publisher, coming: Coming, path: Path) -> int:
    """A zip of the offers that run on one of the next days; how many do."""
    today, last, zone = coming.today, days_after(coming.today, DAYS_AHEAD), ZoneInfo(publisher.zone)
    running = [
        (offer, told)
        for offer in sorted(offers, key=lambda one: one.id)
        for days in [days_of(offer.schedule, today, last, coming.school_holidays)]
        if len(points(offer)) > 1 and (told := [day for day in days if _is_told(offer, day, zone)])
    ]
    write(tables(running, publisher, (today, last)), path)
    return len(running)


def _is_told(offer: Offer, day: date, zone: ZoneInfo) -> bool:
    """GTFS counts from noon − 12 h: in the night in which clocks change it would tell another moment."""
    return service_day_start(day, zone) + _leaves_s(offer) == at_clock(day, offer.departure, zone)


def points(offer: Offer) -> list[Waypoint]:
    return [at for at in offer.waypoints if at.meeting_point.kind is not PointKind.BLURRED]


def tables(running: list[tuple[Offer, list[date]]], publisher: Publisher, window: tuple[date, date]) -> dict[str, Rows]:
    first, last = (_day(day) for day in window)
    info = {"feed_publisher_name": publisher.name, "feed_publisher_url": publisher.url}
    info |= {"feed_lang": publisher.language, "feed_start_date": first, "feed_end_date": last, "feed_version": first}
    agency = {"agency_id": AGENCY, "agency_name": publisher.name, "agency_url": publisher.url}
    places = {at.meeting_point.id: at.meeting_point for offer, _ in running for at in points(offer)}
    return {
        "agency": [{**agency, "agency_timezone": publisher.zone, "agency_lang": publisher.language}],
        "stops": [_stop(places[place]) for place in sorted(places)],
        "routes": list({route["route_id"]: route for offer, _ in running for route in [_route(offer)]}.values()),
        "trips": [_trip(offer) for offer, _ in running],
        "stop_times": [row for offer, _ in running for row in _stop_times(offer)],
        "calendar_dates": [
            {"service_id": offer.id, "date": _day(day), "exception_type": 1} for offer, days in running for day in days
        ],
        "feed_info": [dict(info)],
    }


def _stop(place: MeetingPoint) -> dict[str, object]:
    return {"stop_id": place.id, "stop_name": place.name, "stop_lat": place.point.lat, "stop_lon": place.point.lon}


def _route(offer: Offer) -> dict[str, object]:
    start, *_, end = (at.meeting_point for at in points(offer))
    return {
        "route_id": _route_id(offer),
        "agency_id": AGENCY,
        "route_long_name": f"{start.name} - {end.name}",
        "route_type": CARPOOL,
    }


def _route_id(offer: Offer) -> str:
    start, *_, end = points(offer)
    return f"{start.meeting_point.id} {end.meeting_point.id}"


def _trip(offer: Offer) -> dict[str, object]:
    return {
        "route_id": _route_id(offer),
        "service_id": offer.id,
        "trip_id": offer.id,
        "trip_headsign": points(offer)[-1].meeting_point.name,
        "wheelchair_accessible": _said(offer.comfort.wheelchair),
        "bikes_allowed": _said(offer.comfort.bike),
    }


def _stop_times(offer: Offer) -> Rows:
    leaves_s, stops = _leaves_s(offer), points(offer)
    return [
        {
            "trip_id": offer.id,
            "stop_sequence": place,
            "stop_id": at.meeting_point.id,
            "arrival_time": _clock(leaves_s + at.after_s),
            "departure_time": _clock(leaves_s + at.after_s),
            "pickup_type": ASK_THE_DRIVER if at.pickup and place < len(stops) else NEVER,
            "drop_off_type": ASK_THE_DRIVER if at.drop_off and place > 1 else NEVER,
            "timepoint": 0,
        }
        for place, at in enumerate(stops, 1)
    ]


def _leaves_s(offer: Offer) -> int:
    return offer.departure.hour * 3600 + offer.departure.minute * 60 + offer.departure.second


def _said(value: bool | None) -> int:
    """1: yes, 2: no, 0: not said."""
    return 0 if value is None else 1 if value else 2


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _clock(time_s: int) -> str:
    return f"{time_s // 3600:02}:{time_s % 3600 // 60:02}:{time_s % 60:02}"
