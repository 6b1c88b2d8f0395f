"""Where a place is from which no stop is near: on the water, beyond the territory, or only far from stops."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import shapely

from mobility.geo import distances_m
from mobility.network.network import Network
from mobility.routing.query import Spot

OUTSIDE_M = 15_000.0
"""Who is farther than this from all stops with service and from all places of the territory is outside."""


class Whereabouts(StrEnum):
    ON_WATER = "on_water"
    OUTSIDE = "outside"
    FAR_FROM_STOPS = "far_from_stops"


def whereabouts(network: Network, spot: Spot) -> Whereabouts:
    """A stop, even one without service, is never on the water: quays lie over its edge."""
    here = shapely.Point(spot.point.lon, spot.point.lat)
    if spot.stop < 0 and any(shapely.covers(area, here) for area in network.terrain.barriers):
        return Whereabouts.ON_WATER
    return Whereabouts.OUTSIDE if _is_outside(network, spot) else Whereabouts.FAR_FROM_STOPS


def _is_outside(network: Network, spot: Spot) -> bool:
    stops, places = network.stops, network.places
    served = (stops.modes != 0) & ~np.isnan(stops.lat)
    lat = np.concatenate([stops.lat[served], [place.lat for place in places]])
    lon = np.concatenate([stops.lon[served], [place.lon for place in places]])
    return not len(lat) or bool(distances_m(spot.point, lat, lon).min() > OUTSIDE_M)
