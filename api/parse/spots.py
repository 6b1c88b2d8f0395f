"""Places as clients name them: `lat,lon[,level]` or the id of a stop."""

from __future__ import annotations

from math import isfinite

from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery
from mobility.geo import Point
from mobility.network.network import Network
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Spot


def spot(network: Network, values: Values, name: str, called: str) -> Spot:
    """A point is `called` so in the answer. Raises NotFound for an unknown stop."""
    text = values.required(name)
    place = point(text, name)
    if place is not None:
        return Spot(place, called)
    return stop_spot(network, network.stop(text, name))


def point(text: str, name: str) -> Point | None:
    """None where the text is no pair of numbers. Raises InvalidQuery where the pair lies outside the world."""
    parts = text.split(",")
    if len(parts) not in (2, 3):
        return None
    try:
        lat, lon, *_ = (float(part) for part in parts)
    except ValueError:
        return None
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise InvalidQuery(name, RequestFault.OUTSIDE_EARTH)
    return Point(lat, lon)


def corner(values: Values, name: str) -> Point:
    found = point(values.required(name), name)
    if found is None:
        raise InvalidQuery(name, RequestFault.NO_PAIR)
    return found
