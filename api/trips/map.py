"""What a map client asks first: where to look, what this server can do, which vehicles are for hire."""

from __future__ import annotations

from importlib.metadata import version as installed

from flask import Blueprint

from api.parse.rentals import wanted_rentals
from api.present.pieces import Json
from api.present.rentals import rentals as told_rentals
from api.privacy.uses import uses
from api.service import API, Service, asked
from mobility.privacy.register import LOOKUP, NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("map", __name__)

    @bp.get(f"{API}/map/initial")
    @uses(NOTHING)
    def initial(version: int) -> Json:
        territory = service.config.territory
        lat, lon = territory.centre
        return {"lat": lat, "lon": lon, "zoom": territory.zoom, "serverConfig": _server_config(service)}

    @bp.get(f"{API}/rentals")
    @uses(LOOKUP)
    def rentals(version: int) -> Json:
        asking = service.asking(version)
        wanted = wanted_rentals(asked(), asking.territory.network)
        return told_rentals(asking.territory.rentals.systems(), wanted, asking.now_s)

    return bp


def _server_config(service: Service) -> Json:
    config = service.config
    return {
        "motisVersion": f"hent {installed('hent')}",
        "hasElevation": False,
        "hasRoutedTransfers": False,
        "hasStreetRouting": False,
        "maxOneToManySize": 0,
        "maxOneToAllTravelTimeLimit": config.limits.one_to_all_s // 60,
        "maxPrePostTransitTimeLimit": config.walking.longest_s,
        "maxDirectTimeLimit": config.walking.longest_s,
        "shapesDebugEnabled": False,
    }
