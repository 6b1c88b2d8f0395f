"""What stands on the ground of the map one opens: the network in service as GeoJSON (RFC 7946), the same for everybody.

Lines have `kind` line or boat; stops a `level`, 0 for the most important tenth, and `again` where one of the same name
beside them is named already; places the kind that they are of, and as `name_` and a language what it calls them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias
from urllib.parse import quote

import numpy as np
import orjson
import shapely
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from api.pages.colour import shades
from api.pages.sketch import shown_courses
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_kept
from mobility.geo import Point, distance_m
from mobility.network.modes import BOAT_MODE
from mobility.network.network import Network
from mobility.network.place import AREAS
from mobility.places.aliases import Aliases
from mobility.places.build import SAME_PLACE_M
from mobility.privacy.register import NOTHING
from mobility.routing.territory import Territory

MEDIA_TYPE = "application/geo+json"
A_YEAR_S = 31_536_000
COARSE = 5e-5
"""Degrees that a line may leave its course by: under the width that it is drawn with."""
DIGITS = 5
NAMES_DIGITS = 8
LEVELS = (0.9, 0.6, 0.0)
"""Shares of all stops that are less important than those of a level."""
MOST_STOPS = 20_000

Called: TypeAlias = tuple[tuple[str, str, str], ...]
"""Language, name, and what the language calls it."""


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/map/network/<version>.geojson")
    @uses(NOTHING)
    def network(version: str) -> ResponseReturnValue:
        """Of the network in service; under the name of another it is not there any more."""
        in_service = service.current.territory()
        if request.path != address_of(in_service):
            raise NotFound
        may_be_kept(A_YEAR_S, is_forever=True)
        return Response(as_geojson(in_service.as_planned.network, _called(in_service.aliases)), mimetype=MEDIA_TYPE)


def address_of(territory: Territory) -> str:
    """Nothing else will ever be there: of this network, with these names of its places."""
    called = _called(territory.aliases)
    names = f"-{sha256(repr(called).encode()).hexdigest()[:NAMES_DIGITS]}" if called else ""
    return f"/map/network/{territory.network.version}{names}.geojson"


def _called(aliases: Aliases) -> Called:
    return tuple((language, *pair) for language, names in aliases.names.items() for pair in names.items())


@lru_cache(maxsize=1)
def as_geojson(network: Network, called: Called) -> bytes:
    features = [*_lines(network), *_stops(network), *_places(network, called)]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _lines(network: Network) -> Iterator[Json]:
    for line, way in shown_courses(network):
        drawn = shapely.simplify(shapely.LineString(np.stack([way.lon, way.lat], 1)), COARSE)
        kind = "boat" if int(network.lines.mode[line]) == BOAT_MODE else "line"
        told = {"kind": kind, "name": network.lines.name(line), "colour": shades(network.lines.color[line])[0]}
        corners = np.round(shapely.get_coordinates(drawn), DIGITS).tolist()
        yield _feature("LineString", corners, told)


def _stops(network: Network) -> Iterator[Json]:
    """Those that something serves, a station and not its quays, the most important first."""
    stops = network.stops
    served = np.flatnonzero((stops.modes != 0) & ~np.isnan(stops.lat) & (stops.parent < 0))
    order = served[np.argsort(-stops.importance[served], kind="stable")][:MOST_STOPS]
    named: defaultdict[str, list[Point]] = defaultdict(list)
    for rank, stop in enumerate(order.tolist()):
        share = 1 - rank / len(order)
        level = next(number for number, least in enumerate(LEVELS) if share > least)
        told = {
            "kind": "stop",
            "name": stops.name[stop],
            "level": level,
            "href": f"/stops/{quote(stops.id[stop], safe='')}",
            **({"again": True} if _is_again(named[stops.name[stop]], stops.point(stop)) else {}),
        }
        yield _point(float(stops.lat[stop]), float(stops.lon[stop]), told)


def _is_again(named: list[Point], point: Point) -> bool:
    """Whether one of that name stands beside already: both sides of a street are named once."""
    if any(distance_m(point, other) <= SAME_PLACE_M for other in named):
        return True
    named.append(point)
    return False


def _places(network: Network, called: Called) -> Iterator[Json]:
    names: defaultdict[str, Json] = defaultdict(dict)
    for language, name, here in called:
        names[name][f"name_{language}"] = here
    for place in network.places:
        if place.kind not in AREAS or place.kind == "commune":
            people = place.properties.get("population", "")
            counted = {"people": int(people)} if people.isdecimal() else {}
            yield _point(place.lat, place.lon, {"kind": place.kind, "name": place.name, **names[place.name], **counted})


def _point(lat: float, lon: float, told: Json) -> Json:
    return _feature("Point", [round(lon, DIGITS), round(lat, DIGITS)], told)


def _feature(shape: str, coordinates: object, told: Json) -> Json:
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": told}
