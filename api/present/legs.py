"""Legs as JSON: schema Leg of the MOTIS API, with the members that real clients need."""

from __future__ import annotations

from collections.abc import Sequence

from api.dialect import Dialect
from api.parse.plan import Wishes
from api.present.calls import calls, ending, is_served, joined, starting
from api.present.clock import stamp
from api.present.pieces import KNOWN, Json, Pieces
from api.present.polyline import encode
from api.present.trip_id import trip_id
from mobility.network.network import Network
from mobility.routing.itinerary import RideLeg, WalkLeg
from mobility.routing.query import Spot

ACCESSIBLE = ("NOT_ACCESSIBLE", "ACCESSIBLE", "NOT_ACCESSIBLE")
"""The API has two values only; what is not known counts as no, and `hent` says what is known."""


def ride(pieces: Pieces, legs: Sequence[RideLeg], wishes: Wishes) -> Json:
    """One leg of the API: one ride, or several where one stays seated and wishes them joined."""
    first, last = legs[0], legs[-1]
    rows = calls(pieces, first)
    for leg in legs[1:]:
        rows = joined(rows, calls(pieces, leg))
    between = rows[1:-1] if wishes.with_skipped_stops else [row for row in rows[1:-1] if is_served(row)]
    start, end = stamp(first.departure_s), stamp(last.arrival_s)
    return {
        **run_members(pieces, first),
        "from": starting(rows[0]),
        "to": ending(rows[-1]),
        "duration": last.arrival_s - first.departure_s,
        "startTime": start,
        "endTime": end,
        "scheduledStartTime": start,
        "scheduledEndTime": end,
        "scheduled": True,
        "interlineWithPreviousLeg": first.stays,
        "intermediateStops": between,
        "legGeometry": _ridden_line(pieces, legs if wishes.detailed_legs else ()),
        "hent": _known(first),
    }


def run_members(pieces: Pieces, leg: RideLeg) -> Json:
    """What a leg and a line of a departure board say of the run alike."""
    network, trips, trip = leg.network, leg.network.trips, leg.trip
    ends = network.patterns.first_position[leg.pattern : leg.pattern + 2]
    origin = pieces.place(int(network.patterns.stop[ends[0]]))
    terminus = pieces.place(int(network.patterns.stop[ends[1] - 1]))
    line, short_name = pieces.line(leg.line), pieces.text(int(trips.short_name[trip]))
    display = line["routeShortName"] or short_name or line["routeLongName"]
    members = {
        **line,
        "tripId": trip_id(leg),
        "tripShortName": short_name,
        "displayName": display,
        "headsign": pieces.text(int(trips.headsign[trip])) or terminus["name"],
        "directionId": str(max(0, int(trips.direction[trip]))),
        "tripFrom": origin,
        "tripTo": terminus,
        "realTime": False,
        "cancelled": False,
        "bikesAllowed": int(trips.bikes[trip]) == 1,
        "wheelchairAccessible": ACCESSIBLE[int(trips.wheelchair[trip])],
        "reservation": "NONE",
        "source": source(network, int(network.lines.feed[leg.line])),
    }
    if pieces.dialect.short_name_is_display_name:
        members["routeShortName"] = display
    return members


def source(network: Network, feed: int) -> str:
    """Which version of which feed a run comes from."""
    version = network.feeds[feed]
    return f"{version.id}/{version.version or version.sha256[:12]}"


def walk(pieces: Pieces, leg: WalkLeg, wishes: Wishes) -> Json:
    start, end = stamp(leg.departure_s), stamp(leg.arrival_s)
    transfer = leg.start.stop >= 0 and leg.end.stop >= 0
    drawn = wishes.detailed_transfers if transfer else wishes.detailed_legs
    return {
        "mode": leg.mode,
        "from": spot(pieces, leg.start) | {"departure": start, "scheduledDeparture": start},
        "to": spot(pieces, leg.end) | {"arrival": end, "scheduledArrival": end},
        "duration": leg.arrival_s - leg.departure_s,
        "startTime": start,
        "endTime": end,
        "scheduledStartTime": start,
        "scheduledEndTime": end,
        "realTime": False,
        "scheduled": True,
        "distance": leg.distance_m,
        "legGeometry": _walked_line(leg, wishes.dialect) if drawn else _geometry("", wishes.dialect, 0),
        "hent": {"estimated": leg.estimated},
    }


def spot(pieces: Pieces, place: Spot) -> Json:
    if place.stop >= 0:
        return pieces.place(place.stop)
    found: Json = {"name": place.name, "lat": place.point.lat, "lon": place.point.lon, "vertexType": "NORMAL"}
    return found | {"level": 0} if pieces.dialect.has_level else found


def _known(leg: RideLeg) -> Json:
    """What the API's own members cannot say: what is unknown, and times that are only approximate."""
    trips, exact = leg.network.trips, leg.network.calls.exact
    headway_s = int(trips.headway_s[leg.trip])
    both = exact[leg.first_call + leg.board] and exact[leg.first_call + leg.alight]
    known = {"wheelchair": KNOWN[int(trips.wheelchair[leg.trip])], "bikes": KNOWN[int(trips.bikes[leg.trip])]}
    return {**known, "approximate": bool(headway_s) or not both, **({"headway": headway_s} if headway_s else {})}


def _ridden_line(pieces: Pieces, legs: Sequence[RideLeg]) -> Json:
    """The courses of all legs one after the other, each step coded from where the one before ended."""
    code, length, at = "", 0, (0, 0)
    for leg in legs:
        course = pieces.course(leg.pattern, int(leg.network.trips.shape[leg.trip]))
        part, points, at = course.between(leg.board, leg.alight, at)
        code, length = code + part, length + points
    return _geometry(code, pieces.dialect, length)


def _walked_line(leg: WalkLeg, dialect: Dialect) -> Json:
    points = leg.line or (leg.start.point, leg.end.point)
    return _geometry(encode(points, dialect.polyline_precision), dialect, len(points))


def _geometry(code: str, dialect: Dialect, length: int) -> Json:
    return {"points": code, "precision": dialect.polyline_precision, "length": length}
