"""The parameters of `rentals` -> which systems, stations and vehicles are wanted."""

from __future__ import annotations

from dataclasses import dataclass

from api.parse.boards import box
from api.parse.spots import spot
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery, NotFound
from mobility.geo import Point, distance_m
from mobility.network.network import Network
from mobility.places.match import Box

FARTHEST_M = 100_000


@dataclass(frozen=True, slots=True)
class WantedRentals:
    """All that is given must hold. ids: of systems, None for all. detailed: something was asked for that tells which
    stations and vehicles; else only the systems are."""

    detailed: bool
    ids: frozenset[str] | None
    box: Box | None
    centre: Point | None
    radius_m: int
    providers: bool
    stations: bool
    vehicles: bool
    zones: bool

    def meets(self, west: float, south: float, east: float, north: float) -> bool:
        """Whether any of an area so bounded may be wanted."""
        here = self.box
        if here is not None and (south > here.north or north < here.south or west > here.east or east < here.west):
            return False
        if self.centre is None:
            return True
        nearest = Point(min(max(self.centre.lat, south), north), min(max(self.centre.lon, west), east))
        return distance_m(self.centre, nearest) <= self.radius_m

    def has(self, point: Point) -> bool:
        here = self.box
        if here is not None and not (here.south <= point.lat <= here.north and here.west <= point.lon <= here.east):
            return False
        return self.centre is None or distance_m(self.centre, point) <= self.radius_m


def wanted_rentals(values: Values, network: Network) -> WantedRentals:
    """Raises InvalidQuery: the description of this endpoint knows no 404."""
    named = [*(values.listed("providers") or []), *(values.listed("providerGroups") or [])]
    cornered = bool(values.text("min") or values.text("max"))
    round_point = bool(values.text("point"))
    if round_point and not values.text("radius"):
        raise InvalidQuery("radius", RequestFault.NO_RADIUS_OF_POINT)
    return WantedRentals(
        detailed=bool(named) or cornered or round_point,
        ids=frozenset(named) if named else None,
        box=box(values) if cornered else None,
        centre=_centre(values, network) if round_point else None,
        radius_m=values.whole("radius", 0, 0, FARTHEST_M),
        providers=values.flag("withProviders", True),
        stations=values.flag("withStations", True),
        vehicles=values.flag("withVehicles", True),
        zones=values.flag("withZones", True),
    )


def _centre(values: Values, network: Network) -> Point:
    try:
        return spot(network, values, "point", "POINT").point
    except NotFound:
        raise InvalidQuery("point", RequestFault.NO_PLACE) from None
