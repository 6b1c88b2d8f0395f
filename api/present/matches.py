"""Places that were found, as the schema Match of the MOTIS API."""

from __future__ import annotations

from api.parse.places import STOPS
from api.present.pieces import Json
from api.web.dialect import Dialect
from mobility.geo import Point
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.places.match import Match, PostalAddress

OSM = {
    "car_park": "parking",
    "bike_shelter": "bicycle_parking",
    "taxi_rank": "taxi",
    "town_hall": "townhall",
    "hospital": "hospital",
    "clinic": "clinic",
    "university": "university",
    "high_school": "school",
    "school": "school",
    "railway_station": "station",
    "bus_station": "bus_station",
    "airport": "aerodrome",
    "harbour": "marina",
    "swimming_pool": "swimming",
    "beach": "beach",
    "library": "library",
    "cinema": "cinema",
    "museum": "museum",
    "church": "place_of_worship",
    "place_of_worship": "place_of_worship",
    "supermarket": "supermarket",
    "pharmacy": "pharmacy",
    "post_office": "post_office",
    "toilets": "toilets",
}
"""Kinds of places that OpenStreetMap has a value for, by which clients choose a picture; others have no category."""
COMMUNE, PART = 8, 9
"""The admin_level of a French commune, and of one that is now part of another, in OpenStreetMap."""


def match(found: Match, network: Network, dialect: Dialect) -> Json:
    told: Json = {
        "type": "ADDRESS" if found.address else "STOP" if found.kind in STOPS else "PLACE",
        "name": found.name,
        "id": found.id,
        "lat": round(found.point.lat, 7),
        "lon": round(found.point.lon, 7),
        "tokens": [list(token) for token in found.tokens],
        "areas": _areas(found.area, found.area_matched, found.address.part if found.address else ""),
        "score": round(found.score, 6),
        "tz": network.zones[int(network.stops.zone[found.stop]) if found.stop >= 0 else 0],
    }
    if found.address:
        return told | _postal(found.address) | {"hent": {"kind": found.kind, "unanswered": list(found.unanswered)}}
    if found.stop < 0:
        return told | ({"category": OSM[found.kind]} if found.kind in OSM else {}) | {"hent": {"kind": found.kind}}
    modes = [dialect.mode(mode) for bit, mode in enumerate(MODES) if found.modes >> bit & 1]
    return told | {"level": 0, "modes": modes, "importance": round(found.importance, 4)}


def position(point: Point, area: str, network: Network) -> Json:
    """What was typed is a position, not a name."""
    written = f"{round(point.lat, 6)},{round(point.lon, 6)}"
    return {
        "type": "PLACE",
        "hent": {"kind": "position"},
        "name": written,
        "id": written,
        "lat": point.lat,
        "lon": point.lon,
        "tokens": [[0, len(written)]],
        "areas": _areas(area, False),
        "score": 1.0,
        "tz": network.zones[0],
    }


def _postal(address: PostalAddress) -> Json:
    """A street has no number."""
    number = {"houseNumber": address.number} if address.number else {}
    return number | {"street": address.street, "zip": address.post_code}


def _areas(name: str, matched: bool, part: str = "") -> list[Json]:
    """part: the former commune, where there is one."""
    found = [(name, COMMUNE, matched, True), (part, PART, False, False)]
    return [
        {"name": name, "adminLevel": level, "matched": matched, "default": default}
        for name, level, matched, default in found
        if name
    ]
