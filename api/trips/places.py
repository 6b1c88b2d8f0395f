"""Places: from what was typed, or from a position, to stops, communes and what else the territory has."""

from __future__ import annotations

from flask import Blueprint

from api.parse import places as parse
from api.parse.context import Asking
from api.parse.spots import corner
from api.parse.values import Values
from api.present.matches import match, position
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service, asked
from mobility.errors import NetworkUnavailable
from mobility.geo import Point
from mobility.places.gazetteer import Gazetteer
from mobility.places.match import Wanted
from mobility.privacy.register import PLACES

SUGGESTIONS, NEAREST = 10, 5


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("places", __name__)

    @bp.get(f"{API}/geocode")
    @uses(PLACES)
    def geocode(version: int) -> list[Json]:
        return _geocoded(asked(), service.asking(version))

    @bp.get(f"{API}/reverse-geocode")
    @uses(PLACES)
    def reverse_geocode(version: int) -> list[Json]:
        values, asking = asked(), service.asking(version)
        limit = parse.limit(values, asking.config, NEAREST)
        found = gazetteer(asking, values).nearest(corner(values, "place"), limit, parse.wanted(values))
        return [match(one, asking.territory.network, asking.dialect) for one in found]

    return bp


def gazetteer(asking: Asking, values: Values) -> Gazetteer:
    """With names in the language asked for. Raises NetworkUnavailable."""
    known = asking.territory.gazetteer([*(values.listed("language") or []), *asking.languages])
    if known is None:
        raise NetworkUnavailable
    return known


def _geocoded(values: Values, asking: Asking) -> list[Json]:
    typed, wanted = parse.text(values), parse.wanted(values)
    limit = parse.limit(values, asking.config, SUGGESTIONS)
    point = parse.typed_point(typed)
    known = gazetteer(asking, values)
    if point is not None:
        return [position(point, _area(point, known), asking.territory.network)]
    found = known.search(typed, limit, wanted)
    return [match(one, asking.territory.network, asking.dialect) for one in found]


def _area(point: Point, known: Gazetteer) -> str:
    """That of the nearest place, which is approximate."""
    nearest = known.places.nearest(point, 1, Wanted(within_m=parse.NEARBY_M))
    return nearest[0].area if nearest else ""
