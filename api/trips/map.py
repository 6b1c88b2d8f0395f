"""What a map client asks: where to look, what this server can do, which vehicles are under way, which are for hire."""

from __future__ import annotations

from importlib.metadata import version as installed
from math import log2

import numpy as np
from flask import Blueprint

from api.config.territory import TerritorySection
from api.parse.rentals import wanted_rentals
from api.parse.vehicles import map_trips
from api.present import vehicles as present
from api.present.pieces import Json
from api.present.rentals import rentals as told_rentals
from api.privacy.uses import uses
from api.service import API, Service, asked
from api.web.headers import may_be_kept
from mobility.network.network import Network
from mobility.privacy.register import LOOKUP, NOTHING
from mobility.routing.vehicles import vehicles

KEPT_S = 300
WORLD_DEGREES, LEAST_DEGREES, NEAR_DEGREES = 360, 0.01, 0.2
"""Seen at zoom 0; the least that a network spans on a map; how far beyond its stops a territory may have its centre."""


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("map", __name__)

    @bp.get(f"{API}/map/initial")
    @uses(NOTHING)
    def initial(version: int) -> Json:
        may_be_kept(KEPT_S)
        territory = service.current.territory()
        has_streets = not territory.streets.estimated
        can_do = _server_config(service, has_streets)
        return _view(service.config.territory, territory.network) | {"serverConfig": can_do}

    @bp.get(f"{API}/map/levels")
    @uses(NOTHING)
    def levels(version: int) -> list[float]:
        """Of buildings, of which nothing is known here."""
        may_be_kept(KEPT_S)
        return []

    @bp.get(f"{API}/map/trips")
    @uses(LOOKUP)
    def trips(version: int) -> list[Json]:
        """What runs now is not kept: the next question is about another moment."""
        asking = service.asking(version)
        asked_for = map_trips(asked(), asking)
        found = vehicles(asking.territory.network, asked_for.query)
        live = service.live(asking, asking.spoken(asked()))
        return present.map_trips(asking.territory, service.pieces(asking), live, found, asked_for.precision)

    @bp.get(f"{API}/map/rentals")
    @bp.get(f"{API}/rentals")
    @uses(LOOKUP)
    def rentals(version: int) -> Json:
        asking = service.asking(version)
        wanted = wanted_rentals(asked(), asking.territory.network)
        return told_rentals(asking.territory.rentals.systems(), wanted, asking.now_s)

    return bp


def _view(section: TerritorySection, network: Network) -> Json:
    """The centre of the config, or the middle of the network in service where that lies elsewhere (a foreign city that
    is tried out)."""
    lat, lon = section.centre
    stops = network.stops
    if not len(stops.lat) or np.isnan(stops.lat).all():
        return {"lat": lat, "lon": lon, "zoom": section.zoom}
    south, north, west, east = (
        float(edge) for edge in (np.nanmin(stops.lat), np.nanmax(stops.lat), np.nanmin(stops.lon), np.nanmax(stops.lon))
    )
    if south - NEAR_DEGREES <= lat <= north + NEAR_DEGREES and west - NEAR_DEGREES <= lon <= east + NEAR_DEGREES:
        return {"lat": lat, "lon": lon, "zoom": section.zoom}
    zoom = log2(WORLD_DEGREES / max(north - south, east - west, LEAST_DEGREES))
    return {"lat": round((south + north) / 2, 5), "lon": round((west + east) / 2, 5), "zoom": round(zoom, 1)}


def _server_config(service: Service, has_streets: bool) -> Json:
    config = service.config
    return {
        "motisVersion": f"hent {installed('hent')}",
        "hasElevation": False,
        "hasRoutedTransfers": has_streets,
        "hasStreetRouting": has_streets,
        "maxOneToManySize": 0,
        "maxOneToAllTravelTimeLimit": config.limits.one_to_all_s // 60,
        "maxPrePostTransitTimeLimit": config.walking.longest_s,
        "maxDirectTimeLimit": config.walking.longest_s,
        "shapesDebugEnabled": False,
    }
